import datetime as dt
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from tests.factories import (
    LIMA,
    SUNDAY,
    make_attendance,
    make_market_day,
    make_offering,
    make_opening_hours,
    make_product,
    make_special_hours,
    make_stall,
    make_venue,
)

from .reading import words

pytestmark = pytest.mark.django_db

WEEK = dt.timedelta(weeks=1)
PAGE = f"/ferias/{SUNDAY}/"
CHECKED = dt.datetime(2026, 11, 27, 18, tzinfo=LIMA)
UNSURE = "Horario y lugar de ejemplo: la feria todavía no los confirmó."


def panel(response):
    html = response.content.decode()
    return words(html, '<div class="tolva__title">', "</nav>")


def at(hour, minute=0, date=SUNDAY):
    """Travel to a time of a day in Lima."""
    moment = dt.datetime.combine(date, dt.time(hour, minute), LIMA)
    return time_machine.travel(moment, tick=False)


def see(client, path=PAGE, **query):
    response = client.get(path, query)
    assert response.status_code == 200
    return response


def test_a_confirmed_day(client, november):
    make_market_day(status="confirmed", checked_at=CHECKED)

    response = see(client)

    assert panel(response) == (
        "El domingo 29 sí hay feria Feria del domingo 29 de noviembre"
        " 29 de noviembre de 2026 Horario 8 a. m. a 2 p. m."
        " Lugar Av. Brasil, cuadra 40 Magdalena del Mar, Lima"
        f" Nota {UNSURE}"
        " Si cambia, avísame por correo"
        " Lista revisada el viernes 27 de noviembre, 6 p. m. Puede cambiar."
        " Compartir Agendar Quiénes vienen Cómo llegar"
    )
    assert 'class="tolva tolva--day"' in response.content.decode()


def test_an_extra_day_leads_to_the_sunday_after_it(client, november):
    extra = make_market_day(date=SUNDAY - dt.timedelta(days=4), status="confirmed")
    make_market_day(status="cancelled")
    line = "No hay feria el domingo 29 de noviembre."

    said = panel(see(client, extra.get_absolute_url()))

    assert said.startswith("El miércoles 25 sí hay feria Feria del miércoles 25")
    assert line in said
    assert f'href="{PAGE}">{line}' in see(client, "/").text
    assert 'class="sunday-after"' not in see(client).text


def test_a_day_that_nobody_confirmed_has_no_lettering(client, november):
    make_market_day(status="scheduled")

    response = see(client)

    assert panel(response) == (
        "Todavía no confirmamos el domingo 29 Feria del domingo 29 de noviembre"
        " Horario 8 a. m. a 2 p. m. Lugar Av. Brasil, cuadra 40 Magdalena del Mar, Lima"
        f" Nota {UNSURE} Mira aquí otra vez antes de salir."
        " Si cambia, avísame por correo"
        " Nadie revisó esta lista todavía."
        " Compartir Agendar Quiénes vienen Cómo llegar"
    )
    assert 'class="lettering"' not in response.content.decode()


def test_a_day_moved_to_another_place(client, november):
    make_market_day(status="moved", moved_to="Parque Castilla, Lince")

    response = see(client)

    said = panel(response)
    assert said.startswith("Solo el domingo 29: cambiamos de lugar ")
    assert "A parade takes the avenue." in said
    assert "Lugar Av. Brasil, cuadra 40 Parque Castilla, Lince" in said
    html = response.content.decode()
    assert "<s>Av. Brasil, cuadra 40</s>" in html
    assert 'class="tolva tolva--day tolva--moved"' in html


def test_a_day_with_other_hours(client, november):
    make_market_day(status="moved", closes=dt.time(12))

    response = see(client)

    said = panel(response)
    assert said.startswith("Solo el domingo 29: ")
    assert "Horario 8 a. m. a 12 m. solo ese día" in said
    assert "tolva--short" in response.content.decode()


def test_a_cancelled_day_says_when_it_is_held_again_and_when_the_shop_opens(
    client, november
):
    make_market_day(status="cancelled")
    make_market_day(date=SUNDAY + WEEK, status="confirmed")
    shop = make_venue(kind="shop", name="Agro-Shop", slug="tienda")
    make_opening_hours(venue=shop, opens=dt.time(10), closes=dt.time(17))

    response = see(client)

    assert words(response.content.decode()) == (
        "El domingo 29 no hay feria Feria del domingo 29 de noviembre"
        " 29 de noviembre de 2026 A parade takes the avenue."
        " Volvemos el domingo 6 de diciembre a las 8 a. m."
        " Mientras, el Agro-Shop atiende ese día de 10 a. m. a 5 p. m."
        f" {UNSURE}"
        " Si cambia, avísame por correo"
        " Ir al domingo 6 Agro-Shop Compartir Todas las ferias"
    )
    html = response.content.decode()
    assert '<h1 class="struck">' in html
    assert 'href="/agro-shop/">' in html


def test_on_a_cancelled_day_the_shops_special_hours_win(client, november):
    make_market_day(status="cancelled")
    shop = make_venue(kind="shop", name="Agro-Shop", slug="tienda")
    make_opening_hours(venue=shop)
    make_special_hours(venue=shop)

    said = panel(see(client))

    assert "El Agro-Shop tampoco atiende ese día." in said
    assert "Volvemos" not in said


@pytest.mark.parametrize("has_shop", [True, False])
def test_a_cancelled_day_does_not_guess_the_shops_hours(client, november, has_shop):
    make_market_day(status="cancelled")
    if has_shop:
        make_venue(kind="shop", name="Agro-Shop")

    assert "Agro-Shop" not in words(see(client).content.decode())


def test_a_cancelled_day_of_the_past_sends_nobody_to_the_shop(client):
    make_market_day(status="cancelled")
    make_market_day(date=SUNDAY + WEEK, status="confirmed")
    make_opening_hours(venue=make_venue(kind="shop"))

    with at(15):
        said = words(see(client).content.decode())

    assert said == (
        "El domingo 29 no hubo feria Feria del domingo 29 de noviembre"
        f" 29 de noviembre de 2026 A parade takes the avenue. {UNSURE}"
        " La próxima: domingo 6 de diciembre Compartir Todas las ferias"
    )


@pytest.mark.parametrize(
    ("hour", "minute", "chip"),
    [
        (7, 59, "Hoy sí hay feria"),
        (8, 0, "Estamos en la avenida hasta las 2 p. m."),
        (12, 59, "Estamos en la avenida hasta las 2 p. m."),
        (13, 0, "Última hora: hasta las 2 p. m."),
        (13, 59, "Última hora: hasta las 2 p. m."),
        (14, 0, "La feria ya terminó"),
    ],
)
def test_a_day_is_told_in_its_course(client, hour, minute, chip):
    make_market_day(status="confirmed")

    with at(hour, minute):
        response = see(client)

    said = panel(response).partition(" Feria del")[0]
    assert said == chip
    is_last = "Algunos puestos ya venden lo último." in panel(response)
    assert is_last == (hour == 13)


def test_a_day_that_is_over_leads_to_the_next_one(client):
    make_market_day(status="confirmed")
    make_market_day(date=SUNDAY + WEEK)

    with at(14):
        response = see(client)

    assert panel(response).endswith(
        "Lugar Av. Brasil, cuadra 40 Magdalena del Mar, Lima"
        f" Nota {UNSURE} Nadie revisó esta lista todavía."
        " La próxima: domingo 6 de diciembre Compartir Quiénes vinieron"
    )
    assert panel(response).startswith("La feria ya terminó")
    assert f'href="/ferias/{SUNDAY + WEEK}/"' in response.content.decode()
    assert 'id="llegar"' not in response.content.decode()


def test_the_last_day_of_all_leads_to_the_list_of_days(client):
    make_market_day(status="confirmed", checked_at=CHECKED)

    with at(14):
        said = panel(see(client))

    assert "Todas las ferias Compartir" in said
    assert "Lista revisada el viernes 27 de noviembre, 6 p. m. Todas" in said


def test_the_share_button_has_the_words_and_the_whole_address(client, november):
    make_market_day(status="confirmed", notice="¡Habrá música & café!")

    html = see(client, producto="x").content.decode()

    href = unescape(re.search(r'href="(https://wa\.me/[^"]+)"', html)[1])
    text = (
        "Sí hay feria el domingo 29 de noviembre. De 8\xa0a.\xa0m. a"
        " 2\xa0p.\xa0m., Av. Brasil, cuadra 40, Magdalena del Mar."
        f" ¡Habrá música & café! {UNSURE} http://testserver{PAGE}"
    )
    assert parse_qs(urlsplit(href).query) == {"text": [text]}


def test_the_address_of_the_page_and_the_event_are_told_to_machines(client, november):
    make_market_day(status="confirmed")

    html = see(client, producto="x").content.decode()

    assert f'<link rel="canonical" href="http://testserver{PAGE}">' in html
    assert html.count('"@type": "Event"') == 1
    assert f'href="{PAGE}agenda.ics"' in html


def fill(day, row_count):
    """Put row_count producers with products and stalls on a day's list."""
    for number in range(1, row_count + 1):
        product = make_product(drawing="mango" if number % 2 else "")
        producer = make_offering(product=product, season=[3] * 12).producer
        stall = make_stall(venue=day.venue, number=number, zone=f"Zone {number % 3}")
        make_attendance(market_day=day, producer=producer, stall=stall)
    make_attendance(market_day=day, status="absent", reason="Rain")


# day with venue, attendances with producer, region and stall, offerings, stalls; the
# main market's days and the notices, as on every page
@pytest.mark.usefixtures("november")
@pytest.mark.parametrize("row_count", [1, 30])
@pytest.mark.parametrize(
    ("fields", "query_count"),
    [
        ({"status": "confirmed"}, 6),
        ({"status": "scheduled"}, 6),
        ({"status": "moved", "moved_to": "Parque Castilla"}, 6),
        # No offerings, but the shop, its hours, special hours and contacts.
        ({"status": "cancelled"}, 9),
    ],
)
def test_the_queries_of_a_day_do_not_grow(
    client, django_assert_num_queries, fields, query_count, row_count
):
    day = make_market_day(**fields)
    fill(day, row_count)
    make_opening_hours(venue=make_venue(kind="shop"))

    with django_assert_num_queries(query_count):
        response = see(client, producto="x", productor="y")

    assert len(response.context["roster"].everybody) == row_count + 1
