"""What the shop's badge says at a moment, and when it will say something else."""

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from producers.clock import NOON, clock, hours

from .schedule import DAY, LIMA, Opening, Period
from .words import long_date, sentence

MINUTE = dt.timedelta(minutes=1)
HOUR_MINUTES = 60
# In the last hour the minutes left are told in steps of so many.
STEP = 5
# A closing less than so many minutes ahead is told by its time alone, as «2 a. m.».
TOLD_BY_TIME = 12 * HOUR_MINUTES
# Further ahead, a weekday's name would be taken for the nearer one.
DAYS_BY_NAME = 6


class State(StrEnum):
    """What the badge's mark shows beside its words."""

    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Badge(NamedTuple):
    """Words for one moment; today is a sentence on today's hours, maybe empty."""

    state: State
    words: str
    today: str
    moment: dt.datetime
    changes_at: dt.datetime


def badge(
    moment: dt.datetime, opening: Opening, periods: list[Period], special
) -> Badge:
    """Return what the badge says at moment, in Lima's time, until changes_at.

    periods begin on moment's date; special is that date's SpecialHours or None.
    """
    state = _state(moment, opening, special)
    return Badge(
        state,
        _words(state, moment, opening, special),
        _today(state, moment, opening, periods),
        moment,
        _changes_at(moment, opening),
    )


def hours_of(rows) -> str:
    """Return the hours of whatever opens and closes: «9 a. m. a 1 p. m., …»."""
    return ", ".join(_hours(row.opens, row.closes) for row in rows) or _("closed")


def _state(moment, opening, special):
    if opening.is_open:
        is_last = opening.closes and _minutes_left(moment, opening) <= HOUR_MINUTES
        return State.CLOSING if is_last else State.OPEN
    is_known = opening.opens or (special and special.is_closed)
    return State.CLOSED if is_known else State.UNKNOWN


def _words(state, moment, opening, special):
    if state == State.UNKNOWN:
        return _("Hours to be confirmed")
    if state == State.CLOSED:
        return _closed(moment, opening, special)
    if opening.closes is None:
        return _("Open now · day and night")
    if state == State.CLOSING:
        return _closing(moment, opening)
    is_near = _is_near(moment, opening)
    when = _at(opening.closes) if is_near else _when(opening.closes, moment)
    return _("Open now · closes {when}").format(when=when)


def _closing(moment, opening):
    minutes = _in_steps(_minutes_left(moment, opening))
    when = _at(opening.closes)
    if minutes == HOUR_MINUTES:
        return _("Closes in one hour, {when}").format(when=when)
    message = _("Closes in {minutes} minutes, {when}")
    return message.format(minutes=minutes, when=when)


def _closed(moment, opening, special):
    closed = _("Closed")
    if special and special.is_closed:
        reason = special.shown_reason.rstrip(". ")
        closed = _("Closed today: {reason}").format(reason=reason)
    if not opening.opens:
        return closed
    when = _when(opening.opens, moment)
    return _("{closed} · opens {when}").format(closed=closed, when=when)


def _today(state, moment, opening, periods):
    weekday = date_format(moment, "l")
    if opening.is_open:
        return _today_open(weekday, moment, opening, periods)
    coming = [one for one in periods if one.opens > moment]
    if periods and not coming:
        closed_at = periods[-1].closes
        message = ngettext(
            "Today {weekday} it was open until {time}",
            "Today {weekday} it was open until {time}",
            _number(closed_at),
        )
        return sentence(message.format(weekday=weekday, time=clock(closed_at)))
    if state == State.UNKNOWN:
        return ""
    return _today_is(weekday, hours_of(coming))


def _today_open(weekday, moment, opening, periods):
    if opening.closes is None:
        return _today_is(weekday, _("all day"))
    if not _is_near(moment, opening):
        when = _when(opening.closes, moment)
        message = _("Today {weekday} it is open; it closes {when}")
        return sentence(message.format(weekday=weekday, when=when))
    until = ngettext(
        "Today {weekday} until {time}",
        "Today {weekday} until {time}",
        _number(opening.closes),
    ).format(weekday=weekday, time=clock(opening.closes))
    later = [one for one in periods if one.opens > opening.closes]
    parts = [until, _hours_left(moment, opening)]
    if later:
        parts.append(_("Then {hours}").format(hours=hours_of(later)))
    return " ".join(sentence(part) for part in parts if part)


def _today_is(weekday, words):
    message = _("Today {weekday}: {hours}")
    return sentence(message.format(weekday=weekday, hours=words))


def _hours_left(moment, opening):
    minutes = _minutes_left(moment, opening)
    if minutes <= HOUR_MINUTES:
        return ""
    message = ngettext(
        "You have {hours} hour left",
        "You have {hours} hours left",
        minutes // HOUR_MINUTES,
    )
    return message.format(hours=minutes // HOUR_MINUTES)


def _changes_at(moment, opening):
    tomorrow = moment.astimezone(LIMA).date() + DAY
    changes = [dt.datetime.combine(tomorrow, dt.time.min, LIMA)]
    if opening.is_open and opening.closes:
        left = _minutes_left(moment, opening)
        changes.append(opening.closes - _minutes_after_change(left) * MINUTE)
    elif not opening.is_open and opening.opens:
        changes.append(opening.opens)
    return min(changes)


def _minutes_after_change(left):
    """Return how many minutes are left when the words change the next time."""
    if left <= HOUR_MINUTES:
        return _in_steps(left) - STEP
    return max(left // HOUR_MINUTES * HOUR_MINUTES - 1, HOUR_MINUTES)


def _minutes_left(moment, opening):
    return -((moment - opening.closes) // MINUTE)


def _in_steps(minutes):
    return -(-minutes // STEP) * STEP


def _is_near(moment, opening):
    is_today = opening.closes.date() == moment.date()
    return is_today or _minutes_left(moment, opening) < TOLD_BY_TIME


def _when(time, moment):
    """Say a moment ahead: «hoy a las 9 a. m.», «el miércoles a las 9 a. m.»."""
    days = (time.date() - moment.date()).days
    if days == 0:
        return _("today {at}").format(at=_at(time))
    if days == 1:
        return _("tomorrow {at}").format(at=_at(time))
    day = date_format(time, "l") if days <= DAYS_BY_NAME else long_date(time)
    return _("on {day} {at}").format(day=day, at=_at(time))


def _at(time):
    # Spanish says «a la 1» and «a las 2».
    message = ngettext("at {time}", "at {time}", _number(time))
    return message.format(time=clock(time))


def _number(time):
    return time.hour % NOON


def _hours(opens, closes):
    if not any((opens.hour, opens.minute, closes.hour, closes.minute)):
        return _("all day")
    return hours(opens, closes)
