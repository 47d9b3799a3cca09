"""All that is stored on one producer: to hand it over, or to erase it."""

import io
import json
import re
import zipfile
from functools import partial
from typing import NamedTuple

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import Q

from . import history, photos
from .models import Producer, ProducerPhoto, SheetUpload

# {model: keys of its rows}, those that are only in the history too.
Keys = dict[type[models.Model], set[int]]


class PersonalData(NamedTuple):
    """What is stored on a producer: keys of rows, the desk's log, names of files."""

    keys: Keys
    log: models.QuerySet
    files: list[str]

    def rows(self):
        """Yield each model with its rows, where there are some."""
        for model, keys in self.keys.items():
            rows = model._default_manager.filter(pk__in=keys).order_by("pk")
            if rows:
                yield model, rows

    def versions(self):
        """Yield each model with the versions that belong to the producer.

        A row may have belonged to another one before, or belong to another now.
        """
        for model in self.keys.keys() & {*history.tracked()}:
            yield model, model.history.filter(_belonging(model, self.keys))


def collect(producer: Producer) -> PersonalData:
    """Return all that is stored on a producer, whatever is public of it.

    Free text that names them in somebody else's row, such as the notice of a market
    day, is not found.
    """
    keys = _keys(producer)
    return PersonalData(keys, _log(producer, keys), _files(keys))


def export(producer: Producer) -> bytes:
    """Return a ZIP file: rows, versions and the desk's log as JSON, and the photos."""
    data = collect(producer)
    tables = {model._meta.label: _plain(rows) for model, rows in data.rows()}
    for model, versions in data.versions():
        tables[f"{model._meta.label}.history"] = list(versions.values())
    tables[LogEntry._meta.label] = list(data.log.values())
    text = json.dumps(tables, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{producer.slug}.json", text)
        for storage, name in _stored_files(data):
            if storage.exists(name):
                with storage.open(name) as file:
                    archive.writestr(name, file.read())
    return buffer.getvalue()


def _stored_files(data):
    """Yield (storage, name) of the photos, and of whatever file a row has besides."""
    yield from ((default_storage, name) for name in data.files)
    for model, rows in data.rows():
        for field in model._meta.fields:
            if isinstance(field, models.FileField) and model is not ProducerPhoto:
                names = rows.exclude(**{field.name: ""}).values_list(
                    field.name, flat=True
                )
                yield from ((field.storage, name) for name in names)


@transaction.atomic
def erase(*, producer: Producer) -> int:
    """Remove a producer from everywhere, for good; return how many rows went.

    With them go what belongs to them, all their versions and the lines of the desk's
    log that name them. The files go when the transaction is committed.
    """
    data = collect(producer)
    data.log.delete()
    # Spreadsheets that wait for their import may name them, and bring them back.
    SheetUpload.objects.all().delete()
    count, _by_model = producer.delete()
    for _model, versions in data.versions():
        history.forget(versions)
    transaction.on_commit(partial(photos.remove, data.files), robust=True)
    return count


def _keys(producer) -> Keys:
    """Return the rows that belong to a producer, and those that did and are gone."""
    keys = {Producer: {producer.pk}}
    size = 0
    while size != (size := sum(map(len, keys.values()))):
        for model in apps.get_models():
            belonging = _belonging(model, keys)
            if belonging and model is not Producer:
                keys[model] = keys.get(model, set()) | _found(model, belonging)
    return keys


def _belonging(model, keys) -> Q:
    """Return the condition that a row, or a version of one, goes with those of keys."""
    if model is Producer:
        return Q(id__in=keys[model])
    condition = Q()
    for field in model._meta.fields:
        is_part = field.remote_field and field.remote_field.model in keys
        if is_part and field.remote_field.on_delete is models.CASCADE:
            condition |= Q(**{f"{field.name}__in": keys[field.remote_field.model]})
    return condition


def _found(model, belonging):
    rows = model._default_manager.all()
    found = {*rows.filter(belonging).values_list("pk", flat=True)}
    if model in history.tracked():
        last = model.history.latest_of_each().filter(belonging)
        gone = last.exclude(id__in=rows.values("pk"))
        found |= {*gone.values_list("id", flat=True)}
    return found


def _log(producer, keys):
    """Return the lines of the desk's log on the rows, or that name the producer."""
    types = ContentType.objects.get_for_models(*keys)
    # The page of another producer names none but that one.
    elsewhere = ~Q(content_type=types[Producer])
    about = elsewhere & Q(content_type__in=types.values()) & _names(producer)
    about |= elsewhere & _quotes(producer)
    for model, found in keys.items():
        about |= Q(content_type=types[model], object_id__in=map(str, found))
    return LogEntry.objects.filter(about).order_by("pk")


def _names(producer):
    """Return the condition that a row's name is, or has as one part, the producer's."""
    name = re.escape(str(producer))
    return Q(object_repr__regex=f"(^| · ){name}($|, | · )")


def _quotes(producer):
    """Return the condition that what was done names such a row."""
    # Django stores it as JSON, in ASCII.
    name, dot = (re.escape(json.dumps(one)[1:-1]) for one in (str(producer), " · "))
    return Q(change_message__regex=f'("|{dot}){name}("|, |{dot})')


def _files(keys):
    found = ProducerPhoto.history.filter(_belonging(ProducerPhoto, keys))
    return sorted({name for photo in found for name in photos.names(photo)})


def _plain(rows):
    return serializers.serialize("python", rows)
