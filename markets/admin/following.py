"""Lets the market days follow a change of the hours or of who takes part."""

from django.contrib import messages
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext

from markets import actions, desk
from markets.actions import Scheduled
from markets.models import Venue
from producers.clock import hours

from .announcing import announcements, ask_if_announced

# As many as a message can be read with.
NAMED = 6


def follow_hours(request, venue: Venue):
    """Let a market's days follow its hours; name those that staff changed by hand."""
    if venue.kind != Venue.Kind.MARKET:
        return
    today = timezone.localdate()
    done = actions.schedule_market_days(first_date=today)
    ask_if_announced(request, done.days)
    if done.made or done.changed:
        tell_scheduled(request, done)
    days = desk.days_against_hours(venue=venue, first_date=today)
    if days:
        warning = gettext(
            "Changed by hand, so these days do not follow the hours. People still "
            "read: {}"
        )
        links = _links(request, days)
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
    if done.days:
        read = gettext("People read now: {}")
        messages.info(request, format_html(read, _links(request, done.days)))


def _links(request, days):
    """Return what people read of each day, leading to it; of many, of the first."""
    told = announcements(request, days[:NAMED])
    links = format_html_join(
        " · ", '<a href="{}">{}</a> {}', [(one.address, *_said(one)) for one in told]
    )
    more = len(days) - len(told)
    if not more:
        return links
    words = ngettext("and {count} more day", "and {count} more days", more)
    address = reverse("admin:markets_marketday_changelist")
    return format_html(
        '{} · <a href="{}">{}</a>', links, address, words.format(count=more)
    )


def _said(one):
    """Return the sentence on a day, and its hours if it is held."""
    day = one.day
    return one.headline, "" if day.is_cancelled else hours(day.opens, day.closes)
