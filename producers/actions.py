"""Writes that concern several producers, or several of their offerings, at once."""

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from django.db import models, transaction
from django.utils.translation import gettext

from . import history
from .completeness import Blocker, blockers, with_parts
from .models import Producer


class Published(NamedTuple):
    """The producers published, and those held back, each with what blocks it."""

    done: list[Producer]
    blocked: list[tuple[Producer, list[Blocker]]]


class Changed(NamedTuple):
    """The rows changed, those that may not be, and how many said it already."""

    done: list[models.Model]
    held: list[models.Model]
    same_count: int


@transaction.atomic
def publish(*, producers, moment: dt.datetime) -> Published:
    """Publish those of a queryset of Producer that nothing blocks, at moment.

    Those that are public already are in neither list.
    """
    done, blocked = [], []
    for producer in _locked(producers.exclude(status=Producer.Status.PUBLISHED)):
        found = blockers(producer)
        if found:
            blocked.append((producer, found))
        else:
            producer.status, producer.submitted_at = Producer.Status.PUBLISHED, None
            producer.note_first_publication(moment)
            done.append(producer)
    fields = ["status", "submitted_at", "published_at"]
    history.update_all(done, fields, reason=gettext("Published from the list"))
    return Published(done, blocked)


@transaction.atomic
def archive(*, producers) -> list[Producer]:
    """Archive a queryset of Producer; return those that were not archived before."""
    changed = _locked(producers.exclude(status=Producer.Status.ARCHIVED))
    for producer in changed:
        producer.status, producer.submitted_at = Producer.Status.ARCHIVED, None
    fields = ["status", "submitted_at"]
    history.update_all(changed, fields, reason=gettext("Archived from the list"))
    return changed


@transaction.atomic
def set_region(*, producers, region, may: Callable[[Producer], bool]) -> Changed:
    """Give a queryset of Producer a region; may says who of them may be changed."""
    values = ((producer, region) for producer in _locked(producers))
    found = _set("region", values, may)
    history.update_all(
        found.done, ["region"], reason=gettext("Region set from the list")
    )
    return found


@transaction.atomic
def set_usual_season(*, offerings, may: Callable[[models.Model], bool]) -> Changed:
    """Give a queryset of Offering each its product's usual season; may: as above."""
    # Their producers first, as their own pages do: none becomes public between the
    # question and the write.
    producers = Producer.objects.filter(pk__in=offerings.values("producer"))
    list(producers.order_by("pk").select_for_update().values_list("pk"))
    locked = offerings.order_by("producer_id", "pk").select_for_update(of=("self",))
    rows = locked.select_related("product", "producer")
    values = ((offering, offering.product.reference_season) for offering in rows)
    found = _set("season", values, may)
    reason = gettext("Usual season set from the list")
    history.update_all(found.done, ["season"], reason=reason)
    return found


def _set(name, values, may):
    done, held, same_count = [], [], 0
    for row, value in values:
        if not may(row):
            held.append(row)
        elif getattr(row, name) == value:
            same_count += 1
        else:
            setattr(row, name, value)
            done.append(row)
    return Changed(done, held, same_count)


def _locked(producers):
    # Two who decide at once take turns; both then see what is stored.
    rows = producers.order_by("pk").select_for_update(of=("self",))
    return list(with_parts(rows).select_related("region"))
