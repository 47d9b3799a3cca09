"""Asks before something that is no market day's own page changes what days say."""

from typing import NamedTuple

from django.db import transaction
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from markets.models import MarketDay
from markets.words import headline
from producers.admin.gone import BRING_BACK

from .market_day_form import ANNOUNCED, READ_FIRST, digest

AGREED = "published"
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - a field's name


class Announcement(NamedTuple):
    """A market day as it will be, the sentence on it, and the address of its screen."""

    day: MarketDay
    headline: str
    address: str


class AnnouncesError(Exception):
    """A save changes what market days say, and nobody has read it yet."""

    def __init__(self, days: list[MarketDay]):
        super().__init__(days)
        self.days = days


def ask_first(request, days: list[MarketDay]):
    """Go on if a user agreed to these days as they are now; else AnnouncesError.

    Called in the transaction that wrote them, for the error to take that back.
    """
    if digest(*days) not in request.POST.getlist(AGREED):
        raise AnnouncesError(days)


def ask_if_announced(request, days: list[MarketDay]):
    """As ask_first(), if one of the days is moved or cancelled."""
    if any(day.status in ANNOUNCED for day in days):
        ask_first(request, days)


def announcements(request, days: list[MarketDay]) -> list[Announcement]:
    """Return what people will read of each of the days."""
    moment = request.agenda.moment
    return [
        Announcement(
            day,
            headline(day, day.phase(moment)),
            reverse("admin:markets_marketday_change", args=[day.pk]),
        )
        for day in days
    ]


class AsksFirst:
    """For StaffAdmin: what is about to be said of market days is shown first.

    What asks is tried out and taken back: the days are those that would change. A
    form comes again with all that was typed; the other ways have a page that asks.
    """

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        arguments = object_id, form_url, extra_context
        try:
            return super().changeform_view(request, *arguments)
        except AnnouncesError as asked:
            request.asked, request.refusal = asked.days, READ_FIRST
            # A row that was to be brought back first is shown as if it were.
            request.POST = request.POST.copy()
            request.POST.pop(BRING_BACK, None)
            return super().changeform_view(request, *arguments)

    def render_change_form(self, request, context, *args, **kwargs):
        days = getattr(request, "asked", [])
        if days:
            # What is asked for is no mistake to correct.
            context |= self._question(request, days) | {"errors": None}
        return super().render_change_form(request, context, *args, **kwargs)

    def delete_view(self, request, object_id, extra_context=None):
        back = self.address("change", object_id)
        return self._or_ask(
            request, super().delete_view, object_id, extra_context, back=back
        )

    def restore_view(self, request, object_id):
        back = self.address("history", object_id)
        return self._or_ask(request, super().restore_view, object_id, back=back)

    def deleted_view(self, request):
        back = self.address("deleted")
        return self._or_ask(request, super().deleted_view, back=back)

    def changelist_view(self, request, extra_context=None):
        back = self.address("changelist")
        return self._or_ask(request, super().changelist_view, extra_context, back=back)

    def _or_ask(self, request, view, *arguments, back):
        if request.method != "POST":
            return view(request, *arguments)
        try:
            with transaction.atomic():
                return view(request, *arguments)
        except AnnouncesError as asked:
            context = self._question(request, asked.days) | {
                **self.admin_site.each_context(request),
                "title": _("This is what people will read"),
                "opts": self.opts,
                "back": back,
                "sent": _sent(request),
            }
            name = "admin/markets/announced.html"
            return TemplateResponse(request, name, context)

    def _question(self, request, days):
        return {
            "announced": announcements(request, days),
            "digest": digest(*days),
            # A save that was asked about in two steps is agreed to in two.
            "agreed": request.POST.getlist(AGREED),
        }


def _sent(request):
    """Return what was sent, as (name, value), to be sent again as it was."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in {TOKEN, AGREED}
    ]
