"""/buscar/ and its suggestions: groups, what was meant, filters, hostile input."""

import pytest

from tests.factories import SUNDAY, make_product, make_region, make_variety

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

HOSTILE = [
    "%",
    "_",
    "\\",
    "\\\\'\"",
    "pal%ta_",
    "'; DROP TABLE x; --",
    "a & b | !c <-> (d:*",
    "☃ 🥑 ∖ ％ ＼ ﹨",
    "x\x00y",
    "\ud7ff\u202e\ufeff",
    "ñ" * 10_000,
    "a " * 5_000,
    "<script>alert(1)</script>",
]


def groups(client, query):
    found = client.get(f"/buscar/?{query}").context["found"]
    return {
        one.kind: [getattr(row, "slug", str(row)) for row in one.rows]
        for one in found.groups
    }


def test_answers_are_grouped_by_what_they_are(client, catalogue):
    make_variety(product=catalogue.palta, name="Pisaca")

    assert groups(client, "q=palta") == {
        "products": ["palta"],
        "producers": ["elena", "rosa"],
    }
    assert list(groups(client, "q=pisac").items()) == [
        ("places", ["cusco"]),
        ("products", ["palta"]),
        ("producers", ["rosa"]),
        ("varieties", ["palta"]),
    ]


def test_a_search_for_a_date_finds_the_market_day(client, catalogue):
    response = client.get("/buscar/?q=este+domingo")

    (group,) = response.context["found"].groups
    assert group.rows == [catalogue.day]
    assert f'href="/ferias/{SUNDAY}/"' in response.text


def test_the_season_shown_is_that_of_the_month(client, catalogue):
    products = client.get("/buscar/?q=palta").context["found"].groups[0].rows
    june = client.get("/buscar/?q=palta&mes=enero").context["found"].groups[0].rows

    assert [row.level for row in products] == [3]
    assert [row.level for row in june] == [1]


def test_a_misspelt_word_is_answered_and_said_so(client, catalogue):
    make_product(slug="pallar", name="Pallar")

    response = client.get("/buscar/?q=kezo")
    found = response.context["found"]

    assert found.instead == "Queso"
    assert found.first == catalogue.queso
    assert "No hay «kezo». Aquí tienes <strong>Queso</strong>." in response.text


def test_what_was_perhaps_meant_leads_on_with_the_filters(client, catalogue):
    make_product(name="Paltamarca", description="Se come con ceviches.")
    make_product(name="Cebichito")

    response = client.get("/buscar/?q=ceviche&mes=mayo")

    assert [one.name for one in response.context["found"].guesses] == ["Cebichito"]
    assert '<a href="/buscar/?q=Cebichito&amp;mes=mayo">Cebichito</a>' in response.text


def test_what_only_tells_of_it_comes_where_nothing_is_it(client, db):
    make_product(slug="limon", name="Limón", description="Para el ceviche.")
    assert groups(client, "q=ceviches") == {"products": ["limon"]}

    make_product(slug="mixto", name="Ceviche mixto")
    assert groups(client, "q=ceviches") == {"products": ["mixto"]}


def test_filters_narrow_the_answers_and_are_kept(client, catalogue):
    response = client.get("/buscar/?q=palta&region=cusco&viene=1&estado=nada")

    rows = {one.kind: one.rows for one in response.context["found"].groups}
    assert [one.slug for one in rows["producers"]] == ["rosa"]
    assert '<input type="hidden" name="region" value="cusco">' in response.text
    assert '<input type="hidden" name="viene" value="1">' in response.text
    assert 'name="estado"' not in response.text
    assert 'href="/buscar/?q=palta&amp;viene=1"' in response.text
    assert 'href="/productores/?q=palta&amp;region=cusco&amp;viene=1"' in response.text


def test_filters_that_leave_nothing_can_be_taken_away(client, catalogue):
    response = client.get("/buscar/?q=mango&region=cusco&categoria=frutas")

    assert response.context["found"].groups == []
    assert response.context["found"].guesses == []
    assert 'href="/buscar/?q=mango"' in response.text


def test_filters_without_a_market_day_and_without_words(client):
    response = client.get("/buscar/?viene=1&region=cusco")

    assert response.status_code == 200
    assert response.context["found"] is None
    assert len(response.context["shelf"].chips) == 2
    assert groups(client, "q=palta&viene=1") == {}


def suggested(client, text):
    response = client.get("/buscar/sugerencias/", {"q": text})
    return [(one.name, one.what, one.level) for one in response.context["suggested"]]


def test_suggestions_are_links_with_what_they_are(client, catalogue):
    make_variety(product=catalogue.palta, name="Paltita")
    make_region("Puno")

    assert suggested(client, "pal") == [
        ("Palta", "", 3),
        ("Paltita", "Variedad de Palta", None),
    ]
    assert suggested(client, "pun") == [("Puno", "Región", None)]
    assert suggested(client, "ros") == [("Rosa", "Cusco", None)]
    assert suggested(client, "29/11") == [
        ("Domingo 29 de noviembre", str(catalogue.day.venue), None)
    ]
    html = client.get("/buscar/sugerencias/?q=pal").text
    assert '<a href="/productos/palta/">' in html
    assert "2 sugerencias" in html


def test_suggestions_forgive(client, catalogue):
    assert suggested(client, "kezo") == [("Queso", "", 2)]
    assert suggested(client, "nada") == []
    assert client.get("/buscar/sugerencias/").text.strip() == ""


def test_suggestions_are_few_and_of_every_kind(client, catalogue):
    for number in range(9):
        make_product(name=f"Rosa {number}")

    assert [name for name, *_rest in suggested(client, "ros")] == [
        "Rosa 0",
        "Rosa 1",
        "Rosa 2",
        "Rosa 3",
        "Rosa",
    ]


@pytest.mark.parametrize("path", ["/buscar/", "/buscar/sugerencias/", "/productos/"])
def test_whatever_a_stranger_types_is_answered(client, catalogue, path):
    answered = {text: client.get(path, {"q": text}).status_code for text in HOSTILE}

    assert set(answered.values()) <= {200, 404}
    assert path == "/productos/" or set(answered.values()) == {200}
