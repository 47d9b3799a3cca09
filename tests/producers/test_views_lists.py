import pytest

from producers.models import Producer
from tests.factories import make_offering, make_producer, make_product, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

PAGES = [
    "/",
    "/productos/",
    "/temporada/junio/",
    "/calendario/",
    "/productores/",
    "/regiones/",
    "/regiones/cusco/",
    "/buscar/",
    "/buscar/?q=palta",
    "/nosotros/",
]
DETAILS = ["/productos/palta/", "/productores/rosa/"]
LISTS = ["/productos/", "/temporada/junio/", "/productores/"]
PARAMETERS = [
    *("q", "mes", "categoria", "region", "practica", "viene", "estado", "nativo"),
    *("orden", "producto", "pagina"),
]
ODD = {
    "a null byte": "%00",
    "a null byte in a word": "pal%00ta",
    "no UTF-8": "%FF%FE",
    "half a letter": "%C3",
    "a lone surrogate": "%ED%A0%80",
    "no percent": "%zz%",
    "ten thousand letters": "a" * 10_000,
    "five thousand digits": "9" * 5_000,
    "signs": "%27%22%3C%3E%5C%25_%3B--",
    "emoji": "%F0%9F%A5%91",
    "minus one": "-1",
    "zero": "0",
    "a fraction": "1.5",
    "infinity": "inf",
    "empty": "",
    "spaces": "%20%C2%A0",
    "null": "null",
}


def slugs(response):
    return [row.slug for row in response.context["page"]]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_in_an_empty_database(client, path):
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", [*PAGES, *DETAILS])
def test_every_page_opens_with_a_catalogue(client, catalogue, path):
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", [*PAGES, *DETAILS])
def test_every_page_opens_for_staff(client, catalogue, path):
    client.force_login(make_staff())

    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", [*PAGES, *DETAILS])
def test_pages_are_for_reading_alone(client, catalogue, path):
    assert client.head(path).status_code == 200
    assert client.head(path).content == b""
    for method in (client.post, client.put, client.delete, client.patch):
        assert method(path).status_code == 405


@pytest.mark.parametrize("path", [*PAGES, *DETAILS])
def test_an_address_without_its_slash_is_mended(client, catalogue, path):
    bare = path.partition("?")[0]
    if bare != "/":
        response = client.get(bare.rstrip("/"))

        assert (response.status_code, response.url) == (301, bare)


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
@pytest.mark.parametrize("path", ["/productos/", "/productores/", "/buscar/"])
def test_no_parameter_breaks_a_page(client, catalogue, path, odd):
    query = "&".join(f"{name}={odd}" for name in PARAMETERS)

    response = client.get(f"{path}?{query}&{odd}&{odd}={odd}")

    assert response.status_code in {200, 404}


@pytest.mark.parametrize("name", PARAMETERS)
def test_no_parameter_alone_breaks_a_list(client, catalogue, name):
    for path in (*LISTS, "/regiones/cusco/"):
        assert client.get(f"{path}?{name}=pal%00ta").status_code in {200, 404}


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 200),
        ("?mes=junio", 200),
        ("?mes=", 200),
        ("?categoria=zzz", 404),
        ("?region=zzz", 404),
        ("?region=tumbes", 200),
        ("?pagina=1", 200),
        ("?pagina=", 200),
        ("?pagina=2", 404),
        ("?pagina=999", 404),
        ("?pagina=x", 404),
        ("?pagina=0", 404),
        ("?pagina=-1", 404),
        ("?q=zzz", 200),
        ("?q=zzz&pagina=2", 404),
        ("?utm_source=x", 200),
    ],
)
@pytest.mark.parametrize("path", ["/productos/", "/productores/"])
def test_lists_tell_what_is_there_and_what_is_not(
    client, catalogue, path, query, status
):
    response = client.get(path + query)

    assert response.status_code == status
    assert response.templates[0].name in {
        "producers/product_list.html",
        "producers/producer_list.html",
    }


@pytest.mark.parametrize("path", LISTS)
def test_a_page_past_the_end_shows_the_first(client, catalogue, path):
    beyond = client.get(f"{path}?pagina=7")

    assert beyond.context["page_exists"] is False
    assert slugs(beyond) == slugs(client.get(path))


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("/temporada/septiembre/", "/temporada/setiembre/"),
        ("/temporada/Junio/?region=cusco", "/temporada/junio/?region=cusco"),
        ("/temporada/Junio/", "/temporada/junio/"),
        ("/temporada/ENERO/", "/temporada/enero/"),
    ],
)
def test_months_have_one_address(client, path, canonical):
    response = client.get(path)

    assert (response.status_code, response.url) == (301, canonical)


def test_products_are_grouped_by_how_they_are_now(client, catalogue):
    response = client.get("/productos/")

    found = [(row.group, row.slug, row.level) for row in response.context["page"]]
    assert found == [
        (0, "palta", 3),
        (1, "papa", 1),
        (1, "queso", 2),
        (1, "mango", 1),
    ]
    assert response.context["month"] == 11
    assert 'rel="canonical" href="http://testserver/productos/"' in response.text


def test_the_page_of_a_month_is_of_that_month(client, catalogue):
    response = client.get("/temporada/junio/")

    found = [(row.group, row.slug) for row in response.context["page"]]
    assert found == [(0, "palta"), (0, "papa"), (1, "queso"), (2, "mango")]
    assert (response.context["month"], response.context["fixed_month"]) == (6, 6)


@pytest.mark.parametrize("query", ["mes=enero", "mes=99"])
def test_the_page_of_a_month_takes_no_other_month(client, catalogue, query):
    response = client.get(f"/temporada/junio/?{query}")

    assert response.status_code == 200
    assert response.context["month"] == 6
    assert response.context["filterset"].chips == []


@pytest.mark.parametrize("path", ["/productos/", "/productores/"])
@pytest.mark.parametrize("month", ["99", "Junio", "septiembre"])
def test_a_month_that_is_none_is_not_found(client, catalogue, path, month):
    response = client.get(path, {"mes": month})

    assert response.status_code == 404
    assert [*response.context["filterset"].form.errors] == ["mes"]


def test_the_months_of_the_catalogue_keep_what_is_chosen(client, catalogue):
    html = client.get("/productos/?region=cusco&mes=mayo&pagina=1").text

    assert 'href="/productos/?region=cusco&amp;mes=junio"' in html
    assert 'href="/productos/?region=cusco&amp;mes=mayo" aria-current="true"' in html


def test_the_months_of_a_months_page_lead_to_their_own(client, catalogue):
    html = client.get("/temporada/junio/?region=cusco").text

    assert 'href="/temporada/enero/?region=cusco"' in html
    assert 'href="/temporada/junio/?region=cusco" aria-current="true"' in html


def test_products_come_a_page_at_a_time_without_repeats(client):
    for number in range(25):
        make_product(name=f"{number:02}", slug=f"p{number:02}")

    first = client.get("/productos/")
    second = client.get("/productos/?pagina=2")

    assert slugs(first) == [f"p{number:02}" for number in range(24)]
    assert slugs(second) == ["p24"]
    assert client.get("/productos/?pagina=3").status_code == 404


def test_the_most_offered_come_first_within_a_group(client):
    make_product(name="Apio", slug="apio")
    palta = make_product(name="Palta", slug="palta")
    for _ in range(2):
        make_offering(product=palta)
    make_offering(product=make_product(name="Queso", slug="queso"))

    assert slugs(client.get("/productos/")) == ["palta", "queso", "apio"]
    assert slugs(client.get("/productos/?orden=nombre")) == ["apio", "palta", "queso"]


def test_producers_come_by_name_a_page_at_a_time(client):
    for number in reversed(range(25)):
        make_producer(name=f"{number:02}", slug=f"p{number:02}")

    first = client.get("/productores/")
    second = client.get("/productores/?pagina=2")

    assert slugs(first) == [f"p{number:02}" for number in range(24)]
    assert slugs(second) == ["p24"]


def test_pages_keep_the_search(client):
    for number in range(25):
        make_producer(name=f"Huerto {number}")

    html = client.get("/productores/?q=huerto&region=cusco").text

    assert 'href="?q=huerto&amp;region=cusco&amp;pagina=2"' in html


@pytest.mark.parametrize("status", ["draft", "archived"])
@pytest.mark.parametrize(
    "path", ["/productores/", "/regiones/cusco/", "/buscar/?q=rosa"]
)
def test_lists_show_published_producers_alone(client, path, status):
    make_producer(name="Rosa", status=status)

    response = client.get(path)

    assert "/productores/producer-" not in response.text


def test_what_is_not_public_is_in_no_page(client, catalogue):
    hidden = ("/productores/borrador/", "/productos/oculto/")

    for path in [*PAGES, *DETAILS, "/productores/elena/", "/buscar/?q=o"]:
        html = client.get(path).text
        assert [address for address in hidden if address in html] == []


def test_a_list_without_rows_leads_back_to_all(client):
    assert Producer.objects.count() == 0

    for path in LISTS:
        response = client.get(f"{path}?q=zzz")

        assert slugs(response) == []
        assert f'href="{path}"' in response.text
