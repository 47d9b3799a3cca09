import re

import pytest
from django.urls import reverse
from django.utils.translation import get_language, override

from agroferias import languages
from tests.factories import make_producer
from tests.test_html import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

PAGES = [
    "/",
    "/productos/",
    "/temporada/junio/",
    "/productos/palta/",
    "/calendario/",
    "/productores/",
    "/productores/rosa/",
    "/regiones/",
    "/regiones/cusco/",
    "/ferias/",
    "/ferias/2026-11-29/",
    "/agro-shop/",
    "/buscar/",
    "/nosotros/",
    "/avisos/",
]


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/", "es"),
        ("/productos/", "es"),
        ("/en/", "en"),
        ("/en", "en"),
        ("/en/productos/palta/", "en"),
        ("/english/", "es"),
        ("/qu/ferias/", "qu"),
        ("/es/", "es"),
        ("/de/", "es"),
        ("/en/mi-feria/x/", "es"),
        ("/en/media/photos/x.jpg", "es"),
        ("", "es"),
    ],
)
def test_the_path_says_the_language(path, language):
    assert languages.language_of(path) == language


@pytest.mark.parametrize(
    ("language", "path", "there"),
    [
        ("en", "/", "/en/"),
        ("es", "/en/", "/"),
        ("es", "/", "/"),
        ("qu", "/en/ferias/", "/qu/ferias/"),
        ("en", "/en/ferias/", "/en/ferias/"),
    ],
)
def test_a_path_has_one_in_each_language(language, path, there):
    assert languages.path_in(language, path) == there


def links(page, rel):
    return {
        one.get("hreflang", ""): one["href"]
        for one in page.all("link")
        if one["rel"] == rel and one.get("type") is None
    }


@pytest.mark.parametrize("path", PAGES)
def test_pages_name_each_other(client, catalogue, path):
    named = {
        "es": f"http://testserver{path}",
        "en": f"http://testserver/en{path}",
        "x-default": f"http://testserver{path}",
    }

    spanish, english, quechua = (
        Page(client.get(prefix + path).text) for prefix in ("", "/en", "/qu")
    )

    for page in (spanish, english, quechua):
        assert links(page, "alternate") == named
    assert links(spanish, "canonical") == {"": named["es"]}
    assert links(english, "canonical") == {"": named["en"]}
    assert [page.all("html")[0]["lang"] for page in (spanish, english, quechua)] == [
        "es-PE",
        "en",
        "es-PE",
    ]


def test_later_pages_of_a_list_are_their_own(client):
    for number in range(25):
        make_producer(name=f"Rosa {number}")

    page = Page(client.get("/productores/?pagina=2").text)
    first = Page(client.get("/productores/?pagina=1").text)
    nonsense = Page(client.get('/productores/?pagina="x').text)

    assert links(page, "canonical") == {"": "http://testserver/productores/?pagina=2"}
    assert links(page, "alternate")["en"] == (
        "http://testserver/en/productores/?pagina=2"
    )
    assert links(first, "canonical") == {"": "http://testserver/productores/"}
    assert links(nonsense, "canonical") == {"": "http://testserver/productores/"}


def test_the_switch_stays_on_the_page_with_its_query(client, catalogue):
    def switches(path):
        found = Page(client.get(path).text).all("a")
        return [(one["hreflang"], one["href"]) for one in found if "hreflang" in one]

    query = "?categoria=frutas&q=palta"

    assert switches(f"/productos/{query}") == [
        ("en", f"/en/productos/{query}"),
        ("en", f"/en/productos/{query}"),
        ("qu", f"/qu/productos/{query}"),
    ]
    assert switches(f"/en/productos/{query}")[0] == ("es", f"/productos/{query}")
    assert switches("/productos/nada/")[0] == ("en", "/en/productos/nada/")
    # Nothing is at the address in any language.
    assert switches("/nada/?q=1")[0] == ("en", "/en/")
    # Nor in another one.
    assert switches("/api/v1/productos/?format=html")[0] == ("en", "/en/")


@pytest.mark.parametrize("headers", [{}, {"accept-language": "en"}])
def test_only_the_path_decides(client, catalogue, headers):
    client.cookies["django_language"] = "en"

    spanish = client.get("/productos/", headers=headers)
    english = client.get("/en/productos/", headers={"accept-language": "es"})

    assert Page(spanish.text).all("html") == [{"lang": "es-PE"}]
    assert Page(english.text).all("html") == [{"lang": "en"}]
    assert spanish.headers["Vary"] == english.headers["Vary"] == "Accept-Encoding"
    assert not spanish.cookies
    assert get_language() == "es"


def test_what_leads_on_stays_in_the_language(client, catalogue):
    long = f"/en/ferias/{catalogue.day.venue.slug}/2026-11-29/"
    locations = {
        path: client.get(path).headers["Location"]
        for path in (
            "/en",
            "/en/este-domingo/",
            "/en/temporada/septiembre/?q=a",
            long,
        )
    }

    assert locations == {
        "/en": "/en/",
        "/en/este-domingo/": "/en/ferias/2026-11-29/",
        "/en/temporada/septiembre/?q=a": "/en/temporada/setiembre/?q=a",
        long: "/en/ferias/2026-11-29/",
    }


@pytest.mark.parametrize(
    "path", ["/en/admin/", "/en/media/photos/a.jpg", "/es/", "/en/mi-feria/x/"]
)
def test_what_is_no_page_has_one_address(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_every_link_of_an_english_page_is_english(client, catalogue, path):
    page = Page(client.get(f"/en{path}").text)

    spanish = [
        one["href"]
        for one in page.all("a", "form")
        if re.match("/(?!en/)", one.get("href", one.get("action", "")))
        and "hreflang" not in one
    ]
    assert spanish == []


def test_addresses_are_the_same_in_every_language():
    with override("en"):
        assert reverse("producers:season", args=["junio"]) == "/en/temporada/junio/"
    with override("es"):
        assert reverse("producers:season", args=["junio"]) == "/temporada/junio/"


def test_what_has_no_english_says_that_it_is_spanish(client, catalogue):
    catalogue.rosa.summary, catalogue.rosa.story = "De Pisac.", "Siembra en andenes."
    catalogue.rosa.story_en = "She plants on terraces."
    catalogue.rosa.save()
    catalogue.papa.name_en = "Potato"
    catalogue.papa.save()

    english = client.get("/en/productores/rosa/").text
    spanish = client.get("/productores/rosa/").text

    assert '<p class="lead" lang="es">De Pisac.</p>' in english
    assert "<div><p>She plants on terraces.</p></div>" in english
    assert '<strong lang="es">Palta</strong>' in english
    assert "<strong>Potato</strong>" in english
    assert '<p class="lead">De Pisac.</p>' in spanish
    assert 'lang="es"' not in spanish.replace('hreflang="es"', "")


def test_the_machines_of_a_language_speak_it(client, catalogue):
    catalogue.day.status, catalogue.day.notice = "cancelled", "Hay un desfile"
    catalogue.day.notice_en = "There is a parade"
    catalogue.day.save()

    # A long line goes on after a line break and a space.
    calendar = client.get("/en/ferias/agenda.ics").text.replace("\r\n ", "")
    days = client.get("/ferias/agenda.ics").text.replace("\r\n ", "")

    assert "There is a parade" in calendar
    assert "http://testserver/en/ferias/2026-11-29/" in calendar
    assert "Hay un desfile" in days
    uid = re.compile("UID:.+")
    assert uid.findall(calendar) == uid.findall(days)
