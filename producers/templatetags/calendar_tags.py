from itertools import groupby
from math import atan2, cos, pi, sin

from django import template
from django.utils.html import format_html, format_html_join

from producers.months import MONTHS

register = template.Library()


@register.simple_tag
def by_peak(products):
    """Return (category, products) pairs; the products by when in the year they peak.

    products: with season, ordered by category.
    """
    return [
        (category, sorted(group, key=lambda product: _peak_angle(product.season)))
        for category, group in groupby(products, key=lambda product: product.category)
    ]


@register.simple_tag
def month_headings(month):
    """Return the twelve headings of the calendar, month marked as the present one."""
    return format_html_join(
        "",
        '<th scope="col"{}><span class="visually-hidden">{}</span>'
        '<i class="m1" aria-hidden="true">{}</i>'
        '<i class="m3" aria-hidden="true">{}</i></th>',
        (
            (
                format_html(' class="now" aria-current="{}"', "date")
                if number == month
                else "",
                name,
                str(name)[:1].upper(),
                str(name)[:3].capitalize(),
            )
            for number, name in MONTHS.items()
        ),
    )


def _peak_angle(season):
    """Where in the year the weight of a season lies: 0 for January, 2π for the next.

    The mean on a circle, so that a season over New Year is not split; levels
    count cubed, so that the peak decides.
    """
    angles = [(level**3, 2 * pi * month / 12) for month, level in enumerate(season)]
    x = sum(weight * cos(angle) for weight, angle in angles)
    y = sum(weight * sin(angle) for weight, angle in angles)
    return atan2(round(y, 9), round(x, 9)) % (2 * pi)
