"""The look: lettering, icons, plates. Loaded into every template by the settings."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

from agroferias import lettering as painter

register = template.Library()

# The part of the site that a page belongs to, by the name of its address.
SECTIONS = {
    "product_list": "season",
    "season": "season",
    "product_detail": "season",
    "calendar": "season",
    "producer_list": "producers",
    "producer_detail": "producers",
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
    """Write a name across a tile, as large as its width allows."""
    advance = painter.shape(name).advance
    return format_html(
        '<svg class="cartulina__name" viewBox="0 0 {} {}" aria-hidden="true"'
        ' focusable="false"><text y="{}" font-size="{}">{}</text></svg>',
        *(advance, painter.EM * 1.3, painter.EM, painter.EM, name),
    )


@register.simple_tag(takes_context=True)
def current_section(context):
    """Return the part of the site that the page belongs to, or nothing."""
    match = getattr(context.get("request"), "resolver_match", None)
    return SECTIONS.get(match.url_name) if match else None
