import pytest

from tests.factories import make_producer, make_region

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


def test_the_calendar_has_every_public_product_by_category(client, catalogue):
    response = client.get("/calendario/")

    assert [row.slug for row in response.context["products"]] == [
        "mango",
        "palta",
        "papa",
        "queso",
    ]
    assert response.context["products"][1].season == [
        *(1, 0, 0, 1, 2, 3),
        *(3, 2, 1, 2, 3, 2),
    ]


def test_the_calendar_orders_a_category_by_the_months_of_peak(client, catalogue):
    response = client.get("/calendario/")

    html = response.text
    places = [html.index(f'href="/productos/{slug}/"') for slug in ("mango", "palta")]
    assert places == sorted(places)
    assert html.count('scope="rowgroup"') == 3


def test_regions_come_with_their_producers_most_first(client, catalogue):
    make_producer(region=make_region("Puno"))

    regions = client.get("/regiones/").context["regions"]

    counts = [(row.slug, row.producer_count) for row in regions]
    assert counts[:4] == [("puno", 2), ("cusco", 1), ("piura", 1), ("amazonas", 0)]
    assert len(counts) == 25


def test_a_region_page_tells_who_and_what_comes_from_it(client, catalogue):
    response = client.get("/regiones/cusco/")

    context = response.context
    assert context["region"] == make_region("Cusco")
    assert [*context["page"]] == [catalogue.rosa]
    assert [(row.slug, row.level) for row in context["products"]] == [
        ("papa", 1),
        ("palta", 0),
    ]


def test_a_region_without_producers_has_a_page(client, catalogue):
    response = client.get("/regiones/callao/")

    assert response.status_code == 200
    assert [*response.context["page"]] == []
    assert [*response.context["products"]] == []


def test_producers_of_a_region_come_a_page_at_a_time(client):
    for number in range(25):
        make_producer(name=f"{number:02}")

    response = client.get("/regiones/cusco/?pagina=2")

    assert [row.name for row in response.context["page"]] == ["24"]
    assert client.get("/regiones/cusco/?pagina=3").status_code == 404
