"""What a change page shows, field by field, in the form in which browsers send it."""

from collections.abc import Set
from typing import NamedTuple

from django import forms
from django.http import QueryDict

# A field's values by how their names end: "" for most, "_0" to "_11" for a season.
Values = dict[str, list[str]]
# {prefix of a formset, "" for the page's own form: {row's key: {field: Values}}}.
State = dict[str, dict[str, dict[str, Values]]]
OWN = ""
MAX_ROWS = 1000
DIGITS = 4


class Sides(NamedTuple):
    """What was sent, what is made of it, what the page showed, what is stored.

    by_buttons: as in merge().
    """

    data: QueryDict
    merged: QueryDict
    shown: State
    now: State
    by_buttons: Set[str]


class Difference(NamedTuple):
    """A field, or a whole row, that is stored otherwise than the page showed.

    html: what the names of the row's fields begin with; empty if the row is new to
    the page. field is empty for a whole row. is_mine: whether the page changed it too.
    """

    prefix: str
    row: str
    html: str
    field: str
    is_mine: bool


def state(form, formsets) -> State:
    """Return what an unbound form and its formsets of stored rows show."""
    shown = {OWN: {OWN: _fields(form)}}
    for formset in formsets:
        rows = {str(row.instance.pk): _fields(row) for row in formset.initial_forms}
        shown[formset.prefix] = rows
    return shown


def by_buttons(form) -> set[str]:
    """Return the names of the fields that only pressed buttons send."""
    return {
        name
        for name, field in form.fields.items()
        if getattr(field.widget, "is_sent_by_buttons", False)
    }


def merge(
    data: QueryDict, shown: State, now: State, by_buttons: Set[str] = frozenset()
) -> tuple[QueryDict, list]:
    """Return data as a page would send it that knew the present state.

    What was typed stays; a field left as it was shown takes what is stored now. A
    row removed meanwhile goes, or is a new one if something was typed into it. Also
    returns the Differences between shown and now.

    by_buttons: fields of the page's own form that are left alone where they are absent.
    """
    sides = Sides(data, data.copy(), shown, now, by_buttons)
    found = _merge_row(sides, OWN, OWN, "")
    for prefix in [one for one in now if one != OWN]:
        found += _merge_rows(sides, prefix)
    return sides.merged, found


def _merge_rows(sides, prefix):
    data, merged = sides.data, sides.merged
    before, stored = sides.shown.get(prefix, {}), sides.now[prefix]
    sent = {
        index: data.get(f"{prefix}-{index}-id", "")
        for index in range(_count(data, prefix))
    }
    found, kept, new = [], [], []
    for index, key in sent.items():
        html = f"{prefix}-{index}-"
        if key in stored:
            kept.append(index)
            found += _merge_row(sides, prefix, key, html)
        elif not key or _is_typed(data, html, before.get(key, {})):
            new.append(index)
            merged[f"{html}id"] = ""
    for key in (stored.keys() ^ before.keys()) - (stored.keys() & set(sent.values())):
        found.append(Difference(prefix, key, "", "", False))
    _renumber(merged, prefix, [*kept, *new])
    merged[f"{prefix}-INITIAL_FORMS"] = str(len(kept))
    return found


def _merge_row(sides, prefix, key, html):
    before = sides.shown.get(prefix, {}).get(key, {})
    found = []
    for field, values in sides.now[prefix][key].items():
        if before.get(field) == values:
            continue
        typed = _sent(sides.data, html + field, values)
        is_absent = html + field in sides.by_buttons - sides.data.keys()
        is_mine = not is_absent and typed != _plain(before.get(field, {}))
        if not is_mine:
            for end, value in values.items():
                sides.merged.setlist(html + field + end, value)
        if typed != _plain(values):
            found.append(Difference(prefix, key, html, field, is_mine))
    return found


def _renumber(data, prefix, order):
    """Let the rows of a formset stand in an order, given by their present numbers."""
    rows = []
    for index in order:
        html = f"{prefix}-{index}-"
        names = [name for name in data if name.startswith(html)]
        rows.append({name.removeprefix(html): data.getlist(name) for name in names})
    for name in [one for one in data if _is_of_row(one, prefix)]:
        del data[name]
    for index, row in enumerate(rows):
        for name, values in row.items():
            data.setlist(f"{prefix}-{index}-{name}", values)
    data[f"{prefix}-TOTAL_FORMS"] = str(len(rows))


def _is_of_row(name, prefix):
    return name.removeprefix(f"{prefix}-")[:1].isdecimal() and name.startswith(prefix)


def _count(data, prefix):
    total = data.get(f"{prefix}-TOTAL_FORMS", "")
    return (
        min(int(total), MAX_ROWS) if total.isdecimal() and len(total) <= DIGITS else 0
    )


def _is_typed(data, html, before):
    return any(
        _sent(data, html + field, values) != _plain(values)
        for field, values in before.items()
    )


def _sent(data, name, values):
    return _plain({end: data.getlist(name + end) for end in values})


def _plain(values):
    """Return Values as they compare: line ends are browsers', and an order nobody's."""
    return {
        end: sorted(one.replace("\r\n", "\n").strip() for one in value if one)
        for end, value in values.items()
    }


def _fields(form):
    return {
        name: values
        for name in form.fields
        if name not in {"id", "DELETE"} and (values := _values(form[name])) is not None
    }


def _values(bound) -> Values | None:
    """Return what a browser would send of an untouched field; None for a file."""
    widget = getattr(bound.field.widget, "widget", bound.field.widget)
    if widget.needs_multipart_form:
        return None
    value = bound.value()
    if isinstance(widget, forms.MultiWidget):
        values = value if isinstance(value, list) else widget.decompress(value)
        ends = zip(widget.widgets_names, values, strict=True)
        return {end: [str(one)] for end, one in ends}
    if isinstance(widget, forms.CheckboxInput):
        return {"": ["on"] if value else []}
    sent = widget.format_value(value)
    if isinstance(sent, list):
        return {"": sorted(sent)}
    return {"": [] if sent is None else [str(sent)]}
