"""Every public page's queries, the same for one row of everything and for thirty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from producers.models import Product
from tests.factories import (
    make_attendance,
    make_contact,
    make_market_day,
    make_offering,
    make_opening_hours,
    make_photo,
    make_producer,
    make_product,
    make_shelf_item,
    make_stall,
    make_variety,
    make_venue,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

# Products at their best in November and June, some leaving, some coming.
SEASONS = [
    [0, 1, 2, 2, 3, 3, 2, 2, 2, 2, 3, 3],
    [0, 1, 2, 2, 3, 3, 2, 2, 2, 2, 3, 0],
    [0, 1, 2, 2, 3, 3, 2, 2, 2, 2, 0, 3],
]
# Every page asks for the notices and, in its footer, for the next days:
# below, both.
EXPECTED = {
    # choices, year, counts, products and both
    "/productos/": 6,
    "/temporada/junio/": 6,
    # … and the keys of the rows found
    "/productos/?q=p&region=cusco&viene=1&estado=hay&mes=junio": 7,
    # choices, counts, producers with their region, offerings with their product,
    # photos, stalls and both
    "/productores/": 8,
    # … and the keys of the rows found
    "/productores/?q=p&region=cusco&viene=1&mes=junio": 9,
    # regions with counts and both
    "/regiones/": 3,
    # region, count of producers, producers, offerings, photos, stalls, products
    # and both
    "/regiones/cusco/": 9,
    # products and both
    "/calendario/": 3,
    # names, products, producers, offerings, photos, stalls and both
    "/buscar/?q=papa": 8,
    # … and the choices of two filters
    "/buscar/?q=papa&region=cusco&viene=1": 10,
    # names, products twice and producers in vain, a transaction of four with the
    # names alike, then what was meant, as above, and both
    "/buscar/?q=palttta": 16,
    # names, products twice and producers in vain, days and both
    "/buscar/?q=este+domingo": 7,
    # names, levels of the products
    "/buscar/sugerencias/?q=pap": 2,
    # names in vain, a transaction of four with the names alike, levels
    "/buscar/sugerencias/?q=palttta": 6,
    # product, offerings, varieties of each, stalls, regions, varieties, photo, what
    # goes with it and both
    "/productos/palta/": 10,
    # producer, offerings, varieties of each, attendance, photos, contacts,
    # certifications, Sundays, neighbours, their offerings, photos and stalls and both
    "/productores/rosa/": 14,
    # products at their best, leaving, arriving, regions, producers, their offerings,
    # photos and stalls, shop, its hours twice, its contacts, its shelf and both
    "/": 15,
    # both alone
    "/nosotros/": 2,
    "/datos/": 2,
    "/nada/": 2,
    "/buscar/": 2,
    "/avisos/": 2,
    "/avisos/enviado/": 2,
    # coming, past, how many those are, … and both
    "/ferias/": 4,
    # day, attendances, offerings, stalls and both
    "/ferias/2026-11-29/": 6,
    "/ferias/2026-11-29/?producto=palta": 6,
    # shop, its hours twice, its contacts, its shelf and both
    "/agro-shop/": 7,
    # in other languages as in Spanish
    "/en/": 15,
    "/en/productos/palta/": 10,
    "/en/productores/rosa/": 14,
    "/qu/productos/": 6,
    # days, and the shop's three of those of its page
    "/este-domingo.txt": 1,
    "/insertar/este-domingo/": 1,
    "/insertar/agro-shop/": 4,
    # both alone
    "/insertar/": 2,
    # nothing: it is kept for long
    "/offline/": 0,
    # days
    "/ferias/agenda.ics": 1,
    "/ferias/2026-11-29/agenda.ics": 1,
    # notices, days, producers
    "/ferias/novedades.atom": 3,
    # product
    "/productos/palta/temporada.ics": 1,
    # … and its offerings
    "/productos/palta/novedades.atom": 2,
    # region, days, who comes
    "/regiones/cusco/agenda.ics": 3,
    # region, producers, products
    "/regiones/cusco/novedades.atom": 3,
    # market days, products, producers, regions
    "/sitemap.xml": 4,
    "/robots.txt": 0,
}


def fill(row_count):
    """Put row_count of everything that a page could show into the database."""
    palta = make_product(slug="palta", name="Palta", drawing="mango")
    rosa = make_producer(slug="rosa", name="Rosa")
    day = make_market_day(status="confirmed")
    shop = make_venue(kind="shop")
    for number in range(row_count):
        product = make_product(
            name=f"Papa {number}",
            drawing="papa-nativa",
            reference_season=SEASONS[number % 3],
            other_names=["papita"],
        )
        palta.goes_with.add(product)
        grower = make_producer(name=f"Pepe {number}", practices=["compost"])
        make_photo(producer=grower)
        make_photo(producer=rosa)
        make_contact(producer=rosa)
        for producer, one in ((grower, palta), (rosa, product), (grower, product)):
            offering = make_offering(
                producer=producer, product=one, season=SEASONS[number % 3]
            )
            offering.varieties.add(make_variety(product=one))
            make_shelf_item(venue=shop, offering=offering)
        stall = make_stall(venue=day.venue)
        make_attendance(market_day=day, producer=grower, stall=stall)
    make_attendance(market_day=day, producer=rosa)
    make_opening_hours(venue=shop)


@pytest.mark.parametrize("row_count", [1, 30])
def test_query_counts_do_not_grow(client, row_count):
    fill(row_count)

    counted, statuses = {}, {}
    for path in EXPECTED:
        with CaptureQueriesContext(connection) as queries:
            statuses[path] = client.get(path).status_code
        counted[path] = len(queries)

    assert counted == EXPECTED
    assert statuses == {path: 404 if path == "/nada/" else 200 for path in EXPECTED}
    assert Product.objects.count() == row_count + 1
