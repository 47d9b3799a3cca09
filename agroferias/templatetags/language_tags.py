"""The language of a page and of what is on it. Loaded into every template."""

from typing import NamedTuple

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language

from agroferias import languages, quechua
from producers.localised import language_shown

from .meta_tags import page_query

register = template.Library()

# A Quechua page is a Spanish one on which some words are in Quechua, marked so.
PAGE_LANGUAGES = {"es": "es", "en": "en", "qu": "es"}
# Beyond what the site's own forms send, nothing is repeated.
MAX_QUERY = 500
# As <html> has it.
LOCALES = {"es": "es-PE", "en": "en"}


class Alternate(NamedTuple):
    """A page in another language: its code, its name there, its whole address."""

    code: str
    name: str
    href: str


@register.simple_tag
def page_locale():
    """Return the language of the page for <html lang>."""
    return LOCALES[_page_language()]


@register.simple_tag
def lang_of(row, name):
    """Return a lang attribute for row's name, or nothing if it is the page's language.

    name: a field, translated or not; of one that is not, the words are Spanish.
    """
    return _lang(language_shown(row, name))


@register.simple_tag
def lang_here():
    """Return the lang attribute of words that each language of the site has."""
    return _lang(get_language())


@register.simple_tag
def lang_said(words):
    """Return the lang attribute of words which may be a state, in Quechua."""
    return _lang(quechua.CODE) if quechua.says(words) else ""


@register.inclusion_tag("_language_note.html")
def language_note():
    """Say on a page whose language is not complete that it is not."""
    return {"is_complete": get_language() in languages.COMPLETE}


@register.simple_tag
def in_spanish():
    """Return the lang attribute of what people wrote in Spanish, if it needs one."""
    return _lang("es")


@register.simple_tag(takes_context=True)
def languages_here(context):
    """Return the page in each other language, with its query, as Alternates.

    Where there is none, such as of open data, its home page stands in.
    """
    request = context["request"]
    query = request.GET.urlencode()
    query = f"?{query}" if query and len(query) <= MAX_QUERY else ""
    here = {code: f"{path}{query}" for code, path in _paths(request.path).items()}
    return [
        Alternate(code, languages.NAMES[code], path)
        for code, path in (_paths("/") | here).items()
        if code != get_language()
    ]


@register.inclusion_tag("_alternates.html", takes_context=True)
def alternates(context, path=""):
    """Name the pages that say the same in other languages.

    path: the page's, if it is not the one that was asked for.
    """
    request = context["request"]
    path = path or request.path
    query = page_query(context)
    whole = {
        code: request.build_absolute_uri(there + query)
        for code, there in _paths(path).items()
    }
    shown = {code: whole[code] for code in languages.COMPLETE if code in whole}
    pages = shown if len(shown) > 1 else {}
    return {
        "pages": pages,
        "is_complete": get_language() in languages.COMPLETE,
    }


def _paths(path):
    """The paths of a page by language; none of an address that leads nowhere."""
    paths = {code: languages.path_in(code, path) for code in languages.NAMES}
    return {code: one for code, one in paths.items() if languages.has_page(code, one)}


def _page_language():
    return PAGE_LANGUAGES.get(get_language(), "es")


def _lang(code):
    return "" if code == _page_language() else format_html(' lang="{}"', code)
