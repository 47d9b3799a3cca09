from django import template
from django.utils.translation import ngettext

from markets import words
from markets.models import Attendance, Subscriber

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


@register.simple_tag
def told_by_mail(day):
    """Say how many subscribers a change of a day is told; nothing if it is to none."""
    count = Subscriber.objects.confirmed().count() if day.venue.is_main else 0
    if not count:
        return ""
    message = ngettext(
        "{count} person is told of it by e-mail.",
        "{count} people are told of it by e-mail.",
        count,
    )
    return message.format(count=count)
