"""Reading the query string: only what is known, each once, and as it is described."""

from django.utils.translation import gettext as _
from django_filters import (
    ChoiceFilter,
    DateFilter,
    ModelChoiceFilter,
    MultipleChoiceFilter,
)
from rest_framework.exceptions import ValidationError
from rest_framework.filters import BaseFilterBackend

from .negotiation import FORMAT
from .pages import CURSOR, LIMIT
from .unknown import UnknownValue

# A form sends its empty fields too, which ask for nothing.
NOTHING = ""
SLUG = r"^[-a-zA-Z0-9_]*$"
# PostgreSQL's texts hold everything else.
NO_NUL = r"^[^\u0000]*$"
NAMES_NOTHING = "invalid_choice"
# As many values as a sentence may list.
MAX_NAMED = 30


def refuse_unknown(query, known):
    """Raise a ValidationError for a parameter that is not known, or given twice.

    known: {name: whether it may be given several times}.
    """
    errors = {}
    for name, values in query.lists():
        if name not in known:
            message = _("There is no such parameter here. Known are: {names}.")
            errors[name] = [message.format(names=", ".join(sorted(known)))]
        elif len(values) > 1 and not known[name]:
            errors[name] = [_("Give this parameter once.")]
        elif any("\x00" in value for value in values):
            errors[name] = [_("There is a character in it that no text may have.")]
    if errors:
        raise ValidationError(errors)


def known_parameters(view):
    """Return the parameters of a view, as refuse_unknown() takes them."""
    known = {FORMAT: False}
    if view.detail:
        return known
    return (
        known
        | {CURSOR: False, LIMIT: False}
        | {
            name: isinstance(one, MultipleChoiceFilter)
            for name, one in _filters(view).items()
        }
    )


def _filters(view):
    return view.filterset_class.base_filters if view.filterset_class else {}


class PageFilters(BaseFilterBackend):
    """Keeps the rows that the view's filter set has for the query string."""

    def filter_queryset(self, request, queryset, view):
        if view.detail or not view.filterset_class:
            return queryset
        filterset = view.filterset(request.query_params)
        if not filterset.form.is_valid():
            raise _refusal(filterset.form)
        return queryset.filter(pk__in=filterset.qs.order_by().values("pk"))

    def get_schema_operation_parameters(self, view):
        return described(view)


def described(view):
    """Return the filters of a view as OpenAPI's parameters."""
    return [
        {
            "name": name,
            "in": "query",
            "description": str(one.label),
            "schema": _schema(one),
        }
        for name, one in _filters(view).items()
    ]


def _refusal(form):
    """Return what to raise: a 404 if all that is wrong are names of nothing."""
    found = form.errors.as_data()
    unknown = {
        name: [_names_nothing(form.fields[name])]
        for name, errors in found.items()
        if {one.code for one in errors} == {NAMES_NOTHING}
    }
    if len(unknown) == len(found):
        return UnknownValue(unknown)
    return ValidationError({name: list(form.errors[name]) for name in found} | unknown)


def _names_nothing(field):
    values = [str(value) for value, _label in field.choices if value]
    if len(values) > MAX_NAMED:
        return _("This value names nothing that there is.")
    message = _("This value names nothing that there is. Known are: {values}.")
    return message.format(values=", ".join(values))


def _schema(one):
    # By its class: a filter's field, once asked for, keeps the choices of that moment.
    choices = one.extra.get("choices")
    if choices:
        values = [value for value, _label in choices]
        return {"type": "string", "enum": [*values, NOTHING]}
    if isinstance(one, DateFilter):
        return {"anyOf": [{"type": "string", "format": "date"}, {"const": NOTHING}]}
    if isinstance(one, MultipleChoiceFilter):
        return {"type": "array", "items": {"type": "string", "pattern": SLUG}}
    if isinstance(one, ChoiceFilter | ModelChoiceFilter):
        return {"type": "string", "pattern": SLUG}
    return {
        "type": "string",
        "maxLength": one.extra["max_length"],
        "pattern": NO_NUL,
    }
