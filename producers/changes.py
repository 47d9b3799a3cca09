"""What was changed between the versions of rows, in words, save by save."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format, localize
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from . import history
from .clock import clock
from .fields import SeasonField
from .season import season_sentence

ADDED, CHANGED, REMOVED = "+", "~", "-"
NOTHING = "—"
# The versions that one page tells of; older ones stay stored.
VERSIONS_SHOWN = 400
# How a row of another model is called, by its key: {model: {key: name}}.
Names = Callable[[type[models.Model], set[int]], dict[int, str]]


class FieldChange(NamedTuple):
    """What a field said before and says after, in words."""

    label: str
    old: str
    new: str


class Change(NamedTuple):
    """What happened to one row: kind is ADDED, CHANGED or REMOVED."""

    kind: str
    row: str
    fields: list[FieldChange]


class Save(NamedTuple):
    """All that was written together, the page's own row first.

    moment: of the last. is_gone: whether the page's own row was deleted then.
    """

    moment: dt.datetime
    user: str
    reason: str
    changes: list[Change]
    is_gone: bool


class Part(NamedTuple):
    """A model of which a page shows rows, and the column that ties them to it."""

    model: type[models.Model]
    column: str

    def versions(self, key):
        """Return the newest versions of the page's rows of this model."""
        found = self.model.history.filter(**{self.column: key})
        return found.select_related("history_user").order_by("-history_id")


def saves(parts: list[Part], key: int, names: Names) -> list[Save]:
    """Return what was written to the row with a key and its parts, latest first.

    parts: the model of the row itself first, with the column "id". names: gives the
    names of the rows that others point to. Three queries a part at the most, one a
    model that they point to.
    """
    by_part = [_versions(part, key) for part in parts]
    history.note_occasions([version for versions in by_part for version in versions])
    pairs = [pair for versions in by_part for pair in _compared(versions)]
    words, together = _Words(pairs, names), defaultdict(list)
    for version, before in pairs:
        together[version.occasion].append((version, before))
    written = [_save(group, words) for group in together.values()]
    told = [save for save in written if save.changes]
    return sorted(told, key=attrgetter("moment"), reverse=True)


def _versions(part, key):
    versions = list(part.versions(key)[:VERSIONS_SHOWN])
    for version in versions:
        version.part = part
    return versions


def _save(pairs, words):
    last = max((version for version, _before in pairs), key=attrgetter("history_date"))
    return Save(
        last.history_date,
        str(last.history_user or ""),
        last.history_change_reason or "",
        [change for pair in pairs if (change := words.change(*pair))],
        any(
            one.part.column == "id" and one.history_type == REMOVED for one, _ in pairs
        ),
    )


def _compared(versions):
    """Return (version, the one before it or None) of versions of one model.

    A row that was taken away and put back in one transaction was only changed.
    """
    by_row = defaultdict(list)
    for version in versions:
        by_row[version.id].append(version)
    linked = history.linked(versions)
    pairs = []
    for rows in by_row.values():
        for version in rows:
            version.linked = linked[version.pk]
        pairs += _pairs(rows)
    return pairs


def _pairs(rows):
    """Pair each version of one row with the one before; rows: the latest first."""
    kept = []
    for _occasion, group in groupby(rows, key=attrgetter("occasion")):
        versions = list(group)
        # Many-to-many values come with the last version of a save.
        last = versions[0]
        kinds = {one.history_type for one in versions}
        is_new = versions[-1].history_type == ADDED and REMOVED not in kinds
        if last.history_type != REMOVED:
            last.history_type = ADDED if is_new else CHANGED
        kept.append(last)
    return list(zip(kept, [*kept[1:], None], strict=True))


class _Words:
    """Writes values as people read them."""

    def __init__(self, pairs, names):
        wanted = defaultdict(set)
        for version, _before in pairs:
            for field in _shown_fields(version.instance_type):
                target = field.remote_field and field.remote_field.model
                if target:
                    wanted[target] |= _keys(version, field)
        self._names = {model: names(model, keys) for model, keys in wanted.items()}

    def change(self, version, before):
        """Return the Change from the version before, None if nothing is to be seen."""
        kind = version.history_type
        row = self._row(version)
        if kind == REMOVED:
            return Change(kind, row, [])
        fields = [
            FieldChange(capfirst(field.verbose_name), old, new)
            for field in _told_fields(version)
            for old, new in [(self._value(before, field), self._value(version, field))]
            if old != new
        ]
        if kind == CHANGED and before is None:
            return Change(kind, row, [])
        return Change(kind, row, fields) if fields or kind == ADDED else None

    def _row(self, version):
        """Name a row of the page by what it points to, or by its own first words."""
        label = capfirst(version.instance_type._meta.verbose_name)
        if version.part.column == "id":
            return label
        values = [self._value(version, field) for field in _told_fields(version)]
        return f"{label}: {next((one for one in values if one != NOTHING), NOTHING)}"

    def _value(self, version, field):
        if version is None:
            return NOTHING
        if field.remote_field:
            known = self._names[field.remote_field.model]
            keys = sorted(_keys(version, field))
            gone = _("(no longer there)")
            return ", ".join(known.get(key, gone) for key in keys) or NOTHING
        return written(field, getattr(version, field.attname))


def _shown_fields(model):
    """Return the fields that people edit."""
    fields = (*model._meta.fields, *model._meta.many_to_many)
    return [field for field in fields if field.editable and not field.primary_key]


def _told_fields(version):
    """Return the same without the column that ties the row to its page."""
    fields = _shown_fields(version.instance_type)
    return [field for field in fields if field.attname != version.part.column]


def _keys(version, field):
    if field.many_to_many:
        return set(version.linked[field.name])
    key = getattr(version, field.attname)
    return set() if key is None else {key}


def written(field, value) -> str:
    """Write a field's stored value as people read it; NOTHING for an empty one."""
    if isinstance(value, list):
        return _written_list(field, value) or NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        local = timezone.localtime(value)
        return f"{date_format(local)}, {clock(local)}"
    if isinstance(value, dt.time):
        return clock(value)
    if value in {None, ""}:
        return NOTHING
    choices = dict(field.flatchoices or ())
    return str(choices.get(value, localize(value)))


def _written_list(field, value):
    if isinstance(field, SeasonField):
        return season_sentence(value)
    labels = dict(field.base_field.flatchoices)
    return ", ".join(str(labels.get(one, one)) for one in value)
