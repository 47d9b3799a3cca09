"""Which form of an answer is wanted: ?format= if given, else the Accept header."""

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation

FORMAT = "format"


class FormatNegotiation(DefaultContentNegotiation):
    """Lets ?format= win, so that a link gives the same in every program."""

    def select_renderer(self, request, renderers, format_suffix=None):
        """Return the renderer and its media type.

        Raises NotAcceptable, which names those that there are.
        """
        wanted = request.query_params.get(FORMAT)
        if wanted is None:
            try:
                return super().select_renderer(request, renderers)
            except NotAcceptable:
                raise _not_acceptable(renderers) from None
        for renderer in renderers:
            if renderer.format == wanted:
                return renderer, renderer.media_type
        raise _not_acceptable(renderers)


def _not_acceptable(renderers):
    formats = ", ".join(renderer.format for renderer in renderers)
    message = _("There is no such format here. Ask for one of these: {formats}.")
    return NotAcceptable(message.format(formats=formats))
