import pytest

from producers.named import Kind, alike, named
from tests.factories import (
    make_offering,
    make_producer,
    make_product,
    make_region,
    make_variety,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def market(db):
    """Make a few rows with names of each kind, and their hidden namesakes."""
    palta = make_product(
        slug="palta",
        name="Palta fuerte",
        name_en="Fuerte avocado",
        other_names=["aguacate", "palto"],
    )
    make_variety(product=palta, name="Paltita de Puno")
    rosa = make_producer(
        slug="rosa",
        name="Paltares de Rosa",
        people="Familia Quispe",
        region=make_region("Puno"),
        province="Puno",
        district="Chucuito",
        locality="Paltamarca",
    )
    make_offering(product=palta, producer=rosa)
    hidden = make_product(name="Palta oculta", is_listed=False)
    make_variety(product=hidden, name="Paltita oculta")
    make_producer(name="Paltas del borrador", province="Paltana", status="draft")
    return palta


def answers(rows):
    return [(row.kind.name.lower(), row.name, row.of) for row in rows]


def test_names_are_found_by_their_beginnings_products_first(market):
    assert answers(named("palt")) == [
        ("product", "Palta fuerte", ""),
        ("producer", "Paltares de Rosa", "Puno"),
        ("place", "Paltamarca", "Puno"),
        ("variety", "Paltita de Puno", "Palta fuerte"),
    ]


def test_a_region_comes_before_names_that_only_mention_it(market):
    make_product(name="Queso de Puno", slug="queso")

    assert answers(named("PUNO")) == [
        ("region", "Puno", ""),
        ("product", "Queso de Puno", ""),
        ("variety", "Paltita de Puno", "Palta fuerte"),
    ]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("aguacate", "Palta fuerte"),
        ("fuerte avo", "Palta fuerte"),
        ("familia quispe", "Paltares de Rosa"),
        ("quispe", "Paltares de Rosa"),
        ("chucu", "Chucuito"),
        ("áncash", "Áncash"),
    ],
)
def test_other_names_people_and_places_are_names(market, text, first):
    assert named(text)[0].name == first


@pytest.mark.parametrize("text", ["", "p", "%a", "_alta", "palta%", "pal|", "alta"])
def test_other_texts_begin_no_name(market, text):
    assert named(text) == []


def test_the_best_rank_comes_first(db):
    make_product(name="Maca")
    make_product(name="Maca negra")
    make_product(name="Macambo")
    make_product(name="Raíz", other_names=["maca"])
    make_product(name="Harina de maca")

    assert [row.name for row in named("maca")] == [
        "Maca",
        "Maca negra",
        "Macambo",
        "Raíz",
        "Harina de maca",
    ]


@pytest.mark.parametrize("text", ["paltta fuerte", "balta fuerte", "aguacatte"])
def test_mistakes_find_what_sounds_alike(market, text):
    assert alike(text)[0].slug == "palta"


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Aguaymanto", "aguaimanto"),
        ("Chirimoya", "chirimolla"),
        ("Huacatay", "uacatay"),
        ("Huacatay", "guacatay"),
        ("Quinua", "kinwa"),
        ("Queso", "kezo"),
        ("Café", "kafe"),
        ("Manzana", "mansana"),
        ("Membrillo", "menbriyo"),
        ("Jengibre", "genjivre"),
        ("Chancaca", "chankaca"),
    ],
)
def test_what_sounds_the_same_is_the_same(name, typed):
    make_product(name=name)

    (found,) = alike(typed)

    assert found.name == name
    assert found.rank < 0.25


@pytest.mark.parametrize("text", ["", "pa", "%_\\", "xyzxyz", "🥑🥑🥑"])
def test_nothing_is_like_this(market, text):
    assert alike(text) == []


def test_each_name_leads_to_its_page_or_to_a_list(market):
    addresses = {row.kind: row.get_absolute_url() for row in named("palt")}
    (region, *_rest) = named("puno")

    assert addresses == {
        Kind.PRODUCT: "/productos/palta/",
        Kind.PRODUCER: "/productores/rosa/",
        Kind.PLACE: "/productores/?q=Paltamarca&region=puno",
        Kind.VARIETY: "/productos/palta/",
    }
    assert region.get_absolute_url() == "/regiones/puno/"


def test_names_cost_one_query_and_those_alike_two(market, django_assert_num_queries):
    with django_assert_num_queries(1):
        named("palt")
    # Without the savepoints of the test's own transaction.
    with django_assert_num_queries(4):
        alike("paltta")
