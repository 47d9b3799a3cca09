import datetime as dt
import html

import pytest
import time_machine

from tests.factories import make_market_day, make_special_hours, make_venue

from .shop import make_shop, open_usually
from .states import at, text

pytestmark = pytest.mark.django_db

THURSDAY = at(12, days=-3)
POLICY = {
    *("default-src 'none'", "base-uri 'none'", "form-action 'none'"),
    *("frame-ancestors *", "style-src 'self'"),
}


def framed_at(client, path, moment=THURSDAY):
    """Return the words of a frame, after its title."""
    with time_machine.travel(moment):
        response = client.get(path)
    return html.unescape(text(response.text.partition("<body>")[2]))


@pytest.mark.parametrize("path", ["/insertar/este-domingo/", "/insertar/agro-shop/"])
def test_any_site_may_frame_it_and_it_leaves_nothing(client, path):
    make_market_day(status="confirmed")
    open_usually(make_shop())

    response = client.get(path)

    assert set(response.headers["Content-Security-Policy"].split("; ")) == POLICY
    assert "X-Frame-Options" not in response.headers
    assert response.cookies == {}
    assert response.headers["Cache-Control"] == "no-cache"
    assert response.text.count("<a ") == 1
    assert '" target="_blank" rel="noopener">' in response.text
    assert 'href="http://testserver/' in response.text
    assert client.post(path).status_code == 405


def test_the_badge_tells_of_the_sunday_after_an_extra_day(client):
    make_market_day(date=at(0, days=-1).date(), status="confirmed")
    make_market_day(status="cancelled")

    said = framed_at(client, "/insertar/este-domingo/")

    assert said.startswith("Este sábado sí hay feria")
    assert "No hay feria el domingo 29 de noviembre." in said


def test_the_badge_says_whether_there_is_a_market(client):
    day = make_market_day(status="confirmed", notice="Trae tu bolsa.")

    assert framed_at(client, "/insertar/este-domingo/") == (
        "Este domingo sí hay feria Domingo 29 de noviembre 8 a. m. a 2 p. m."
        " Av. Brasil, cuadra 40, Magdalena del Mar Trae tu bolsa."
        " Horario y lugar de ejemplo: la feria todavía no los confirmó."
        " Agroferias Campesinas"
    )

    day.venue.confirmed_date = dt.date(2026, 11, 1)
    day.venue.save()
    day.status, day.notice = "cancelled", "Hay un desfile."
    day.save()

    assert framed_at(client, "/insertar/este-domingo/") == (
        "Este domingo no hay feria Domingo 29 de noviembre Hay un desfile."
        " Todavía no hay fecha para la próxima feria. Agroferias Campesinas"
    )


def test_the_badge_without_any_day(client):
    words = framed_at(client, "/insertar/este-domingo/")

    assert words == "Todavía sin fecha Agroferias Campesinas"


def test_the_hours_of_the_shop_with_what_is_special(client):
    shop = make_shop(confirmed_date=dt.date(2026, 11, 1), street="Jr. Lima 123")
    open_usually(shop)
    make_special_hours(venue=shop, reason="Inventario.")

    words = framed_at(client, "/insertar/agro-shop/")

    assert words == (
        "Agro-Shop Domingo 29 de noviembre: cerrado. Inventario."
        " Martes a sábado 9 a. m. – 8 p. m. Domingo 10 a. m. – 5 p. m."
        " Jr. Lima 123, Lince, Lima Agroferias Campesinas"
    )


def test_a_shop_without_hours_and_no_shop(client):
    assert framed_at(client, "/insertar/agro-shop/") == (
        "Agro-Shop Por ahora no hay tienda. La feria sigue, cada domingo."
        " Agroferias Campesinas"
    )

    make_shop()

    assert "Horario por confirmar" in framed_at(client, "/insertar/agro-shop/")


def test_the_lines_to_copy_are_whole(client):
    make_venue(is_main=True)

    page = html.unescape(client.get("/insertar/").text)

    assert (
        '<iframe src="http://testserver/insertar/este-domingo/"'
        ' title="¿Hay feria este domingo?" width="340" height="260"'
        ' loading="lazy"></iframe>'
    ) in page
    assert '<iframe src="http://testserver/insertar/agro-shop/"' in page
