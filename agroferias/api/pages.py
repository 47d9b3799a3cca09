"""Cutting a list into pages: by the key after which the next one begins.

Rows added or removed meanwhile shift nothing, and a late page costs no more than the
first.
"""

from django.core.exceptions import ValidationError as FieldError
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.response import Response

from . import licence
from .unknown import UnknownValue

ROWS = 50
# Where people look at them.
ROWS_ON_A_PAGE = 5
MAX_ROWS = 100
CURSOR = "cursor"
LIMIT = "limite"


class KeyPages(CursorPagination):
    """Pages in the order of view.ordering, whose first field tells where one ends."""

    page_size = ROWS
    page_size_query_param = LIMIT
    cursor_query_param = CURSOR

    def get_ordering(self, request, queryset, view):
        self.key = queryset.model._meta.get_field(view.ordering[0].lstrip("-"))
        return view.ordering

    def get_page_size(self, request):
        """Return how many rows are asked for; a ValidationError if it is no number."""
        is_page = request.accepted_renderer.format == "html"
        rows = ROWS_ON_A_PAGE if is_page else ROWS
        text = request.query_params.get(LIMIT, str(rows))
        if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MAX_ROWS:
            return int(text)
        message = _("Ask for 1 to {most} rows.").format(most=MAX_ROWS)
        raise ValidationError({LIMIT: [message]})

    def decode_cursor(self, request):
        """Return where to go on; UnknownValue if we would not have written it."""
        try:
            cursor = super().decode_cursor(request)
            if cursor and cursor.position is not None:
                value = self.key.to_python(cursor.position)
                self.key.run_validators(value)
        except (NotFound, FieldError):
            message = _(
                "This cursor is not one of ours: take it whole from “next” or "
                "“previous”, or leave it out to begin again."
            )
            raise UnknownValue({CURSOR: [message]}) from None
        return cursor

    def get_paginated_response(self, data):
        links = {"next": self.get_next_link(), "previous": self.get_previous_link()}
        response = Response({"license": licence.ADDRESS, **links, "results": data})
        response.headers["Link"] = ", ".join(
            f'<{address}>; rel="{name.removesuffix("ious")}"'
            for name, address in links.items()
            if address
        )
        return response

    def get_paginated_response_schema(self, schema):
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["license", "next", "previous", "results"],
            "properties": {
                "license": {"type": "string", "format": "uri"},
                "next": link,
                "previous": link,
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view):
        return [
            {
                "name": CURSOR,
                "in": "query",
                "description": _("Where a page begins: taken from “next”."),
                "schema": {"type": "string"},
            },
            {
                "name": LIMIT,
                "in": "query",
                "description": _("How many rows a page has."),
                "schema": {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": MAX_ROWS,
                    "default": ROWS,
                },
            },
        ]
