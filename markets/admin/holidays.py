"""Public holidays ahead, and what each venue does on them: for staff to decide."""

import datetime as dt
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from markets.actions import WEEKS_AHEAD
from markets.holidays_pe import Holiday, public_holidays
from markets.models import MarketDay, Venue
from markets.schedule import periods_on, special_on
from producers import clock


class AtVenue(NamedTuple):
    """What a venue does on a date, in words; links to change it: (words, address)."""

    venue: Venue
    words: str
    links: list[tuple[str, str]]


class Decision(NamedTuple):
    """A holiday and what each venue does on it at present."""

    holiday: Holiday
    venues: list[AtVenue]


def decisions(user, today: dt.date, venues: QuerySet) -> list[Decision]:
    """Return the holidays of the next 26 weeks, soonest first, for some venues.

    Links lead only where user may go. Four queries, one if there are no venues.
    """
    holidays = public_holidays(today, today + dt.timedelta(weeks=WEEKS_AHEAD))
    dates = [one.date for one in holidays]
    venues = venues.prefetch_related("opening_hours", "special_hours").order_by("pk")
    venues = list(venues)
    stored = MarketDay.objects.filter(date__in=dates, venue__in=venues)
    days = {(day.venue_id, day.date): day for day in stored}
    return [
        Decision(
            holiday,
            [
                _at(user, venue, holiday, days.get((venue.pk, holiday.date)))
                for venue in venues
            ],
        )
        for holiday in holidays
    ]


def _at(user, venue, holiday, day):
    if day:
        return AtVenue(venue, _of_day(day), _to_day(user, day))
    hours, special = venue.opening_hours.all(), venue.special_hours.all()
    periods = periods_on(holiday.date, hours, special)
    times = [clock.hours(one.opens, one.closes) for one in periods]
    done = ", ".join(times) or _("Closed")
    for row in special_on(holiday.date, special)[:1]:
        return AtVenue(venue, f"{done}: {row.reason}", _to_special(user, row))
    return AtVenue(venue, done, _to_decide(user, venue, holiday, bool(periods)))


def _of_day(day):
    status = str(day.get_status_display())
    times = clock.hours(day.opens, day.closes)
    return status if day.is_cancelled else f"{status}, {times}"


def _to_day(user, day):
    address = reverse("admin:markets_marketday_change", args=[day.pk])
    may_view = user.has_perm("markets.view_marketday")
    return [(_("Decide on this day"), address)] if may_view else []


def _to_special(user, special):
    address = reverse("admin:markets_specialhours_change", args=[special.pk])
    may_view = user.has_perm("markets.view_specialhours")
    return [(_("Change"), address)] if may_view else []


def _to_decide(user, venue, holiday, is_open):
    if not user.has_perm("markets.add_specialhours"):
        return []
    given = {
        "venue": venue.pk,
        "first_date": holiday.date.isoformat(),
        "last_date": holiday.date.isoformat(),
        "reason": holiday.name,
    }
    page = reverse("admin:markets_specialhours_add")
    close = (_("Close that day"), f"{page}?{urlencode(given)}")
    # A tick box takes any text but the empty one for a tick.
    other = (_("Other hours"), f"{page}?{urlencode(given | {'is_closed': ''})}")
    return [close, other] if is_open else [other]
