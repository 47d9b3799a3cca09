"""A venue's week as a table: what each day of the week opens, and today's exception."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from .schedule import Period, periods_on, special_on

DAY_MINUTES = 24 * 60


class WeekDay(NamedTuple):
    """One day of the present week; special is the row that differs from the week's."""

    date: dt.date
    is_today: bool
    periods: list[Period]
    special: object | None

    @property
    def bars(self) -> list[tuple[int, int]]:
        """The periods as (start, length) in minutes from midnight, cut at its end."""
        return [_bar(one) for one in self.periods]


def week_of(today: dt.date, hours: Iterable, special: Iterable) -> list[WeekDay]:
    """Return Monday to Sunday of the week of today, special hours included."""
    hours, special = list(hours), list(special)
    monday = today - dt.timedelta(days=today.weekday())
    dates = [monday + dt.timedelta(days=number) for number in range(7)]
    return [
        WeekDay(
            date,
            date == today,
            periods_on(date, hours, special),
            next(iter(special_on(date, special)), None),
        )
        for date in dates
    ]


def coming_special(today: dt.date, special: Iterable, *, days: int) -> list:
    """Return the special rows in force from today to days later, soonest first."""
    last_date = today + dt.timedelta(days=days)
    rows = [
        row for row in special if row.last_date >= today and row.first_date <= last_date
    ]
    return sorted(rows, key=lambda row: (row.first_date, row.opens or dt.time.min))


def _bar(one):
    start = one.opens.hour * 60 + one.opens.minute
    length = int((one.closes - one.opens).total_seconds() // 60)
    return start, min(length, DAY_MINUTES - start)
