from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from . import store
from .drawing import drawn
from .facts import version
from .links import path_of
from .rows import subject_of

# A year, the longest that RFC 9111's readers take seriously.
FOR_GOOD = "public, max-age=31536000, immutable"


@require_safe
def card(request, kind, key, digest):
    """Give a page's picture; an address of what was once drawn leads to today's."""
    subject = subject_of(kind, key, request.agenda)
    address = path_of(subject)
    if request.path != address:
        return redirect(address)
    draw = partial(drawn, subject.facts)
    data = store.kept(subject.kind, subject.owner, version(subject), draw)
    response = HttpResponse(data, content_type="image/jpeg")
    response["Cache-Control"] = FOR_GOOD
    return response
