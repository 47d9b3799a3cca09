from django import template
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def week_days(group):
    """Name the days of a WeekGroup: «Tuesday to Saturday», «Sunday»."""
    first, last = WEEKDAYS[group.first_day], WEEKDAYS[group.last_day]
    if first == last:
        return capfirst(first)
    return capfirst(_("{first} to {last}").format(first=first, last=last))
