"""What staff do to a market day's list at once, and what they should look at."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction

from producers import history

from .models import Attendance, MarketDay, Venue
from .schedule import periods_on


class Copied(NamedTuple):
    """From which day, how many producers were added, how many stalls taken over."""

    source: MarketDay
    added: int
    stalls: int


def decide_the_rest(*, day: MarketDay, status: str, reason: str = "") -> int:
    """Decide on all who are still expected, and return how many they were.

    reason is for those who have none of their own.
    """
    rest = list(day.attendances.filter(status=Attendance.Status.EXPECTED))
    for row in rest:
        row.status, row.reason = status, row.reason or reason
        row.follows_rhythm = False
    history.update_all(rest, ["status", "reason", "follows_rhythm"])
    return len(rest)


@transaction.atomic
def leave_stalls(*, attendances: Iterable[int]):
    """Take their stalls from rows that will be given new ones; two may swap.

    attendances: keys. The database holds each row against the others as it is saved.
    """
    Attendance.objects.filter(pk__in=attendances).update(stall=None)


@transaction.atomic
def copy_last_week(*, day: MarketDay) -> Copied | None:
    """Expect whoever came on the venue's last market day, at the same stall.

    The last day is the latest earlier one that was not cancelled; None if there is
    none. What staff decided stays, and a stall that is taken is not taken over.
    """
    earlier = day.venue.market_days.filter(date__lt=day.date)
    held = earlier.exclude(status=MarketDay.Status.CANCELLED)
    source = held.order_by("-date").first()
    if source is None:
        return None
    came = source.attendances.coming().listed().order_by("pk")
    wanted = dict(came.values_list("producer", "stall"))
    rows = {row.producer_id: row for row in day.attendances.all()}
    written = _placed(day, wanted, rows)
    new = [row for row in written if row.pk is None]
    moved = [row for row in written if row.pk]
    leave_stalls(attendances=[row.pk for row in moved])
    history.update_all(moved, ["stall", "follows_rhythm"])
    history.create_all(new)
    kept = [row for row in written if row.stall_id == wanted[row.producer_id]]
    return Copied(source, len(new), sum(row.stall_id is not None for row in kept))


def _placed(day, wanted, rows):
    """Return the rows to write, new or with another stall, of {producer: stall}."""
    free = {key for key in wanted if key not in rows or _is_undecided(rows[key])}
    taken = {row.stall_id for key, row in rows.items() if row.is_coming} - {
        rows[key].stall_id for key in free & rows.keys()
    }
    stalls = {key: wanted[key] for key in free if wanted[key] not in {None, *taken}}
    taken |= set(stalls.values())
    written = []
    for key in (key for key in wanted if key in free):
        row = rows.get(key) or Attendance(market_day=day, producer_id=key)
        own = None if row.stall_id in taken else row.stall_id
        stall = stalls.get(key, own)
        if row.pk is None or row.stall_id != stall:
            row.stall_id, row.follows_rhythm = stall, False
            written.append(row)
    return written


def _is_undecided(row):
    return row.follows_rhythm and row.status == Attendance.Status.EXPECTED


def days_against_hours(*, venue: Venue, first_date: dt.date) -> list[MarketDay]:
    """Return the days from first_date on that staff changed and the hours contradict.

    A cancelled day contradicts none; one that is moved, those that are closed.
    """
    hours = list(venue.opening_hours.all())
    special = list(venue.special_hours.all())
    days = venue.market_days.filter(date__gte=first_date, follows_hours=False)
    return [
        day
        for day in days.select_related("venue").order_by("date")
        if _contradicts(day, periods_on(day.date, hours, special))
    ]


def _contradicts(day, periods):
    if day.is_cancelled:
        return False
    if not periods:
        return True
    times = periods[0].opens.time(), periods[-1].closes.time()
    return day.status != MarketDay.Status.MOVED and times != (day.opens, day.closes)
