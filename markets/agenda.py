"""What the pages say of the market and the shop at one moment."""

import datetime as dt
from functools import cached_property

from django.utils import timezone

from .models import MarketDay, Notice, Venue
from .schedule import Opening, Phase, opening_at

# Enough to look past weeks of cancelled Sundays for the one that is held again.
DAYS_READ = 10
WEEK = 7
SUNDAY = 6


class Agenda:
    """The main market's next days, the shop and the notices, at a moment.

    Each is read once, in one query and the shop in four, when first asked for.
    """

    def __init__(self, moment: dt.datetime):
        self.moment = timezone.localtime(moment)
        self._held_after = {}

    @cached_property
    def _days(self):
        days = MarketDay.objects.of_main_market().on_or_after(self.moment.date())
        return list(days[:DAYS_READ])

    @property
    def next_day(self) -> MarketDay | None:
        """The soonest market day that is not over; it may be cancelled."""
        return next((day for day in self._days if not self._is_over(day)), None)

    @property
    def sunday_after(self) -> MarketDay | None:
        """The Sunday that is not next because of a day within the week before it."""
        extra = self.next_day
        if extra is None or extra.date.weekday() == SUNDAY:
            return None
        week = (day for day in self._days if 0 < (day.date - extra.date).days < WEEK)
        return next((day for day in week if day.date.weekday() == SUNDAY), None)

    @property
    def ended_today(self) -> MarketDay | None:
        """Today's market day, if it is over and was not cancelled."""
        over = (day for day in self._days if self._is_over(day))
        return next((day for day in over if not day.is_cancelled), None)

    def next_held_after(self, day: MarketDay) -> MarketDay | None:
        """Return the soonest day after a coming one that is not cancelled.

        Of the same venue. One query where the main market's next days do not tell.
        """
        later = (one for one in self._days if one.date > day.date)
        known = next((one for one in later if not one.is_cancelled), None)
        if day.venue.is_main and (known or len(self._days) < DAYS_READ):
            return known
        if day.pk not in self._held_after:
            days = MarketDay.objects.filter(venue=day.venue_id).on_or_after(day.date)
            held = days.exclude(pk=day.pk).exclude(status=MarketDay.Status.CANCELLED)
            self._held_after[day.pk] = held.first()
        return self._held_after[day.pk]

    def _is_over(self, day):
        return day.phase(self.moment) == Phase.OVER

    @cached_property
    def notices(self) -> list[Notice]:
        """The notices of the moment, the gravest first."""
        return list(Notice.objects.shown_at(self.moment))

    @cached_property
    def shop(self) -> Venue | None:
        """The shop, with its hours and public contacts."""
        return Venue.objects.shop()

    @cached_property
    def shop_opening(self) -> Opening:
        """Whether the shop is open; only if there is a shop."""
        hours = self.shop.opening_hours.all(), self.shop.special_hours.all()
        return opening_at(self.moment, *hours)
