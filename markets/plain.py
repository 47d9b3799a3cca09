"""The next market in plain text: lines of a screen of 60 letters, nothing else."""

import textwrap

from django.utils.translation import gettext as _

from producers.clock import NBSP, hours

from . import status
from .agenda import Agenda
from .models import MarketDay
from .schedule import Phase
from .words import doubt, ended, headline, last_check, sentence

COLUMNS = 60
NAME = "AGROFERIAS CAMPESINAS"


def text(agenda: Agenda, address: str) -> str:
    """Return state, date, hours, place, notice and the page's address, line by line.

    address: of the page that says more, in full; it is the one line that may be longer.
    """
    parts = [NAME, ended(agenda.ended_today), *_next(agenda), address]
    lines = [line for part in parts if part for line in _wrapped(part)]
    return "\n".join([*lines, ""]).replace(NBSP, " ")


def _next(agenda):
    day = agenda.next_day
    if day is None:
        return [_("There is no date for the next market yet.")]
    phase = day.phase(agenda.moment)
    chip = status.chip(day, phase, near=status.is_near(day, agenda.moment))
    return [
        sentence(chip.words),
        headline(day, phase),
        *_facts(day),
        sentence(day.shown_notice.strip()),
        doubt(day.venue),
        *_more(agenda, day),
        headline(agenda.sunday_after, Phase.AHEAD) if agenda.sunday_after else "",
    ]


def _facts(day):
    if day.is_cancelled:
        return []
    times = hours(day.opens, day.closes)
    return [_labelled(_("Hours"), times), _labelled(_("Place"), day.address)]


def _more(agenda, day):
    if day.is_cancelled:
        back = status.return_words(agenda.next_held_after(day))
        return [back, status.shop_words(agenda.shop, day.date)]
    return [last_check(day)] if day.status == MarketDay.Status.SCHEDULED else []


def _labelled(label, words):
    return f"{label}: {words}" if words else ""


def _wrapped(part):
    return textwrap.wrap(part, COLUMNS, break_long_words=False, break_on_hyphens=False)
