import datetime as dt
import re
from html import escape

import pytest

from markets.models import VenueContact
from tests.factories import (
    LIMA,
    make_market_day,
    make_offering,
    make_opening_hours,
    make_producer,
    make_product,
    make_shelf_item,
    make_special_hours,
)
from tests.markets.shop import (
    TUESDAY,
    at,
    hrefs,
    make_shop,
    open_on,
    open_usually,
    page_at,
    part,
    text_of,
)

pytestmark = pytest.mark.django_db

NOT_CONFIRMED = "Horario y lugar de ejemplo: la feria todavía no los confirmó."


@pytest.fixture
def shop():
    return make_shop()


def rows_of(page):
    """Return the week's table: the words of a row, and the figures of its bar."""
    body = page.split("<tbody>")[1].split("</tbody>")[0]
    bars = re.compile(r'<rect x="(\d+)" y="5" width="(\d+)"')
    return [(text_of(row), bars.findall(row)) for row in body.split("</tr>")[:-1]]


def test_the_week_marks_today_and_draws_its_hours(client, shop):
    open_usually(shop)
    open_on(shop, 0, "22:00", "02:00")

    page = page_at(client, at(24, "14:30"))

    nine_to_eight = [("540", "660")]
    assert rows_of(page) == [
        ("Lunes 10 p. m. a 2 a. m.", [("1320", "120")]),
        ("Martes Hoy 9 a. m. a 8 p. m.", nine_to_eight),
        ("Miércoles 9 a. m. a 8 p. m.", nine_to_eight),
        ("Jueves 9 a. m. a 8 p. m.", nine_to_eight),
        ("Viernes 9 a. m. a 8 p. m.", nine_to_eight),
        ("Sábado 9 a. m. a 8 p. m.", nine_to_eight),
        ("Domingo 10 a. m. a 5 p. m.", [("600", "420")]),
    ]
    assert page.count('<path class="hours__now" d="M870 0v24"/>') == 1
    assert page.count('<tr class="today">') == 1


def test_a_day_of_this_week_that_differs_says_so(client, shop):
    open_usually(shop)
    make_special_hours(
        venue=shop,
        first_date=at(26).date(),
        last_date=at(26).date(),
        reason="Inventario",
    )

    rows = rows_of(page_at(client, at(24)))

    assert rows[3] == ("Jueves Cerrado Solo el 26 de noviembre: Inventario", [])


def test_special_hours_that_come_stand_ahead_of_the_week(client, shop):
    open_usually(shop)
    december = dt.date(2026, 12, 24)
    special = [
        (december, dt.date(2026, 12, 26), None, None, "Navidad"),
        (dt.date(2026, 12, 31), dt.date(2027, 1, 2), None, None, "Año Nuevo"),
        (dt.date(2026, 12, 8), dt.date(2026, 12, 8), 9, 13, "Feriado"),
        (dt.date(2026, 12, 8), dt.date(2026, 12, 8), 15, 18, "Feriado"),
        (at(1).date(), at(2).date(), None, None, "Ya pasó"),
        (dt.date(2027, 3, 1), dt.date(2027, 3, 1), None, None, "Muy lejos"),
    ]
    for first, last, opens, closes, reason in special:
        make_special_hours(
            venue=shop,
            first_date=first,
            last_date=last,
            is_closed=opens is None,
            opens=opens and dt.time(opens),
            closes=closes and dt.time(closes),
            reason=reason,
        )

    page = page_at(client, at(24))

    assert part(page, '<ul class="special">', "</ul>") == (
        "Martes 8 de diciembre: 9 a. m. a 1 p. m., 3 p. m. a 6 p. m. Feriado"
        " Del 24 al 26 de diciembre: cerrado. Navidad"
        " Del 31 de diciembre al 2 de enero: cerrado. Año Nuevo"
    )
    assert page.index('class="special"') < page.index("<table")


def test_without_special_hours_there_is_no_note(client, shop):
    assert 'class="special"' not in page_at(client, at(24))


def test_a_cancelled_sunday_says_when_the_shop_opens_that_day(client, shop):
    open_usually(shop)
    make_market_day(
        venue=make_shop(slug="feria", kind="market", is_main=True),
        status="cancelled",
        notice="Hay un desfile.",
    )

    page = page_at(client, at(24))

    words = part(page, '<div class="shop-instead">', "</div>")
    assert words == (
        "El domingo 29 de noviembre no hay feria. Hay un desfile."
        " Mientras, el Agro-Shop atiende ese día de 10 a. m. a 5 p. m."
    )


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ([TUESDAY], "El Agro-Shop tampoco atiende ese día."),
        ([], ""),
    ],
)
def test_a_cancelled_sunday_on_which_the_shop_is_shut(client, shop, hours, words):
    for day in hours:
        open_on(shop, day, "09:00", "20:00")
    market = make_shop(slug="feria", kind="market", is_main=True)
    make_market_day(venue=market, status="cancelled", notice="Hay un desfile.")

    page = page_at(client, at(24))

    told = f"El domingo 29 de noviembre no hay feria. Hay un desfile. {words}".strip()
    assert part(page, '<div class="shop-instead">', "</div>") == told


def test_a_sunday_that_is_held_needs_no_words_here(client, shop):
    market = make_shop(slug="feria", kind="market", is_main=True)
    make_market_day(venue=market, status="confirmed")

    assert "shop-instead" not in page_at(client, at(24))


def test_where_it_is_and_how_to_get_there(client):
    make_shop(
        street="Jr. Lima 123",
        reference="Frente al parque",
        by_bus="Corredor azul",
        by_bike="Hay dónde amarrarla",
        by_car="Sin estacionamiento",
        confirmed_date=dt.date(2026, 11, 20),
    )

    page = page_at(client, at(24))

    assert part(page, 'id="donde" aria-labelledby="h-where">', "</aside>") == (
        "Dónde Lince, Lima Jr. Lima 123 Frente al parque"
        " Jr. Lima N.º 123 Jr. Lima, 123. Frente al parque. Lince."
        " Dibujo sin escala: muestra solo lo que dice la dirección."
        " Abrir en el mapa de tu celular O en: Google Maps OpenStreetMap Apple Maps"
        " En bus Corredor azul"
        " En bicicleta Hay dónde amarrarla En auto Sin estacionamiento"
        " Horario y lugar confirmados el 20 de noviembre de 2026."
    )
    destination = "destination=Jr.+Lima+123%2C+Lince%2C+Lima%2C+Per%C3%BA"
    assert hrefs(page, "Cómo llegar") == ["#donde"]
    assert hrefs(page, "Google Maps") == [
        f"https://www.google.com/maps/dir/?api=1&amp;{destination}"
    ]


def test_with_coordinates_the_map_leads_to_them(client):
    make_shop(latitude="-12.0851", longitude="-77.0342")

    page = page_at(client, at(24))

    assert hrefs(page, "Abrir en el mapa de tu celular") == [
        "geo:-12.0851,-77.0342?q=-12.0851%2C-77.0342"
    ]
    assert hrefs(page, "Google Maps") == [
        "https://www.google.com/maps/dir/?api=1&amp;destination=-12.0851%2C-77.0342"
    ]


def test_without_street_the_address_is_to_be_confirmed(client, shop):
    page = page_at(client, at(24))

    assert part(page, 'id="donde" aria-labelledby="h-where">', "</aside>") == (
        f"Dónde Lince, Lima Dirección por confirmar {NOT_CONFIRMED}"
    )
    assert hrefs(page, "Cómo llegar") == []


def test_only_public_channels_that_work_are_shown(client, shop):
    for kind, value, is_public in [
        ("whatsapp", "987 654 321", True),
        ("whatsapp", "911 111 111", False),
        ("phone", "01 234 5678", True),
        ("phone", "no number", True),
        ("facebook", "https://facebook.com/agroshop", True),
    ]:
        VenueContact.objects.create(
            venue=shop, kind=kind, value=value, is_public=is_public
        )

    page = page_at(client, at(24))

    question = "text=Hola%2C+%C2%BFhoy+hay+%E2%80%A6+en+la+tienda%3F"
    assert hrefs(page, "Preguntar si hay") == [f"https://wa.me/51987654321?{question}"]
    assert hrefs(page, "Llamar al 01 234 5678") == ["tel:+5112345678"]
    assert hrefs(page, "Facebook") == ["https://facebook.com/agroshop"]
    assert "no number" not in page


@pytest.mark.usefixtures("db")
def test_without_a_shop_the_page_leads_on(client):
    page = page_at(client, at(24))

    assert part(page, '<p class="lead">', "</p>") == (
        "Por ahora no hay tienda. La feria sigue, cada domingo."
    )
    assert hrefs(page, "Los próximos domingos") == ["/ferias/"]
    assert "open-now" not in page
    assert "shop-band" not in page_at(client, at(24), "/")


@pytest.mark.parametrize(
    ("time", "words"),
    [
        ("08:59", "Agro-Shop: cerrado ahora"),
        ("09:00", "Agro-Shop: abierto ahora"),
        ("20:00", "Agro-Shop: cerrado ahora"),
    ],
)
def test_home_says_on_the_truck_whether_it_is_open(client, shop, time, words):
    open_usually(shop)

    page = page_at(client, at(24, time), "/")

    assert hrefs(page, words) == ["#agro-shop"]
    assert page.count('id="shop-line" data-live') == 1


def test_without_hours_home_does_not_say_it_on_the_truck(client, shop):
    assert "shop-line" not in page_at(client, at(24), "/")


def test_hostile_words_stay_words(client):
    hostile = '"><script>alert(1)</script>'
    shop = make_shop(name=hostile, street=hostile, reference=hostile, by_bus=hostile)
    product = make_product(name=hostile)
    producer = make_producer(name=hostile)
    offering = make_offering(product=product, producer=producer)
    make_shelf_item(venue=shop, offering=offering)
    make_special_hours(
        venue=shop, first_date=at(24).date(), last_date=at(29).date(), reason=hostile
    )

    for path in ("/agro-shop/", "/"):
        page = page_at(client, at(24), path)
        assert "<script>alert" not in page
        assert f"Cerrado hoy: {escape(hostile)}" in page


def test_a_long_name_is_not_lettered(client):
    make_shop(name="Agro-Shop de las productoras y productores")

    page = page_at(client, at(24))

    assert "<h1>Agro-Shop de las productoras y productores</h1>" in page


@pytest.mark.parametrize("count", [1, 30])
def test_the_pages_queries_do_not_grow(
    client, shop, november, django_assert_num_queries, count
):
    for number in range(count):
        make_shelf_item(venue=shop)
        VenueContact.objects.create(venue=shop, kind="phone", value="1", is_public=True)
        date = dt.date(2026, 12, 1) + dt.timedelta(days=number)
        make_special_hours(venue=shop, first_date=date, last_date=date)
        make_opening_hours(
            venue=shop, valid_from=date, valid_through=date, opens=dt.time(number % 14)
        )

    # shop, its hours, special hours, contacts, shelf; days; notices
    with django_assert_num_queries(7):
        response = client.get("/agro-shop/")

    assert len(response.context["shelf"]) == count


def test_moments_are_limas(client, shop):
    item = make_shelf_item(
        venue=shop, checked_at=dt.datetime(2026, 11, 24, 3, tzinfo=dt.UTC)
    )

    page = page_at(client, dt.datetime(2026, 11, 24, 4, 59, tzinfo=dt.UTC))

    assert item.checked_at.astimezone(LIMA).day == 23
    assert "Revisado el lunes 23 de noviembre, 10 p. m." in page
    assert rows_of(page)[0][0] == "Lunes Hoy Cerrado"
