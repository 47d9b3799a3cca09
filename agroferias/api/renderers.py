"""The forms of an answer: JSON, a table, places on a map, a page for people."""

import csv
import io
import json

from django.template.loader import render_to_string
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.serializers import Serializer
from rest_framework.utils.encoders import JSONEncoder

from producers.sheets.cells import guard

from .markup import marked_up
from .parameters import described
from .serializers import LocationField

SEPARATOR = "; "


class ProblemRenderer(JSONRenderer):
    """An error, as RFC 9457 has it."""

    media_type = "application/problem+json"
    format = "problem"


class TableRenderer(BaseRenderer):
    """The rows of a page as RFC 4180 has it, a line each; a program evaluates none."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(self, data, accepted_media_type=None, renderer_context=None):
        """Return the table; a single row is one of one line."""
        columns = list(_columns(renderer_context["view"].get_serializer()))
        stream = io.StringIO(newline="")
        writer = csv.writer(stream)
        writer.writerow("_".join(path) for path in columns)
        for row in _rows(data):
            writer.writerow(_cell(row, path) for path in columns)
        return stream.getvalue()


def _rows(data):
    return data.get("results", [data])


def _columns(serializer, *path):
    for name, field in serializer.fields.items():
        if isinstance(field, Serializer):
            yield from _columns(field, *path, name)
        elif isinstance(field, LocationField):
            yield from ((*path, name, part) for part in field.parts)
        else:
            yield (*path, name)


def _cell(row, path):
    value = row
    for name in path:
        value = value and value[name]
    if isinstance(value, str):
        return guard(value, delimited=True)
    if isinstance(value, list) and not any(isinstance(one, dict) for one in value):
        return guard(SEPARATOR.join(map(str, value)), delimited=True)
    if isinstance(value, list | dict | bool):
        said = json.dumps(value, cls=JSONEncoder, ensure_ascii=False)
        return guard(said, delimited=True)
    return value


class PlacesRenderer(JSONRenderer):
    """The rows as RFC 7946's features, with their location as geometry."""

    media_type = "application/geo+json"
    format = "geojson"

    def render(self, data, accepted_media_type=None, renderer_context=None):
        """Return a collection of a page's rows, or the feature that a row is."""
        if "results" in data:
            features = [_feature(row) for row in data["results"]]
            others = {name: one for name, one in data.items() if name != "results"}
            data = {"type": "FeatureCollection", "features": features} | others
        else:
            data = _feature(data)
        return super().render(data, accepted_media_type, renderer_context)


def _feature(row):
    place = row["location"]
    point = place and {
        "type": "Point",
        "coordinates": [place["longitude"], place["latitude"]],
    }
    return {"type": "Feature", "geometry": point, "properties": row}


class PageRenderer(BaseRenderer):
    """The same answer as a page of the site, its addresses to be followed."""

    media_type = "text/html"
    format = "html"
    charset = "utf-8"

    def render(self, data, accepted_media_type=None, renderer_context=None):
        """Return the page; an error is shown on it too."""
        request, view = renderer_context["request"], renderer_context["view"]
        context = {
            "view": view,
            "parameters": [] if view.detail else described(view),
            "data": data,
            "answer": marked_up(data, request.build_absolute_uri("/")),
        }
        return render_to_string("api/page.html", context, request._request)
