"""Writes across several rows: the market days ahead, and who is expected on them."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, override

from producers import history
from producers.localised import SOURCE_LANGUAGE

from . import alerts
from .models import Attendance, MarketDay, ShelfItem, Venue
from .schedule import dates_between, day_times, periods_on, special_on

WEEKS_AHEAD = 26
NO_LONGER = gettext_noop("The market no longer opens on this day.")
# What a day takes from the hours, and its trace in the feeds.
USUAL = ["usual_opens", "usual_closes"]
FOLLOWED = ["opens", "closes", *USUAL, "status", "notice", "notice_en"]
SAVED = [*FOLLOWED, "sequence", "changed_at"]


@dataclass(frozen=True, order=True)
class Scheduled:
    """How many market days were made, and how many followed a change of the hours.

    days: those that followed, by venue and date, as they are now.
    """

    made: int
    changed: int
    days: tuple[MarketDay, ...] = field(default=(), compare=False, repr=False)


def schedule_market_days(*, first_date: dt.date, weeks: int = WEEKS_AHEAD) -> Scheduled:
    """Make the market days from first_date on, from the hours of every market.

    weeks: how far ahead, first_date included. A day that staff never changed
    follows the hours: a special closing cancels it and lends its reason, other
    hours are said to be such. Any other day is left as it is. Two runs at once wait
    for one another, and a second run changes nothing.
    """
    last_date = first_date + dt.timedelta(weeks=weeks) - dt.timedelta(days=1)
    made, days = 0, []
    for pk in Venue.objects.markets().order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            venue = Venue.objects.select_for_update().get(pk=pk)
            done = _schedule_venue(venue, first_date, last_date)
            expect_producers(venue=venue, first_date=first_date)
        made += done.made
        days += done.days
    return Scheduled(made, len(days), tuple(days))


def _schedule_venue(venue, first_date, last_date):
    hours = list(venue.opening_hours.all())
    special = list(venue.special_hours.all())
    stored = venue.market_days.filter(date__gte=first_date)
    days = {day.date: day for day in stored}
    dates = {
        *dates_between(first_date, last_date, hours, []),
        *dates_between(first_date, last_date, hours, special),
    }
    made, changed = [], []
    for date in sorted(dates | days.keys()):
        fields = _fields_on(date, hours, special)
        if date not in days:
            made.append(MarketDay(venue=venue, date=date, **fields))
        elif days[date].follows_hours and _follow(days[date], fields):
            changed.append(days[date])
    history.create_all(made)
    history.update_all(changed, SAVED)
    told = [*changed, *filter(alerts.is_announced, made)]
    alerts.queue_alerts(days=told, moment=timezone.now())
    return Scheduled(len(made), len(changed), tuple(changed))


def _fields_on(date, hours, special):
    """Return the fields of a day by the hours alone; None if there is no market."""
    usual = periods_on(date, hours, [])
    held = periods_on(date, hours, special)
    if not usual and not held:
        return None
    fields = {"follows_hours": True, "status": MarketDay.Status.SCHEDULED}
    opens, closes = day_times(held or usual)
    fields |= {"opens": opens, "closes": closes, "notice": "", "notice_en": ""}
    fields |= dict.fromkeys(USUAL)
    for row in special_on(date, special)[:1]:
        fields |= {"notice": row.reason, "notice_en": row.reason_en}
        if not held:
            fields["status"] = MarketDay.Status.CANCELLED
        elif usual and day_times(usual) != (opens, closes):
            fields["status"] = MarketDay.Status.MOVED
            fields |= zip(USUAL, day_times(usual), strict=True)
    return fields


def _follow(day, fields):
    """Let a day take the fields; return whether that changes anything."""
    if fields is None:
        with override(SOURCE_LANGUAGE):
            reason = {"notice": gettext(NO_LONGER), "notice_en": NO_LONGER}
        fields = {"status": MarketDay.Status.CANCELLED, **reason}
        fields |= dict.fromkeys(USUAL)
    before = [getattr(day, name) for name in FOLLOWED]
    for name, value in fields.items():
        setattr(day, name, value)
    if before == [getattr(day, name) for name in FOLLOWED]:
        return False
    day.sequence += 1
    day.changed_at = timezone.now()
    return True


@transaction.atomic
def expect_producers(*, venue: Venue, first_date: dt.date):
    """Put on the lists from first_date on whom their rhythm brings, at their stall.

    Rows that staff changed stay; where a stall is taken, its usual owner gets none.
    """
    # Whoever else writes the lists of this venue now waits.
    Venue.objects.select_for_update().get(pk=venue.pk)
    days = list(venue.market_days.filter(date__gte=first_date))
    participations = venue.participations.exclude(producer__status="archived")
    participations = list(participations.order_by("pk"))
    rows = defaultdict(dict)
    for row in Attendance.objects.filter(market_day__in=days):
        rows[row.market_day_id][row.producer_id] = row
    written, gone = [], []
    for day in days:
        expected = _expected(day, participations, rows[day.pk])
        written += _placed(day, expected, rows[day.pk])
        gone += [
            row.pk
            for producer, row in rows[day.pk].items()
            if row.follows_rhythm and producer not in expected
        ]
    Attendance.objects.filter(pk__in=gone).delete()
    _move([row for row in written if row.pk])
    history.create_all([row for row in written if row.pk is None])


def _expected(day, participations, rows):
    """Return {producer: stall or None} of the rows that follow, or should be made."""
    decided = [row for row in rows.values() if not row.follows_rhythm]
    known = {row.producer_id for row in decided}
    taken = {row.stall_id for row in decided if row.is_coming}
    expected = {}
    for one in participations:
        if one.producer_id in known or not one.expects(day.date):
            continue
        expected[one.producer_id] = None if one.stall_id in taken else one.stall_id
        taken.add(one.stall_id)
    return expected


def _placed(day, expected, rows):
    """Return the rows to write: new ones, and those at another stall than before."""
    written = []
    for producer, stall in expected.items():
        row = rows.get(producer) or Attendance(
            market_day=day, producer_id=producer, follows_rhythm=True
        )
        if row.pk is None or row.stall_id != stall:
            row.stall_id = stall
            written.append(row)
    return written


def _move(rows):
    """Save the stalls of rows; all are left before any is taken, for two may swap."""
    keys = [row.pk for row in rows]
    Attendance.objects.filter(pk__in=keys).update(stall=None)
    history.update_all(rows, ["stall"])


class Shelved(NamedTuple):
    """The items that were added to a shelf, and those that were on it."""

    added: list[ShelfItem]
    known: list[ShelfItem]


@transaction.atomic
def place_on_shelf(*, offerings, shop: Venue, moment: dt.datetime) -> Shelved:
    """Put a queryset of Offering on a shop's shelf: in stock, checked at moment."""
    rows = offerings.select_related("product", "producer")
    rows = rows.order_by("producer_id", "pk").select_for_update(of=("self",))
    chosen = {offering.pk: offering for offering in rows}
    # Whoever adds an item meanwhile waits, and is told that it is there.
    Venue.objects.select_for_update().get(pk=shop.pk)
    stored = shop.shelf_items.filter(offering__in=chosen).order_by("pk")
    known = list(stored.select_for_update(of=("self",)))
    for item in known:
        item.offering = chosen.pop(item.offering_id)
        item.is_in_stock, item.checked_at = True, moment
    added = [
        ShelfItem(venue=shop, offering=offering, checked_at=moment)
        for offering in chosen.values()
    ]
    reason = gettext("Put on the shelf from the list")
    history.create_all(added, reason=reason)
    history.update_all(known, ["is_in_stock", "checked_at"], reason=reason)
    return Shelved(added, known)


@transaction.atomic
def check_shelf(*, items, moment: dt.datetime) -> list[ShelfItem]:
    """Note that a queryset of ShelfItem was looked at, at moment; return its rows."""
    rows = list(items.order_by("pk").select_for_update(of=("self",)))
    for item in rows:
        item.checked_at = moment
    history.update_all(rows, ["checked_at"], reason=gettext("Checked from the list"))
    return rows
