"""The ready words of the links that share a page on WhatsApp."""

from django import template
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from markets import words
from markets.status import Presence
from producers.season import Level, level_label
from producers.templatetags.season_tags import how_long

register = template.Library()

# With the address of the page, about 400 characters.
MAX_WORDS = 340
MAX_OPENING = 110
# A reason is cut, but never left out.
MIN_REASON = 60
PRODUCTS_NAMED = 4


@register.simple_tag(takes_context=True)
def share_product(context, product, month):
    """Return a product's season and the next market's state, to be sent with its page.

    The season is that of the market's month if one is held, else of month.
    """
    month = _month_of(_next_day(context), month)
    level, lasts = product.season[month - 1], _lower(how_long(product.season, month))
    if level != Level.NONE:
        lasts = f"{_lower(level_label(level))}, {lasts}"
    opening = Truncator(f"{product.shown_name}: {lasts}.").chars(MAX_OPENING)
    return _message(context, opening)


@register.simple_tag(takes_context=True)
def share_producer(context, producer, offerings, coming, month):
    """Return what a producer brings, whether they come, and the next market's state.

    offerings: those of the page; coming: what comes_next said of the producer.
    """
    day = _next_day(context)
    month = _month_of(day, month)
    # Not offerings.filter(): the page shows them anyway, and reads them once.
    brings = [one.product.shown_name for one in offerings if one.season[month - 1]]
    name = f"{producer}: {', '.join(brings[:PRODUCTS_NAMED])}" if brings else producer
    # What is cut are the products: whether they come is said in full.
    presence = _presence(day, coming)
    name = Truncator(f"{name}.").chars(MAX_OPENING - len(presence))
    return _message(context, " ".join(part for part in (name, presence) if part))


def _next_day(context):
    agenda = getattr(context.get("request"), "agenda", None)
    return agenda.next_day if agenda else None


def _month_of(day, month):
    return day.date.month if day and not day.is_cancelled else month


def _lower(text):
    return text[:1].lower() + text[1:]


def _presence(day, coming):
    if not day or day.is_cancelled:
        return ""
    if not coming:
        return _("Not on the list of the next market.")
    if coming["presence"] == Presence.ABSENT:
        return _("Does not come to the next market.")
    is_sure = coming["presence"] == Presence.COMES
    message = (
        _("Comes to the next market") if is_sure else _("Expected at the next market")
    )
    if coming["stall"]:
        stall = _("stall {number}").format(number=coming["stall"].number)
        return f"{message}, {stall}."
    return f"{message}."


def _message(context, opening):
    """An opening, then state, date, hours and place of the next market, and why."""
    day = _next_day(context)
    if not day:
        nothing = _("There is no date for the next market yet.")
        return f"{opening} {nothing}"
    phase = day.phase(context["request"].agenda.moment)
    parts = [opening, words.headline(day, phase), words.where_and_when(day)]
    parts.append(words.doubt(day.venue))
    room = max(MAX_WORDS - len(" ".join(parts)), MIN_REASON)
    parts.insert(3, words.sentence(Truncator(day.shown_notice.strip()).chars(room)))
    return " ".join(part for part in parts if part)
