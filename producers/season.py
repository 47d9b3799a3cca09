"""A season: twelve levels from January to December, 0 none, 1 a little, 2 yes, 3 best.

Pure functions over a sequence of twelve such integers. Months are 1 to 12.
"""

from collections.abc import Iterable, Sequence
from enum import IntEnum

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .months import MONTHS

Season = Sequence[int]
MONTH_COUNT = 12


class Level(IntEnum):
    """How much there is of a product in one month."""

    NONE = 0
    LITTLE = 1
    YES = 2
    PEAK = 3


def usual_season(available: Iterable[int], peak: Iterable[int]) -> list[int]:
    """Return the season of a product that is there in some months, best in others.

    The first and the last month of a stretch that is not all year count as «a
    little», unless they are months of peak; stretches run on over New Year.
    Raises ValueError for a month outside 1 to 12.
    """
    months, best = set(available), set(peak)
    if not months | best <= set(range(1, 13)):
        raise ValueError(f"not months: {sorted(months | best)}")
    months |= best
    season = []
    for month in range(1, 13):
        is_edge = not {_before(month), _after(month)} <= months
        if month in best:
            season.append(Level.PEAK)
        elif month not in months:
            season.append(Level.NONE)
        else:
            season.append(Level.LITTLE if is_edge else Level.YES)
    return [int(level) for level in season]


def stretches(season: Season, levels: Iterable[int]) -> list[tuple[int, int]]:
    """Return the (first, last) months of each unbroken stretch at these levels.

    Both ends are included; a stretch over New Year is one, with last < first.
    All twelve months give [(1, 12)].
    """
    wanted = set(levels)
    inside = {month for month in range(1, 13) if season[month - 1] in wanted}
    if len(inside) == MONTH_COUNT:
        return [(1, 12)]
    found = []
    for first in sorted(inside):
        if _before(first) in inside:
            continue
        last = first
        while _after(last) in inside:
            last = _after(last)
        found.append((first, last))
    return found


def last_month_at(season: Season, month: int, level: int) -> int | None:
    """Return the month in which the stretch at this level that holds month ends.

    None if the season never leaves the level. Raises ValueError if it is not at
    the level in month.
    """
    if season[month - 1] != level:
        raise ValueError(f"not at level {level} in month {month}")
    last = month
    while season[_after(last) - 1] == level:
        last = _after(last)
        if last == month:
            return None
    return last


def next_month_with_any(season: Season, month: int) -> int | None:
    """Return the first month after month in which there is some, month itself last."""
    following = [(month + step - 1) % 12 + 1 for step in range(1, 13)]
    return next((number for number in following if season[number - 1]), None)


def level_label(level: int) -> str:
    """Return what a level is called on a card: «At its best» for 3."""
    return [_("Not now"), _("A little"), _("Available"), _("At its best")][level]


def season_sentence(season: Season) -> str:
    """Return the year in words: «At its best from April to July. …»."""
    peak = _spans(season, {Level.PEAK})
    rest = _spans(season, {Level.LITTLE, Level.YES})
    parts = []
    if peak:
        parts.append(_("At its best {spans}.").format(spans=peak))
    if rest:
        message = _("Also available {spans}.") if peak else _("Available {spans}.")
        parts.append(message.format(spans=rest))
    if not all(season):
        parts.append(_("None the rest of the year."))
    return capfirst(" ".join(parts))


def _spans(season: Season, levels: set[int]) -> str:
    return _(", and ").join(
        _span(first, last) for first, last in stretches(season, levels)
    )


def _span(first: int, last: int) -> str:
    if (first, last) == (1, 12):
        return _("all year")
    names = {"first": MONTHS[first], "last": MONTHS[last]}
    if first == last:
        return _("in {first}").format(**names)
    if last == _after(first):
        return _("in {first} and {last}").format(**names)
    return _("from {first} to {last}").format(**names)


def _before(month: int) -> int:
    return month - 1 or 12


def _after(month: int) -> int:
    return month % 12 + 1
