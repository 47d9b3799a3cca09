from collections import Counter
from html.parser import HTMLParser

import pytest

from tests.factories import (
    make_certification,
    make_consent,
    make_contact,
    make_opening_hours,
    make_photo,
    make_shelf_item,
    make_venue,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

POLICY = {
    *("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"),
    *("connect-src 'self'", "font-src 'self'", "form-action 'self'", "img-src 'self'"),
    *("manifest-src 'self'", "script-src 'self'", "style-src 'self'"),
    "worker-src 'self'",
}
# Elements that HTML5 leaves open.
VOID = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"),
    *("source", "track", "wbr"),
}
PAGES = [
    "/",
    "/productos/",
    "/productos/?region=cusco&categoria=frutas&estado=hay&q=pal&orden=nombre",
    "/productos/?q=zzz",
    "/productos/?mes=99",
    "/temporada/junio/",
    "/calendario/",
    "/productos/palta/",
    "/productos/mango/",
    "/productores/",
    "/productores/?viene=1&practica=compost",
    "/productores/?q=zzz",
    "/productores/rosa/",
    "/productores/elena/",
    "/regiones/",
    "/regiones/cusco/",
    "/regiones/callao/",
    "/buscar/",
    "/buscar/?q=a",
    "/buscar/?q=zzz",
    "/buscar/?q=kezo&mes=mayo",
    "/buscar/?q=noviembre",
    "/nosotros/",
    "/avisos/",
    "/avisos/enviado/",
    "/avisos/nada/",
    "/datos/",
    "/api/v1/?format=html",
    "/api/v1/productores/?format=html",
    "/api/v1/productores/rosa/?format=html",
    "/offline/",
    "/insertar/",
    "/nada/",
    "/ferias/",
    "/ferias/2026-11-29/",
    "/ferias/2026-11-29/?producto=palta",
    "/agro-shop/",
    "/en/",
    "/en/productos/palta/",
    "/en/productores/rosa/",
    "/qu/productos/",
]
LANGUAGES = {"/en": "en", "/qu": "es-PE"}


class Page(HTMLParser):
    """Collects the elements of a page and whether each is closed in its order."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.open, self.unclosed = [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.unclosed.append((tag, self.getpos()))

    def all(self, *tags):
        return [attrs for tag, attrs in self.elements if tag in tags]


@pytest.fixture
def site(catalogue, client):
    """Return a client of a site that shows something of every kind."""
    make_photo(producer=catalogue.rosa)
    make_consent(producer=catalogue.rosa, covers=["contact"])
    make_contact(producer=catalogue.rosa)
    make_certification(producer=catalogue.rosa, number="123")
    offering = catalogue.rosa.offerings.first()
    catalogue.palta.drawing = "mango"
    catalogue.palta.save()
    catalogue.palta.goes_with.set([catalogue.queso])
    shop = make_venue(kind="shop", name="Agro-Shop")
    make_opening_hours(venue=shop)
    make_shelf_item(venue=shop, offering=offering)
    return client


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_sound_html(site, path):
    response = site.get(path)
    page = Page(response.text)

    ids = Counter(attrs["id"] for _tag, attrs in page.elements if "id" in attrs)
    assert [one for one, count in ids.items() if count > 1] == []
    assert (page.unclosed, page.open) == ([], [])
    assert len(page.all("h1")) == 1
    assert len(page.all("main")) == 1
    assert len(page.all("title")) == 1
    for attrs in page.all("img"):
        assert {"alt", "width", "height"} <= attrs.keys()
    assert [attrs for _tag, attrs in page.elements if "style" in attrs] == []
    # Data blocks are not run: the policy and the browser leave them alone.
    scripts = [
        attrs
        for attrs in page.all("script")
        if not attrs.get("src") and attrs.get("type") != "application/ld+json"
    ]
    assert scripts == []
    assert page.all("style") == []


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_what_it_is_and_what_may_run(site, path):
    response = site.get(path)
    page = Page(response.text)

    described = [
        a["content"] for a in page.all("meta") if a.get("name") == "description"
    ]
    assert len(described) == 1
    assert described[0].strip()
    assert page.all("html") == [{"lang": LANGUAGES.get(path[:3], "es-PE")}]
    assert set(response.headers["Content-Security-Policy"].split("; ")) == POLICY
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", PAGES)
def test_what_a_page_refers_to_is_in_it(site, path):
    page = Page(site.get(path).text)

    ids = {attrs["id"] for _tag, attrs in page.elements if "id" in attrs}
    referred = {
        one
        for _tag, attrs in page.elements
        for name in (
            "for",
            "aria-labelledby",
            "form",
            "aria-controls",
            "aria-describedby",
        )
        for one in (attrs.get(name) or "").split()
    }
    referred |= {
        attrs["href"][1:]
        for attrs in page.all("a", "use")
        if attrs.get("href", "").startswith("#")
    }
    assert referred - ids == set()


def test_every_link_within_the_site_leads_somewhere(site):
    found, queue = {}, ["/"]
    while queue:
        path = queue.pop()
        if path in found or len(found) > 90:
            continue
        response = site.get(path)
        found[path] = response.status_code
        for attrs in Page(response.text).all("a"):
            target = attrs.get("href", "").partition("#")[0]
            is_spanish = not target.startswith(("/en/", "/qu/"))
            if target.startswith("/") and is_spanish and "?" not in target:
                queue.append(target)

    assert {path: status for path, status in found.items() if status != 200} == {}
    assert {
        "/productos/palta/",
        "/productores/rosa/",
        "/regiones/cusco/",
    } <= found.keys()
