"""Whom a change of a market day is told by e-mail, when, and whether at all.

A mail says what is true when it is sent. So any change of what may be told makes
those concerned wait for a mail, and whoever sends it asks then whether it says
anything that they were not told before.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from .models import Delivery, MarketDay, Subscriber
from .schedule import Phase

# Staff who correct what they have just saved send one mail, not two.
SETTLING = dt.timedelta(minutes=3)
# Nobody remembers in October what a mail of May said: «this Sunday» begins on Monday.
AHEAD = dt.timedelta(days=6)
ANNOUNCED = {MarketDay.Status.CANCELLED, MarketDay.Status.MOVED}


def due_at(day: MarketDay, moment: dt.datetime) -> dt.datetime:
    """Return when to tell of a change that was made at moment."""
    return max(moment + SETTLING, day.held.opens - AHEAD)


def facts_of(day: MarketDay) -> str:
    """Return what of a day is worth a mail: another text is other news.

    Not the notice: whoever knows that there is no market needs no better wording.
    """
    return f"{day.status} {day.opens:%H:%M} {day.closes:%H:%M} {day.moved_to}".strip()


def queue_alerts(*, days: Iterable[MarketDay], moment: dt.datetime):
    """Let the subscribers wait for a mail about days that changed at moment.

    Of the main market alone, while it is not over; to be called in the transaction of
    the change. All are told of a day that is cancelled or moved, and of any other
    change those who were told of the day before.
    """
    days = [day for day in days if _concerns(day, moment)]
    if not days:
        return
    with transaction.atomic():
        # Nobody leaves, and nothing is claimed for them, until this is stored.
        held = Subscriber.objects.confirmed().held().values_list("pk", flat=True)
        everybody = list(held)
        for day in days if everybody else []:
            _queue(day, everybody, moment)


def queue_known_changes(*, subscriber: Subscriber, moment: dt.datetime):
    """Let who has just confirmed wait for the days that were changed before."""
    coming = MarketDay.objects.of_main_market().not_over(moment)
    for day in coming.filter(status__in=ANNOUNCED):
        _queue(day, [subscriber.pk], moment)


def _concerns(day, moment):
    return day.venue.is_main and day.phase(moment) != Phase.OVER


def _queue(day, subscribers, moment):
    due = due_at(day, moment)
    rows = Delivery.objects.filter(market_day=day, subscriber__in=subscribers)
    waiting = set(rows.waiting().values_list("subscriber", flat=True))
    rows.waiting().update(sequence=day.sequence, due_at=due, tries=0)
    told = subscribers
    if not is_announced(day):
        told = rows.told().order_by().values_list("subscriber", flat=True)
    Delivery.objects.bulk_create(
        Delivery(
            subscriber_id=one,
            market_day=day,
            sequence=day.sequence,
            created_at=moment,
            due_at=due,
        )
        for one in sorted({*told} - waiting)
    )


def is_announced(day: MarketDay) -> bool:
    """Whether a day is not held as usual: then subscribers are told of it."""
    return day.status in ANNOUNCED


def is_news(delivery: Delivery, moment: dt.datetime) -> bool:
    """Whether a mail says what its subscriber was not told, of a day still to come.

    Read from the database, with the subscriber held by the caller.
    """
    day = delivery.market_day
    if day.phase(moment) == Phase.OVER:
        return False
    last = last_told(delivery)
    if last is None:
        return is_announced(day)
    return last.facts != facts_of(day)


def last_told(delivery: Delivery) -> Delivery | None:
    """Return the mail about the same day that its subscriber got before, if any."""
    told = Delivery.objects.told().exclude(pk=delivery.pk)
    return told.filter(
        subscriber=delivery.subscriber_id, market_day=delivery.market_day_id
    ).first()
