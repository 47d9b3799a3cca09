"""When a product's season begins and ends: dates, from the twelve levels."""

import calendar
import datetime as dt
from typing import NamedTuple

from .season import Level, Season, stretches

YEAR = dt.timedelta(days=365)


class Span(NamedTuple):
    """A stretch of whole months, both dates included."""

    first_date: dt.date
    last_date: dt.date


def awaited(season: Season) -> frozenset[Level]:
    """Return the levels that a product comes back to, once a year or more often.

    Any at all; of one that is there all year, its best. None if that lasts all year.
    """
    if not all(season):
        return frozenset({Level.LITTLE, Level.YES, Level.PEAK})
    return frozenset({Level.PEAK} if set(season) > {Level.PEAK} else ())


def spans(season: Season, *, first: dt.date, last: dt.date) -> list[Span]:
    """Return the stretches at the awaited levels that touch first to last, in order.

    Whole ones: they may begin before first and end after last, and run over New Year.
    """
    found = [
        _span(year, *months)
        for year in range(first.year - 1, last.year + 1)
        for months in stretches(season, awaited(season))
    ]
    return sorted(
        span for span in found if span.first_date <= last and span.last_date >= first
    )


def coming_spans(season: Season, today: dt.date) -> list[Span]:
    """Return the stretches that are not over and begin within a year."""
    return spans(season, first=today, last=today + YEAR)


def begun_spans(season: Season, today: dt.date) -> list[Span]:
    """Return the stretches that began in the last year, today included."""
    first = today - YEAR
    found = spans(season, first=first, last=today)
    return [span for span in found if span.first_date > first]


def _span(year, first_month, last_month):
    last_year = year + (last_month < first_month)
    _weekday, days = calendar.monthrange(last_year, last_month)
    return Span(dt.date(year, first_month, 1), dt.date(last_year, last_month, days))
