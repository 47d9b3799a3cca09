"""What the market days, the shelf and the producers' answers ask of a person."""

import datetime as dt

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from markets.models import Attendance, MarketDay, Proposal, ShelfItem, Venue
from markets.words import long_date
from producers.admin.tasks import Check, Urgency

from .decision import DECIDE

# Fewer than that, and somebody's calendar ends.
WEEKS_TO_HAVE = 8
ATTENDANCE = ngettext_lazy(
    "{count} producer of the next market's list not checked",
    "{count} producers of the next market's list not checked",
    "count",
)
SHELF = ngettext_lazy(
    "{count} item on the shelf not checked today",
    "{count} items on the shelf not checked today",
    "count",
)
PROPOSALS = ngettext_lazy(
    "{count} answer of a producer to be decided on",
    "{count} answers of producers to be decided on",
    "count",
)


class UncheckedFilter(admin.SimpleListFilter):
    """The items on the shelf that nobody has looked at today."""

    title = _("last checked")
    parameter_name = "checked"

    def lookups(self, request, model_admin):
        return [("not_today", _("Not checked today"))]

    def queryset(self, request, queryset):
        if self.value() != "not_today":
            return queryset
        return queryset.unchecked_on(request.agenda.moment.date())


def of_markets(today: dt.date, day: MarketDay | None) -> list[Check]:
    """Return the checks of the markets and the shop; day: the next of the main market.

    A day that is cancelled asks for nothing.
    """
    of_day = [] if day is None or day.is_cancelled else _of_day(day)
    return [*of_day, _of_shelf(today), _of_proposals(), _of_days_ahead(today)]


def _of_day(day):
    words = gettext("The market of {date} is not confirmed yet")
    words = words.format(date=long_date(day.date))
    address = reverse("admin:markets_marketday_change", args=[day.pk])
    may_change = "markets.change_marketday"
    days = MarketDay.objects.filter(pk=day.pk).unconfirmed()
    coming = Attendance.objects.filter(market_day=day).unchecked()
    may_tick = (may_change, "markets.change_attendance")
    to_list = f"{address}#attendances-group"
    return [
        Check("day", Urgency.NOW, (may_change,), days, words, address),
        Check("attendance", Urgency.NOW, may_tick, coming, ATTENDANCE, to_list),
    ]


def _of_shelf(today):
    rows = ShelfItem.objects.unchecked_on(today)
    address = f"{reverse('admin:markets_shelfitem_changelist')}?checked=not_today"
    needs = ("markets.change_shelfitem",)
    return Check("shelf", Urgency.NOW, needs, rows, SHELF, address)


def _of_proposals():
    needs = (DECIDE, "markets.view_proposal")
    rows = Proposal.objects.waiting()
    address = reverse("admin:markets_proposal_changelist")
    return Check("proposals", Urgency.SOON, needs, rows, PROPOSALS, address)


def _of_days_ahead(today):
    venues = Venue.objects.filter(is_main=True)
    rows = venues.without_days_from(today + dt.timedelta(weeks=WEEKS_TO_HAVE))
    words = gettext("There are market days for less than 8 weeks: make the next ones")
    needs = ("markets.view_marketday", "markets.add_marketday")
    return Check("days_ahead", Urgency.SOON, needs, rows, words, "#make-days")
