"""Writes rows as an earlier version has them."""

import datetime as dt
from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple

from django.db import IntegrityError, connection, models, transaction

from . import history
from .changes import REMOVED, Part
from .models import Consent, Producer, Product

# Nobody's agreement is given, or withdrawn, by going back.
LEFT_ALONE = {Consent}
# Nothing becomes public by coming back.
OUT_OF_SIGHT = {
    Producer: {"status": Producer.Status.DRAFT},
    Product: {"is_listed": False},
}
# They belong to a photo's file, and no form edits them.
PHOTO_FIELDS = {"width", "height", "renditions"}


class Restored(NamedTuple):
    """How many rows were written, and versions of those that could not be."""

    count: int
    refused: list[models.Model]

    def has_refused(self, model: type[models.Model], key: int) -> bool:
        """Return whether a row is among those that could not be written."""
        return any(one.instance_type is model and one.id == key for one in self.refused)


@transaction.atomic
def restore(
    *, parts: list[Part], key: int, moment: dt.datetime, keeps: Iterable[str] = ()
) -> Restored:
    """Write a row and its parts as they were right after a moment.

    parts: as in changes.saves. keeps: fields that stay as they are now, as all do
    that no form edits. What was added since goes, what was removed comes back. Parts
    that moved to another row, or came from one, stay where they are.
    """
    count, refused = 0, []
    for part in parts:
        if part.model not in LEFT_ALONE:
            page = _page(part, key, moment)
            # What was added may stand in the place of what comes back.
            left = [one for one in page.added if not taken(partial(_delete, one))]
            left += put_all(page.then, keeps)
            count += len(page.added) + len(page.then) - len(left)
            refused += left + page.moved
    return Restored(count, refused)


class Page(NamedTuple):
    """Versions of a page's rows of one model, as seen from an earlier moment.

    added: since, and still there. then: as the rows were. moved: to another page.
    """

    added: list[models.Model]
    then: list[models.Model]
    moved: list[models.Model]


def _page(part, key, moment):
    here, model = {part.column: key}, part.model
    versions = model.history.filter(id__in=model.history.filter(**here).values("id"))
    now = {*model.objects.filter(**here).values_list("pk", flat=True)}
    found = history.last(versions.filter(history_date__lte=moment))
    known = [version for version in found if version.history_type != REMOVED]
    then = [version for version in known if getattr(version, part.column) == key]
    absent = {version.id for version in then} - now
    away = {*model.objects.filter(pk__in=absent).values_list("pk", flat=True)}
    new = now - {version.id for version in known}
    return Page(
        list(history.last(versions.filter(id__in=new))),
        [version for version in then if version.id not in away],
        [version for version in then if version.id in away],
    )


def _delete(version):
    version.instance_type.objects.filter(pk=version.id).delete()


def put_all(versions: list, keeps: Iterable[str] = ()) -> list:
    """Write rows as versions have them; return those that the database refused.

    In any order: a row that points to another, or needs its place, comes after it.
    """
    while versions:
        refused = [version for version in versions if not put(version, keeps)]
        if len(refused) == len(versions):
            return refused
        versions = refused
    return []


def put(version, keeps=()) -> bool:
    """Write a row as a version has it; return whether the database took it."""
    model = version.instance_type
    stored = model.objects.select_for_update().filter(pk=version.id).first()
    row = stored or version.instance
    for field in model._meta.fields:
        if stored and _is_restored(field, keeps):
            setattr(row, field.attname, getattr(version, field.attname))
        elif not stored and field.name in keeps:
            setattr(row, field.attname, field.get_default())
    if stored is None:
        for name, value in OUT_OF_SIGHT.get(model, {}).items():
            setattr(row, name, value)
    return taken(partial(_save, row, version, is_new=stored is None))


def _save(row, version, *, is_new):
    """Save a row with what a version links it to."""
    row.save(force_insert=is_new)
    for name, keys in history.linked([version])[version.pk].items():
        target = getattr(row, name)
        target.set(target.model.objects.filter(pk__in=keys))


def taken(write: Callable[[], object]) -> bool:
    """Do a write; return whether the database took it. One refused leaves nothing."""
    try:
        with transaction.atomic():
            write()
            # Else it looks at what rows point to when all is committed.
            connection.check_constraints()
    except IntegrityError:
        return False
    return True


def _is_restored(field, keeps):
    return field.name not in keeps and (field.editable or field.name in PHOTO_FIELDS)
