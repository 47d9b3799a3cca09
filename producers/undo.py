"""Takes back what one press of a button did to many rows."""

import datetime as dt
from collections import defaultdict
from functools import partial
from typing import NamedTuple

from django.db import models, transaction

from . import history
from .changes import ADDED, REMOVED
from .restore import Restored, put_all, taken


class Step(NamedTuple):
    """A row's version after an action and the one before; None if it was added."""

    after: models.Model
    before: models.Model | None


def versions_of(number: int, moment: dt.datetime, *, of=None) -> list:
    """Return all versions that a transaction wrote around a moment, one a row.

    of: the models to look at, all that have a history unless given.
    """
    found = []
    for model in of or history.tracked():
        versions = model.history.filter(history.written_at(number, moment))
        found += history.last(versions)
    return found


def deletion(version) -> list:
    """Return the version of a deleted row, and those of what was deleted for its sake.

    That is what pointed to it, or to what did, and went in the same transaction;
    nothing else of that transaction.
    """
    together = versions_of(version.transaction, version.history_date)
    rest = [one for one in together if one.history_type == REMOVED and one != version]
    found = [version]
    for gone in found:
        theirs = [one for one in rest if _goes_with(one, gone)]
        found += theirs
        rest = [one for one in rest if one not in theirs]
    return found


def _goes_with(version, gone):
    """Whether a row pointed to a deleted one, and cannot be there without it."""
    return any(
        field.remote_field.model is gone.instance_type
        and field.remote_field.on_delete is models.CASCADE
        and getattr(version, field.attname) == gone.id
        for field in version.instance_type._meta.fields
        if field.remote_field
    )


def steps(versions: list) -> tuple[list[Step], list]:
    """Return what can be taken back, and the versions of rows written since.

    versions: as from versions_of(), of one model, one at least. Three queries.
    """
    first = versions[0]
    rows = type(first).objects.filter(id__in=[one.id for one in versions])
    own = history.written_at(first.transaction, first.history_date)
    newest = {one.pk for one in history.last(rows)}
    before = {one.id: one for one in history.last(rows.exclude(own))}
    added = {*rows.filter(own, history_type=ADDED).values_list("id", flat=True)}
    found, since = [], []
    for version in versions:
        earlier = before.get(version.id)
        if earlier and earlier.history_type == REMOVED:
            earlier = None
        is_told = earlier or (version.id in added and version.history_type != REMOVED)
        if version.pk in newest and is_told:
            found.append(Step(version, earlier))
        else:
            since.append(version)
    return found, since


@transaction.atomic
def undo(*, versions: list) -> Restored:
    """Take back what versions say was done, where nothing was done since.

    versions: of one transaction, of any models. Rows come back that were removed,
    and go that were added; a changed row gets back each value that was changed, one
    that no form edits, too. A row written since stays, and is named.
    """
    by_model = defaultdict(list)
    for version in versions:
        by_model[version.instance_type].append(version)
    left, removed = [], []
    for model, group in by_model.items():
        # Two who press at once take turns; the second finds it done.
        rows = model.objects.filter(pk__in=[one.id for one in group])
        list(rows.select_for_update().order_by("pk").values_list("pk"))
        found, since = steps(group)
        left += since + _take_back(found)
        removed += [one.before for one in found if _is_removal(one)]
    left += put_all(removed)
    return Restored(len(versions) - len(left), left)


def _is_removal(step):
    return step.after.history_type == REMOVED


def _take_back(found):
    """Take back what was added and changed; return the versions of rows that stay."""
    there = [step for step in found if not _is_removal(step)]
    added = [step for step in there if not step.before]
    changed = [step for step in there if step.before]
    return _tried(_take_out, added) + _tried(_change_back, changed)


def _tried(write, found):
    """Write steps, together if the database takes them so, else one by one."""
    if not found:
        return []
    if taken(partial(write, found)):
        return []
    if len(found) == 1:
        return [found[0].after]
    return [one for step in found for one in _tried(write, [step])]


def _take_out(found):
    model = found[0].after.instance_type
    model.objects.filter(pk__in=[step.after.id for step in found]).delete()


def _change_back(found):
    model = found[0].after.instance_type
    rows = model.objects.in_bulk([step.after.id for step in found])
    fields = set()
    for after, before in found:
        for field in _differing(after, before):
            setattr(rows[after.id], field.attname, getattr(before, field.attname))
            fields.add(field.name)
    if fields:
        history.update_all([*rows.values()], sorted(fields))
    _link_back(found, rows)


def _differing(after, before):
    return [
        field
        for field in after.tracked_fields
        if getattr(after, field.attname) != getattr(before, field.attname)
    ]


def _link_back(found, rows):
    now = history.linked([step.after for step in found])
    then = history.linked([step.before for step in found])
    for after, before in found:
        for name, keys in then[before.pk].items():
            if keys != now[after.pk][name]:
                target = getattr(rows[after.id], name)
                target.set(target.model.objects.filter(pk__in=keys))
