"""Writes rows as an earlier version has them."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.db import IntegrityError, transaction

from . import history
from .changes import REMOVED, Part
from .models import Consent, Producer

# Nobody's agreement is given, or withdrawn, by going back.
LEFT_ALONE = {Consent}
# They belong to a photo's file, and no form edits them.
PHOTO_FIELDS = {"width", "height", "renditions"}


class Restored(NamedTuple):
    """How many rows were written, and the names of those that could not be."""

    count: int
    refused: list[str]


@transaction.atomic
def restore(
    *, parts: list[Part], key: int, moment: dt.datetime, keeps: Iterable[str] = ()
) -> Restored:
    """Write a row and its parts as they were right after a moment.

    parts: as in changes.saves. keeps: fields that stay as they are now, as all do
    that no form edits. What was added since goes, what was removed comes back.
    """
    count, refused = 0, []
    for part in parts:
        if part.model in LEFT_ALONE:
            continue
        known = part.model.history.filter(**{part.column: key})
        now = set(_existing(part.model, known))
        for version in last(known.filter(history_date__lte=moment)):
            now.discard(version.id)
            if version.history_type == REMOVED:
                now.add(version.id)
            elif not put(version, keeps):
                refused.append(str(version.instance))
            else:
                count += 1
        for row in part.model.objects.filter(pk__in=now):
            row.delete()
            count += 1
    return Restored(count, refused)


def last(versions):
    """Return the newest of each row's versions."""
    return versions.order_by("id", "-history_id").distinct("id")


def _existing(model, versions):
    rows = model.objects.filter(pk__in=versions.values("id"))
    return rows.values_list("pk", flat=True)


def put(version, keeps=()):
    """Write a row as a version has it; whether the database took it."""
    model = version.instance_type
    stored = model.objects.filter(pk=version.id).first()
    row = stored or version.instance
    for field in model._meta.fields if stored else ():
        if _is_restored(field, keeps):
            setattr(row, field.attname, getattr(version, field.attname))
    if stored is None and isinstance(row, Producer):
        # Nothing becomes public by coming back.
        row.status = Producer.Status.DRAFT
    return _saved(row, version, is_new=stored is None)


def _saved(row, version, *, is_new):
    """Save a row with what a version links it to; whether the database took it."""
    try:
        with transaction.atomic():
            row.save(force_insert=is_new)
            links = history.linked([version])[version.pk]
            for name, keys in links.items():
                target = getattr(row, name)
                target.set(target.model.objects.filter(pk__in=keys))
    except IntegrityError:
        return False
    return True


def _is_restored(field, keeps):
    return field.name not in keeps and (field.editable or field.name in PHOTO_FIELDS)
