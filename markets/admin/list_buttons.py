"""The buttons that decide on many rows of a market day's list at once."""

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.utils.translation import gettext, ngettext

from markets import desk
from markets.models import Attendance, MarketDay
from markets.words import long_date

from .market_day_form import ABSENT_REST

CONFIRM_REST = "_confirm_rest"
COPY = "_copy_last_week"


def press(request, day: MarketDay, reason: str):
    """Do what the pressed button says to the list of a day, and tell what was done."""
    if CONFIRM_REST in request.POST:
        status = Attendance.Status.CONFIRMED
        count = desk.decide_the_rest(day=day, status=status)
        done = ngettext("{count} confirmed.", "{count} confirmed.", count)
    elif ABSENT_REST in request.POST:
        status = Attendance.Status.ABSENT
        count = desk.decide_the_rest(day=day, status=status, reason=reason)
        done = ngettext("{count} does not come.", "{count} do not come.", count)
    elif COPY in request.POST:
        return _copy(request, day)
    else:
        return None
    return _tell(request, day, done.format(count=count))


def _tell(request, day, done):
    """Say what was done, now and in the day's history."""
    messages.info(request, done)
    LogEntry.objects.log_actions(request.user.pk, [day], CHANGE, done)


def _copy(request, day):
    copied = desk.copy_last_week(day=day)
    if copied is None:
        nothing = gettext("There is no earlier market day to copy from.")
        return messages.warning(request, nothing)
    added = ngettext("{count} producer added", "{count} producers added", copied.added)
    stalls = ngettext(
        "{count} stall taken over", "{count} stalls taken over", copied.stalls
    )
    done = gettext("From {date}: {added}, {stalls}.").format(
        date=long_date(copied.source.date),
        added=added.format(count=copied.added),
        stalls=stalls.format(count=copied.stalls),
    )
    return _tell(request, day, done)
