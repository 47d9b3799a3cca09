"""The shop and the market days in the words of schema.org, for search engines.

Source: schema.org's page of each type; Google's on events and local businesses.
"""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from producers.models.contact import PHONE_KINDS
from producers.structured import NAME, SCHEMA, Absolute, filled

from . import words
from .models import MarketDay, Venue
from .schedule import Phase, period

DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
# For reckoning with times of day.
SOME_DATE = dt.date(2026, 1, 1)
CLOSED = {"opens": "00:00", "closes": "00:00"}


def shop(venue: Venue, today: dt.date, absolute: Absolute) -> dict:
    """Return a shop that came with its hours and public contacts, without a query.

    Hours that ended before today are left out; without any, nothing is said of them.
    """
    hours = [one for one in venue.opening_hours.all() if _lasts(one, today)]
    special = [one for one in venue.special_hours.all() if one.last_date >= today]
    phones = [
        "+" + "".join(sign for sign in contact.href if sign.isdigit())
        for contact in venue.shown_contacts
        if contact.kind in PHONE_KINDS and contact.href
    ]
    return filled(
        {
            "@type": "GroceryStore",
            "name": venue.name,
            "url": absolute(reverse("markets:shop")),
            "description": _doubt(venue),
            **_place_of(venue),
            "telephone": list(dict.fromkeys(phones)),
            "openingHoursSpecification": [_weekly(one) for one in hours],
            "specialOpeningHoursSpecification": [_special(one) for one in special],
        }
    )


def market_day(day: MarketDay, phase: Phase, absolute: Absolute) -> dict:
    """Return a market day that came with its venue, without a query."""
    return {
        "@type": "Event",
        "name": day.venue.name,
        **_previous_start(day),
        "startDate": day.held.opens.isoformat(),
        "endDate": day.held.closes.isoformat(),
        "eventStatus": f"{SCHEMA}/{_event_status(day)}",
        "eventAttendanceMode": f"{SCHEMA}/OfflineEventAttendanceMode",
        "location": _location(day),
        "organizer": {
            "@type": "Organization",
            "name": NAME,
            "url": absolute(reverse("home")),
        },
        "description": words.announcement(day, phase),
        "isAccessibleForFree": True,
        "url": absolute(day.get_absolute_url()),
    }


def graph(nodes: Iterable[dict]) -> dict:
    """Return several nodes as one document."""
    return {"@graph": list(nodes)}


def _event_status(day):
    """Name schema.org's EventStatusType.

    EventRescheduled is about time, and asks for a previous start. For another place
    there is no such type (EventMovedOnline means a website): if it has its usual
    hours, or none are known, the event stays scheduled at its new location.
    """
    if day.is_cancelled:
        return "EventCancelled"
    return "EventRescheduled" if _is_rescheduled(day) else "EventScheduled"


def _is_rescheduled(day):
    return day.has_other_hours and day.usual_opens is not None


def _previous_start(day):
    if not _is_rescheduled(day):
        return {}
    usual = period(day.date, day.usual_opens, day.usual_closes)
    return {"previousStartDate": usual.opens.isoformat()}


def _location(day):
    if day.is_moved:
        address = _address(street=day.moved_to)
        return {"@type": "Place", "name": day.moved_to, "address": address}
    return {"@type": "Place", "name": day.venue.name, **_place_of(day.venue)}


def _place_of(venue):
    place = {"address": _address(street=venue.street, locality=venue.district)}
    if venue.latitude is not None:
        place["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": float(venue.latitude),
            "longitude": float(venue.longitude),
        }
    return place


def _address(*, street, locality=""):
    return filled(
        {
            "@type": "PostalAddress",
            "streetAddress": street,
            "addressLocality": locality,
            "addressRegion": "Lima",
            "addressCountry": "PE",
        }
    )


def _weekly(row):
    return filled(
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": f"{SCHEMA}/{DAYS[row.day_of_week]}",
            **_times(row),
            "validFrom": row.valid_from and row.valid_from.isoformat(),
            "validThrough": row.valid_through and row.valid_through.isoformat(),
        }
    )


def _special(row):
    return {
        "@type": "OpeningHoursSpecification",
        **(CLOSED if row.is_closed else _times(row)),
        "validFrom": row.first_date.isoformat(),
        "validThrough": row.last_date.isoformat(),
    }


def _times(row):
    """Write the hours; a closing before the opening is the next day's there as here.

    With both the same the venue is open day and night, which would say «closed».
    """
    closes = row.closes
    if closes == row.opens:
        opened = dt.datetime.combine(SOME_DATE, row.opens)
        closes = (opened - dt.timedelta(minutes=1)).time()
    return {"opens": f"{row.opens:%H:%M}", "closes": f"{closes:%H:%M}"}


def _lasts(row, today):
    return row.valid_through is None or row.valid_through >= today


def _doubt(venue):
    if venue.confirmed_date:
        return ""
    return _("Nobody from the market has confirmed these hours and this place yet.")
