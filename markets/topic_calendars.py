"""A product's seasons and a region's market days as calendars to subscribe to."""

import datetime as dt

from django.http import HttpRequest
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from producers.models import Product, Region
from producers.returns import Span, awaited, coming_spans
from producers.season import Level, season_sentence

from . import ics, status
from .controls import without_controls
from .feeds import BEGINNING
from .models import MarketDay

DAY = dt.timedelta(days=1)


def of_product(product: Product, request: HttpRequest) -> bytes:
    """Return the seasons that are not over and begin within a year, a day-long each.

    product: with season and told_at. One that is there all year has its best months;
    without any that differ, or without a season, the calendar's own words say so.
    """
    name = f"{product.shown_name} · {ics.NAME}"
    whole = _calendar(name, season_sentence(product.season))
    address = request.build_absolute_uri(product.get_absolute_url())
    for span in coming_spans(product.season, request.agenda.moment.date()):
        whole.add_component(_season(product, span, address))
    return whole.to_ical()


def of_region(region: Region, days: list[MarketDay], request: HttpRequest) -> bytes:
    """Return the market days to which a region's producers come, with their names.

    days: from MarketDayQuerySet.bringing().
    """
    name = f"{region} · {ics.NAME}"
    message = _("The market days to which producers of {region} come.")
    whole = _calendar(name, message.format(region=region))
    for day in days:
        address = request.build_absolute_uri(day.get_absolute_url())
        whole.add_component(_visit(region, day, address))
    return whole.to_ical()


def season_title(product: Product) -> str:
    """Return what a stretch of a product's season is, in a few words.

    product: with season and has_offerings.
    """
    if awaited(product.season) == {Level.PEAK}:
        message = _("{product}: at its best")
    elif product.has_offerings:
        message = _("{product} is back")
    else:
        message = _("{product}: its usual season")
    return message.format(product=product.shown_name)


def season_text(product: Product) -> str:
    """Return a product's year in words, and whether nobody brings it; as above."""
    parts = [season_sentence(product.season)]
    if not product.has_offerings:
        parts.append(_("Nobody at the market brings it yet."))
    return " ".join(parts)


def _calendar(name, description) -> Calendar:
    return ics.empty(without_controls(name), without_controls(description))


def _season(product, span: Span, address):
    told_at = product.told_at or BEGINNING
    event = Event()
    key = f"{product.pk}-{span.first_date:%Y-%m}"
    event.add("uid", f"season-{key}@agroferias-campesinas")
    event.add("dtstamp", told_at)
    event.add("last-modified", told_at)
    # Seasons are counted nowhere: minutes rise as well.
    event.add("sequence", max(0, int((told_at - BEGINNING).total_seconds() // 60)))
    event.add("dtstart", span.first_date)
    # Exclusive: RFC 5545, 3.6.1.
    event.add("dtend", span.last_date + DAY)
    event.add("transp", "TRANSPARENT")
    event.add("summary", without_controls(season_title(product)))
    event.add("description", without_controls(f"{season_text(product)}\n{address}"))
    event.add("url", address)
    return event


def _visit(region, day, address):
    event = ics.event_of(day, address)
    event["uid"] = f"region-{region.pk}-{event['uid']}"
    told_at = max(day.told_at, day.list_told_at or BEGINNING)
    for name in ("dtstamp", "last-modified"):
        del event[name]
        event.add(name, told_at)
    event["sequence"] += day.list_changes
    event["summary"] = without_controls(f"{ics.summary(day)} · {region}")
    if not day.is_cancelled:
        said = f"{_who_comes(region, day)}\n{event['description']}"
        event["description"] = without_controls(said)
    return event


def _who_comes(region, day):
    messages = {
        status.Presence.COMES: _("Coming from {region}: {names}."),
        status.Presence.EXPECTED: _("Expected from {region}: {names}."),
    }
    lines = []
    for presence, message in messages.items():
        names = [
            one.producer.name
            for one in day.coming_attendances
            if status.presence(day, one.status) == presence
        ]
        if names:
            lines.append(message.format(region=region, names=", ".join(names)))
    return "\n".join(lines)
