from django import template

from markets import words
from markets.models import Attendance

register = template.Library()

register.filter("headline", words.headline)
register.filter("announcement", words.announcement)
register.filter("where_and_when", words.where_and_when)


@register.filter
def counts(rows):
    """Return (status, label, how many) of a list's stored rows, in their order."""
    statuses = [row.status for row in rows.get_queryset()]
    return [
        (*choice, statuses.count(choice[0])) for choice in Attendance.Status.choices
    ]
