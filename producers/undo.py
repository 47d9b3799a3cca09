"""Takes back what one press of a button did to many rows."""

import datetime as dt
from collections import defaultdict
from typing import NamedTuple

from django.db import IntegrityError, models, transaction
from django.db.models import Q

from . import history
from .changes import ADDED, REMOVED
from .restore import Restored, last, put

# A database that was restored elsewhere counts its transactions anew.
SAME_TRANSACTION = dt.timedelta(hours=1)


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
        found += last(model.history.filter(_is_of(number, moment)))
    return found


def steps(versions: list) -> tuple[list[Step], list]:
    """Return what can be taken back, and the versions of rows written since.

    versions: as from versions_of(), of one model, one at least. Three queries.
    """
    first = versions[0]
    rows = type(first).objects.filter(id__in=[one.id for one in versions])
    own = _is_of(first.transaction, first.history_date)
    newest = {one.pk for one in last(rows)}
    before = {one.id: one for one in last(rows.exclude(own))}
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
    count, refused = 0, []
    for model, group in by_model.items():
        # Two who press at once take turns; the second finds it done.
        rows = model.objects.filter(pk__in=[one.id for one in group])
        list(rows.select_for_update().order_by("pk").values_list("pk"))
        found, left = steps(group)
        left += _take_back(found)
        count += len(group) - len(left)
        refused += [str(version.instance) for version in left]
    return Restored(count, refused)


def _is_of(number, moment):
    around = (moment - SAME_TRANSACTION, moment + SAME_TRANSACTION)
    return Q(transaction=number, history_date__range=around)


def _take_back(found):
    """Take steps back; return the versions of the rows that stay."""
    removed, added, changed = [], [], []
    for step in found:
        if step.after.history_type == REMOVED:
            removed.append(step)
        else:
            (changed if step.before else added).append(step)
    left = [step.after for step in removed if not put(step.before)]
    return left + _tried(_take_out, added) + _tried(_change_back, changed)


def _tried(write, found):
    """Write steps, together if the database takes them so, else one by one."""
    if not found:
        return []
    try:
        with transaction.atomic():
            write(found)
    except IntegrityError:
        if len(found) == 1:
            return [found[0].after]
        return [one for step in found for one in _tried(write, [step])]
    return []


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
