"""What «comes this Sunday» means on the lists: the same as on the market day's page."""

import datetime as dt

import pytest

from markets.agenda import Agenda
from tests.factories import (
    SUNDAY,
    main_market,
    make_attendance,
    make_market_day,
    make_offering,
    make_producer,
    make_product,
    make_venue,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

FIRST_OF_DECEMBER = dt.date(2026, 12, 6)
SEASONS = {
    "palta": [0] * 10 + [1, 0],
    "mango": [0] * 11 + [3],
    "queso": [2] * 12,
    "tuna": [0, 3] + [0] * 10,
}


def brings(producer, *slugs, **fields):
    for slug in slugs:
        product = make_product(slug=slug, name=slug.title())
        make_offering(
            producer=producer, product=product, season=SEASONS[slug], **fields
        )


@pytest.fixture
def rosa():
    """Return a producer with a product of November, one of December, two others."""
    producer = make_producer(slug="rosa", name="Rosa")
    brings(producer, *SEASONS)
    return producer


def found(client, address):
    """Return the slugs of a list's page and the month of its context."""
    response = client.get(address)
    slugs = sorted(row.slug for row in response.context["page"])
    return slugs, response.context.get("month")


@pytest.mark.parametrize(
    ("date", "slugs"),
    [(SUNDAY, ["palta", "queso"]), (FIRST_OF_DECEMBER, ["mango", "queso"])],
    ids=str,
)
def test_products_that_come_are_in_season_in_the_days_month(client, rosa, date, slugs):
    day = make_market_day(date=date)
    make_attendance(market_day=day, producer=rosa)

    assert found(client, "/productos/?viene=1") == (slugs, date.month)
    assert sorted(row.product.slug for row in day.offerings()) == slugs


def test_the_month_is_todays_if_nobody_asks_who_comes(client, rosa):
    make_attendance(market_day=make_market_day(date=FIRST_OF_DECEMBER), producer=rosa)

    assert found(client, "/productos/") == (["mango", "palta", "queso", "tuna"], 11)


@pytest.mark.parametrize(
    ("query", "slugs"),
    [("estado=hay", ["mango", "queso"]), ("estado=punto", ["mango"])],
)
def test_states_are_those_of_the_days_month(client, rosa, query, slugs):
    day = make_market_day(date=FIRST_OF_DECEMBER)
    make_attendance(market_day=day, producer=rosa)

    assert found(client, f"/productos/?viene=1&{query}") == (slugs, 12)


@pytest.mark.parametrize("estado", ["hay", "punto"])
def test_the_count_of_who_comes_is_what_choosing_it_shows(client, rosa, estado):
    make_attendance(market_day=make_market_day(date=FIRST_OF_DECEMBER), producer=rosa)
    path = f"/productos/?estado={estado}"

    (option,) = client.get(path).context["filterset"].options("viene")
    slugs, _month = found(client, f"{path}&viene=1")

    assert option.count == len(slugs)


def test_the_page_of_a_month_stays_in_its_month(client, rosa):
    day = make_market_day(date=FIRST_OF_DECEMBER)
    make_attendance(market_day=day, producer=rosa)

    assert found(client, "/temporada/junio/?viene=1") == (["mango", "queso"], 6)


@pytest.fixture
def crowd(rosa):
    """Return a day to which two come: Julián has nothing in season."""
    day = make_market_day(status="confirmed")
    make_attendance(market_day=day, producer=rosa, status="confirmed")
    julian = make_producer(slug="julian")
    make_attendance(market_day=day, producer=julian)
    for slug, fields in {"elena": {"status": "absent"}, "pepe": {}}.items():
        producer = make_producer(
            slug=slug, status="archived" if slug == "pepe" else "published"
        )
        make_attendance(market_day=day, producer=producer, **fields)
        make_offering(producer=producer, product=make_product(slug=f"de-{slug}"))
    make_producer(slug="nadie")
    elsewhere = make_market_day(venue=make_venue())
    make_attendance(market_day=elsewhere, producer=make_producer(slug="otra"))
    return day


def test_who_comes_is_the_same_on_the_list_and_on_the_day(client, crowd):
    slugs, _month = found(client, "/productores/?viene=1")

    assert slugs == ["julian", "rosa"]
    assert sorted(row.slug for row in crowd.coming_producers()) == slugs


def test_what_comes_is_the_same_on_the_list_and_on_the_day(client, crowd):
    slugs, _month = found(client, "/productos/?viene=1")

    assert slugs == ["palta", "queso"]
    assert sorted(row.product.slug for row in crowd.offerings()) == slugs


@pytest.mark.parametrize("path", ["/productos/", "/productores/"])
def test_nothing_comes_to_a_cancelled_market(client, rosa, path):
    day = make_market_day(status="cancelled")
    make_attendance(market_day=day, producer=rosa)

    assert found(client, f"{path}?viene=1")[0] == []
    assert client.get(path).context["filterset"].options("viene") == []


def test_the_day_is_the_one_that_is_not_over(client, rosa, november):
    past = make_market_day(date=november.date(), closes=dt.time(9), opens=dt.time(8))
    make_attendance(market_day=past, producer=rosa)
    day = make_market_day(venue=main_market())

    assert Agenda(november).next_day == day
    assert found(client, "/productores/?viene=1")[0] == []
