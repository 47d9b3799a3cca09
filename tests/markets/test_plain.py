import pytest
import time_machine

from tests.factories import make_market_day, make_venue
from tests.markets.shop import make_shop, open_usually

from .states import at

pytestmark = pytest.mark.django_db

ADDRESS = "http://testserver/este-domingo/"
DOUBT = [
    "Horario y lugar de ejemplo: la feria todavía no los",
    "confirmó.",
]
USUAL = [
    "Horario: 8 a. m. a 2 p. m.",
    "Lugar: Av. Brasil, cuadra 40, Magdalena del Mar",
]


def lines_at(client, moment):
    """Return the lines between the name and the address."""
    with time_machine.travel(moment):
        response = client.get("/este-domingo.txt")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Cache-Control"] == "max-age=60, public"
    name, *lines, address, nothing = response.content.decode().split("\n")
    assert (name, address, nothing) == ("AGROFERIAS CAMPESINAS", ADDRESS, "")
    assert max(map(len, [name, *lines, address])) <= 60
    return lines


@pytest.fixture
def venue():
    return make_venue(is_main=True)


def test_a_confirmed_day(client, venue):
    make_market_day(venue=venue, status="confirmed")

    lines = lines_at(client, at(12, days=-3))

    assert lines == [
        "Este domingo sí hay feria.",
        "Sí hay feria el domingo 29 de noviembre.",
        *USUAL,
        *DOUBT,
    ]


def test_the_sunday_after_an_extra_day(client, venue):
    make_market_day(venue=venue, date=at(0, days=-1).date(), status="confirmed")
    make_market_day(venue=venue, status="cancelled")

    lines = lines_at(client, at(12, days=-3))

    assert lines[0] == "Este sábado sí hay feria."
    assert lines[-1] == "No hay feria el domingo 29 de noviembre."


def test_it_changes_while_it_is_held_and_after(client, venue):
    make_market_day(venue=venue, status="confirmed")

    assert lines_at(client, at(9))[0] == "Estamos en la avenida hasta las 2 p. m."
    assert lines_at(client, at(13, 30))[0] == "Última hora: hasta las 2 p. m."
    assert lines_at(client, at(15)) == [
        "La feria de hoy ya terminó.",
        "Todavía no hay fecha para la próxima feria.",
    ]


def test_a_day_that_nobody_confirmed(client, venue):
    make_market_day(venue=venue)

    assert lines_at(client, at(12, days=-3)) == [
        "Todavía no confirmamos este domingo.",
        "Feria del domingo 29 de noviembre: todavía sin confirmar.",
        *USUAL,
        *DOUBT,
        "Nadie lo revisó todavía. Mira aquí otra vez antes de salir.",
    ]


def test_a_cancelled_day_says_why_and_what_else(client, venue):
    make_market_day(venue=venue, status="cancelled", notice="Hay un desfile")
    make_market_day(venue=venue, status="confirmed", date=at(1, days=7).date())
    open_usually(make_shop())

    lines = lines_at(client, at(12, days=-3))

    assert lines[:4] == [
        "Este domingo no hay feria.",
        "No hay feria el domingo 29 de noviembre.",
        "Hay un desfile.",
        DOUBT[0],
    ]
    assert lines[5].startswith("Volvemos el domingo 6 de diciembre a las 8 a. m.")
    assert "Agro-Shop" in " ".join(lines[6:])


def test_a_moved_day_and_one_with_other_hours(client, venue):
    day = make_market_day(venue=venue, status="moved", moved_to="Parque Castilla")

    moved = lines_at(client, at(12, days=-3))
    day.moved_to, day.opens = "", "09:00"
    day.save()
    later = lines_at(client, at(12, days=-3))

    assert moved[0] == "Solo este domingo: cambiamos de lugar."
    assert "Lugar: Parque Castilla" in moved
    assert later[0] == "Solo este domingo: otro horario."
    assert "Horario: 9 a. m. a 2 p. m." in later


def test_without_any_day(client):
    lines = lines_at(client, at(12))

    assert lines == ["Todavía no hay fecha para la próxima feria."]
