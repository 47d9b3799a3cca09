"""Where the open data begins: what there is, and its description by OpenAPI."""

from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from drf_spectacular.generators import SchemaGenerator
from rest_framework.exceptions import NotFound
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from . import licence
from .renderers import PageRenderer
from .views import Reading

LISTS = ["regions", "products", "producers", "offerings", "venues", "market_days"]


class Entrance(Reading, APIView):
    title = _("Open data")
    about = _("What the market's pages show, for other programs.")
    renderer_classes = [JSONRenderer, PageRenderer]
    schema = None

    def get(self, request):
        """Return the addresses of the lists, of their description and of the terms."""
        lists = {name: reverse(f"api:{name}-list", request=request) for name in LISTS}
        return Response(
            {
                "license": licence.ADDRESS,
                "documentation": reverse("data", request=request),
                "openapi": reverse("api:openapi", request=request),
                **lists,
            }
        )


class Description(Reading, APIView):
    title = _("Description of the open data")
    about = _("OpenAPI 3.1, for programs that read it.")
    renderer_classes = [JSONRenderer]
    schema = None

    def get(self, request):
        """Return the description by OpenAPI, in the language of the request."""
        return Response(description(get_language()))


@cache
def description(language: str) -> dict:
    """Return the description by OpenAPI, made once in each language, the active one."""
    return SchemaGenerator().get_schema(public=True)


class Nothing(Reading, APIView):
    title = _("Open data")
    about = ""
    renderer_classes = [JSONRenderer, PageRenderer]
    schema = None

    def perform_content_negotiation(self, request, force=False):
        # There is nothing, whatever form it is wanted in.
        return super().perform_content_negotiation(request, force=True)

    def get(self, request):
        """Refuse an address that leads nowhere."""
        raise NotFound
