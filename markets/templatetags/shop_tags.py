"""What the shop's page and its band on home say."""

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple
from urllib.parse import urlencode

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from markets import open_now, status
from markets.models import SpecialHours
from markets.schedule import is_valid_on, periods_on, special_on, week_groups
from markets.week import coming_special
from markets.words import long_date, sentence
from producers.clock import clock
from producers.models import Product

register = template.Library()

SHELF_DRAWN = 5
HERO_DRAWN = 6
# How far ahead the band on home tells of special hours.
BAND_DAYS = 7
# After so many days what is on the shelf may well be gone.
FRESH_DAYS = 7


class SpecialNote(NamedTuple):
    """Some dates' special hours in words, why, and one of their rows."""

    words: str
    reason: str
    row: SpecialHours


class ShelfProduct(NamedTuple):
    """A product on the shelf, with season, and its items by producer."""

    product: Product
    items: list


@register.inclusion_tag("markets/_shop_band.html", takes_context=True)
def shop_band(context):
    """Show whether the shop is open, its week, and some of what is on its shelf.

    Five queries, of which the shop's four are shared with the rest of the page.
    """
    agenda = context["request"].agenda
    shop = agenda.shop
    if shop is None:
        return {"shop": None}
    today = agenda.moment.date()
    hours = [row for row in shop.opening_hours.all() if is_valid_on(row, today)]
    return {
        "request": context["request"],
        "shop": shop,
        "week": week_groups(hours),
        "special": coming_special(today, shop.special_hours.all(), days=BAND_DAYS),
        "shelf": shop.shelf_items.in_stock().drawn()[:SHELF_DRAWN],
    }


@register.inclusion_tag("markets/_open_badge.html", takes_context=True)
def open_badge(context):
    """Say whether the shop is open now; only where there is a shop."""
    agenda = context["request"].agenda
    today = agenda.moment.date()
    special = agenda.shop.special_hours.all()
    periods = periods_on(today, agenda.shop.opening_hours.all(), special)
    row = next(iter(special_on(today, special)), None)
    badge = open_now.badge(agenda.moment, agenda.shop_opening, periods, row)
    return {"badge": badge}


@register.inclusion_tag("markets/_shop_instead.html", takes_context=True)
def shop_instead(context):
    """Say when the shop opens on the day of a market that is cancelled."""
    agenda = context["request"].agenda
    day = agenda.next_day
    if day is None or not day.is_cancelled:
        return {"day": None}
    return {"day": day, "shop_words": status.shop_words(agenda.shop, day.date)}


@register.filter
def hours_of(rows):
    """Write the hours of a day: «9 a. m. a 8 p. m.», or that it is closed."""
    return open_now.hours_of(rows)


@register.filter
def minutes_of_day(moment):
    """Return the whole minutes from midnight."""
    return moment.hour * 60 + moment.minute


@register.filter
def special_notes(rows) -> list[SpecialNote]:
    """Return special hours in words, a note for all rows of the same dates."""
    notes = []
    for dates, group in groupby(rows, lambda row: (row.first_date, row.last_date)):
        same = list(group)
        hours = open_now.hours_of(row for row in same if not row.is_closed)
        reasons = dict.fromkeys(row.shown_reason for row in same)
        words = _("{dates}: {hours}").format(dates=_span(*dates), hours=hours)
        notes.append(SpecialNote(sentence(words), " ".join(reasons), same[0]))
    return notes


@register.filter
def by_product(items) -> list[ShelfProduct]:
    """Return the items of a shelf, which come by product, grouped by it."""
    products = []
    for product, group in groupby(items, lambda item: item.offering.product):
        same = list(group)
        seasons = [item.offering.season for item in same]
        product.season = [max(levels) for levels in zip(*seasons, strict=True)]
        products.append(ShelfProduct(product, same))
    return products


@register.filter
def drawn_first(products: list[ShelfProduct]) -> list[str]:
    """Return the drawings of the first products on a shelf that have one."""
    drawings = [product.drawing for product, _items in products if product.drawing]
    return drawings[:HERO_DRAWN]


@register.simple_tag
def checked(items: Iterable, moment: dt.datetime) -> str:
    """Say when the items of a shelf were checked, and that it is long ago.

    items: at least one ShelfItem.
    """
    times = sorted(timezone.localtime(item.checked_at) for item in items)
    oldest, newest = (_date_and_time(time) for time in (times[0], times[-1]))
    message = _("Checked on {newest}")
    if oldest != newest:
        message = _("Checked between {oldest} and {newest}")
    words = sentence(message.format(oldest=oldest, newest=newest))
    days = (moment.date() - times[0].date()).days
    if days <= FRESH_DAYS:
        return words
    stale = _("Some of it {days} days ago: ask before you go.")
    if times[0].date() == times[-1].date():
        stale = _("That was {days} days ago: ask before you go.")
    return f"{words} {stale.format(days=days)}"


@register.filter
def ask_url(contact):
    """Return the link that opens WhatsApp with the words of a question."""
    question = _("Hello, is there any … at the shop today?")
    return f"{contact.href}?{urlencode({'text': question})}"


def _span(first, last):
    if first == last:
        return capfirst(long_date(first))
    is_one_month = (first.year, first.month) == (last.year, last.month)
    begin = date_format(first, "j" if is_one_month else "MONTH_DAY_FORMAT")
    end = date_format(last, "MONTH_DAY_FORMAT")
    return _("From {first} to {last}").format(first=begin, last=end)


def _date_and_time(moment):
    return f"{long_date(moment)}, {clock(moment)}"
