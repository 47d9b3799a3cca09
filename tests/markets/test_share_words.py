import datetime as dt

import pytest

from markets.schedule import Phase
from markets.words import announcement
from tests.factories import (
    SUNDAY,
    make_attendance,
    make_market_day,
    make_offering,
    make_producer,
    make_product,
    make_stall,
    make_venue,
)
from tests.markets.states import at, render_at

pytestmark = pytest.mark.django_db

WEEK = dt.timedelta(weeks=1)
MONDAY = at(12, days=-6)
# At its best in November, a little in December, none from January on.
SEASON = [0] * 10 + [3, 1]
NO_DATE = "Todavía no hay fecha para la próxima feria."
LONG = "La municipalidad usa la avenida para un desfile. " * 5
PRODUCT = "{% share_product product 11 %}"
PRODUCER = (
    "{% comes_next producer as coming %}"
    "{% share_producer producer offerings coming 11 as words %}{{ words }}"
)


def of_product(season=SEASON, moment=MONDAY):
    product = make_product(name="Palta fuerte")
    product.season = season
    return render_at(moment, PRODUCT, product=product)


def of_producer(producer, moment=MONDAY):
    offerings = producer.offerings.for_producer()
    return render_at(moment, PRODUCER, producer=producer, offerings=offerings)


def rosa(day, **fields):
    """Return a producer of four products, at stall 7 of a day."""
    producer = make_producer(name="Rosa")
    for name in ("Ajo", "Café", "Palta", "Papa", "Uva"):
        make_offering(producer=producer, product=make_product(name=name), season=SEASON)
    out_of_season = make_product(name="Aguaymanto")
    make_offering(producer=producer, product=out_of_season, season=[1] + [0] * 11)
    stall = make_stall(venue=day.venue, number=7)
    make_attendance(market_day=day, producer=producer, stall=stall, **fields)
    return producer


@pytest.mark.parametrize(
    ("season", "words"),
    [
        ([2] * 12, "Palta fuerte: hay, todo el año."),
        (SEASON, "Palta fuerte: en su punto, solo en noviembre."),
        ([3] * 4 + [0] * 8, "Palta fuerte: vuelve en enero."),
    ],
)
@pytest.mark.parametrize("status", ["scheduled", "confirmed", "cancelled"])
def test_a_products_words_tell_its_season_and_the_market(status, season, words):
    day = make_market_day(status=status)

    assert of_product(season) == f"{words} {announcement(day, Phase.AHEAD)}"


def test_a_products_words_without_a_market():
    assert of_product([3] * 12) == f"Palta fuerte: en su punto, todo el año. {NO_DATE}"


def test_a_products_season_is_that_of_the_market_it_goes_to():
    day = make_market_day(status="confirmed", date=SUNDAY + WEEK)
    told = announcement(day, Phase.AHEAD)

    words = of_product(moment=at(12, days=1))

    assert words == f"Palta fuerte: hay poco, solo en diciembre. {told}"


@pytest.mark.parametrize(
    ("fields", "status", "presence"),
    [
        (
            {"status": "confirmed"},
            "confirmed",
            " Viene a la próxima feria, puesto 7.",
        ),
        (
            {"status": "confirmed"},
            "expected",
            " Lo esperamos en la próxima feria, puesto 7.",
        ),
        (
            {"status": "scheduled"},
            "confirmed",
            " Lo esperamos en la próxima feria, puesto 7.",
        ),
        ({"status": "confirmed"}, "absent", " No viene a la próxima feria."),
        (
            {"status": "moved", "moved_to": "Parque Castilla"},
            "confirmed",
            " Viene a la próxima feria.",
        ),
        ({"status": "cancelled"}, "confirmed", ""),
    ],
)
def test_a_producers_words_tell_what_whether_and_where(fields, status, presence):
    venue = make_venue(is_main=True, confirmed_date=SUNDAY)
    day = make_market_day(venue=venue, **fields)

    words = of_producer(rosa(day, status=status))

    told = announcement(day, Phase.AHEAD)
    assert words == f"Rosa: Ajo, Café, Palta, Papa.{presence} {told}"


def test_the_words_of_who_is_not_on_the_list():
    day = make_market_day(status="confirmed")

    words = of_producer(make_producer(name="Julián"))

    told = announcement(day, Phase.AHEAD)
    assert words == f"Julián. No está en la lista de la próxima feria. {told}"


def test_a_producers_words_without_a_market():
    assert of_producer(make_producer(name="Julián")) == f"Julián. {NO_DATE}"


@pytest.mark.parametrize("status", ["confirmed", "cancelled"])
def test_a_long_reason_is_cut_and_never_left_out(status):
    day = make_market_day(status=status, notice=LONG)

    words = of_producer(rosa(day, status="confirmed"))

    assert len(words) <= 400
    assert "La municipalidad usa la avenida para un desfile." in words
    assert "…" in words
    assert words.endswith("la feria todavía no los confirmó.")


@pytest.mark.parametrize(
    ("path", "opening"),
    [
        ("/productos/palta/", "Palta%3A%20"),
        ("/productores/rosa/", "Rosa%3A%20Papa.%20Viene%20a%20la%20pr"),
    ],
)
def test_pages_share_their_words_and_their_address(
    client, catalogue, november, path, opening
):
    html = client.get(path).text

    assert f'href="https://wa.me/?text={opening}' in html
    assert f"%20http%3A%2F%2Ftestserver{path.replace('/', '%2F')}" in html


def test_whether_somebody_comes_is_never_cut():
    day = make_market_day(status="confirmed")
    producer = rosa(day, status="absent")
    producer.name = "La Asociación de Productoras de Papas Nativas de los Andes"

    words = of_producer(producer)

    assert "… No viene a la próxima feria. Sí hay feria" in words
