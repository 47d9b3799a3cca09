import pytest

from producers.models import Producer, Product, Region
from producers.search import MAX_WORDS, words
from tests.factories import (
    make_category,
    make_offering,
    make_producer,
    make_product,
    make_region,
    make_variety,
)

pytestmark = pytest.mark.django_db


def names(queryset):
    return sorted(queryset.values_list("name", flat=True))


def test_words_are_cut_at_any_space():
    assert words("  palta\u00a0fuerte\tde\nHuanta ") == [
        "palta",
        "fuerte",
        "de",
        "Huanta",
    ]


def test_words_beyond_the_first_eight_are_left_out():
    assert words("a b c d e f g h i j") == ["a", "b", "c", "d", "e", "f", "g", "h"]
    assert MAX_WORDS == 8


@pytest.mark.parametrize(
    "text", ["maíz", "MAIZ", "Máiz", "maí", "aíz mor", "morado maiz"]
)
def test_products_are_found_whatever_the_accents_and_case(text):
    make_product(name="Maíz morado")
    make_product(name="Palta")

    assert names(Product.objects.search(text)) == ["Maíz morado"]


@pytest.mark.parametrize(
    "text", ["aguacate", "AGUACATE", "cuate", "avocado", "paltay", "frutas", "hass"]
)
def test_products_are_found_by_everything_they_are_called(text):
    palta = make_product(
        name="Palta",
        name_en="Avocado",
        name_qu="Paltay",
        other_names=["aguacate", "ahuacuate"],
        category=make_category(name="Frutas del valle"),
    )
    make_variety(product=palta, name="Hass")
    make_product(name="Queso")

    assert names(Product.objects.search(text)) == ["Palta"]


def test_every_word_must_match_though_not_in_the_same_column():
    palta = make_product(name="Palta", other_names=["aguacate"])
    make_variety(product=palta, name="Hass")
    make_variety(product=make_product(name="Palta fuerte"), name="Fuerte")

    assert names(Product.objects.search("palta hass")) == ["Palta"]
    assert names(Product.objects.search("hass aguacate")) == ["Palta"]
    assert names(Product.objects.search("palta queso")) == []


def test_products_are_found_by_the_region_of_who_offers_them():
    palta, queso = make_product(name="Palta"), make_product(name="Queso")
    make_offering(product=palta, producer=make_producer(region=make_region("Áncash")))
    make_offering(product=queso, producer=make_producer(region=make_region("Puno")))

    assert names(Product.objects.search("ancash")) == ["Palta"]
    assert names(Product.objects.search("palta ancash")) == ["Palta"]
    assert names(Product.objects.search("queso ancash")) == []


def test_products_are_not_found_by_a_region_that_the_public_cannot_see():
    ancash = make_region("Áncash")
    make_offering(producer=make_producer(region=ancash, status="draft"))
    make_offering(producer=make_producer(region=ancash), is_active=False)

    assert names(Product.objects.search("ancash")) == []


@pytest.mark.parametrize("text", ["%", "_", "\\", "100_", "a%z", "'", '"', "(", "*"])
def test_signs_are_taken_literally(text):
    make_product(name="Palta azul")

    assert names(Product.objects.search(text)) == []


@pytest.mark.parametrize("text", ["%", "100%", "_", "puro_cacao", "\\"])
def test_signs_are_found_where_they_stand(text):
    make_product(name="Palta")
    make_product(name="100% puro_cacao \\")

    assert names(Product.objects.search(text)) == ["100% puro_cacao \\"]


@pytest.mark.parametrize("text", ["", "   "])
def test_a_search_for_nothing_finds_everything(text):
    make_product(name="Palta")
    make_producer(name="Rosa")

    assert names(Product.objects.search(text)) == ["Palta"]
    assert names(Producer.objects.search(text)) == ["Rosa"]
    assert Region.objects.search(text).count() == 25


@pytest.mark.parametrize(
    "text",
    [
        "huerto nusta",
        "quispe",
        "Ancash",
        "carhuaz",
        "MARCARA",
        "vicos",
        "zorzales",
        "abuela",
        "palta",
        "aguacate",
        "hass",
        "hass carhuaz quispe",
    ],
)
def test_producers_are_found_by_who_where_and_what(text):
    palta = make_product(name="Palta", other_names=["aguacate"])
    nusta = make_producer(
        name="Huerto Ñusta",
        people="Familia Quispe",
        region=make_region("Áncash"),
        province="Carhuaz",
        district="Marcará",
        locality="Vicos",
        summary="Paltas con zorzales.",
        story="La abuela sembró el primer árbol.",
    )
    offering = make_offering(producer=nusta, product=palta)
    offering.varieties.add(make_variety(product=palta, name="Hass"))
    make_producer(name="Otro", region=make_region("Puno"))

    assert names(Producer.objects.search(text)) == ["Huerto Ñusta"]


def test_producers_are_not_found_by_what_they_no_longer_offer():
    queso = make_product(name="Queso")
    make_offering(product=queso, is_active=False)
    make_offering(product=make_product(name="Quesillo", is_listed=False))

    assert names(Producer.objects.search("ques")) == []


def test_producers_are_found_once_with_several_offerings_that_fit():
    rosa = make_producer(name="Rosa")
    for name in ("Papa amarilla", "Papa huayro"):
        product = make_product(name=name)
        offering = make_offering(producer=rosa, product=product)
        offering.varieties.add(*(make_variety(product=product) for _ in range(2)))

    assert names(Producer.objects.search("papa")) == ["Rosa"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("huaraz", ["Áncash"]),
        ("ancash huaraz", ["Áncash"]),
        ("san", ["San Martín"]),
        ("moyobamba martin", ["San Martín"]),
        ("puno huaraz", []),
    ],
)
def test_regions_are_found_by_name_and_capital(text, found):
    assert names(Region.objects.search(text)) == found
