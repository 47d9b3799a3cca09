import datetime as dt
import re

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.template.loader import get_template
from django.urls import reverse

from agroferias.views import not_found
from tests.conftest import MONDAY
from tests.factories import (
    LIMA,
    make_market_day,
    make_notice,
    make_offering,
    make_producer,
    make_product,
    make_region,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

WAYS_ON = [
    "home",
    "producers:product_list",
    "producers:calendar",
    "producers:producer_list",
]


def names(rows):
    return [row.name for row in rows]


def test_home_has_what_is_at_its_best_most_offered_first(client, catalogue):
    yuca = make_product(name="Yuca", drawing="mango", reference_season=[3] * 12)
    make_product(name="Apio", reference_season=[3] * 12)
    for _ in range(3):
        make_offering(product=yuca, season=[3] * 12)

    context = client.get("/").context

    assert names(context["bill"]) == ["Yuca", "Palta", "Apio"]
    assert names(context["load"]) == ["Yuca"]
    assert context["month"] == 11


def test_home_shows_six_on_the_bill_and_thirteen_on_the_truck(client):
    for number in range(30):
        make_product(name=f"{number:02}", drawing="mango", reference_season=[3] * 12)

    context = client.get("/").context

    assert names(context["bill"]) == [f"{number:02}" for number in range(6)]
    assert names(context["load"]) == [f"{number:02}" for number in range(13)]


def test_home_tells_what_goes_and_what_comes(client, catalogue):
    context = client.get("/").context

    assert names(context["leaving"]) == ["Palta"]
    assert names(context["arriving"]) == ["Mango"]


def test_home_counts_producers_by_region(client, catalogue):
    regions = client.get("/").context["regions"]

    counts = [(row.slug, row.producer_count) for row in regions if row.producer_count]
    assert counts == [("cusco", 1), ("piura", 1), ("puno", 1)]


def weeks_producers(client, date):
    with time_machine.travel(dt.datetime(*date, 12, tzinfo=LIMA)):
        return names(client.get("/").context["producers"])


def test_home_shows_three_producers_the_same_all_week(client):
    for number in range(12):
        make_producer(name=f"{number:02}", slug=f"p{number:02}")
    make_producer(name="Draft", status="draft")

    monday = weeks_producers(client, (2026, 11, 23))
    sunday = weeks_producers(client, (2026, 11, 29))
    shown = {tuple(weeks_producers(client, (2026, 11, day))) for day in (2, 9, 16, 23)}

    assert len(monday) == 3
    assert monday == sunday
    assert len(shown) > 1
    assert "Draft" not in {name for row in shown for name in row}


def found(client, text):
    groups = client.get("/buscar/", {"q": text}).context["found"].groups
    return {group.kind: group.rows for group in groups}


def test_a_search_finds_products_producers_and_regions(client, catalogue):
    rows = found(client, "cusco")

    assert [row.slug for row in rows["products"]] == ["palta", "papa"]
    assert [row.slug for row in rows["producers"]] == ["rosa"]
    assert [row.slug for row in rows["places"]] == ["cusco"]


def test_a_search_shows_what_there_is_first(client, catalogue):
    products = found(client, "a")["products"]

    assert [(row.slug, row.level) for row in products][:1] == [("palta", 3)]
    assert [row.level for row in products] == sorted(
        (row.level for row in products), reverse=True
    )


def test_a_search_finds_a_bounded_number(client):
    for number in range(25):
        make_product(name=f"Papa {number}")
        make_producer(name=f"Papa {number}")

    rows = found(client, "papa")

    assert len(rows["products"]) == 24
    assert len(rows["producers"]) == 12


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("", ""),
        ("?q=", ""),
        ("?q=%20%20", ""),
        ("?q=%00", ""),
        ("?q=pal%00ta", "palta"),
        ("?q=%20palta%20", "palta"),
        (f"?q={'a' * 200}", "a" * 100),
    ],
    ids=str,
)
def test_a_search_is_trimmed(client, catalogue, query, text):
    response = client.get(f"/buscar/{query}")

    assert response.status_code == 200
    assert response.context["q"] == text
    assert (response.context["found"] is not None) is bool(text)


def test_a_search_is_not_for_search_engines_and_escaped(client):
    html = client.get("/buscar/", {"q": "<script>alert(1)</script>"}).text

    assert '<meta name="robots" content="noindex">' in html
    assert "<script>alert" not in html


def test_the_about_page_gives_its_sources(client):
    html = client.get("/nosotros/").text

    assert html.count("<cite>") == html.count("</cite>") > 5


@pytest.mark.parametrize("path", ["/nada/", "/productos/nada/", "/de/"])
def test_a_lost_visitor_finds_ways_on(client, path):
    response = client.get(path)

    assert response.status_code == 404
    assert response.templates[0].name == "404.html"
    for name in WAYS_ON:
        assert f'href="{reverse(name)}"' in response.text
    assert f'action="{reverse("search")}"' in response.text


def test_a_lost_visitor_is_told_of_the_market_even_without_the_middleware(rf):
    request = rf.get("/nada/")
    request.user = AnonymousUser()

    response = not_found(request).render()

    assert response.status_code == 404
    assert "Todavía sin fecha" in response.text
    assert response.text.count('class="strip"') == 1


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", None),
        ("/productos/", "Temporada"),
        ("/ferias/", "Este domingo"),
        ("/productores/", "Productores"),
        ("/agro-shop/", "Agro-Shop"),
    ],
)
def test_the_navigation_marks_where_one_is(client, path, current):
    nav = client.get(path).text.partition('<nav class="nav"')[2].partition("</nav>")[0]

    marked = re.findall(r'aria-current="true">.*?<span>(.*?)</span>', nav)
    assert marked == ([current] if current else [])


@pytest.mark.parametrize("has_day", [True, False])
def test_this_sunday_leads_to_the_next_day_or_to_all(client, has_day):
    if has_day:
        make_market_day()

    nav = client.get("/nosotros/").text.partition('<nav class="nav"')[2]

    links = re.findall(r'<a href="([^"]*)"', nav)[:4]
    sunday = "/ferias/2026-11-29/" if has_day else "/ferias/"
    assert links == ["/productos/", sunday, "/productores/", "/agro-shop/"]


def test_every_page_leads_to_the_calendar_the_shop_and_the_news(client):
    html = client.get("/nosotros/").text

    footer = html.partition('<footer class="footer">')[2]
    for name in ("day_list", "shop", "calendar"):
        assert f'href="{reverse(f"markets:{name}")}"' in footer
    link = f'title="Novedades de la feria" href="{reverse("markets:news")}">'
    assert f'<link rel="alternate" type="application/atom+xml" {link}' in html


@pytest.mark.parametrize("path", ["/", "/nosotros/", "/nada/", "/productos/"])
def test_notices_are_across_the_site(client, path):
    times = {"starts_at": MONDAY, "ends_at": MONDAY + dt.timedelta(days=1)}
    make_notice(message="Llueve mucho.", **times)

    html = client.get(path).text

    assert html.count("<strong>Aviso:</strong>") == 1
    assert html.count("Llueve mucho.") == 1


@pytest.mark.parametrize(
    ("status", "title", "css"),
    [
        ("confirmed", "Sí hay feria el domingo 29 de noviembre", "load"),
        ("cancelled", "No hay feria el domingo 29 de noviembre", "load load--empty"),
        (None, "Qué hay este domingo", "load"),
    ],
)
def test_home_is_titled_with_the_state_and_loaded_by_it(client, status, title, css):
    make_product(drawing="mango", reference_season=[3] * 12)
    if status:
        make_market_day(status=status)

    html = client.get("/").text

    assert f"<title>{title} · " in html
    load = html.partition('<div class="load')[2].partition('<div class="tolva')[0]
    assert html.count(f'<div class="{css}" aria-hidden="true">') == 1
    assert ("/products/mango" in load) is (status != "cancelled")


@pytest.mark.parametrize("path", ["/productos/", "/productores/"])
@pytest.mark.parametrize("status", ["confirmed", "cancelled"])
def test_the_lists_of_what_comes_explain_themselves(client, catalogue, path, status):
    catalogue.day.status, catalogue.day.notice = status, "Hay desfile."
    catalogue.day.save()

    html = client.get(f"{path}?viene=1").text
    results = html.partition('id="results"')[2]

    assert results.count('class="strip"') == 1
    assert ("Por eso ese día no viene nadie." in results) is (status == "cancelled")
    assert 'class="strip"' not in client.get(path).text


def test_a_search_tells_the_state(client, catalogue):
    for path in ("/buscar/", "/buscar/?q=palta", "/buscar/?q=zzz"):
        assert "Este domingo sí hay feria" in client.get(path).text


def test_the_page_of_a_failure_needs_nothing():
    html = get_template("500.html").render()

    assert not re.search(r"\d+ ?[ap]\. ?m\.|cuadra", html)

    assert html.startswith("<!doctype html>")
    assert '<a class="btn btn--ink" href="/">' in html
    assert "{%" not in html


def test_regions_without_anything_are_not_on_home(client):
    make_producer(region=make_region("Tacna"))

    html = client.get("/").text

    assert 'class="chip" href="/regiones/tacna/"' in html
    assert 'class="chip" href="/regiones/lima/"' not in html
