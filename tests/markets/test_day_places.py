"""Where a market day is held, and at which address its page is."""

import datetime as dt
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from tests.factories import (
    LIMA,
    SUNDAY,
    main_market,
    make_market_day,
    make_venue,
)

from .reading import section, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

MAPS = (
    " Dibujo sin escala: muestra solo lo que dice la dirección."
    " Abrir en el mapa de tu celular O en: Google Maps OpenStreetMap Apple Maps"
)
PAGE = f"/ferias/{SUNDAY}/"
AFTER = dt.datetime(2026, 11, 29, 14, tzinfo=LIMA)
WEEK = dt.timedelta(weeks=1)


def read(client, path=PAGE):
    return client.get(path).content.decode()


def test_how_to_get_there(client):
    venue = main_market()
    make_market_day(venue=venue, status="confirmed")
    assert section(read(client), "llegar") == (
        "Cómo llegar Av. Brasil, cuadra 40 Magdalena del Mar, Lima"
        " Qué buses pasan cerca y dónde dejar la bici: por confirmar."
        " 39 40 41 Av. Brasil Av. Brasil, cuadra 40. Magdalena del Mar."
        f"{MAPS}"
    )

    venue.reference = "Frente al hospital"
    venue.by_bus, venue.by_bike, venue.by_car = "El 23", "Rejas", "No"
    venue.save()

    assert section(read(client), "llegar") == (
        "Cómo llegar"
        " Av. Brasil, cuadra 40 Magdalena del Mar, Lima Frente al hospital"
        " En bus: El 23 En bici: Rejas En auto: No"
        " 39 40 41 Av. Brasil Av. Brasil, cuadra 40."
        " Frente al hospital. Magdalena del Mar."
        f"{MAPS}"
    )


@pytest.mark.parametrize(
    ("venue", "day", "query"),
    [
        ({}, {}, "Av. Brasil, cuadra 40, Magdalena del Mar, Lima, Perú"),
        ({"latitude": -12.1, "longitude": -77.0643}, {}, "-12.1000,-77.0643"),
        (
            {"latitude": -12.1, "longitude": -77.0643},
            {"status": "moved", "moved_to": "Parque <Castilla> & más"},
            "Parque <Castilla> & más, Lima, Perú",
        ),
        ({"street": ""}, {}, None),
    ],
)
def test_the_map_shows_where_it_is_held(client, venue, day, query):
    place = make_venue(is_main=True, **venue)
    make_market_day(venue=place, **{"status": "confirmed"} | day)

    html = read(client)

    maps = re.findall(r'href="(https://www\.google\.com/[^"]+)"', html)
    queries = [parse_qs(urlsplit(unescape(one)).query)["destination"] for one in maps]
    assert queries == ([[query]] if query else [])
    assert ("Calle por confirmar" in html) == (query is None)


def test_a_moved_day_does_not_tell_the_way_to_the_avenue(client):
    venue = make_venue(is_main=True, by_bus="El 23", reference="Frente al hospital")
    make_market_day(venue=venue, status="moved", moved_to="Parque Castilla")

    said = section(read(client), "llegar")

    assert said == (
        "Cómo llegar Parque Castilla"
        " Cómo llegar al otro lugar está por confirmar. Mira el mapa."
        f" Parque Castilla{MAPS}"
    )


def test_another_markets_day_has_its_name_and_its_own_address(client):
    venue = make_venue(slug="surco", name="Feria de Surco")
    make_market_day(venue=venue, status="cancelled")
    make_market_day(date=SUNDAY + WEEK, status="confirmed")

    said = words(read(client, f"/ferias/surco/{SUNDAY}/"))

    assert "29 de noviembre de 2026 · Feria de Surco" in said
    # The main market's next day is not theirs.
    assert "Volvemos" not in said
    assert client.get(PAGE).status_code == 404


def test_another_markets_day_of_the_past_leads_to_all_days(client):
    venue = make_venue(slug="surco", name="Feria de Surco")
    make_market_day(venue=venue, status="confirmed")
    make_market_day(date=SUNDAY + WEEK)

    with time_machine.travel(AFTER):
        said = words(read(client, f"/ferias/surco/{SUNDAY}/"))

    assert "Todas las ferias Compartir" in said


@pytest.mark.parametrize("query", ["", "?productor=rosa&producto=a%C3%B1u"])
def test_a_day_under_the_main_markets_name_leads_to_its_address(client, query):
    day = make_market_day()

    response = client.get(f"/ferias/{day.venue.slug}/{SUNDAY}/{query}")

    # For now: another market may become the main one.
    assert (response.status_code, response["Location"]) == (302, PAGE + query)


@pytest.mark.parametrize(
    "path",
    [
        "/ferias/2026-11-28/",
        "/ferias/2026-02-30/",
        "/ferias/2026-13-01/",
        "/ferias/0000-00-00/",
        "/ferias/26-11-29/",
        f"/ferias/nada/{SUNDAY}/",
        "/ferias/2026-11-28/agenda.ics",
    ],
)
def test_there_is_no_page_for_what_is_no_market_day(client, path):
    make_market_day()

    assert client.get(path).status_code == 404


def test_the_days_of_a_market_that_became_a_shop_keep_their_pages(client):
    make_market_day(venue=make_venue(kind="shop", slug="tienda"))

    links = re.findall(r'href="(/ferias/tienda/[^"]*)"', read(client, "/ferias/"))
    statuses = [client.get(link).status_code for link in links]

    assert (links, statuses) == ([f"/ferias/tienda/{SUNDAY}/"], [200])
