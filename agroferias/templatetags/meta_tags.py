"""The head of a page: its title, its description, its one address."""

import re
from html import unescape
from urllib.parse import urlencode

from django import template
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()

NAME = "Agroferias Campesinas"
# Not the one that holds «8 a. m.» together.
SPACES = re.compile(r"[ \t\r\n]+")
# What search engines show of a description, and WhatsApp below a link: enough for a
# market day's hours and place, and why it is moved.
DESCRIPTION_LENGTH = 160
PREVIEW_LENGTH = 300
# As Facebook names a language and its country.
LOCALES = {"es": "es_PE", "en": "en_US", "qu": "qu_PE"}


@register.simple_block_tag(takes_context=True)
def page_title(context, content):
    """Name the page for the browser and for whoever shows a link; a later page says so.

    Use as {% page_title %}{% block title %}…
    """
    said = _plain(content)
    number = _page_number(context)
    if number > 1:
        page = _("page {number}").format(number=number)
        said = f"{said} ({page})"
    return format_html(
        '<title>{} · {}</title>\n    <meta property="og:title" content="{}">',
        *(said, NAME, said),
    )


@register.simple_block_tag
def page_description(content):
    """Describe the page, cut to what search engines and messengers show."""
    said = Truncator(_plain(content))
    return format_html(
        '<meta name="description" content="{}">\n'
        '    <meta property="og:description" content="{}">',
        *(said.chars(DESCRIPTION_LENGTH), said.chars(PREVIEW_LENGTH)),
    )


@register.simple_tag(takes_context=True)
def canonical_link(context, path=""):
    """Say which address the page has for good: path, or its own."""
    request = context["request"]
    address = request.build_absolute_uri(path or request.path) + page_query(context)
    return format_html(
        '<link rel="canonical" href="{}">\n    <meta property="og:url" content="{}">',
        *(address, address),
    )


def page_query(context) -> str:
    """Return what counts of a page's query: its number, where nothing filters.

    Filtered lists are views of the whole one.
    """
    number = _page_number(context)
    if number > 1 and context["request"].GET.keys() == {"pagina"}:
        return "?" + urlencode({"pagina": number})
    return ""


@register.simple_tag
def og_locale():
    """Return the page's language with a country, as Open Graph writes it."""
    return LOCALES[get_language().split("-")[0]]


def _plain(content):
    """Return what a block rendered as text: one line, nothing escaped."""
    return SPACES.sub(" ", unescape(content)).strip()


def _page_number(context):
    return getattr(context.get("page"), "number", 1)
