"""Admin pages that are sent while their content is being made."""

import logging

from django.http import StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.crypto import get_random_string

logger = logging.getLogger(__name__)


def live_page(request, template: str, context: dict, content) -> StreamingHttpResponse:
    """Return a page whose {{ content }} comes bit by bit, from an iterator of HTML.

    An error on the way ends in a sentence and in the rest of the page, and in the
    log: what was sent cannot be taken back.
    """
    mark = get_random_string(32)
    page = render_to_string(template, {**context, "content": mark}, request)
    head, tail = page.split(mark)
    response = StreamingHttpResponse(_parts(head, content, tail))
    # Compressed it would be held back until there is enough of it; so would a proxy.
    response["Content-Encoding"] = "identity"
    response["X-Accel-Buffering"] = "no"
    return response


def _parts(head, content, tail):
    yield head
    try:
        yield from content
    except Exception:
        logger.exception("A live page ended early")
        yield render_to_string("admin/sheets/_broken.html")
    yield tail
