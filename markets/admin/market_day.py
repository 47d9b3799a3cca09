from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, Count, F, Func, TextField, Value, When
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from markets import actions, alerts, share
from markets.models import MarketDay, Venue
from markets.sheets import AttendanceSheet
from markets.words import long_date
from producers.admin.history import is_key
from producers.admin.sheets import SheetDesk
from producers.admin.staff import StaffAdmin
from producers.clock import clock, dated, hours

from .announcing import AsksFirst, ask_first
from .attendance import AttendanceInline
from .following import tell_scheduled
from .list_buttons import press
from .market_day_form import PUBLIC_FIELDS, MarketDayForm


@admin.register(MarketDay)
class MarketDayAdmin(AsksFirst, StaffAdmin):
    form = MarketDayForm
    # Its forms merge what two people change.
    is_guarded = False
    change_form_template = "admin/markets/marketday/change_form.html"
    empty_help = _(
        "No market days yet. They are made from the weekly hours of the market: "
        "write those first."
    )
    empty_source = "markets.venue"
    list_display = [
        "date",
        "status",
        "attendance_count",
        "hours",
        "venue",
        "checked",
    ]
    list_filter = ["status", "venue"]
    list_select_related = ["venue"]
    search_fields = ["venue__name", "written_date", "notice", "moved_to"]
    search_help_text = _("Venue, notice or date: 29/11/2026")
    ordering = ["-date", "pk"]
    label_relations = ["venue"]
    inlines = [AttendanceInline]
    fields = [
        "venue",
        "date",
        "status",
        "opens",
        "closes",
        "moved_to",
        "notice",
        "notice_en",
    ]

    def get_queryset(self, request):
        written = Func(
            *(F("date"), Value("DD/MM/YYYY YYYY-MM-DD")),
            function="to_char",
            output_field=TextField(),
        )
        days = super().get_queryset(request).alias(written_date=written)
        counted = days.annotate(attendance_count=Count("attendances"))
        return counted.select_related("venue")

    def get_readonly_fields(self, request, obj=None):
        # Another venue or date is another day: people have this one in their calendar.
        return ["venue", "date"] if obj else []

    def has_delete_permission(self, request, obj=None):
        # What was announced is cancelled: gone, it would say nothing, and come back.
        return False

    def get_ordering(self, request):
        # The next day first, then those after it; the past last, latest first.
        ahead = Case(When(date__gte=timezone.localdate(), then=F("date")))
        return [ahead.asc(nulls_last=True), "-date", "pk"]

    def get_inline_instances(self, request, obj=None):
        return super().get_inline_instances(request, obj) if obj else []

    def get_urls(self):
        view = require_POST(self.admin_site.admin_view(self.schedule))
        name = "markets_marketday_schedule"
        urls = [path("schedule/", view, name=name), *self.sheet_desk.urls()]
        return urls + super().get_urls()

    @property
    def sheet_desk(self):
        """The pages on which the list of a day is downloaded and brought back."""
        return SheetDesk(
            self,
            self.make_sheet,
            route="<int:day>/sheets/",
            back=lambda day: reverse("admin:markets_marketday_change", args=[day]),
        )

    def make_sheet(self, request, day):
        """Return the sheet of a day's list."""
        days = MarketDay.objects.select_related("venue")
        return AttendanceSheet(
            day=get_object_or_404(days, pk=day),
            user=request.user,
            moment=timezone.now(),
        )

    def schedule(self, request):
        """Make the market days ahead, and tell how many."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        done = actions.schedule_market_days(first_date=timezone.localdate())
        tell_scheduled(request, done)
        return redirect("admin:index")

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        arguments = object_id, form_url, extra_context
        if request.method != "POST" or not object_id:
            return super().changeform_view(request, *arguments)
        with transaction.atomic():
            # Two who save at once, and what follows the hours, take turns.
            self._lock_venue(unquote(object_id))
            return super().changeform_view(request, *arguments)

    def _lock_venue(self, key):
        days = MarketDay.objects.filter(pk=key if is_key(key) else None)
        venues = Venue.objects.filter(pk__in=days.values("venue"))
        venues.select_for_update().first()

    def render_change_form(self, request, context, **kwargs):
        day = kwargs.get("obj")
        if day:
            stored = MarketDay.objects.select_related("venue").get(pk=day.pk)
            phase = stored.phase(request.agenda.moment)
            address = request.build_absolute_uri(stored.get_absolute_url())
            context |= {"stored": stored, "phase": phase}
            context["sheets_url"] = self.sheet_desk.url(day=day.pk)
            context["title"] = capfirst(long_date(stored.date))
            context["subtitle"] = stored.venue
            context["message"] = share.message(stored, phase, address)
        preview = context["adminform"].form.preview
        if preview:
            context["preview_phase"] = preview.phase(request.agenda.moment)
            lists = [one.formset for one in context["inline_admin_formsets"]]
            if all(one.is_valid() for one in lists):
                # What is asked for is no mistake to correct.
                context["errors"] = None
        return super().render_change_form(request, context, **kwargs)

    def save_model(self, request, obj, form, change):
        now = timezone.now()
        # Whoever saves has looked at it.
        obj.checked_at = now
        if PUBLIC_FIELDS & {*form.changed_data}:
            obj.follows_hours, obj.changed_at = False, now
            obj.sequence += change
        super().save_model(request, obj, form, change)
        if obj.changed_at == now:
            alerts.queue_alerts(days=[obj], moment=now)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        day = form.instance
        if not change:
            actions.expect_producers(venue=day.venue, first_date=day.date)
        press(request, day, form.cleaned_data["rest_reason"])

    def response_add(self, request, obj, post_url_continue=None):
        return self._stay(request, obj)

    def response_change(self, request, obj):
        return self._stay(request, obj)

    def _stay(self, request, day):
        time = clock(timezone.localtime(day.checked_at))
        saved = gettext("Saved. {time} is the time of the last check now.")
        messages.success(request, saved.format(time=time))
        return redirect("admin:markets_marketday_change", day.pk)

    def after_restore(self, request, row, was):
        if any(getattr(row, name) != getattr(was, name) for name in PUBLIC_FIELDS):
            row.follows_hours, row.changed_at = False, timezone.now()
            row.sequence += 1
            row.keep_usual_hours()
            row.save()
            ask_first(request, [row])
            alerts.queue_alerts(days=[row], moment=row.changed_at)

    def view_on_site(self, day):
        return day.get_absolute_url()

    @admin.display(description=_("hours"))
    def hours(self, day):
        return hours(day.opens, day.closes)

    @admin.display(description=_("last checked"), ordering="checked_at")
    def checked(self, day):
        return dated(day.checked_at)

    @admin.display(description=_("producers"), ordering="attendance_count")
    def attendance_count(self, day):
        return day.attendance_count
