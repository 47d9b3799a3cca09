import datetime as dt

import pytest

from markets import share
from markets.schedule import Phase
from producers.models import Product
from tests.factories import (
    SUNDAY,
    make_attendance,
    make_market_day,
    make_offering,
    make_producer,
    make_product,
    make_venue,
)

pytestmark = pytest.mark.django_db
ADDRESS = "https://agroferias.example/ferias/2026-11-29/"
BEST = [3] * 12


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def day():
    venue = make_venue(is_main=True, confirmed_date=SUNDAY)
    return make_market_day(venue=venue, status="confirmed")


def bring(day, *names, season=BEST, **fields):
    """Let one producer come on a day with products by these names."""
    producer = make_producer()
    make_attendance(market_day=day, producer=producer, **fields)
    for name in names:
        make_offering(producer=producer, product=product(name), season=season)


def product(name):
    return Product.objects.filter(name=name).first() or make_product(name=name)


def test_the_message_says_all_that_matters(day):
    bring(day, "Palta", "Mango")
    bring(day, "Palta")

    assert share.message(day, Phase.AHEAD, ADDRESS) == (
        "There is a market on Sunday 29 November. 8\xa0a.\xa0m. to 2\xa0p.\xa0m., "
        "Av. Brasil, cuadra 40, Magdalena del Mar.\n"
        "At its best: Palta, Mango.\n" + ADDRESS
    )


def test_a_cancelled_day_names_no_products(day):
    bring(day, "Palta")
    day.status, day.notice = "cancelled", "A parade."

    message = share.message(day, Phase.AHEAD, ADDRESS)

    assert message.splitlines() == [
        (
            "There is no market on Sunday 29 November. It would have been "
            "8\xa0a.\xa0m. to 2\xa0p.\xa0m., Av. Brasil, cuadra 40, Magdalena del Mar. "
            "A parade."
        ),
        ADDRESS,
    ]


def test_only_the_best_of_those_who_come_is_named(day):
    bring(day, "Palta", season=[2] * 12)
    bring(day, "Mango", status="absent")

    assert list(share.best_products(day)) == []
    assert len(share.message(day, Phase.AHEAD, ADDRESS).splitlines()) == 2


def test_five_products_are_named_at_most(day):
    bring(day, *"ABCDEF")

    line = share.message(day, Phase.AHEAD, ADDRESS).splitlines()[1]

    assert line == "At its best: A, B, C, D, E."


def test_the_season_is_that_of_the_day(day):
    bring(day, "Palta", season=[0] * 10 + [3, 0])

    assert [str(one) for one in share.best_products(day)] == ["Palta"]
    day.date = dt.date(2026, 12, 6)
    assert list(share.best_products(day)) == []
