"""What a search box offers while one types: a few names, each a link."""

import datetime as dt
from collections import Counter
from typing import NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from markets.words import long_date
from producers.models import Offering, Product
from producers.named import Kind, Named, alike, named

from .finding import days_of

SUGGESTED = 8
SUGGESTED_OF_A_KIND = 4
SUGGESTED_DAYS = 2


class Suggestion(NamedTuple):
    """A link; what: what it is, or of what; level: a product's in the month."""

    url: str
    name: str
    what: str
    level: int | None = None


def suggest(text: str, today: dt.date) -> list[Suggestion]:
    """Return what is called as typed, the days of a typed date first.

    What sounds like it if nothing is called so. Two queries at most for what is
    found, two more for what is alike, one for a date.
    """
    days = [_of_day(day) for day in days_of(text, today)[:SUGGESTED_DAYS]]
    names = named(text) or ([] if days else alike(text))
    some = _some_of_each_kind(names)[: SUGGESTED - len(days)]
    levels = _levels(some, today.month)
    return days + [_of_name(one, levels) for one in some]


def _of_day(day):
    return Suggestion(
        day.get_absolute_url(), capfirst(long_date(day.date)), str(day.venue)
    )


def _of_name(one, levels):
    level = levels.get(one.slug) if one.kind == Kind.PRODUCT else None
    return Suggestion(one.get_absolute_url(), one.name, _what(one), level)


def _some_of_each_kind(names):
    seen, some = Counter(), []
    for one in names:
        seen[one.kind] += 1
        if seen[one.kind] <= SUGGESTED_OF_A_KIND:
            some.append(one)
    return some


def _levels(names, month):
    slugs = [one.slug for one in names if one.kind == Kind.PRODUCT]
    if not slugs:
        return {}
    products = Product.objects.filter(slug__in=slugs)
    levels = products.with_level(month, Offering.objects.listed())
    return dict(levels.values_list("slug", "level"))


def _what(one: Named) -> str:
    if one.kind == Kind.REGION:
        return _("Region")
    if one.kind == Kind.VARIETY:
        return _("Variety of {product}").format(product=one.of)
    return one.of
