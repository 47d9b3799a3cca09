"""Lets the market days follow a change of the hours or of who takes part."""

from django.contrib import messages
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext

from markets import actions, desk
from markets.actions import Scheduled
from markets.models import Venue
from markets.words import long_date
from producers.clock import hours


def follow_hours(request, venue: Venue):
    """Let a market's days follow its hours; name those that staff changed by hand."""
    if venue.kind != Venue.Kind.MARKET:
        return
    today = timezone.localdate()
    done = actions.schedule_market_days(first_date=today)
    if any(done):
        tell_scheduled(request, done)
    days = desk.days_against_hours(venue=venue, first_date=today)
    if days:
        warning = gettext("Changed by hand, so these days do not follow the hours: {}")
        links = format_html_join(" · ", '<a href="{}">{}</a>', map(_link, days))
        messages.warning(request, format_html(warning, links))


def follow_participation(*venues: int):
    """Let the lists from today on follow who takes part in these venues, by key."""
    for venue in Venue.objects.filter(pk__in=venues).order_by("pk"):
        actions.expect_producers(venue=venue, first_date=timezone.localdate())


def tell_scheduled(request, done: Scheduled):
    """Say how many market days were made, and how many follow the hours."""
    made = ngettext("{count} market day made", "{count} market days made", done.made)
    changed = ngettext("{count} changed", "{count} changed", done.changed)
    words = f"{made.format(count=done.made)}, {changed.format(count=done.changed)}."
    messages.info(request, words)


def _link(day):
    address = reverse("admin:markets_marketday_change", args=[day.pk])
    times = hours(day.opens, day.closes)
    return address, f"{long_date(day.date)}, {day.get_status_display()}, {times}"
