import pytest

from producers.alphabet import by_name
from producers.models import Product, Region
from tests.factories import make_offering, make_product

pytestmark = pytest.mark.django_db


def test_names_are_in_order_whatever_their_accents_and_case():
    for name in ["Nabo", "Árbol", "ají", "Ñuña", "Ajo", "Oca"]:
        make_product(name=name)

    names = Product.objects.order_by(*by_name()).values_list("name", flat=True)

    assert [*names] == ["ají", "Ajo", "Árbol", "Nabo", "Ñuña", "Oca"]


def test_rows_are_in_the_order_of_another_models_name():
    producer = make_offering(product=make_product(name="Oca")).producer
    make_offering(producer=producer, product=make_product(name="Árbol"))

    ordered = producer.offerings.order_by(*by_name("product__name"))

    assert [str(row.product) for row in ordered] == ["Árbol", "Oca"]


def test_ancash_is_among_the_first_regions():
    names = Region.objects.order_by(*by_name()).values_list("name", flat=True)

    assert [*names[:3]] == ["Amazonas", "Áncash", "Apurímac"]
