import datetime as dt

import pytest
from django.utils.translation import override

from markets.models import MarketDay, Venue
from markets.schedule import Phase
from markets.words import (
    announcement,
    clock,
    headline,
    hours,
    long_date,
    sentence,
    where_and_when,
    who_comes,
)
from tests.factories import LIMA, SUNDAY

MAGDALENA = Venue(
    name="Feria", street="Av. Brasil, cuadra 40", district="Magdalena del Mar"
)
PARK = {"status": "moved", "moved_to": "Parque Castilla, Lince", "notice": "Desfile."}
SHORT = {"status": "moved", "opens": dt.time(9), "notice": "Elecciones."}
USUAL = {"usual_opens": dt.time(8), "usual_closes": dt.time(14)}
CANCELLED = {"status": "cancelled", "notice": "Desfile."}


def day(**fields):
    defaults = {"opens": dt.time(8), "closes": dt.time(14), "venue": MAGDALENA}
    return MarketDay(date=SUNDAY, **defaults | fields)


def plain(text):
    """Return text with spaces that may break."""
    return text.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("time", "written"),
    [
        (dt.time(0), "12 a. m."),
        (dt.time(0, 15), "12:15 a. m."),
        (dt.time(8), "8 a. m."),
        (dt.time(8, 5), "8:05 a. m."),
        (dt.time(12), "12 m."),
        (dt.time(12, 30), "12:30 p. m."),
        (dt.time(13, 30), "1:30 p. m."),
        (dt.time(23, 59), "11:59 p. m."),
        (dt.datetime(2026, 11, 29, 20, tzinfo=LIMA), "8 p. m."),
    ],
    ids=str,
)
def test_times_are_written_as_lima_does_on_one_line(time, written):
    assert clock(time) == written.replace(" ", "\xa0")


def test_noon_is_said_in_english():
    with override("en"):
        assert plain(clock(dt.time(12))) == "12 noon"


def test_hours_are_two_times():
    assert plain(hours(dt.time(8), dt.time(14))) == "8 a. m. a 2 p. m."


def test_a_long_date_has_its_weekday():
    assert long_date(SUNDAY) == "domingo 29 de noviembre"


STATES = [
    (
        {},
        Phase.AHEAD,
        "Market of {}: not confirmed yet.",
        "Feria del {}: todavía sin confirmar.",
    ),
    (
        {"status": "confirmed"},
        Phase.TODAY,
        "There is a market on {}.",
        "Sí hay feria el {}.",
    ),
    (
        SHORT,
        Phase.RUNNING,
        "Only on {}: the market has other hours.",
        "Solo el {}: la feria tiene otro horario.",
    ),
    (
        PARK,
        Phase.LAST_HOUR,
        "Only on {}: the market changes its place.",
        "Solo el {}: la feria cambia de lugar.",
    ),
    (
        PARK | SHORT | USUAL,
        Phase.AHEAD,
        "Only on {}: the market changes its place and its hours.",
        "Solo el {}: la feria cambia de lugar y de hora.",
    ),
    (CANCELLED, Phase.AHEAD, "There is no market on {}.", "No hay feria el {}."),
    # What did not take place is not over.
    (CANCELLED, Phase.OVER, "There is no market on {}.", "No hay feria el {}."),
    (
        {"status": "confirmed"},
        Phase.OVER,
        "The market of {} is over.",
        "La feria del {} ya terminó.",
    ),
    # Whether there was one nobody knows.
    (
        {},
        Phase.OVER,
        "Nobody confirmed the market of {}.",
        "Nadie confirmó la feria del {}.",
    ),
    (PARK, Phase.OVER, "The market of {} is over.", "La feria del {} ya terminó."),
]


@pytest.mark.parametrize(("fields", "phase", "english", "spanish"), STATES)
def test_a_headline_says_state_and_date(fields, phase, english, spanish):
    assert headline(day(**fields), phase) == spanish.format("domingo 29 de noviembre")
    with override("en"):
        date = long_date(SUNDAY)
        assert headline(day(**fields), phase) == english.format(date)


@pytest.mark.parametrize(
    ("fields", "phase", "coming", "confirmed", "words"),
    [
        ({}, Phase.AHEAD, 1, 1, "Viene 1 productor"),
        ({}, Phase.AHEAD, 3, 2, "Vienen 2 productores y 1 por confirmar"),
        ({}, Phase.RUNNING, 4, 1, "Viene 1 productor y 3 por confirmar"),
        ({}, Phase.AHEAD, 2, 0, "Se espera a 2 productores"),
        ({}, Phase.OVER, 2, 2, "Vinieron 2 productores"),
        ({}, Phase.OVER, 3, 1, "Vino 1 productor y se esperaba a 2 más"),
        ({}, Phase.OVER, 1, 0, "Se esperaba a 1 productor"),
        ({"status": "scheduled"}, Phase.AHEAD, 2, 2, "Se espera a 2 productores"),
        ({"status": "scheduled"}, Phase.OVER, 2, 1, "Se esperaba a 2 productores"),
    ],
)
def test_only_who_said_so_comes(fields, phase, coming, confirmed, words):
    one = day(**{"status": "confirmed"} | fields)

    assert who_comes(one, phase, coming=coming, confirmed=confirmed) == words


@pytest.mark.parametrize(
    ("fields", "english", "spanish"),
    [
        (
            {},
            "8 a. m. to 2 p. m., {street}.",
            "De 8 a. m. a 2 p. m., {street}.",
        ),
        (
            PARK,
            "8 a. m. to 2 p. m., Parque Castilla, Lince.",
            "De 8 a. m. a 2 p. m., Parque Castilla, Lince.",
        ),
        (
            CANCELLED,
            "It would have been 8 a. m. to 2 p. m., {street}.",
            "Iba a ser de 8 a. m. a 2 p. m., {street}.",
        ),
    ],
    ids=["usual", "another place", "cancelled"],
)
def test_hours_and_place_are_those_of_the_day(fields, english, spanish):
    street = "Av. Brasil, cuadra 40, Magdalena del Mar"
    assert plain(where_and_when(day(**fields))) == spanish.format(street=street)
    with override("en"):
        assert plain(where_and_when(day(**fields))) == english.format(street=street)


def test_a_place_without_a_street_is_its_district():
    words = where_and_when(day(venue=Venue(district="Lince")))

    assert plain(words) == "De 8 a. m. a 2 p. m., Lince."


def test_an_announcement_says_all_and_why():
    confirmed = Venue(district="Lince", street="Calle 1", confirmed_date=SUNDAY)

    words = announcement(day(venue=confirmed, **CANCELLED), Phase.AHEAD)

    assert plain(words) == (
        "No hay feria el domingo 29 de noviembre. "
        "Iba a ser de 8 a. m. a 2 p. m., Calle 1, Lince. Desfile."
    )


def test_an_announcement_says_that_nobody_confirmed_hours_and_place():
    with override("en"):
        words = announcement(day(status="confirmed"), Phase.AHEAD)

    assert plain(words).partition("Magdalena del Mar. ")[2] == (
        "Nobody from the market has confirmed these hours and this place yet."
    )


@pytest.mark.parametrize(
    ("written", "ended"),
    [
        ("Obras", "Obras."),
        ("Hasta las 2 p. m.", "Hasta las 2 p. m."),
        ("¿Obras?", "¿Obras?"),
        ("", ""),
    ],
)
def test_a_sentence_ends_once(written, ended):
    assert sentence(written) == ended
