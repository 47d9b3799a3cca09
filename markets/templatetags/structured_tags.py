from django import template

from markets import structured
from producers.structured import script

register = template.Library()


@register.simple_tag(takes_context=True)
def structured_venue(context, shop):
    """Tell search engines of the shop, which came from request.agenda."""
    request = context["request"]
    today = request.agenda.moment.date()
    data = structured.shop(shop, today, request.build_absolute_uri)
    return script(data)


@register.simple_tag(takes_context=True)
def structured_market_day(context, day):
    """Tell search engines of a market day, in the words of the moment."""
    return script(_event(context["request"], day))


@register.simple_tag(takes_context=True)
def structured_market_days(context, days):
    """Tell search engines of several market days; nothing if there are none."""
    events = [_event(context["request"], day) for day in days]
    return script(structured.graph(events)) if events else ""


def _event(request, day):
    phase = day.phase(request.agenda.moment)
    return structured.market_day(day, phase, request.build_absolute_uri)
