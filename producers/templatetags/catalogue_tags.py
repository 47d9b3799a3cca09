from typing import NamedTuple

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from producers import drawings
from producers.facets import Option
from producers.filters import LEAST_LEVEL
from producers.months import MONTH_SLUGS
from producers.season import Level

register = template.Library()

# Products named in the opening line of a month's page.
MONTH_TOP = 5


class MonthBar(NamedTuple):
    """One month of the strip; height in tenths of the tallest bar."""

    number: int
    count: int
    href: str
    height: int


class GroupHeading(NamedTuple):
    """What a group of the catalogue is called, and how many products it has."""

    label: str
    count: int


@register.simple_tag
def options(filterset, name):
    """Return the values of a facet, with their counts."""
    return filterset.options(name)


@register.simple_tag
def level_options(filterset, year):
    """Return «all», «what there is» and «at its best», with their counts."""
    chosen = filterset.chosen.get("estado", "")
    labels = [("", _("Everything")), *filterset.filters["estado"].extra["choices"]]
    return [
        Option(value, label, year.at_least(LEAST_LEVEL.get(value, 0)), value == chosen)
        for value, label in labels
    ]


@register.simple_tag
def group_heading(group, year):
    """Return the heading of group 0, 1 or 2 of the catalogue."""
    labels = [_("At its best"), _("Also available"), _("Not now, it will be back")]
    return GroupHeading(labels[group], year.groups[group])


@register.inclusion_tag("producers/_months.html", takes_context=True)
def month_strip(context, filterset, year, fixed_month):
    """Draw the twelve months as bars of how many products are at their best.

    A page of one month links to the other months' pages, the catalogue to itself
    with another month.
    """
    tallest = max(*year.at_best, 1)
    query = context["request"].GET.copy()
    query.pop("pagina", None)
    bars = []
    for number, slug in MONTH_SLUGS.items():
        if fixed_month:
            path = reverse("producers:season", args=[slug])
        else:
            path = reverse("producers:product_list")
            query["mes"] = slug
        count = year.at_best[number - 1]
        height = round(count / tallest * 10)
        href = f"{path}?{query.urlencode()}" if query else path
        bars.append(MonthBar(number, count, href, height))
    return {"months": bars, "month": filterset.month}


@register.simple_tag
def drawing(name):
    """Return the address of a product's drawing."""
    return static(drawings.path(name))


@register.simple_tag
def scene(landscape, side=""):
    """Return the address of a drawn landscape; side is the one without the sun."""
    return static(f"img/scenes/{landscape}{'-side' if side else ''}.svg")


@register.simple_tag
def month_options(filterset):
    """Return the months as options without counts."""
    chosen = filterset.chosen.get("mes")
    choices = filterset.filters["mes"].extra["choices"]
    return [Option(value, label, None, value == chosen) for value, label in choices]


@register.simple_tag
def month_top(page):
    """Name the first products of a page that are at their best, in one line."""
    names = [str(product) for product in page if product.level == Level.PEAK]
    return ", ".join(names[:MONTH_TOP])
