import pytest

from agroferias.api.filters import MarketDayFilter, OfferingFilter, VenueFilter
from producers.filters import ProducerFilter, ProductFilter
from tests.factories import (
    make_market_day,
    make_opening_hours,
    make_special_hours,
    make_venue,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

# Of each list, what its parameters are asked for; on the catalogue of conftest.py.
PAGE_QUERIES = {
    "productos": [
        *("", "q=aguacate", "mes=junio&estado=punto", "categoria=frutas"),
        *("region=cusco", "practica=compost", "viene=1", "nativo=1", "orden=nombre"),
        "categoria=frutas&categoria=lacteos-y-huevos&estado=hay&mes=enero&viene=1",
    ],
    "productores": [
        *("", "q=julian", "mes=junio", "categoria=frutas", "region=cusco"),
        *("practica=compost", "viene=1", "producto=palta&region=cusco&mes=junio"),
    ],
}


def slugs(response):
    return sorted(row["slug"] for row in response.json()["results"])


@pytest.mark.parametrize("name", PAGE_QUERIES)
def test_a_query_gives_the_rows_of_the_page(client, catalogue, name):
    for query in PAGE_QUERIES[name]:
        page = client.get(f"/{name}/?{query}").context["page"]

        response = client.get(f"/api/v1/{name}/?{query}")

        assert slugs(response) == sorted(row.slug for row in page), query


def test_offerings_fit_all_that_is_asked_for(client, catalogue):
    answers = {
        query: [
            (row["producer"], row["product"])
            for row in client.get(f"/api/v1/ofertas/?{query}").json()["results"]
        ]
        for query in (
            *("productor=rosa", "producto=palta", "region=puno", "practica=terraces"),
            *("mes=diciembre&producto=palta", "viene=1", "categoria=lacteos-y-huevos"),
        )
    }

    every = client.get("/api/v1/ofertas/").json()["results"]
    pairs = [(row["producer"], row["product"]) for row in every]
    assert answers == {
        "productor=rosa": [pair for pair in pairs if pair[0] == "rosa"],
        "producto=palta": [pair for pair in pairs if pair[1] == "palta"],
        "region=puno": [pair for pair in pairs if pair[0] == "julian"],
        "practica=terraces": [pair for pair in pairs if pair[0] == "rosa"],
        "mes=diciembre&producto=palta": [("elena", "palta")],
        "viene=1": [("rosa", "papa"), ("julian", "queso")],
        "categoria=lacteos-y-huevos": [pair for pair in pairs if pair[1] == "queso"],
    }


def test_market_days_and_places_fit_all_that_is_asked_for(client):
    brasil = make_venue(slug="brasil", is_main=True)
    surco = make_venue(slug="surco")
    make_venue(slug="tienda", kind="shop")
    for venue, date, status in (
        (brasil, "2026-11-22", "confirmed"),
        (brasil, "2026-11-29", "cancelled"),
        (surco, "2026-11-29", "scheduled"),
    ):
        make_market_day(venue=venue, date=date, status=status)

    def dates(query):
        rows = client.get(f"/api/v1/ferias/?{query}").json()["results"]
        return [(row["venue"], row["date"]) for row in rows]

    assert dates("desde=2026-11-29&lugar=brasil") == [("brasil", "2026-11-29")]
    assert dates("hasta=2026-11-22") == [("brasil", "2026-11-22")]
    assert dates("estado=scheduled") == [("surco", "2026-11-29")]
    assert slugs(client.get("/api/v1/lugares/?tipo=shop")) == ["tienda"]


def test_hours_are_those_in_force_from_today(client):
    shop = make_venue(slug="tienda", kind="shop")
    for day, fields in enumerate(
        [{"valid_through": "2026-11-22"}, {"valid_through": "2026-11-23"}, {}]
    ):
        make_opening_hours(venue=shop, day_of_week=day, **fields)
    for date in ("2026-11-22", "2026-11-23"):
        make_special_hours(venue=shop, first_date=date, last_date=date)

    row = client.get("/api/v1/lugares/tienda/").json()

    assert [one["day_of_week"] for one in row["opening_hours"]] == [1, 2]
    assert [one["first_date"] for one in row["special_hours"]] == ["2026-11-23"]


def test_no_filter_is_without_a_test():
    asked = {
        "productos": ProductFilter,
        "productores": ProducerFilter,
    }

    for name, filterset in asked.items():
        query = "&".join(PAGE_QUERIES[name])
        assert [one for one in filterset.base_filters if f"{one}=" not in query] == []
    assert set(OfferingFilter.base_filters) == {
        *("mes", "categoria", "region", "practica", "viene", "producto", "productor")
    }
    assert set(VenueFilter.base_filters) == {"tipo"}
    assert set(MarketDayFilter.base_filters) == {"desde", "hasta", "lugar", "estado"}
