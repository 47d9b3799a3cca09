"""Who changed how much lately, and which pages: over all that has a history."""

import datetime as dt
from collections import defaultdict
from typing import NamedTuple

from django.db import models
from django.db.models import CharField, Count, F, Max, Value

from .changes import Part

Model = type[models.Model]
# A page comes once a model and person that changed it: many times what is shown.
READ = 500


class Work(NamedTuple):
    """What one person changed, and when last: (model, rows), the most first.

    user is empty for what the site did by itself.
    """

    user: str
    counts: list[tuple[Model, int]]
    moment: dt.datetime


class Touch(NamedTuple):
    """The page of a row that somebody changed, and when last."""

    model: Model
    key: int
    user: str
    moment: dt.datetime


def by_user(tracked: list[Model], since: dt.datetime) -> list[Work]:
    """Return what each person changed of some models, who was last first. One query."""
    found = defaultdict(list)
    for row in _union(tracked, [_counted(model, since) for model in tracked]):
        found[row["user"] or ""].append(row)
    work = [
        Work(
            user,
            sorted(
                ((row["model"], row["count"]) for row in rows),
                key=lambda pair: (-pair[1], pair[0]._meta.label),
            ),
            max(row["moment"] for row in rows),
        )
        for user, rows in found.items()
    ]
    return sorted(work, key=lambda one: one.moment, reverse=True)


def latest(
    parts: dict[Model, list[Part]], since: dt.datetime, limit: int
) -> list[Touch]:
    """Return the pages that people changed last, once a person, the latest first.

    What the site did by itself, mostly to many rows, is left out. parts: {model of a
    page: what is changed on it}. One query.
    """
    pages = [(model, part) for model, shown in parts.items() for part in shown]
    rows = _union(
        [model for model, _part in pages],
        [_touched(part, since) for _model, part in pages],
    )
    found = {}
    for row in rows:
        page = (row["model"], row["key"], row["user"])
        found.setdefault(page, row["moment"])
    return [Touch(*page, moment) for page, moment in found.items()][:limit]


def _counted(model, since):
    versions = model.history.filter(history_date__gte=since).order_by()
    return versions.values(user=F("history_user__username")).annotate(
        count=Count("id", distinct=True), moment=Max("history_date")
    )


def _touched(part, since):
    by_people = {"history_date__gte": since, "history_user__isnull": False}
    versions = part.model.history.filter(**by_people).order_by()
    return versions.values(
        user=F("history_user__username"), key=F(part.column)
    ).annotate(moment=Max("history_date"))


def _union(of, querysets):
    """Return the rows of all, the latest first, each with the model that it is of."""
    numbered = [
        one.annotate(number=Value(str(index), output_field=CharField()))
        for index, one in enumerate(querysets)
    ]
    if not numbered:
        return []
    rows = numbered[0].union(*numbered[1:], all=True).order_by("-moment", "number")
    return [row | {"model": of[int(row["number"])]} for row in rows[:READ]]
