"""What the list on paper shows of a market day."""

import segno
from django import template
from django.utils.html import format_html

from markets import words

register = template.Library()

# More would not fit on a row's one line.
PRODUCTS_NAMED = 5
# Light modules around a code: ISO/IEC 18004 asks for four.
QUIET = 4

register.filter("doubt", words.doubt)


@register.simple_tag
def qr_code(address):
    """Draw a QR code that opens an address; print the address beside it."""
    rows = segno.make_qr(address, error="m").matrix
    size = len(rows) + 2 * QUIET
    squares = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, is_dark in enumerate(row)
        if is_dark
    )
    return format_html(
        '<svg viewBox="0 0 {} {}" width="{}" height="{}" shape-rendering="crispEdges"'
        ' aria-hidden="true" focusable="false"><path fill="#fff" d="M0 0h{}v{}H0z"/>'
        '<path fill="#000" d="{}"/></svg>',
        *(size, size, 4 * size, 4 * size, size, size, squares),
    )


@register.inclusion_tag("admin/markets/marketday/_paper_rows.html")
def paper_rows(roster):
    """List who comes by stall, then who comes without one, then who does not come."""
    rows = [
        {"row": roster.row_of(one), "brings": _brings(roster, one)}
        for zone in roster.plan.zones
        for one in zone.attendances
    ]
    placed = [one for one in rows if one["row"].number]
    return {
        "placed": sorted(placed, key=lambda one: one["row"].number),
        "unplaced": [one for one in rows if not one["row"].number],
        "absent": [roster.row_of(one) for one in roster.plan.absent],
        "is_moved": roster.day.is_moved,
    }


def _brings(roster, attendance):
    products = roster.products_of(attendance)[:PRODUCTS_NAMED]
    return ", ".join(one.shown_name for one in products)
