"""Rules over opening hours and market days, as pure functions over rows.

Moments are aware and in Lima's time; a period holds its opening, not its closing.
hours are OpeningHours of one venue and special its SpecialHours, in any order.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

LIMA = ZoneInfo("America/Lima")
DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(weeks=1)
LAST_HOUR = dt.timedelta(hours=1)
LAST_MINUTE = dt.time(23, 59)


class Phase(StrEnum):
    """Where a market day is in its course."""

    AHEAD = "ahead"
    TODAY = "today"
    RUNNING = "running"
    LAST_HOUR = "last_hour"
    OVER = "over"


class Period(NamedTuple):
    """From an opening, included, to a closing, excluded: aware moments."""

    opens: dt.datetime
    closes: dt.datetime

    def covers(self, moment: dt.datetime) -> bool:
        """Whether moment falls into it."""
        return self.opens <= moment < self.closes


class Opening(NamedTuple):
    """Whether a venue is open at a moment, and what comes next.

    closes: the end of the time it is open without a break, None if it is closed or
    open for over a week. opens: the next opening after that, None if there is none.
    """

    is_open: bool
    closes: dt.datetime | None
    opens: dt.datetime | None


class WeekGroup(NamedTuple):
    """Days of the week in a row with the same periods; 0 is Monday, ends included."""

    first_day: int
    last_day: int
    periods: tuple[tuple[dt.time, dt.time], ...]


def period(date: dt.date, opens: dt.time, closes: dt.time) -> Period:
    """Return the period that begins on date; a closing not after it is next day's."""
    last_date = date if closes > opens else date + DAY
    return Period(
        dt.datetime.combine(date, opens, LIMA),
        dt.datetime.combine(last_date, closes, LIMA),
    )


def special_on(date: dt.date, special: Iterable) -> list:
    """Return the special rows of date, by opening; closed ones first."""
    rows = [row for row in special if row.first_date <= date <= row.last_date]
    return sorted(rows, key=lambda row: row.opens or dt.time.min)


def is_valid_on(row, date: dt.date) -> bool:
    """Whether a row of opening hours is in force on date, but for the weekday."""
    begun = row.valid_from is None or row.valid_from <= date
    return begun and (row.valid_through is None or row.valid_through >= date)


def periods_on(date: dt.date, hours: Iterable, special: Iterable) -> list[Period]:
    """Return the periods that begin on date, in order.

    Special rows take the place of the week's; one that is closed leaves none. The
    night of the day before may still run on: it began there.
    """
    rows = special_on(date, special)
    if any(row.is_closed for row in rows):
        return []
    if not rows:
        rows = [
            row
            for row in hours
            if row.day_of_week == date.weekday() and is_valid_on(row, date)
        ]
    return sorted(period(date, row.opens, row.closes) for row in rows)


def day_times(periods: list[Period]) -> tuple[dt.time, dt.time]:
    """Return one opening and closing for a date's periods, of which there are some.

    A market day ends before midnight.
    """
    first, last = periods[0].opens, max(one.closes for one in periods)
    is_next_day = last.date() > first.date()
    return first.time(), LAST_MINUTE if is_next_day else last.time()


def dates_between(
    first_date: dt.date, last_date: dt.date, hours: Iterable, special: Iterable
) -> list[dt.date]:
    """Return the dates from first_date to last_date, both included, that open."""
    hours, special = list(hours), list(special)
    count = (last_date - first_date).days + 1
    dates = (first_date + DAY * number for number in range(count))
    return [date for date in dates if periods_on(date, hours, special)]


def opening_at(moment: dt.datetime, hours: Iterable, special: Iterable) -> Opening:
    """Return whether it is open at moment, until when, and when it opens next."""
    hours, special = list(hours), list(special)
    moment = moment.astimezone(LIMA)
    closes = _runs_until(moment, hours, special)
    is_open = closes > moment
    if closes - moment >= WEEK:
        return Opening(is_open=True, closes=None, opens=None)
    return Opening(
        is_open=is_open,
        closes=closes if is_open else None,
        opens=_next_opening(closes, hours, special),
    )


def phase_at(moment: dt.datetime, held: Period) -> Phase:
    """Return where a market day is in its course at moment."""
    moment = moment.astimezone(LIMA)
    if moment >= held.closes:
        return Phase.OVER
    if moment >= held.closes - LAST_HOUR and moment >= held.opens:
        return Phase.LAST_HOUR
    if moment >= held.opens:
        return Phase.RUNNING
    return Phase.TODAY if moment.date() == held.opens.date() else Phase.AHEAD


def week_groups(hours: Iterable) -> list[WeekGroup]:
    """Return the days on which a venue opens, those alike and in a row together.

    hours: OpeningHours of one venue, in any order. Days without any are left out.
    """
    by_day: dict[int, list] = {}
    for row in sorted(hours, key=lambda row: (row.day_of_week, row.opens)):
        by_day.setdefault(row.day_of_week, []).append((row.opens, row.closes))
    groups: list[WeekGroup] = []
    for day, periods in by_day.items():
        last = groups[-1] if groups else None
        if last and last.last_day == day - 1 and last.periods == tuple(periods):
            groups[-1] = last._replace(last_day=day)
        else:
            groups.append(WeekGroup(day, day, tuple(periods)))
    return groups


def _runs_until(moment, hours, special):
    """Return when the time that is open at moment ends; moment itself if closed.

    Looks a week ahead at most.
    """
    first = moment.date() - DAY
    near = [
        one
        for number in range(WEEK.days + 2)
        for one in periods_on(first + DAY * number, hours, special)
    ]
    end = moment
    for one in sorted(near):
        # Periods that touch, at midnight say, are open without a break.
        if one.covers(end):
            end = one.closes
    return end


def _next_opening(moment, hours, special):
    """Return the soonest opening at or after moment, or None."""
    for date in _candidates(moment.date(), hours, special):
        for one in periods_on(date, hours, special):
            if one.opens >= moment:
                return one.opens
    return None


def _candidates(today, hours, special) -> Iterator[dt.date]:
    """Yield the dates among which the next opening is, if there is one, in order.

    Between two dates on which a row begins or ends nothing changes but the day of
    the week: what opens there at all opens within seven days of the earlier one.
    """
    begin = {row.valid_from for row in hours if row.valid_from}
    begin |= {row.first_date for row in special}
    begin |= {_day_after(row.last_date) for row in special}
    begin = {date for date in begin if date > today} | {_day_after(today)}
    near = {
        dt.date.fromordinal(min(date.toordinal() + number, dt.date.max.toordinal() - 1))
        for date in begin
        for number in range(WEEK.days)
    }
    return iter(sorted(near | {today}))


def _day_after(date):
    return dt.date.fromordinal(min(date.toordinal() + 1, dt.date.max.toordinal() - 1))
