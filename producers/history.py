"""Every version of a row: what it said, who wrote it, when, and with what else."""

import datetime as dt
from operator import attrgetter

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction
from django.db.models import Func, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from simple_history.utils import bulk_create_with_history

# A database that was restored elsewhere counts its transactions anew.
SAME_TRANSACTION = dt.timedelta(hours=1)


class Version(models.Model):
    """What each row of history has besides the values; base of all their models.

    transaction: PostgreSQL's number of the transaction that wrote it. What one press
    of a button changed shares it, so that it can be undone together. The numbers
    start again when a database is restored elsewhere: written_at() compares both.
    """

    transaction = models.BigIntegerField(
        db_default=Func(function="txid_current"), db_index=True, editable=False
    )

    class Meta:
        abstract = True


def written_at(number: int, moment: dt.datetime) -> Q:
    """Return the condition that a transaction wrote a version, around a moment."""
    around = (moment - SAME_TRANSACTION, moment + SAME_TRANSACTION)
    return Q(transaction=number, history_date__range=around)


def note_occasions(versions):
    """Note in versions of any models, as `occasion`, which were written together."""
    first = None
    for version in sorted(versions, key=attrgetter("transaction", "history_date")):
        if first is None or (
            version.transaction != first.transaction
            or version.history_date > first.history_date + SAME_TRANSACTION
        ):
            first = version
        version.occasion = first.transaction, first.history_date


def versions(**options) -> HistoricalRecords:
    """Return the history of a model, to be its attribute `history`."""
    # Simple-history would translate the model's name while the models are loading.
    return HistoricalRecords(
        bases=[Version],
        verbose_name=_("version"),
        verbose_name_plural=_("versions"),
        **options,
    )


def create_all(rows: list, *, reason: str = ""):
    """Insert rows of one model, with the first version of each; reason: as below."""
    if rows:
        bulk_create_with_history(rows, type(rows[0]), default_change_reason=reason)


def update_all(rows: list, fields: list[str], *, reason: str = ""):
    """Store fields of rows of one model, with a version of each.

    reason: of a change that can be undone as one, such as a list's action. Two
    queries, and two for each many-to-many field.
    """
    if not rows:
        return
    model = type(rows[0])
    with transaction.atomic(savepoint=False):
        model.objects.bulk_update(rows, fields)
        stored = model.history.bulk_history_create(
            rows, update=True, default_change_reason=reason
        )
        _link(model, stored)


def begin(model):
    """Give a first version to the rows of a model that have none."""
    known = model.history.values("id")
    rows = model.objects.exclude(pk__in=known)
    _link(model, model.history.bulk_history_create(rows))


def _link(model, stored):
    """Note in new versions what their rows are linked to now.

    Simple-history does so only for a row that is saved by itself.
    """
    versions = {one.id: one for one in stored}
    for field in model.history.model._history_m2m_fields:
        through, name = field.remote_field.through, field.m2m_field_name()
        Linked = HistoricalRecords.m2m_models[field]  # noqa: N806 - a model
        Linked.objects.bulk_create(
            Linked(history=versions[getattr(row, f"{name}_id")], **_values(row))
            for row in through.objects.filter(**{f"{name}__in": versions})
        )


def _values(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.fields}


def forget(versions: models.QuerySet):
    """Remove versions of rows of one model."""
    for field in versions.model._history_m2m_fields:
        # No constraint ties them to their version.
        links = HistoricalRecords.m2m_models[field].objects
        links.filter(history__in=versions.values("pk")).delete()
    versions.delete()


def tracked() -> list[type[models.Model]]:
    """Return the models that have a history."""
    return [
        model
        for model in apps.get_models()
        if hasattr(model._meta, "simple_history_manager_attribute")
    ]


def last(versions):
    """Return the newest of each row's versions."""
    return versions.order_by("id", "-history_id").distinct("id")


def names(versions: list, label=str) -> list[str]:
    """Return what label() calls the rows of versions, by model.

    Whatever is gone that a name is made of, as far as any version tells of it.
    """
    by_model = {}
    for version in versions:
        by_model.setdefault(version.instance_type, []).append(version)
    return [_name(row, label) for group in by_model.values() for row in _rows(group)]


def _rows(versions):
    """Return the rows as versions of one model have them, with what they point to.

    What that is now, or was when it was deleted. Two queries at the most a relation.
    """
    found = [version.instance for version in versions]
    _point(versions[0].instance_type, found)
    return found


def _point(model, rows):
    for field in model._meta.fields:
        if not field.remote_field:
            continue
        targets = _targets(
            field.remote_field.model, {getattr(row, field.attname) for row in rows}
        )
        for row in rows:
            target = targets.get(getattr(row, field.attname))
            if target:
                field.set_cached_value(row, target)


def _targets(model, keys):
    found = model._default_manager.in_bulk(keys - {None})
    gone = keys - {None} - found.keys()
    if gone and model in tracked():
        deleted = last(model.history.filter(id__in=gone))
        found |= {version.id: version.instance for version in deleted}
    if found:
        _point(model, [*found.values()])
    return found


def _name(row, label):
    try:
        return str(label(row))
    except ObjectDoesNotExist:
        return gettext("(no longer there)")


def linked(versions: list) -> dict[int, dict[str, list[int]]]:
    """Return {version's key: {many-to-many field: keys of the rows it had}}.

    versions: of one model. One query a field.
    """
    found = {version.pk: {} for version in versions}
    fields = versions[0]._history_m2m_fields if versions else []
    for field in fields:
        rows = HistoricalRecords.m2m_models[field].objects.filter(history__in=found)
        name = f"{field.m2m_reverse_field_name()}_id"
        for version in found.values():
            version[field.name] = []
        for row in rows.order_by(name):
            found[row.history_id][field.name].append(getattr(row, name))
    return found
