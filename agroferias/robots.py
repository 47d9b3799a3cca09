"""What crawlers are asked to leave alone. Source: RFC 9309."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

# They fetch what somebody has just shared, to show its card, and index nothing.
PREVIEWERS = ["facebookexternalhit", "Twitterbot"]
# Two parameters or more: filters multiply, and each list is there without them.
COMBINATIONS = "/*&"


@require_safe
def robots(request):
    """Keep crawlers from private links, search results and combined filters.

    Who may not see a page is decided by the page: this is for those who ask.
    """
    private, search = _private(), _in_each_language("search")
    lines = ["User-agent: *", *_disallow([*private, *search, COMBINATIONS]), ""]
    lines += [f"User-agent: {name}" for name in PREVIEWERS]
    lines += [*_disallow(private), ""]
    lines += [f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _private():
    links = _in_each_language("markets:update", "-")
    return [*_in_each_language("admin:index"), *(one[: -len("-/")] for one in links)]


def _in_each_language(name, *args):
    """Return the addresses of a page, without repeats."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[reverse(name, args=args)] = None
    return list(found)


def _disallow(paths):
    return [f"Disallow: {path}" for path in paths]
