"""Rules over opening hours, as pure functions over rows."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple


class WeekGroup(NamedTuple):
    """Days of the week in a row with the same periods; 0 is Monday, ends included."""

    first_day: int
    last_day: int
    periods: tuple[tuple[dt.time, dt.time], ...]


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
