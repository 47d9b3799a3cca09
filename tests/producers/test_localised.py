import pytest
from django.utils.translation import deactivate_all, override

from producers.localised import Localised, shown_column
from producers.models import Product, Region
from tests.factories import make_product


@pytest.mark.parametrize(
    ("language", "shown"), [("es", "Palta"), ("es-pe", "Palta"), ("en", "Avocado")]
)
def test_content_follows_the_language(language, shown):
    palta = Product(name="Palta", name_en="Avocado")

    with override(language):
        assert palta.shown_name == shown


@pytest.mark.parametrize("language", ["en", "qu", "fr"])
def test_what_is_not_translated_is_shown_in_spanish(language):
    palta = Product(name="Palta", name_en="", name_qu="")

    with override(language):
        assert palta.shown_name == "Palta"


def test_without_a_language_it_is_spanish():
    palta = Product(name="Palta", name_en="Avocado")

    with override(None):
        deactivate_all()
        assert palta.shown_name == "Palta"


def test_the_class_has_the_descriptor_itself():
    assert isinstance(Product.shown_name, Localised)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "english", "shown"),
    [("en", "Avocado", "Avocado"), ("en", "", "Palta"), ("es", "Avocado", "Palta")],
)
def test_a_query_reads_what_the_row_shows(language, english, shown):
    make_product(name="Palta", name_en=english)

    with override(language):
        column = shown_column(Product, "name")

    assert Product.objects.values_list(column, flat=True).get() == shown


@pytest.mark.django_db
def test_a_name_that_is_the_same_in_all_languages_has_one_column():
    with override("en"):
        column = shown_column(Region, "name")

    assert Region.objects.filter(slug="cusco").values_list(column).get() == ("Cusco",)
