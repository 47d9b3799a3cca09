from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from markets.models import Attendance, MarketDay, Venue
from markets.schedule import week_groups

register = template.Library()

SUNDAYS_SHOWN = 4
SHELF_SHOWN = 5
NOON = 12


@register.filter(expects_localtime=True)
def clock(time):
    """Write a time, or a moment's time in Lima: «8 a. m.», «12 m.», «1:30 p. m.»."""
    minutes = f":{time.minute:02}" if time.minute else ""
    hour = f"{time.hour % NOON or NOON}{minutes}"
    if time.hour == NOON and not time.minute:
        return _("{hour} noon").format(hour=hour).replace(" ", "\xa0")
    message = _("{hour} a. m.") if time.hour < NOON else _("{hour} p. m.")
    return message.format(hour=hour).replace(" ", "\xa0")


@register.inclusion_tag("markets/_next_line.html", takes_context=True)
def next_market_line(context):
    """Say in one line when and where the next market is."""
    return {"day": _next_day(context)}


@register.inclusion_tag("markets/_panel.html", takes_context=True)
def market_panel(context):
    """Say on the truck's panel whether there is a market, when and where."""
    day = _next_day(context)
    today = timezone.localdate()
    return {"day": day, "is_today": bool(day) and day.date == today}


@register.simple_tag(takes_context=True)
def comes_next(context, producer):
    """Return the producer's Attendance of the next market day, or None."""
    day = _next_day(context)
    if not day or day.status == MarketDay.Status.CANCELLED:
        return None
    return (
        Attendance.objects.filter(market_day=day.pk, producer=producer)
        .select_related("stall")
        .first()
    )


@register.simple_tag(takes_context=True)
def stalls_of(context, producers):
    """Return {producer's pk: stall number} of those who come to the next market day.

    One query for any number of producers.
    """
    day = _next_day(context)
    if not day or day.status == MarketDay.Status.CANCELLED:
        return {}
    coming = Attendance.objects.coming().filter(
        market_day=day.pk, producer__in=[producer.pk for producer in producers]
    )
    return dict(coming.values_list("producer", "stall__number"))


@register.simple_tag
def stall_for(stalls, producer):
    """Return a producer's number out of stalls_of(), or None."""
    return stalls.get(producer.pk)


@register.inclusion_tag("markets/_product_offerings.html", takes_context=True)
def product_offerings(context, offerings, month):
    """List who offers a product: those in season first, of them those who come."""
    offerings = list(offerings)
    stalls = stalls_of(context, [offering.producer for offering in offerings])
    rows = [
        (offering, offering.producer_id in stalls, stalls.get(offering.producer_id))
        for offering in offerings
    ]
    rows.sort(key=lambda row: (not row[0].season[month - 1], not row[1]))
    return {"rows": rows, "month": month, "day": _next_day(context)}


@register.inclusion_tag("markets/_sundays.html")
def coming_sundays(producer):
    """List the next market days on which a producer is expected or missing."""
    attendances = (
        Attendance.objects.filter(
            producer=producer, market_day__in=MarketDay.objects.not_over(timezone.now())
        )
        .select_related("market_day__venue", "stall")
        .order_by("market_day__date", "pk")
    )
    return {"attendances": attendances[:SUNDAYS_SHOWN]}


@register.inclusion_tag("markets/_shop_band.html")
def shop_band():
    """Show the shop's week, its address, and some of what is on its shelf."""
    shop = Venue.objects.filter(kind=Venue.Kind.SHOP).order_by("pk").first()
    if shop is None:
        return {"shop": None}
    today = timezone.localdate()
    hours = shop.opening_hours.valid_on(today)
    shelf = shop.shelf_items.in_stock_and_drawn()
    return {"shop": shop, "week": week_groups(hours), "shelf": shelf[:SHELF_SHOWN]}


def _next_day(context):
    request = context.get("request")
    return getattr(request, "next_market_day", None)
