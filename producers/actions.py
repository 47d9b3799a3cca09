"""Writes that concern several producers at once."""

import datetime as dt
from typing import NamedTuple

from django.db import transaction

from .completeness import Blocker, blockers, with_parts
from .models import Producer


class Published(NamedTuple):
    """The producers published, and those held back, each with what blocks it."""

    done: list[Producer]
    blocked: list[tuple[Producer, list[Blocker]]]


@transaction.atomic
def publish(*, producers, moment: dt.datetime) -> Published:
    """Publish those of a queryset of Producer that nothing blocks, at moment.

    Those that are public already are in neither list.
    """
    done, blocked = [], []
    for producer in _locked(producers, but=Producer.Status.PUBLISHED):
        found = blockers(producer)
        if found:
            blocked.append((producer, found))
        else:
            done.append(producer)
    chosen = Producer.objects.filter(pk__in=[producer.pk for producer in done])
    chosen.filter(published_at=None).update(published_at=moment)
    chosen.update(status=Producer.Status.PUBLISHED, submitted_at=None)
    return Published(done, blocked)


@transaction.atomic
def archive(*, producers) -> list[Producer]:
    """Archive a queryset of Producer; return those that were not archived before."""
    changed = _locked(producers, but=Producer.Status.ARCHIVED)
    chosen = Producer.objects.filter(pk__in=[producer.pk for producer in changed])
    chosen.update(status=Producer.Status.ARCHIVED, submitted_at=None)
    return changed


def _locked(producers, *, but):
    others = producers.exclude(status=but).order_by("pk")
    # Two who decide at once take turns; both then see what is stored.
    return list(with_parts(others.select_for_update(of=("self",))))
