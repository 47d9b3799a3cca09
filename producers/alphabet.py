"""The order of names as people expect it: case and accents aside."""

from django.db.models import F
from django.db.models.functions import Lower


def by_name(path: str = "name") -> list:
    """Return the terms of an order_by() on a name, its row's key last.

    The database knows no Spanish order: without this, Áncash follows Ucayali.
    path may lead to another model, as in "product__name".
    """
    key = f"{path.rpartition('__')[0]}__pk".removeprefix("__")
    return [Lower(f"{path}__unaccent"), F(path), F(key)]
