"""How times, hours and the state of a market day are written."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from producers.clock import clock, hours

from .models import MarketDay, Venue
from .schedule import Phase


def sentence(words: str) -> str:
    """End words with one full stop: «8 p. m.» has its own, and so may what staff wrote.

    Nothing stays nothing.
    """
    return words if not words or words[-1] in ".!?…" else f"{words}."


def long_date(date: dt.date) -> str:
    """Return a date with its weekday: «domingo 29 de noviembre»."""
    return date_format(date, "WEEKDAY_DATE_FORMAT")


def headline(day: MarketDay, phase: Phase) -> str:
    """Return a market day's state in one sentence, with its date: no hours or place."""
    date = long_date(day.date)
    if day.is_cancelled:
        message = _("There is no market on {date}.")
    elif phase == Phase.OVER:
        message = _("The market of {date} is over.")
        if day.status == MarketDay.Status.SCHEDULED:
            message = _("Nobody confirmed the market of {date}.")
    elif day.is_moved and day.has_other_hours:
        message = _("Only on {date}: the market changes its place and its hours.")
    elif day.is_moved:
        message = _("Only on {date}: the market changes its place.")
    elif day.has_other_hours:
        message = _("Only on {date}: the market has other hours.")
    elif day.status == MarketDay.Status.SCHEDULED:
        message = _("Market of {date}: not confirmed yet.")
    else:
        message = _("There is a market on {date}.")
    return message.format(date=date)


def ended(day: MarketDay | None) -> str:
    """Say what became of a day of today that is over, or nothing without one."""
    if day is None:
        return ""
    if day.status == MarketDay.Status.SCHEDULED:
        return _("Nobody confirmed today's market.")
    return _("Today's market is over.")


def where_and_when(day: MarketDay) -> str:
    """Return hours and place, said to be those it would have had if cancelled."""
    message = _("{hours}, {place}.")
    if day.is_cancelled:
        message = _("It would have been {hours}, {place}.")
    return message.format(hours=hours(day.opens, day.closes), place=day.address)


def announcement(day: MarketDay, phase: Phase) -> str:
    """Return all that a message must say: state, date, hours, place, and why.

    Where nobody from the market confirmed hours and place, it says that too.
    """
    notice = sentence(day.shown_notice.strip())
    parts = [headline(day, phase), where_and_when(day), notice, doubt(day.venue)]
    return " ".join(part for part in parts if part)


def doubt(venue: Venue) -> str:
    """Say that nobody from the market confirmed hours and place, or nothing."""
    if venue.confirmed_date:
        return ""
    return _("Nobody from the market has confirmed these hours and this place yet.")


def who_comes(day: MarketDay, phase: Phase, *, coming: int, confirmed: int) -> str:
    """Say how many come, are expected or came to a day with a list.

    coming: all who are not absent; confirmed: those of them who said so, which on a
    day that nobody confirmed they are only expected to do.
    """
    is_over = phase == Phase.OVER
    if not confirmed or day.status == MarketDay.Status.SCHEDULED:
        return _expected(coming, is_over=is_over)
    message = ngettext("{count} producer comes", "{count} producers come", confirmed)
    if is_over:
        message = ngettext("{count} producer came", "{count} producers came", confirmed)
    said, rest = message.format(count=confirmed), coming - confirmed
    if not rest:
        return said
    message = ngettext(
        "{said}, {count} more to be confirmed",
        "{said}, {count} more to be confirmed",
        rest,
    )
    if is_over:
        message = ngettext(
            "{said}, {count} more was expected",
            "{said}, {count} more were expected",
            rest,
        )
    return message.format(said=said, count=rest)


def _expected(count, *, is_over):
    message = ngettext("{count} producer expected", "{count} producers expected", count)
    if is_over:
        message = ngettext(
            "{count} producer was expected", "{count} producers were expected", count
        )
    return message.format(count=count)


def last_check(day: MarketDay) -> str:
    """Say when somebody looked at a day the last time."""
    if day.checked_at is None:
        return _("Nobody has checked it yet. Look here again before you leave home.")
    checked = timezone.localtime(day.checked_at)
    message = _("Last checked: {date}, {time}")
    return sentence(message.format(date=long_date(checked), time=clock(checked)))
