"""Whole pages, kept for visitors until something public changes, or the time does.

A page is kept under the version of the public tables that was committed before it was
made, so that after a save nobody gets an older one. Staff never get one of these.
"""

import datetime as dt
import gzip
import re
import time
from contextlib import contextmanager
from hashlib import sha256
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import caches
from django.http import HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe
from django.utils.translation import override

from markets.moments import true_until
from producers.filters import ProducerFilter, ProductFilter
from producers.models import PublicChange

from .languages import language_of

# What each page is kept for: one parameter of its address, whose values are few. With
# more, or with what somebody types, strangers could fill the store with pages that
# nobody asks for again.
PRODUCTS = (ProductFilter.base_filters.keys() | {"pagina"}) - {"q"}
PRODUCERS = (ProducerFilter.base_filters.keys() | {"pagina"}) - {"q"}
PARAMETERS = {
    "home": (),
    "about": (),
    "data": (),
    "sitemap": (),
    "producers:product_list": PRODUCTS,
    "producers:season": PRODUCTS - {"mes"},
    "producers:product_detail": (),
    "producers:calendar": (),
    "producers:producer_list": PRODUCERS,
    "producers:producer_detail": (),
    "producers:region_list": (),
    "producers:region_detail": ("pagina",),
    "markets:shop": (),
    "markets:day_list": ("pagina",),
    "markets:day": (),
    "markets:calendar": (),
    "markets:day_calendar": (),
    "markets:news": (),
    "markets:product_calendar": (),
    "markets:product_news": (),
    "markets:region_calendar": (),
    "markets:region_news": (),
    "markets:this_sunday_text": (),
    "markets:subscribe": (),
    "markets:embeds": (),
    "markets:embed_sunday": (),
    "markets:embed_shop": (),
}
# For what stands between (RFC 9213): it asks after a second, may show a page for one
# more meanwhile, and for ten minutes if nobody answers. Browsers ask each time, which
# the ETag answers: an older page would be shown as of now where there is no signal.
SHARED_CACHES = "max-age=1, stale-while-revalidate=1, stale-if-error=600"
# A copy on a phone without signal says when the page was made: not long before.
LONGEST = dt.timedelta(seconds=50)
# Whoever waits for another's making of a page makes its own after so long.
PATIENCE_S = 3
POLL_S = 0.02
LEVEL = 6
# None of them is kept: most visits would ask for the version in vain.
NO_PAGES = ("/api/", "/media/")
# How one visitor wants it, which does not concern what is kept.
ASKED = ["HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"]


class Page(NamedTuple):
    """A page as it is kept: body is compressed; true before the moment `until`."""

    body: bytes
    headers: dict[str, str]
    made_at: dt.datetime
    until: dt.datetime


def kept_pages(get_response):
    """Answer visitors with kept pages, and keep those that are not."""

    def middleware(request):
        if not _is_visit(request):
            return get_response(request)
        version = PublicChange.objects.version()
        key = _key(request, version)
        page = _fresh(key)
        if page:
            return _answer(request, page)
        if not _is_kept(request):
            return get_response(request)
        with _making(key) as page:
            if page:
                return _answer(request, page)
            return _made(request, get_response, key, version)

    return middleware


def _is_visit(request):
    if not settings.KEEP_PAGES or request.method != "GET" or len(request.GET) > 1:
        return False
    is_none = request.path_info.startswith((settings.STATIC_URL, *NO_PAGES))
    return not is_none and settings.SESSION_COOKIE_NAME not in request.COOKIES


def _is_kept(request):
    """Whether a page is one that is kept, and its address written as we write it."""
    try:
        with override(language_of(request.path_info)):
            allowed = PARAMETERS[resolve(request.path_info).view_name]
    except (Resolver404, KeyError):
        return False
    # The page names its own address: whoever comes first must not choose the letters.
    host = request.get_host()
    is_ours = host == host.lower().rstrip(".") and (
        ":" not in host or host == urlsplit(settings.SITE_URL).netloc
    )
    return is_ours and all(
        name in allowed
        and len(values) == 1
        and (name != "pagina" or _is_number(*values))
        for name, values in request.GET.lists()
    )


def _is_number(text):
    # «007» names the page as well.
    return re.fullmatch("[1-9][0-9]{0,4}", text) is not None


def _key(request, version):
    """Return a short key of all that a page depends on."""
    where = (request.scheme, request.get_host(), request.path, request.GET.urlencode())
    # Files of another version of the site have other names.
    files = getattr(staticfiles_storage, "manifest_hash", "")
    return sha256(repr((*where, files, version)).encode()).hexdigest()


def _fresh(key):
    page = caches["pages"].get(key)
    return page if page and timezone.now() < page.until else None


@contextmanager
def _making(key):
    """Wait while somebody else makes a page; yield it, or None if we are to make it."""
    store, maker = caches["pages"], f"{key}-maker"
    end = time.monotonic() + PATIENCE_S
    while not store.add(maker, value=True, timeout=PATIENCE_S):
        time.sleep(POLL_S)
        page = _fresh(key)
        if page or time.monotonic() > end:
            yield page
            return
    try:
        # It may have been made since we looked.
        yield _fresh(key)
    finally:
        store.delete(maker)


def _made(request, get_response, key, version):
    now = timezone.now()
    # What is kept is whole, for whoever asks next.
    asked = {name: request.META.pop(name) for name in ASKED if name in request.META}
    response = get_response(request)
    request.META.update(asked)
    page = _page(response, now, min(_until(version, now), now + LONGEST))
    if page is None:
        return response
    caches["pages"].set(key, page, (page.until - now).total_seconds())
    return _answer(request, page)


def _until(version, now):
    store, key = caches["pages"], f"until-{version}"
    until = store.get(key)
    if until is None or until <= now:
        until = true_until(now)
        store.set(key, until, (until - now).total_seconds())
    return until


def _page(response, made_at, until):
    """Return a response as a Page; None if it is for one visitor only, or no page."""
    control = response.headers.get("Cache-Control", "")
    if (
        response.status_code != HTTPStatus.OK
        or response.cookies
        or "private" in control
    ):
        return None
    headers = {name: response.headers[name] for name in response.headers}
    headers.pop("Content-Length", None)
    headers["Vary"] = "Accept-Encoding"
    if control == "no-cache":
        headers["CDN-Cache-Control"] = SHARED_CACHES
    headers["ETag"] = f'W/"{sha256(response.content).hexdigest()[:32]}"'
    return Page(
        gzip.compress(response.content, LEVEL, mtime=0), headers, made_at, until
    )


def _answer(request, page):
    is_zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    body = page.body if is_zipped else gzip.decompress(page.body)
    response = HttpResponse(body, headers=page.headers)
    response.headers["Content-Length"] = str(len(body))
    # For static/js/open-now.js, which counts from the making.
    age = (timezone.now() - page.made_at) / dt.timedelta(milliseconds=1)
    response.headers["Server-Timing"] = f"age;dur={age:.0f}"
    if is_zipped:
        response.headers["Content-Encoding"] = "gzip"
    return get_conditional_response(
        request,
        etag=page.headers["ETag"],
        last_modified=parse_http_date_safe(page.headers.get("Last-Modified", "")),
        response=response,
    )
