from django.contrib import admin
from django.db.models import Count, F, Func, TextField, Value
from django.utils.translation import gettext_lazy as _

from markets.models import Attendance, MarketDay, Notice, Participation
from producers.admin.rows import PlacedErrorsForm, RowsFormSet, message_of, same
from producers.admin.staff import StaffAdmin, StaffFields
from producers.alphabet import by_name

OTHER_VENUE = _("This stall is at another venue.")
# What the public sees of a market day: a change of it raises the day's sequence.
PUBLIC_FIELDS = {
    "venue",
    "date",
    "opens",
    "closes",
    "status",
    "moved_to",
    "notice",
    "notice_en",
}


class AttendanceForm(PlacedErrorsForm):
    """One producer at a market day."""

    constraint_fields = {
        "markets_attendance_once_per_market_day": "producer",
        "markets_attendance_one_producer_per_stall": "stall",
    }


class AttendanceRows(RowsFormSet):
    """Who comes to one market day; a producer once, a stall for one of them."""

    def faults(self, row):
        stall = row.get("stall")
        if stall is not None and stall.venue_id != self.instance.venue_id:
            yield "stall", OTHER_VENUE

    def clashes(self, row, earlier):
        if same(row, earlier, "producer"):
            name = "markets_attendance_once_per_market_day"
            yield "producer", message_of(Attendance, name)
        absent = Attendance.Status.ABSENT
        is_absent = absent in {row.get("status"), earlier.get("status")}
        if same(row, earlier, "stall") and not is_absent:
            name = "markets_attendance_one_producer_per_stall"
            yield "stall", message_of(Attendance, name)


class AttendanceInline(StaffFields, admin.TabularInline):
    model = Attendance
    form = AttendanceForm
    formset = AttendanceRows
    extra = 0
    autocomplete_fields = ["producer", "stall"]
    fields = ["producer", "stall", "status", "reason", "reason_en"]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        rows = rows.select_related("producer", "market_day__venue")
        return rows.order_by("stall__number", *by_name("producer__name"))


class MarketDayForm(PlacedErrorsForm):
    """One venue on one date."""

    constraint_fields = {
        "markets_marketday_once_per_venue": "date",
        "markets_marketday_closes_after_opening": "closes",
        "markets_marketday_other_place_only_when_moved": "moved_to",
    }


@admin.register(MarketDay)
class MarketDayAdmin(StaffAdmin):
    form = MarketDayForm
    list_display = [
        "date",
        "venue",
        "status",
        "opens",
        "closes",
        "attendance_count",
        "checked_at",
    ]
    list_filter = ["status", "venue"]
    list_select_related = ["venue"]
    search_fields = ["venue__name", "written_date", "notice", "moved_to"]
    search_help_text = _("Venue, notice or date: 29/11/2026")
    ordering = ["-date", "pk"]
    autocomplete_fields = ["venue"]
    readonly_fields = ["sequence"]
    inlines = [AttendanceInline]
    fieldsets = [
        (None, {"fields": [("venue", "date"), ("opens", "closes"), "status"]}),
        (
            _("What changes"),
            {
                "fields": ["moved_to", "notice", "notice_en"],
                "description": _("Only what differs from the usual, for this day."),
            },
        ),
        (_("Checked"), {"fields": [("checked_at", "sequence")]}),
    ]

    def get_queryset(self, request):
        written = Func(
            *(F("date"), Value("DD/MM/YYYY YYYY-MM-DD")),
            function="to_char",
            output_field=TextField(),
        )
        days = super().get_queryset(request).alias(written_date=written)
        return days.annotate(attendance_count=Count("attendances"))

    def save_model(self, request, obj, form, change):
        if change and PUBLIC_FIELDS & set(form.changed_data):
            obj.sequence += 1
        super().save_model(request, obj, form, change)

    @admin.display(description=_("producers"), ordering="attendance_count")
    def attendance_count(self, day):
        return day.attendance_count


class ParticipationForm(PlacedErrorsForm):
    """A producer's usual stall; it stands at the venue."""

    constraint_fields = {
        "markets_participation_once_per_venue": "producer",
        "markets_participation_nth_has_number": "nth",
    }

    def clean(self):
        super().clean()
        venue, stall = (self.cleaned_data.get(name) for name in ("venue", "stall"))
        if venue and stall and stall.venue_id != venue.pk:
            self.add_error("stall", OTHER_VENUE)


@admin.register(Participation)
class ParticipationAdmin(StaffAdmin):
    form = ParticipationForm
    list_display = ["producer", "venue", "stall", "rhythm", "nth", "first_date"]
    list_filter = ["venue", "rhythm"]
    list_select_related = ["producer", "venue", "stall"]
    search_fields = ["producer__name", "venue__name"]
    search_help_text = _("Producer or venue")
    ordering = [*by_name("producer__name"), "pk"]
    autocomplete_fields = ["venue", "producer", "stall"]


class NoticeForm(PlacedErrorsForm):
    """A message across the site."""

    constraint_fields = {"markets_notice_ends_after_start": "ends_at"}


@admin.register(Notice)
class NoticeAdmin(StaffAdmin):
    form = NoticeForm
    list_display = ["message", "level", "starts_at", "ends_at"]
    list_filter = ["level"]
    search_fields = ["message", "message_en"]
    ordering = ["-starts_at", "pk"]
