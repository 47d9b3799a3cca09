from django import template
from django.template.defaultfilters import date as format_date
from django.utils.translation import gettext as _

from .look import placa

register = template.Library()


@register.simple_tag
def totals(regions):
    """Return how many producers there are, and from how many regions."""
    counts = [region.producer_count for region in regions]
    return {"producers": sum(counts), "regions": sum(1 for count in counts if count)}


@register.simple_tag(takes_context=True)
def date_plate(context):
    """Draw the truck's number plate with the next market's date: DOM-29."""
    day = getattr(context["request"], "next_market_day", None)
    number = format_date(day.date, "D-j").upper() if day else _("SOON")
    return placa("LIMA", number)
