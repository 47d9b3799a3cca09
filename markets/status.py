"""How the state of a market day is shown: its chip's words, its colours.

Words of one line, for beside a date; whole messages are in markets/words.py.
"""

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from producers.clock import NOON, clock, hours

from .models import Attendance, MarketDay, Venue
from .schedule import Phase, periods_on, special_on
from .words import long_date

WEEK_DAYS = 7
ON_THE_DAY = {Phase.TODAY, Phase.RUNNING, Phase.LAST_HOUR}


class Chip(NamedTuple):
    """A state in a few words: kind is yes, no, moved or over, icon one of the sheet."""

    kind: str
    icon: str
    words: str


class Paint(NamedTuple):
    """What the truck's panel wears: a variant of .tolva, a palette of lettering."""

    panel: str
    palette: str


class Presence(StrEnum):
    """What is known of a producer and a market day."""

    COMES = "comes"
    EXPECTED = "expected"
    ABSENT = "absent"
    NO_MARKET = "no_market"


PRESENCE_SIGNS = {
    Presence.COMES: ("yes", "check"),
    Presence.EXPECTED: ("moved", "clock"),
    Presence.ABSENT: ("no", "x"),
    Presence.NO_MARKET: ("no", "x"),
}


def is_near(day: MarketDay, moment: dt.datetime) -> bool:
    """Whether «this Sunday» names the day: today or one of the six days after."""
    return 0 <= (day.date - moment.date()).days < WEEK_DAYS


def when(day: MarketDay, phase: Phase, *, near: bool = False) -> str:
    """Return when a day is, in a sentence: «hoy», «este domingo», «el domingo 6»."""
    if phase in ON_THE_DAY:
        return _("today")
    if near:
        return _("this {weekday}").format(weekday=date_format(day.date, "l"))
    return _("on {date}").format(date=date_format(day.date, "l j"))


def chip(day: MarketDay | None, phase: Phase, *, near: bool = False) -> Chip:
    """Return a day's state; near lets it say «this Sunday»."""
    if not day:
        return Chip("moved", "clock", _("No date yet"))
    name = when(day, phase, near=near)
    if day.is_cancelled:
        message = _("There is no market {when}")
        if phase == Phase.OVER:
            message = _("There was no market {when}")
        return Chip("no", "x", capfirst(message.format(when=name)))
    if phase == Phase.OVER:
        return Chip("over", "clock", _over(day))
    if day.status == MarketDay.Status.SCHEDULED:
        return Chip("moved", "clock", _unconfirmed(phase, name))
    if phase in {Phase.RUNNING, Phase.LAST_HOUR}:
        return _running(day, phase)
    return _ahead(day, name)


def short_chip(day: MarketDay, phase: Phase) -> Chip:
    """Return a day's state without the date, for beside it."""
    whole = chip(day, phase)
    if day.is_cancelled:
        is_over = phase == Phase.OVER
        said = _("There was no market") if is_over else _("No market that day")
        return whole._replace(words=said)
    if phase != Phase.AHEAD:
        return whole
    short = {
        MarketDay.Status.SCHEDULED: _("Not confirmed yet"),
        MarketDay.Status.CONFIRMED: _("Yes, there is a market"),
    }
    return whole._replace(words=short.get(day.status, whole.words))


def paint(day: MarketDay | None) -> Paint:
    """Return the colours of the truck's panel."""
    if day and day.is_cancelled:
        return Paint("no", "grape")
    if day and day.is_moved:
        return Paint("moved", "sun")
    if day and day.has_other_hours:
        return Paint("short", "night")
    return Paint("", "fire")


def presence(day: MarketDay, status: str) -> Presence:
    """Return what is known of who has this status; sure only if the day is, too."""
    if day.is_cancelled:
        return Presence.NO_MARKET
    if status == Attendance.Status.ABSENT:
        return Presence.ABSENT
    is_sure = day.status != MarketDay.Status.SCHEDULED
    if is_sure and status == Attendance.Status.CONFIRMED:
        return Presence.COMES
    return Presence.EXPECTED


def presence_chip(
    day: MarketDay, status: str, phase: Phase, *, near: bool = False
) -> Chip:
    """Return whether who has this status comes, with the day's name."""
    one = presence(day, status)
    message = {
        Presence.COMES: _("Comes {when}"),
        Presence.EXPECTED: _("Expected {when}"),
        Presence.ABSENT: _("Does not come {when}"),
        Presence.NO_MARKET: _("There is no market {when}"),
    }[one]
    words = message.format(when=when(day, phase, near=near))
    return Chip(*PRESENCE_SIGNS[one], capfirst(words))


def return_words(day: MarketDay | None) -> str:
    """Say when the market is held again; day is the next that is not cancelled.

    Sentences that end in a time do so without a full stop: «a. m.» has its own.
    """
    if not day:
        return _("There is no date for the next market yet.")
    message = _("We are back on {date} at {time}")
    if day.status == MarketDay.Status.SCHEDULED:
        message = _("The next one would be on {date} at {time}; not confirmed yet.")
    elif day.is_moved:
        message = _("We are back on {date} at {time}, at another place: {place}.")
    return message.format(
        date=long_date(day.date), time=_the_hour(day.opens), place=day.place
    )


def shop_words(shop: Venue | None, date: dt.date) -> str:
    """Say when the shop is open on a date without a market; nothing if unknown.

    shop comes with its hours, as from an Agenda.
    """
    week = shop.opening_hours.all() if shop else []
    special = shop.special_hours.all() if shop else []
    if not (week or special_on(date, special)):
        return ""
    held = periods_on(date, week, special)
    if not held:
        return _("The {shop} is closed that day, too.").format(shop=shop)
    spans = [hours(one.opens.time(), one.closes.time()) for one in held]
    message = _("Meanwhile, the {shop} is open that day, {hours}")
    return message.format(shop=shop, hours=", ".join(spans))


def _over(day):
    if day.status == MarketDay.Status.SCHEDULED:
        return _("Nobody confirmed it")
    return _("The market is over")


def _unconfirmed(phase, name):
    if phase in ON_THE_DAY:
        return _("Today's market is not confirmed")
    return _("Not confirmed yet: {when}").format(when=name)


def _running(day, phase):
    """Where a market is that is held now: on the avenue only if it is at home."""
    time = _the_hour(day.closes)
    if phase == Phase.LAST_HOUR:
        return Chip("moved", "clock", _("Last hour: until {time}").format(time=time))
    if day.is_moved:
        message = _("We are at another place until {time}")
        return Chip("moved", "move", message.format(time=time))
    message = _("The market is on until {time}")
    if day.venue.is_main:
        message = _("We are on the avenue until {time}")
    return Chip("yes", "check", message.format(time=time))


def _ahead(day, name):
    if day.is_moved and day.has_other_hours:
        words = _("Only {when}: another place and other hours").format(when=name)
        return Chip("moved", "move", words)
    if day.has_other_hours:
        words = _("Only {when}: other hours").format(when=name)
        return Chip("moved", "clock", words)
    if day.is_moved:
        words = _("Only {when}: another place").format(when=name)
        return Chip("moved", "move", words)
    words = _("Yes, there is a market {when}").format(when=name)
    return Chip("yes", "check", capfirst(words))


def _the_hour(time):
    """A time after «at» or «until»; Spanish says «la 1» and «las 2»."""
    hour = time.hour % NOON or NOON
    return ngettext("{time}", "{time}", hour).format(time=clock(time))
