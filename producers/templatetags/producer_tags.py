from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def duration(minutes):
    """Write minutes as hours and minutes: «2 h 30», «45 min», «24 h»."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("{minutes} min").format(minutes=rest)
    if not rest:
        return _("{hours} h").format(hours=hours)
    return _("{hours} h {minutes}").format(hours=hours, minutes=f"{rest:02}")


@register.filter
def soles(price):
    """Write a price as Lima does: «S/ 8», «S/ 4.50», unbroken."""
    amount = f"{price:.0f}" if price == int(price) else f"{price:.2f}"
    return f"S/\xa0{amount}"
