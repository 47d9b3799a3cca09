import datetime as dt

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from markets.models import OpeningHours, SpecialHours, Venue
from producers.admin.rows import PlacedErrorsForm, RowsFormSet, message_of
from producers.admin.staff import StaffAdmin, StaffFields
from producers.clock import hours

from .announcing import AsksFirst
from .following import follow_hours

MINUTES_A_DAY = 24 * 60
MINUTES_A_WEEK = 7 * MINUTES_A_DAY
DATES = ("first_date", "last_date")
IN_ORDER = "markets_specialhours_dates_in_order"
PAST_MIDNIGHT = _("A market closes on the day on which it opens.")


class ExchangingRows(RowsFormSet):
    """The hours of one venue, which may exchange their times and dates."""

    def faults(self, row):
        is_market = self.instance.kind == Venue.Kind.MARKET
        opens, closes = row.get("opens"), row.get("closes")
        if is_market and opens and closes and closes <= opens:
            yield "closes", PAST_MIDNIGHT

    def save(self, commit=True):
        # The database looks at each row as it is saved: two that exchange their
        # times would meet half-way. None is there while they are written anew.
        changed = [
            form.instance.pk for form in self.initial_forms if form.has_changed()
        ]
        self.model.objects.filter(pk__in=changed).delete()
        return super().save(commit=commit)


class RowOfVenue(PlacedErrorsForm):
    """One of the rows that ExchangingRows compares with one another."""

    def _get_validation_exclusions(self):
        # The constraint's own check would see stored rows that the page moves away.
        return super()._get_validation_exclusions() | {"venue"}


class OpeningHoursForm(RowOfVenue):
    """One period of the week."""

    constraint_fields = {
        "markets_openinghours_valid_in_order": "valid_through",
        "markets_openinghours_closes_after_opening": "closes",
    }


class OpeningHoursRows(ExchangingRows):
    """The week of one venue; no two periods cover the same time."""

    def clashes(self, row, earlier):
        if _overlap(row, earlier):
            name = "markets_openinghours_no_overlap"
            yield "opens", message_of(OpeningHours, name)


class OpeningHoursInline(StaffFields, admin.TabularInline):
    model = OpeningHours
    form = OpeningHoursForm
    formset = OpeningHoursRows
    extra = 0
    ordering = ["day_of_week", "opens", "pk"]


class SpecialHoursForm(PlacedErrorsForm):
    """Days that are closed, or keep other hours."""

    constraint_fields = {
        IN_ORDER: "last_date",
        "markets_specialhours_closes_after_opening": "closes",
        "markets_specialhours_closed_or_hours": "is_closed",
        "markets_specialhours_closed_or_open": "first_date",
        "markets_specialhours_no_overlap": "opens",
    }

    def clean(self):
        super().clean()
        first, last = (self.cleaned_data.get(name) for name in DATES)
        if first and last and last < first:
            # The database takes no such dates even to look for others like them.
            self.add_error("last_date", message_of(SpecialHours, IN_ORDER))


class SpecialHoursPageForm(SpecialHoursForm):
    """Special hours on a page of their own."""

    def clean(self):
        super().clean()
        data = self.cleaned_data
        venue, opens, closes = (data.get(name) for name in ("venue", "opens", "closes"))
        is_market = venue and venue.kind == Venue.Kind.MARKET
        if is_market and opens and closes and closes <= opens:
            self.add_error("closes", PAST_MIDNIGHT)


class SpecialHoursRow(RowOfVenue, SpecialHoursForm):
    """Special hours on the page of their venue."""


class SpecialHoursRows(ExchangingRows):
    """The special hours of one venue; each date is closed, or has its periods."""

    def clashes(self, row, earlier):
        if not _have(row, earlier, "is_closed") or not _share_dates(row, earlier):
            return
        if row["is_closed"] != earlier["is_closed"]:
            name = "markets_specialhours_closed_or_open"
            yield "first_date", message_of(SpecialHours, name)
        elif not row["is_closed"] and _share_time(row, earlier):
            name = "markets_specialhours_no_overlap"
            yield "opens", message_of(SpecialHours, name)


class SpecialHoursInline(StaffFields, admin.TabularInline):
    model = SpecialHours
    form = SpecialHoursRow
    formset = SpecialHoursRows
    extra = 0
    ordering = ["first_date", "opens", "pk"]


@admin.register(SpecialHours)
class SpecialHoursAdmin(AsksFirst, StaffAdmin):
    form = SpecialHoursPageForm
    change_form_template = "admin/markets/specialhours/change_form.html"
    empty_help = _(
        "No special hours yet. Add the days on which a market or shop closes, or "
        "keeps other hours."
    )
    list_display = ["first_date", "last_date", "venue", "is_closed", "hours", "reason"]
    list_filter = ["venue", "is_closed"]
    list_select_related = ["venue"]
    search_fields = ["reason", "venue__name"]
    search_help_text = _("Reason or venue")
    ordering = ["-first_date", "opens", "pk"]
    fields = [
        "venue",
        ("first_date", "last_date"),
        "is_closed",
        ("opens", "closes"),
        ("reason", "reason_en"),
    ]

    @admin.display(description=_("hours"), ordering="opens")
    def hours(self, special):
        return None if special.is_closed else hours(special.opens, special.closes)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        _follow(request, {form.initial.get("venue"), obj.venue_id})

    def after_restore(self, request, row, was):
        _follow(request, {was.venue_id, row.venue_id})

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        _follow(request, {obj.venue_id})

    def delete_queryset(self, request, queryset):
        venues = {*queryset.values_list("venue", flat=True)}
        super().delete_queryset(request, queryset)
        _follow(request, venues)


def _follow(request, venues):
    for venue in Venue.objects.filter(pk__in=venues - {None}).order_by("pk"):
        follow_hours(request, venue)


def _overlap(row: dict, other: dict) -> bool:
    """Whether two rows of opening hours cover a common time, on a common date."""
    if not (_has_hours(row) and _has_hours(other)):
        return False
    start, end = _week_minutes(row)
    other_start, other_end = _week_minutes(other)
    first, last = _validity(row)
    other_first, other_last = _validity(other)
    # Sunday's night reaches into Monday: look at the week before and after, too.
    share_minutes = any(
        start + shift < other_end and other_start < end + shift
        for shift in (-MINUTES_A_WEEK, 0, MINUTES_A_WEEK)
    )
    return share_minutes and first <= other_last and other_first <= last


def _has_hours(row):
    return {"day_of_week", "opens", "closes"} <= row.keys()


def _week_minutes(row):
    """Return a period's minutes since Monday 0:00; closing may be the next day."""
    midnight = row["day_of_week"] * MINUTES_A_DAY
    opens, closes = _minutes(row)
    return midnight + opens, midnight + closes


def _minutes(row):
    """Return a period's minutes since midnight; closing may be the next day."""
    opens, closes = (
        row[name].hour * 60 + row[name].minute for name in ("opens", "closes")
    )
    return opens, closes + (MINUTES_A_DAY if closes <= opens else 0)


def _validity(row):
    first, last = row.get("valid_from"), row.get("valid_through")
    return first or dt.date.min, last or dt.date.max


def _share_dates(row, other):
    if not _have(row, other, "first_date", "last_date"):
        return False
    return (
        row["first_date"] <= other["last_date"]
        and other["first_date"] <= row["last_date"]
    )


def _have(row, other, *names):
    return all(one.get(name) is not None for one in (row, other) for name in names)


def _share_time(row, other):
    if not _have(row, other, "opens", "closes"):
        return False
    start, end = _minutes(row)
    other_start, other_end = _minutes(other)
    return start < other_end and other_start < end
