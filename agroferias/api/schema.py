"""What drf-spectacular cannot read off the views: forms, errors and headers."""

from http import HTTPStatus

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework.renderers import JSONRenderer

from .negotiation import FORMAT
from .renderers import (
    PageRenderer,
    PlacesRenderer,
    ProblemRenderer,
    TableRenderer,
)

REFUSALS = [
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.NOT_ACCEPTABLE,
    HTTPStatus.TOO_MANY_REQUESTS,
]
TEXT = {"type": "string"}
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": TEXT,
        "title": TEXT,
        "status": {"type": "integer"},
        "detail": TEXT,
        "errors": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": TEXT},
        },
    },
}
FEATURE = {
    "type": "object",
    "required": ["type", "geometry", "properties"],
    "properties": {
        "type": {"const": "Feature"},
        "geometry": {
            "type": ["object", "null"],
            "required": ["type", "coordinates"],
            "properties": {
                "type": {"const": "Point"},
                "coordinates": {
                    "type": "array",
                    "items": {"type": "number"},
                    "minItems": 2,
                    "maxItems": 2,
                },
            },
        },
        "properties": {"type": "object"},
    },
}
FEATURES = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {
            "type": "array",
            "items": {"$ref": "#/components/schemas/Feature"},
        },
    },
}
HEADERS = {
    "ETag": {"schema": TEXT},
    "Link": {"schema": TEXT},
    "Cache-Control": {"schema": TEXT},
}


class DataSchema(AutoSchema):
    """An operation with the view's words, and its renderers as ?format=."""

    def get_summary(self):
        return str(self.view.title)

    def get_description(self):
        return str(self.view.about)

    def get_override_parameters(self):
        formats = [one.format for one in self.view.renderer_classes]
        return [OpenApiParameter(FORMAT, str, enum=formats, default="json")]

    def map_renderers(self, attribute):
        return [JSONRenderer.media_type]

    def _get_response_for_code(self, *args, **kwargs):
        response = super()._get_response_for_code(*args, **kwargs)
        return response | {"headers": HEADERS, "content": self._forms(response)}

    def _forms(self, response):
        is_list = self._is_list_view()
        places = "Features" if is_list else "Feature"
        others = {
            TableRenderer: TEXT,
            PlacesRenderer: {"$ref": f"#/components/schemas/{places}"},
            PageRenderer: TEXT,
        }
        return response["content"] | {
            renderer.media_type: {"schema": others[renderer]}
            for renderer in self.view.renderer_classes
            if renderer in others
        }


def with_refusals(result, generator, request, public):
    """Add to each operation what it answers when it refuses: the generator's hook."""
    for operations in result["paths"].values():
        for operation in operations.values():
            operation["responses"] |= {str(int(one)): _refusal(one) for one in REFUSALS}
    schemas = result["components"]["schemas"]
    schemas |= {"Problem": PROBLEM, "Feature": FEATURE, "Features": FEATURES}
    return result


def _refusal(status):
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {
        "description": status.phrase,
        "content": {
            ProblemRenderer.media_type: problem,
            PageRenderer.media_type: {"schema": TEXT},
        },
    }
