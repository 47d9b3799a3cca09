import datetime as dt

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
    return placa("LIMA", plate_number(day.date) if day else _("SOON"))


def plate_number(date: dt.date) -> str:
    """Return a date as it stands on a number plate: DOM-29."""
    return format_date(date, "D-j").upper()
