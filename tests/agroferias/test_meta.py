"""What every page says of itself to search engines and to whoever shows a link."""

import json
import re
from html import unescape

import pytest

from tests.factories import make_offering, make_opening_hours, make_producer, make_venue
from tests.markets.schema_org import SCHEMA, faults
from tests.test_html import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

SITE = "http://testserver"
# Each with the types of what it tells in schema.org's words.
PAGES = {
    "/": {"WebSite"},
    "/productos/": {"BreadcrumbList"},
    "/temporada/junio/": {"BreadcrumbList"},
    "/temporada/noviembre/": {"BreadcrumbList"},
    "/calendario/": {"BreadcrumbList"},
    "/productos/palta/": {"Product", "BreadcrumbList"},
    "/productos/mango/": {"Product", "BreadcrumbList"},
    "/productores/": {"BreadcrumbList"},
    "/productores/rosa/": {"Organization", "BreadcrumbList"},
    "/productores/julian/": {"Organization", "BreadcrumbList"},
    "/regiones/": {"BreadcrumbList"},
    "/regiones/cusco/": {"BreadcrumbList"},
    "/regiones/callao/": {"BreadcrumbList"},
    "/ferias/": {"Event", "BreadcrumbList"},
    "/ferias/2026-11-29/": {"Event", "BreadcrumbList"},
    "/agro-shop/": {"GroceryStore", "BreadcrumbList"},
    "/nosotros/": {"BreadcrumbList"},
}


@pytest.fixture
def site(catalogue, client):
    make_opening_hours(venue=make_venue(kind="shop", name="Agro-Shop"))
    return client


def head(client, path):
    """Return title, description, canonical address and Open Graph of a page."""
    html = client.get(path).text
    page = Page(html)
    metas = page.all("meta")
    graph = {one["property"]: one["content"] for one in metas if "property" in one}
    (description,) = (
        one["content"] for one in metas if one.get("name") == "description"
    )
    canonical = [a["href"] for a in page.all("link") if a.get("rel") == "canonical"]
    title = unescape(re.search("<title>(.*)</title>", html)[1])
    return title, description, canonical, graph


def told(client, path):
    """Return all that a page tells in data blocks, flat."""
    blocks = re.findall(
        r'<script type="application/ld\+json">([^<>&]*)</script>',
        client.get(path).text,
    )
    nodes = []
    for block in blocks:
        data = json.loads(block)
        assert data.pop("@context") == SCHEMA
        nodes += data.get("@graph", [data])
    return nodes


def test_no_two_pages_say_the_same_of_themselves(site):
    heads = {path: head(site, path) for path in PAGES}

    assert len({title for title, *_ in heads.values()}) == len(PAGES)
    assert len({description for _, description, *_ in heads.values()}) == len(PAGES)
    for path, (title, description, canonical, graph) in heads.items():
        assert canonical == [f"{SITE}{path}"]
        assert 20 <= len(description) <= 160
        assert title == f"{graph['og:title']} · Agroferias Campesinas"
        assert graph["og:description"].startswith(description.rstrip("…"))
        assert len(graph["og:description"]) <= 300
        assert graph["og:url"] == f"{SITE}{path}"
        assert graph["og:image:alt"]


def test_what_pages_tell_in_schema_orgs_words_is_sound(site):
    found = {path: told(site, path) for path in PAGES}

    assert {path: {one["@type"] for one in nodes} for path, nodes in found.items()} == (
        PAGES
    )
    assert {
        path: wrong
        for path, nodes in found.items()
        if (wrong := [fault for one in nodes for fault in faults(one)])
    } == {}


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("/productos/?utm_source=whatsapp", "/productos/"),
        ("/productos/?region=cusco&estado=hay", "/productos/"),
        ("/productos/?mes=junio&region=cusco", "/temporada/junio/"),
        ("/temporada/junio/?region=cusco", "/temporada/junio/"),
        ("/productores/?viene=1", "/productores/"),
        ("/ferias/2026-11-29/?producto=palta", "/ferias/2026-11-29/"),
        ("/productores/?pagina=1", "/productores/"),
        ("/productores/?pagina=2", "/productores/?pagina=2"),
        ("/productores/?pagina=2&practica=compost", "/productores/"),
    ],
)
def test_a_page_has_one_address_whatever_is_asked_of_it(site, path, canonical):
    for _ in range(25):
        make_producer(practices=["compost"])

    assert head(site, path)[2] == [f"{SITE}{canonical}"]


def test_a_later_page_of_a_list_says_so_in_its_title(site):
    for _ in range(25):
        make_producer()

    first, second = (head(site, f"/productores/?pagina={n}")[0] for n in (1, 2))

    assert first == "Productores · Agroferias Campesinas"
    assert second == "Productores (página 2) · Agroferias Campesinas"


def test_what_is_not_there_has_no_address_for_good(site, catalogue):
    catalogue.rosa.status = "archived"
    catalogue.rosa.save()

    assert head(site, "/nada/")[2] == []
    assert head(site, "/productores/rosa/")[2] == []


def test_a_long_description_ends_in_one_piece(site, catalogue):
    catalogue.rosa.summary = "Paltas & «más» de <Pisac>. " * 5
    catalogue.rosa.save()

    description = head(site, "/productores/rosa/")[1]

    assert description.startswith("Paltas & «más» de <Pisac>. Paltas &")
    assert (len(description), description[-1]) == (160, "…")


def test_an_example_is_not_told_of_as_if_it_existed(site, catalogue):
    catalogue.rosa.is_example = True
    catalogue.rosa.save()
    palta = catalogue.palta
    make_offering(
        producer=make_producer(is_example=True),
        product=palta,
        price="8.50",
        price_date="2026-11-20",
    )

    assert [one["@type"] for one in told(site, "/productores/rosa/")] == [
        "BreadcrumbList"
    ]
    product, _crumbs = told(site, "/productos/palta/")
    assert "offers" not in product


def test_the_language_of_a_page_is_said_with_its_country(site):
    graph = head(site, "/")[3]

    assert (graph["og:locale"], graph["og:type"]) == ("es_PE", "website")
    assert graph["og:site_name"] == "Agroferias Campesinas"
