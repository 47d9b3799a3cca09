"""Market days as a calendar to subscribe to: RFC 5545, and RFC 7986 for its name."""

import datetime as dt
from collections.abc import Iterable
from functools import cache

from django.http import HttpRequest
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vDuration

from . import words
from .controls import without_controls
from .models import MarketDay
from .schedule import LIMA, Phase

NAME = "Agroferias Campesinas"
PRODID = "-//Agroferias Campesinas//agroferias//ES"
REFRESH = dt.timedelta(hours=1)
# Before the first market. Lima's clocks have stood since 1994.
ZONE_FROM = dt.date(2013, 1, 1)
# RFC 5545 knows no «moved»: such a day is held for certain.
STATUSES = {
    MarketDay.Status.SCHEDULED: "TENTATIVE",
    MarketDay.Status.CONFIRMED: "CONFIRMED",
    MarketDay.Status.MOVED: "CONFIRMED",
    MarketDay.Status.CANCELLED: "CANCELLED",
}


def calendar(days: Iterable[MarketDay], request: HttpRequest) -> bytes:
    """Return a calendar of days, which come with their venue; no query for each.

    The same rows give the same bytes: no moment but the rows' own is in it.
    """
    whole = empty(NAME)
    for day in days:
        address = request.build_absolute_uri(day.get_absolute_url())
        whole.add_component(event_of(day, address))
    return whole.to_ical()


def empty(name: str, description: str = "") -> Calendar:
    """Return a calendar without events, which says what it is."""
    whole = Calendar()
    whole.add("prodid", PRODID)
    whole.add("version", "2.0")
    whole.add("name", name)
    # What Apple, Google and Microsoft read in the place of NAME, DESCRIPTION and
    # REFRESH-INTERVAL.
    whole.add("x-wr-calname", name)
    if description:
        whole.add("description", description)
        whole.add("x-wr-caldesc", description)
    whole.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    whole.add("x-published-ttl", vDuration(REFRESH))
    whole.add_component(_zone())
    return whole


def summary(day: MarketDay) -> str:
    """Return an event's title, which begins with what is not as usual.

    Many calendars show neither its status nor its description.
    """
    message = "{venue}"
    if day.is_cancelled:
        message = _("Cancelled: {venue}")
    elif day.is_moved and day.has_other_hours:
        message = _("Another place and other hours: {venue}")
    elif day.is_moved:
        message = _("Another place: {venue}")
    elif day.has_other_hours:
        message = _("Other hours: {venue}")
    elif day.status == MarketDay.Status.SCHEDULED:
        message = _("Not confirmed: {venue}")
    return message.format(venue=day.venue.name)


@cache
def _zone():
    zone = Timezone.from_tzinfo(LIMA, first_date=ZONE_FROM)
    # It tells of an end that a zone without further changes does not have.
    zone.pop("comment")
    return zone


def event_of(day: MarketDay, address: str) -> Event:
    """Return a day, which comes with its venue, as an event; address: of its page."""
    event = Event()
    event.add("uid", f"market-day-{day.pk}@agroferias-campesinas")
    # Without a METHOD both are the same: RFC 5545, 3.8.7.2.
    event.add("dtstamp", day.told_at)
    event.add("last-modified", day.told_at)
    # Either change makes the sum rise.
    event.add("sequence", day.sequence + day.venue.sequence)
    event.add("dtstart", day.held.opens)
    event.add("dtend", day.held.closes)
    event.add("status", STATUSES[day.status])
    # A market is no appointment: nobody is busy because of it.
    event.add("transp", "TRANSPARENT")
    event.add("summary", without_controls(summary(day)))
    event.add("location", without_controls(day.address))
    # Ahead at any time: what is true on the Monday before is said the same after.
    text = words.announcement(day, Phase.AHEAD)
    event.add("description", without_controls(f"{text}\n{address}"))
    event.add("url", address)
    venue = day.venue
    if venue.latitude is not None and not day.is_moved:
        event.add("geo", (venue.latitude, venue.longitude))
    return event
