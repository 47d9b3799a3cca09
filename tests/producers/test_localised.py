import pytest
from django.utils.translation import deactivate_all, override

from producers.localised import Localised
from producers.models import Product


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
