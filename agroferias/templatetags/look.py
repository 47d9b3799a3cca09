"""The look: lettering, icons, plates. Loaded into every template by the settings."""

from math import sqrt

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join

from agroferias import lettering as painter

register = template.Library()

# A tile's name is broken into lines beyond this width, in units of lettering.
TILE_LINE = 700

# The part of the site that a page belongs to, by the name of its address.
SECTIONS = {
    "product_list": "season",
    "season": "season",
    "product_detail": "season",
    "calendar": "season",
    "producer_list": "producers",
    "producer_detail": "producers",
    "day_list": "sunday",
    "day": "sunday",
    "shop": "shop",
}


@register.simple_tag
def lettering(text, palette="fire"):
    """Paint text; the words themselves go beside it, visually hidden."""
    return painter.lettering(str(text), palette)


@register.simple_tag
def icon(name):
    """Draw one of the icons of static/img/icons.svg, hidden from screen readers."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"/></svg>',
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
def placa(above, below, size=""):
    """Draw a number plate: two short words, or a word and a number."""
    return format_html(
        '<span class="placa {}"><i>{}</i> <b>{}</b></span>',
        f"placa--{size}" if size else "",
        above,
        below,
    )


@register.simple_tag
def lettered_tile(name):
    """Write a name across a tile, in lines, as large as it fits."""
    # As wide as high, for a name of many words.
    square = sqrt(painter.shape(name).advance * painter.EM * 1.2)
    lines = painter.lines(name, max(TILE_LINE, square))
    width = max(painter.shape(line).advance for line in lines)
    texts = format_html_join(
        "",
        '<text x="{}" y="{}">{}</text>',
        ((width // 2, painter.EM * (row + 1), line) for row, line in enumerate(lines)),
    )
    return format_html(
        '<svg class="cartulina__name" viewBox="0 0 {} {}" font-size="{}"'
        ' text-anchor="middle" aria-hidden="true" focusable="false">{}</svg>',
        *(width, painter.EM * (len(lines) + 0.3), painter.EM, texts),
    )


@register.simple_tag(takes_context=True)
def current_section(context):
    """Return the part of the site that the page belongs to, or nothing."""
    match = getattr(context.get("request"), "resolver_match", None)
    return SECTIONS.get(match.url_name) if match else None
