"""Every public page's queries, the same for one row of everything and for thirty."""

import pytest

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
# As the market day is part of every page's footer, so is its query: (day).
EXPECTED = {
    # day, choices, year, counts, products
    "/productos/": 5,
    "/temporada/junio/": 5,
    # … and the keys of the rows found
    "/productos/?q=p&region=cusco&viene=1&estado=hay&mes=junio": 6,
    # day, choices, counts, producers with their region, offerings with their product,
    # photos, stalls
    "/productores/": 7,
    # … and the keys of the rows found
    "/productores/?q=p&region=cusco&viene=1&mes=junio": 8,
    # regions with counts, day
    "/regiones/": 2,
    # region, count of producers, producers, offerings, photos, stalls, products, day
    "/regiones/cusco/": 8,
    # products, day
    "/calendario/": 2,
    # products, producers, offerings, photos, stalls, regions, day
    "/buscar/?q=p": 7,
    # product, offerings, varieties of each, stalls, regions, varieties, photo, what
    # goes with it, day
    "/productos/palta/": 9,
    # producer, offerings, varieties of each, attendance, photos, contacts,
    # certifications, Sundays, neighbours, their offerings, photos and stalls, day
    "/productores/rosa/": 13,
    # products at their best, leaving, arriving, regions, producers, their offerings,
    # photos and stalls, shop, its hours, its shelf, day
    "/": 12,
    # day
    "/nosotros/": 1,
    "/nada/": 1,
    "/buscar/": 1,
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
@pytest.mark.parametrize("path", EXPECTED)
def test_query_counts_do_not_grow(client, django_assert_num_queries, path, row_count):
    fill(row_count)

    with django_assert_num_queries(EXPECTED[path]):
        response = client.get(path)

    assert response.status_code == (404 if path == "/nada/" else 200)
    assert Product.objects.count() == row_count + 1
