"""What is answered where nothing can be: a problem (RFC 9457), in a sentence."""

from http import HTTPStatus

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rest_framework.exceptions import (
    MethodNotAllowed,
    NotFound,
    Throttled,
    ValidationError,
)
from rest_framework.views import exception_handler

from .renderers import PageRenderer, ProblemRenderer
from .unknown import UnknownValue


def problem(error, context):
    """Return the response to an error, as JSON, or as a page to a browser.

    None, and so the site's own error page, for what is no client's fault.
    """
    response = exception_handler(error, context)
    if response is None:
        return None
    request = context["request"]
    data = {
        "type": "about:blank",
        "title": HTTPStatus(response.status_code).phrase,
        "status": response.status_code,
        "detail": _sentence(error, response.data),
    }
    if isinstance(error, ValidationError | UnknownValue):
        data["errors"] = response.data
    response.data = data
    renderer = getattr(request, "accepted_renderer", None)
    if not isinstance(renderer, PageRenderer):
        request.accepted_renderer = ProblemRenderer()
        request.accepted_media_type = ProblemRenderer.media_type
    return response


def _sentence(error, data):
    if isinstance(error, ValidationError | UnknownValue):
        return " ".join(sentence for one in data.values() for sentence in one)
    if isinstance(error, Http404 | NotFound):
        return _("There is nothing at this address.")
    if isinstance(error, MethodNotAllowed):
        return _("The data can be read, not changed: use GET or HEAD.")
    if isinstance(error, Throttled):
        message = ngettext(
            "Too many requests: wait {seconds} second.",
            "Too many requests: wait {seconds} seconds.",
            error.wait,
        )
        return message.format(seconds=error.wait)
    return str(data["detail"])
