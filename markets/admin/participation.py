from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from markets.models import Notice, Participation
from producers.admin.rows import PlacedErrorsForm
from producers.admin.staff import StaffAdmin
from producers.alphabet import by_name
from producers.clock import dated

from .following import follow_participation

OTHER_VENUE = _("This stall is at another venue.")


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
    empty_help = _(
        "Nobody takes part yet. Add each producer with how often they come: "
        "lists are made of it."
    )
    list_display = ["producer", "venue", "stall", "rhythm", "nth", "first_date"]
    list_filter = ["venue", "rhythm"]
    list_select_related = ["producer", "venue", "stall"]
    label_relations = ["producer", "venue"]
    search_fields = ["producer__name", "venue__name"]
    search_help_text = _("Producer or venue")
    ordering = [*by_name("producer__name"), "pk"]
    autocomplete_fields = ["venue", "producer", "stall"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        follow_participation(form.initial.get("venue") or obj.venue_id, obj.venue_id)

    def after_restore(self, request, row, was):
        follow_participation(was.venue_id, row.venue_id)

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        follow_participation(obj.venue_id)

    def delete_queryset(self, request, queryset):
        venues = {*queryset.values_list("venue", flat=True)}
        super().delete_queryset(request, queryset)
        follow_participation(*venues)


class NoticeForm(PlacedErrorsForm):
    """A message across the site."""

    constraint_fields = {"markets_notice_ends_after_start": "ends_at"}


@admin.register(Notice)
class NoticeAdmin(StaffAdmin):
    form = NoticeForm
    empty_help = _(
        "No notices. Add one when everybody should know something: it stands on "
        "every page."
    )
    list_display = ["message", "level", "starts", "ends"]
    list_filter = ["level"]
    search_fields = ["message", "message_en"]
    ordering = ["-starts_at", "pk"]

    @admin.display(description=_("from"), ordering="starts_at")
    def starts(self, notice):
        return dated(notice.starts_at)

    @admin.display(description=_("until"), ordering="ends_at")
    def ends(self, notice):
        return dated(notice.ends_at)

    def save_model(self, request, obj, form, change):
        if form.has_changed():
            obj.changed_at = timezone.now()
        super().save_model(request, obj, form, change)

    def after_restore(self, request, row, was):
        row.changed_at = timezone.now()
        row.save()
