"""What the poster of a market day says: the site's own words, none of its own."""

from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.text import Truncator, capfirst

from markets import share, status, words
from markets.agenda import Agenda
from markets.models import MarketDay
from markets.schedule import Phase
from producers.season import Level, level_label

from .poster import Poster
from .templatetags.home_tags import plate_number

LOAD_SIZE = 12
# A reason is cut on a picture: who wants all of it opens the page.
MAX_REASON = 150


class Cargo(NamedTuple):
    """What a poster names and shows of what there is, the best first."""

    best: tuple[str, ...]
    drawings: tuple[str, ...]


def poster_of(
    day: MarketDay, agenda: Agenda, *, host: str = "", cargo: Cargo | None = None
) -> Poster:
    """Return the poster of a day, as known at the moment of agenda.

    host: the site's, for its address. It outlives the moment, so that it says nothing
    of «today». Two queries, none with a cargo; of a cancelled day, those of the agenda
    alone.
    """
    is_over = day.phase(agenda.moment) == Phase.OVER
    phase = Phase.OVER if is_over else Phase.AHEAD
    chip = status.chip(day, phase, near=status.is_near(day, agenda.moment))
    paint = status.paint(day)
    said = _instead(day, agenda) if day.is_cancelled else _held(day, cargo)
    return Poster(
        state=chip.words,
        kind=chip.kind,
        icon=chip.icon,
        date=_date(day),
        is_sure=_is_sure(day),
        is_cancelled=day.is_cancelled,
        panel=paint.panel,
        palette=paint.palette,
        plate=plate_number(day.date),
        address=f"{host}{day.get_absolute_url()}",
        **said,
    )


def _is_sure(day):
    return day.status != MarketDay.Status.SCHEDULED


def _date(day):
    if _is_sure(day):
        return date_format(day.date, "MONTH_DAY_FORMAT")
    return capfirst(words.long_date(day.date))


def _reason(day):
    return words.sentence(Truncator(day.shown_notice.strip()).chars(MAX_REASON))


def _held(day, cargo):
    """Hours and place, and what there is."""
    cargo = cargo or _cargo_of(day)
    street = day.place or day.venue.district
    return {
        "hours": words.hours(day.opens, day.closes),
        "place": street,
        "district": _district(day),
        "left_place": day.venue.street if day.is_moved else "",
        "reasons": (_reason(day),),
        "small_print": words.doubt(day.venue),
        "best_label": level_label(Level.PEAK),
        "best": cargo.best,
        "drawings": cargo.drawings[:LOAD_SIZE],
    }


def _cargo_of(day):
    drawn = share.drawn_products(day)[:LOAD_SIZE]
    names = share.best_names(day)
    return Cargo(tuple(names), tuple(one.drawing for one in drawn))


def _district(day):
    """The line below the place; another market than the main one says its name."""
    name = "" if day.venue.is_main else str(day.venue)
    district = "" if day.is_moved else f"{day.venue.district}, Lima"
    return " · ".join(part for part in (name, district) if part)


def _instead(day, agenda):
    """Why there is no market, when there is one again, and where to buy meanwhile."""
    if day.phase(agenda.moment) == Phase.OVER:
        return {"hours": "", "place": "", "reasons": (_reason(day),)}
    shop = agenda.shop
    shop_words = status.shop_words(shop, day.date)
    doubts = [words.doubt(day.venue), words.doubt(shop) if shop_words else ""]
    return {
        "hours": "",
        "place": "",
        "reasons": (_reason(day), shop_words),
        "back": status.return_words(agenda.next_held_after(day)),
        "small_print": next((one for one in doubts if one), ""),
    }
