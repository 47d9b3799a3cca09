import datetime as dt
import re
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.urls import resolve

from agroferias.templatetags.home_tags import totals
from agroferias.templatetags.look import SECTIONS
from producers.models import Producer, Product
from producers.templatetags.producer_tags import duration, soles
from producers.templatetags.season_tags import change_words, how_long
from tests.factories import make_market_day, make_producer, make_region

JUNE_PEAK = [0, 0, 0, 1, 2, 3, 3, 2, 1, 0, 0, 0]


def render(source, **context):
    return Template(source).render(Context(context))


def test_lettering_is_fire_unless_said_otherwise():
    fire, explicit = render(
        '{% lettering "Palta" %}|{% lettering "Palta" "fire" %}'
    ).split("|")

    assert fire == explicit
    assert 'class="lettering"' in fire


def test_icons_come_from_the_sheet():
    assert 'href="/static/img/icons.svg#leaf"' in render('{% icon "leaf" %}')


@pytest.mark.parametrize(
    ("tag", "html"),
    [
        ('{% placa "LIMA" 7 %}', '<span class="placa "><i>LIMA</i> <b>7</b></span>'),
        (
            '{% placa word 7 "small" %}',
            '<span class="placa placa--small"><i>&lt;a&gt;</i> <b>7</b></span>',
        ),
    ],
)
def test_plates_carry_two_words(tag, html):
    assert render(tag, word="<a>") == html


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Té <de>", ["Té &lt;de&gt;"]),
        ("Fruta deshidratada", ["Fruta", "deshidratada"]),
        ("Deshidratadísimamente", ["Deshidratadísimamente"]),
    ],
)
def test_a_lettered_tile_breaks_a_long_name_at_its_words(name, lines):
    html = render("{% lettered_tile name %}", name=name)

    assert re.findall(r"<text[^>]*>([^<]*)</text>", html) == lines


def test_a_lettered_tile_of_many_words_is_about_square():
    name = "Hojuelas doradas de papa nativa con sal de Maras del valle"

    html = render("{% lettered_tile name %}", name=name)

    width, height = map(float, re.search(r'"0 0 (\S+) (\S+)"', html).groups())
    assert 0.6 < height / width < 1.4


@pytest.mark.parametrize(
    ("path", "section"),
    [
        ("/productos/", "season"),
        ("/temporada/junio/", "season"),
        ("/productores/rosa/", "producers"),
        ("/ferias/", "sunday"),
        ("/ferias/2026-11-29/", "sunday"),
        ("/agro-shop/", "shop"),
        ("/regiones/", None),
        ("/", None),
    ],
)
def test_a_page_knows_its_section(rf, path, section):
    request = rf.get(path)
    request.resolver_match = resolve(path)

    html = render("{% current_section as one %}{{ one }}", request=request)

    assert html == str(section)
    assert set(SECTIONS.values()) == {
        *("season", "sunday", "producers", "shop"),
    }


def test_without_a_request_there_is_no_section():
    assert render("{% current_section as one %}{{ one }}") == "None"


def test_totals_count_regions_with_producers():
    counts = [SimpleNamespace(producer_count=count) for count in (3, 1, 0)]

    assert totals(counts) == {"producers": 4, "regions": 2}


def test_the_plate_has_the_date_of_the_next_market(rf, db):
    request = rf.get("/")
    request.next_market_day = make_market_day(date=dt.date(2026, 11, 29))

    html = render("{% load home_tags %}{% date_plate %}", request=request)

    assert html == '<span class="placa "><i>LIMA</i> <b>DOM-29</b></span>'


def test_the_plate_without_a_date_says_soon(rf):
    html = render("{% load home_tags %}{% date_plate %}", request=rf.get("/"))

    assert html == '<span class="placa "><i>LIMA</i> <b>PRONTO</b></span>'


@pytest.mark.parametrize(
    ("minutes", "written"),
    [(45, "45 min"), (60, "1 h"), (150, "2 h 30"), (65, "1 h 05"), (1440, "24 h")],
)
def test_durations_are_hours_and_minutes(minutes, written):
    assert duration(minutes) == written


@pytest.mark.parametrize(
    ("price", "written"), [(8, "S/\xa08"), (4.5, "S/\xa04.50"), (0, "S/\xa00")]
)
def test_prices_are_in_soles(price, written):
    assert soles(price) == written


@pytest.mark.parametrize(
    ("month", "words"),
    [
        (6, "Hasta julio"),
        (5, "Solo en mayo"),
        (1, "Vuelve en abril"),
        (12, "Vuelve en abril"),
    ],
)
def test_how_long_tells_when_it_ends_or_comes_back(month, words):
    assert how_long(JUNE_PEAK, month) == words


def test_how_long_is_all_year_without_an_end():
    assert how_long([2] * 12, 6) == "Todo el año"


@pytest.mark.parametrize(
    ("level", "next_level", "words"),
    [
        (0, 1, "Desde enero"),
        (0, 3, "Desde enero"),
        (1, 3, "En su punto desde enero"),
        (1, 2, "Sube en enero"),
        (3, 0, "Hasta fin de diciembre"),
        (2, 1, "Quedará poco después de diciembre"),
        (3, 2, "Pasa su punto después de diciembre"),
    ],
)
def test_changes_are_said_in_words(level, next_level, words):
    product = Product()
    product.level, product.next_level = level, next_level

    assert change_words(product, 12) == words


def test_the_terrace_has_the_year_for_the_ear():
    html = render(
        '{% load season_tags %}{% anden season 6 "large" letters=True %}',
        season=JUNE_PEAK,
    )

    assert 'class="anden anden--large" role="img"' in html
    assert 'aria-label="Temporada: En su punto en junio y julio.' in html
    assert "<b>J</b>" in html
    assert html.count("<i>") == 11


def test_hills_are_drawn_once_a_row_and_said_month_by_month():
    html = render("{% load season_tags %}{% hill_cells season 6 %}", season=JUNE_PEAK)

    assert html.count("<td") == 12
    assert html.count('<td class="now">') == 1
    assert html.count("<svg") == 1
    assert html.count("En su punto") == 2


def test_a_hill_can_stand_alone():
    html = render("{% load season_tags %}{% hill season 6 %}", season=JUNE_PEAK)

    assert html.startswith('<svg class="hill"')


def test_scenes_have_a_side_without_the_sun():
    source = '{% load catalogue_tags %}{% scene "puna" %} {% scene "puna" "side" %}'

    assert (
        render(source) == "/static/img/scenes/puna.svg /static/img/scenes/puna-side.svg"
    )


def test_the_map_links_regions_that_have_producers(db):
    cusco, puno = make_region("Cusco"), make_region("Puno")
    cusco.producer_count, puno.producer_count = 9, 0

    html = render("{% load map_tags %}{% peru_map regions %}", regions=[cusco, puno])

    assert html.count("<a ") == 1
    assert '<a href="/regiones/cusco/" tabindex="-1">' in html
    assert html.count('class="department many"') == 1
    assert html.count('class="department"') == 24
    assert html.count("map__count") == 1


@pytest.mark.parametrize(
    ("count", "shade"), [(8, "many"), (7, "some"), (4, "some"), (3, "few"), (1, "few")]
)
def test_the_map_is_darker_where_there_are_more(db, count, shade):
    callao = make_region("Callao")
    callao.producer_count = count

    html = render("{% load map_tags %}{% peru_map regions %}", regions=[callao])

    assert html.count(f'class="department {shade}"') == 1


def test_the_map_shows_the_journey_from_where_the_producer_is(db):
    source = "{% load map_tags %}{% peru_map highlight=one.region producer=one %}"
    place = {"latitude": "-13.5", "longitude": "-72.0", "region": make_region("Cusco")}
    placed = make_producer(**place, is_example=True)
    private = make_producer(**place)
    nowhere = make_producer(region=None, status="draft")
    producers = Producer.objects.with_place_consent().in_bulk()

    html = [render(source, one=producers[p.pk]) for p in (placed, private, nowhere)]

    assert 'class="map__origin" cx="370" cy="542"' in html[0]
    assert 'class="map__origin" cx="362" cy="528"' in html[1]
    assert "map__origin" not in html[2]
    assert html[1].count('class="department on"') == 1
