"""What is new, for feed readers: notices, changed market days, new producers."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from django.contrib.syndication.views import Feed
from django.db.models import Q
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import conditional_page, require_safe

from producers.models import Producer

from . import words
from .controls import without_controls
from .models import MarketDay, Notice
from .schedule import Phase

MAX_ENTRIES = 30
NAME = "Agroferias Campesinas"
# RFC 4151: an authority and a year, then a name that is never given twice.
TAG = "tag:agroferias-campesinas,2026:"
# When a feed without entries was last changed.
BEGINNING = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


class Entry(NamedTuple):
    """One piece of news; the same id is the same news, which readers show once."""

    id: str
    title: str
    text: str
    link: str
    updated: dt.datetime


class SteadyAtomFeed(Atom1Feed):
    """Atom whose bytes depend on the entries alone, not on the clock."""

    def latest_post_date(self):
        """Return when the newest entry changed."""
        return super().latest_post_date() if self.items else BEGINNING


class EntriesFeed(Feed):
    """The newest of what entries() yields of what get_object() returned."""

    feed_type = SteadyAtomFeed
    author_name = NAME

    @method_decorator(require_safe)
    @method_decorator(conditional_page)
    def __call__(self, request, *args, **kwargs):
        return super().__call__(request, *args, **kwargs)

    def items(self, topic):
        entries = list(self.entries(topic))
        entries.sort(key=lambda entry: (entry.updated, entry.id), reverse=True)
        return entries[:MAX_ENTRIES]

    def item_guid(self, entry):
        return entry.id

    def item_title(self, entry):
        # Atom's titles are plain text: the writer escapes them, once.
        return without_controls(entry.title)

    def item_description(self, entry):
        # Atom1Feed says that summaries are HTML.
        return escape(without_controls(entry.text))

    def item_link(self, entry):
        return entry.link

    def item_updateddate(self, entry):
        return timezone.localtime(entry.updated)


class News(EntriesFeed):
    """What is new at the market, of all kinds."""

    feed_guid = f"{TAG}news"
    subtitle = gettext_lazy("Markets cancelled or moved, notices and new producers.")
    link = reverse_lazy("home")

    def title(self):
        news = _("News")
        return f"{NAME} · {news}"

    def get_object(self, request):
        return request.agenda.moment

    def entries(self, moment):
        """Yield notices, changed days and new producers."""
        yield from _notices(moment)
        yield from _market_days(moment)
        yield from new_producers(moment, Producer.objects.listed())


def _notices(moment):
    """Yield the notices that are shown or were, latest first."""
    notices = Notice.objects.filter(starts_at__lte=moment)
    for notice in notices.order_by("-starts_at", "pk")[:MAX_ENTRIES]:
        message = notice.shown_message
        title = message
        if notice.level != Notice.Level.PLAIN:
            title = f"{notice.get_level_display()}: {message}"
        # One shown again, from a later moment, is news again.
        identity = f"{TAG}notice/{notice.pk}/{notice.starts_at.timestamp():.0f}"
        updated = max(notice.starts_at, notice.changed_at)
        yield Entry(identity, title, message, reverse("home"), updated)


def _market_days(moment):
    """Yield the changed days of the last weeks and later, latest change first.

    A day is news when it is cancelled or moved, and when it changed more than once:
    the first change is its confirmation, a later one corrects what was read.
    """
    is_news = Q(status__in=[MarketDay.Status.CANCELLED, MarketDay.Status.MOVED])
    is_news |= Q(sequence__gt=1)
    days = MarketDay.objects.for_calendar(moment.date()).filter(
        is_news, changed_at__lte=moment
    )
    for day in days.order_by("-changed_at", "pk")[:MAX_ENTRIES]:
        title = words.headline(day, Phase.AHEAD)
        if not day.venue.is_main:
            title = f"{day.venue.name}: {title}"
        yield Entry(
            f"{TAG}market-day/{day.pk}/{day.sequence}",
            title,
            words.announcement(day, Phase.AHEAD),
            day.get_absolute_url(),
            day.told_at,
        )


def new_producers(moment: dt.datetime, listed) -> Iterator[Entry]:
    """Yield those of listed producers published by moment, latest first; no examples.

    One query.
    """
    new = listed.filter(published_at__lte=moment, is_example=False)
    new = new.select_related("region").order_by("-published_at", "pk")
    for producer in new[:MAX_ENTRIES]:
        parts = [producer.place, producer.shown_summary]
        yield Entry(
            f"{TAG}producer/{producer.pk}",
            _("New producer: {producer}").format(producer=producer),
            ". ".join(part for part in parts if part),
            producer.get_absolute_url(),
            producer.published_at,
        )
