"""The language of an address: Spanish as it stands, the others under their prefix."""

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import override

# Each in its own words, as the switch names them.
NAMES = {"es": "Español", "en": "English", "qu": "Runasimi"}
# What is complete enough to be offered to search engines.
COMPLETE = ["es", "en"]
# What is no page of the public site: links for one producer, and files.
ONLY_SPANISH = ("mi-feria/", "media/")


def language_of(path: str) -> str:
    """Return the code of the language that a path is in; nothing else decides it."""
    first, _, rest = path.removeprefix("/").partition("/")
    is_prefix = first in NAMES and first != settings.LANGUAGE_CODE
    if is_prefix and not rest.startswith(ONLY_SPANISH):
        return first
    return settings.LANGUAGE_CODE


def path_in(language: str, path: str) -> str:
    """Return the path of the same page in another language."""
    current = language_of(path)
    if current != settings.LANGUAGE_CODE:
        path = path.removeprefix(f"/{current}")
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"


def has_page(language: str, path: str) -> bool:
    """Whether an address of the site, found or not, leads to a view."""
    try:
        with override(language):
            resolve(path)
    except Resolver404:
        return False
    return True
