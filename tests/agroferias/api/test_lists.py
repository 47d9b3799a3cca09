import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    make_attendance,
    make_certification,
    make_market_day,
    make_offering,
    make_opening_hours,
    make_producer,
    make_product,
    make_region,
    make_special_hours,
    make_stall,
    make_variety,
    make_venue,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

EXPECTED = {
    # rows
    "regiones/": 1,
    # choices, next days, rows, varieties, main regions
    "productos/": 5,
    # choices, next days, rows, certifications
    "productores/": 4,
    # choices, next days, rows, varieties
    "ofertas/": 4,
    # rows, hours twice
    "lugares/": 3,
    # rows, attendances
    "ferias/": 2,
    "productos/palta/": 3,
    "productores/rosa/": 2,
    "lugares/brasil/": 3,
    "ferias/brasil/2026-11-29/": 2,
}


def fill(row_count):
    """Put row_count of everything that a list could have into the database."""
    brasil = make_venue(slug="brasil", is_main=True)
    palta = make_product(slug="palta")
    rosa = make_producer(slug="rosa")
    day = make_market_day(venue=brasil)
    for number in range(row_count):
        product = make_product()
        product.main_regions.add(make_region())
        make_variety(product=palta)
        make_offering(producer=rosa, product=product).varieties.add(
            make_variety(product=product)
        )
        make_certification(producer=rosa)
        stall = make_stall(venue=brasil)
        make_attendance(market_day=day, producer=make_producer(), stall=stall)
        shop = make_venue(kind="shop")
        make_opening_hours(venue=shop)
        make_special_hours(venue=shop)
        make_market_day(venue=brasil, date=f"2026-10-{number + 1}")


@pytest.mark.parametrize("row_count", [1, 30])
def test_query_counts_do_not_grow(client, row_count):
    fill(row_count)

    counted = {}
    for path in EXPECTED:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(f"/api/v1/{path}")
        assert response.status_code == 200
        counted[path] = len(queries)

    assert counted == EXPECTED


@pytest.mark.parametrize("name", ["productores", "ferias", "ofertas"])
def test_pages_by_cursor_hold_every_row_once_both_ways(client, name):
    fill(4)
    rows = client.get(f"/api/v1/{name}/").json()["results"]

    pages, address = [], f"http://testserver/api/v1/{name}/?limite=2"
    while address:
        page = client.get(address)
        pages.append(page.json()["results"])
        last, address = page, page.json()["next"]
    before = client.get(last.json()["previous"]).json()

    assert [row for page in pages for row in page] == rows
    assert max(map(len, pages)) == 2
    assert before["results"] == pages[-2]
    assert f'<{last.json()["previous"]}>; rel="prev"' in last["Link"]


def test_a_row_added_meanwhile_shifts_no_page(client):
    for slug in ("b", "c", "d", "e"):
        make_producer(slug=slug)
    first = client.get("/api/v1/productores/?limite=2").json()

    make_producer(slug="a")
    second = client.get(first["next"]).json()

    assert [row["slug"] for row in first["results"]] == ["b", "c"]
    assert [row["slug"] for row in second["results"]] == ["d", "e"]


def test_a_row_is_the_same_alone_and_in_its_list(client):
    fill(1)

    for name in ("regiones", "productos", "productores", "lugares", "ferias"):
        row = client.get(f"/api/v1/{name}/").json()["results"][0]
        assert client.get(row["url"]).json() == row
        assert client.get(row.get("page_url", "/")).status_code == 200


def table(response):
    return list(csv.DictReader(io.StringIO(response.text)))


def test_a_table_has_the_rows_and_nothing_that_a_program_would_run(client):
    product = make_product(
        slug="yuca", name='=HYPERLINK("x")', other_names=["+51", "mandioca"]
    )
    make_producer(slug="rosa", region=make_region("Cusco"), is_example=True)

    products = client.get("/api/v1/productos/?format=csv")
    producers = client.get("/api/v1/productores/?format=csv")
    alone = client.get("/api/v1/productos/yuca/?format=csv")

    assert products["Content-Type"] == "text/csv; charset=utf-8"
    [row] = table(products)
    assert row["name"] == '\'=HYPERLINK("x")'
    assert row["other_names"] == "'+51; mandioca"
    assert row["category_slug"] == product.category.slug
    assert row["season"] == "; ".join(map(str, product.reference_season))
    assert row["is_native"] == "false"
    assert row["varieties"] == ""
    [grower] = table(producers)
    assert grower["location_is_exact"] == "false"
    assert grower["altitude_m"] == ""
    assert table(alone) == [row]


def test_a_table_without_rows_has_its_columns(client):
    response = client.get("/api/v1/ofertas/?format=csv")

    assert response.text == (
        "producer,producer_name,product,product_name,varieties,season,"
        "unit,price,currency,price_date\r\n"
    )


def test_places_are_features_of_a_map(client):
    make_venue(slug="brasil", latitude="-12.0921", longitude="-77.0628")
    make_venue(slug="lince", kind="shop")

    data = client.get("/api/v1/lugares/?format=geojson&limite=2").json()
    region = client.get("/api/v1/regiones/cusco/?format=geojson").json()

    assert data["type"] == "FeatureCollection"
    assert data["next"] is None
    assert [one["geometry"] for one in data["features"]] == [
        {"type": "Point", "coordinates": [-77.0628, -12.0921]},
        None,
    ]
    assert data["features"][0]["properties"]["slug"] == "brasil"
    assert region["geometry"] == {"type": "Point", "coordinates": [-72.2, -13.1]}


def test_a_region_that_the_map_does_not_have_is_nowhere(client):
    region = make_region("Cusco")
    region.slug = "otra"
    region.save()

    table_row = table(client.get("/api/v1/regiones/otra/?format=csv"))[0]

    assert client.get("/api/v1/regiones/otra/").json()["location"] is None
    assert table_row["location_latitude"] == ""


def test_a_program_evaluates_nothing_of_what_is_within_a_cell(client):
    palta = make_product(slug="palta")
    make_variety(product=palta, name="x;=HYPERLINK(1)")

    (row,) = table(client.get("/api/v1/productos/palta/?format=csv"))

    assert "x;'=HYPERLINK(1)" in row["varieties"]
