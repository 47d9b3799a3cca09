"""The market day on every page whose answer its state changes.

Tags read request.agenda; without one, as before the middleware, there is no date.
"""

from django import template
from django.utils.translation import get_language

from markets import status, words
from markets.models import Attendance, MarketDay
from markets.schedule import Phase
from producers import clock

register = template.Library()

SUNDAYS_SHOWN = 4

register.filter("clock", clock.clock, expects_localtime=True)
register.filter("last_check", words.last_check)
register.filter("long_date", words.long_date, expects_localtime=True)
register.filter("sentence", words.sentence)


@register.filter
def headline_ahead(day):
    """Return the state of a later day in one sentence, with its date."""
    return words.headline(day, Phase.AHEAD)


@register.filter
def hours(row):
    """Write the hours of whatever opens and closes: «8 a. m. a 2 p. m.»."""
    return clock.hours(row.opens, row.closes)


@register.simple_tag
def status_chip(day, phase, near):
    """Return a day's state as a status.Chip; near lets it say «this Sunday».

    Quechua has the states without a date alone: agroferias/quechua.py.
    """
    if day and get_language() == "qu":
        return status.short_chip(day, phase)
    return status.chip(day, phase, near=bool(near))


@register.inclusion_tag("markets/_notices.html", takes_context=True)
def notices(context):
    """Show the messages of the moment across the site."""
    agenda = _agenda(context)
    return {"notices": agenda.notices if agenda else []}


@register.inclusion_tag("markets/_next_line.html", takes_context=True)
def next_market_line(context):
    """Say in one line whether, when and where the next market is."""
    return _next_market(context)


@register.simple_tag(takes_context=True)
def next_market_headline(context):
    """Return the next market day's state in one sentence, or nothing."""
    market = _next_market(context)
    day = market["day"]
    return words.headline(day, market["phase"]).rstrip(".") if day else ""


@register.simple_tag(takes_context=True)
def next_market_announcement(context):
    """Return all there is to say of the next market day, for a link's preview."""
    return _next_market(context).get("announcement", "")


@register.inclusion_tag("markets/_panel.html", takes_context=True)
def market_panel(context):
    """Say on the truck's panel whether there is a market, when and where."""
    market, agenda = _next_market(context), _agenda(context)
    day = market["day"]
    if day and day.is_cancelled:
        shop_words = status.shop_words(agenda.shop, day.date)
        market |= {"shop": agenda.shop, "shop_words": shop_words}
    return market | {"agenda": agenda, "paint": status.paint(day)}


@register.inclusion_tag("markets/_strip.html", takes_context=True)
def market_strip(context, *, coming=False):
    """Say in a strip whether, when and where the next market is.

    coming: on a page that shows only who or what comes to it; a cancelled day then
    says why there is nothing.
    """
    return _next_market(context) | {"coming": coming}


@register.simple_tag(takes_context=True)
def comes_next(context, producer):
    """Return a producer's part in the next market day; None if not on its list.

    A dict of the day and its state, the chip, and unless it is cancelled the
    presence, the reason of an absence, the stall if its number holds that day, and
    whether the plan shows them.
    """
    market = _next_market(context)
    day = market["day"]
    if day and day.is_cancelled:
        return market | {"chip": status.chip(day, market["phase"], near=market["near"])}
    attendance = _attendance(day, producer) if day else None
    if not attendance:
        return None
    is_shown = attendance.is_coming and day.has_plan
    return market | {
        "presence": status.presence(day, attendance.status),
        "chip": _presence_chip(market, attendance.status),
        "attendance": attendance,
        "reason": "" if attendance.is_coming else attendance.shown_reason,
        "stall": attendance.stall if is_shown else None,
        "has_plan": is_shown,
    }


@register.simple_tag(takes_context=True)
def stalls_of(context, producers):
    """Return {producer's pk: stall number} of those who come to the next market day.

    A number is None if none is given, or if the day is held at another place. One
    query for any number of producers.
    """
    day = _next_market(context)["day"]
    rows = _on_the_list(day, producers).items()
    return {pk: _number(day, row) for pk, row in rows if row.is_coming}


@register.simple_tag
def stall_for(stalls, producer):
    """Return a producer's number out of stalls_of(), or None."""
    return stalls.get(producer.pk)


@register.inclusion_tag("markets/_product_offerings.html", takes_context=True)
def product_offerings(context, product, offerings, month):
    """List who offers a product: those in season first, of them those who come.

    The level of those who come is that of the market day's month, which may be the
    next one.
    """
    market = _next_market(context)
    offerings = list(offerings)
    listed = _on_the_list(market["day"], [one.producer for one in offerings])
    rows = [_offering_row(market, one, listed, month) for one in offerings]
    rows.sort(key=lambda row: (not row["level"], not row["comes"]))
    bring = [row for row in rows if row["comes"] and row["level"]]
    shown = {"product": product, "rows": rows, "bring": bring, "month": month}
    return market | shown


@register.inclusion_tag("markets/_sundays.html", takes_context=True)
def coming_sundays(context, producer):
    """List the next market days, of any market, that a producer is on the list of."""
    agenda = _agenda(context)
    if not agenda:
        return {"rows": []}
    attendances = (
        Attendance.objects.filter(
            producer=producer, market_day__in=MarketDay.objects.not_over(agenda.moment)
        )
        .select_related("market_day__venue", "stall")
        .order_by("market_day__date", "pk")
    )
    shown = attendances[:SUNDAYS_SHOWN]
    return {"producer": producer, "rows": [_sunday(one) for one in shown]}


def _agenda(context):
    return getattr(context.get("request"), "agenda", None)


def _next_market(context):
    """What every partial on the next market day may say of it."""
    agenda = _agenda(context)
    day = agenda.next_day if agenda else None
    market = {"day": day, "ended": words.ended(agenda and agenda.ended_today)}
    if not day:
        return market
    phase = day.phase(agenda.moment)
    market |= {
        "phase": phase,
        "near": status.is_near(day, agenda.moment),
        "announcement": words.announcement(day, phase),
        "headline": words.headline(day, phase),
        "facts": words.where_and_when(day),
        "doubt": words.doubt(day.venue),
        "sunday": agenda.sunday_after,
        # Who reads of a day that nobody confirmed wants to know how old that is.
        "check": words.last_check(day) if _is_unconfirmed(day) else "",
    }
    if day.is_cancelled:
        next_held = agenda.next_held_after(day)
        market |= {"next_held": next_held, "back": status.return_words(next_held)}
    return market


def _is_unconfirmed(day):
    return day.status == MarketDay.Status.SCHEDULED


def _attendance(day, producer):
    attendances = Attendance.objects.filter(market_day=day.pk, producer=producer)
    return attendances.select_related("stall").first()


def _on_the_list(day, producers):
    """Return {producer's pk: Attendance with its stall} of the list of a held day."""
    if not day or day.is_cancelled:
        return {}
    listed = Attendance.objects.filter(
        market_day=day.pk, producer__in=[producer.pk for producer in producers]
    )
    return {one.producer_id: one for one in listed.select_related("stall")}


def _number(day, attendance):
    """The number of a stall, if there is one and it holds on that day."""
    stall = attendance.stall
    return stall.number if stall and day.has_plan else None


def _presence_chip(market, attendance_status):
    day, phase, near = market["day"], market["phase"], market["near"]
    return status.presence_chip(day, attendance_status, phase, near=near)


def _offering_row(market, offering, listed, month):
    """One who offers a product; those who come with the level of that day's month."""
    day, row = market["day"], listed.get(offering.producer_id)
    comes = row is not None and row.is_coming
    shown_month = day.date.month if comes else month
    level = offering.season[shown_month - 1]
    return {
        "offering": offering,
        "comes": comes,
        "stall": _number(day, row) if comes and level else None,
        "month": shown_month,
        "level": level,
        "chip": _presence_chip(market, row.status) if row else None,
    }


def _sunday(attendance):
    """One coming day of a producer; the plan's address only if it shows them."""
    day = attendance.market_day
    is_shown = attendance.is_coming and day.has_plan
    return {
        "attendance": attendance,
        "day": day,
        "presence": status.presence(day, attendance.status),
        "is_shown": is_shown,
        "stall": attendance.stall if is_shown else None,
    }
