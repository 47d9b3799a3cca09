"""Content in more than one language, as plain columns."""

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

SOURCE_LANGUAGE = "es"


class Localised:
    """Reads <name>_<language>, or the Spanish column <name> where that is empty.

    Set on a model class as `shown_name = Localised("name")`: with English active
    it gives name_en if there is one. Missing columns count as empty.
    """

    def __init__(self, name: str):
        self.name = name

    def __get__(self, row, owner=None):
        if row is None:
            return self
        return getattr(row, f"{self.name}_{_language()}", "") or getattr(row, self.name)


def language_shown(row: models.Model, name: str) -> str:
    """Return the code of the language in which a Localised(name) reads row.

    Of a column without translations, too: what people wrote is in Spanish.
    """
    language = _language()
    return language if getattr(row, f"{name}_{language}", "") else SOURCE_LANGUAGE


def shown_column(model: type[models.Model], name: str, *, path: str = ""):
    """Return what a Localised(name) reads on a row of model, for a query.

    path leads there from the rows asked for, as in "product__".
    """
    translated = f"{name}_{_language()}"
    if translated in {field.name for field in model._meta.get_fields()}:
        return Coalesce(NullIf(F(f"{path}{translated}"), Value("")), F(f"{path}{name}"))
    return F(f"{path}{name}")


def _language():
    return (get_language() or SOURCE_LANGUAGE).split("-")[0]
