from django.contrib import admin, messages
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from markets.models import Stall, Venue, VenueContact
from producers.admin.inlines import ContactInline
from producers.admin.rows import PlacedErrorsForm
from producers.admin.staff import StaffAdmin

from .announcing import AsksFirst
from .following import follow_hours
from .holidays import decisions
from .hours import OpeningHoursInline, SpecialHoursInline

# What calendars tell of a venue with each of its days.
TOLD_FIELDS = {
    "slug",
    "name",
    "is_main",
    "street",
    "district",
    "latitude",
    "longitude",
    "confirmed_date",
}
# Longer ones are no numbers of stalls, and too long ones no numbers to Python.
STALL_DIGITS = 9


class VenueContactInline(ContactInline):
    model = VenueContact


class VenueForm(PlacedErrorsForm):
    """A place of sale."""

    constraint_fields = {
        "markets_venue_coordinates_in_peru": "latitude",
        "markets_venue_one_main": "is_main",
        "markets_venue_main_is_market": "is_main",
    }


@admin.register(Venue)
class VenueAdmin(AsksFirst, StaffAdmin):
    form = VenueForm
    empty_help = _(
        "No place of sale yet. Add the market with its weekly hours: its days "
        "are made from them."
    )
    change_form_template = "admin/markets/venue/change_form.html"
    list_display = [
        "name",
        "kind",
        "street",
        "district",
        "stall_count",
        "confirmed_date",
        "is_main",
    ]
    list_filter = ["kind"]
    search_fields = ["name", "street", "district"]
    search_help_text = _("Name, street or district")
    ordering = ["name", "pk"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [OpeningHoursInline, SpecialHoursInline, VenueContactInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "kind", "is_main", "confirmed_date"]}),
        (
            _("Where"),
            {
                "fields": [
                    ("street", "district"),
                    "reference",
                    ("latitude", "longitude"),
                ]
            },
        ),
        (_("How to get there"), {"fields": ["by_bus", "by_bike", "by_car"]}),
        (
            _("In English"),
            {
                "fields": ["by_bus_en", "by_bike_en", "by_car_en"],
                "classes": ["collapse"],
                "description": _("Left empty, the English pages show the Spanish."),
            },
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(stall_count=Count("stalls"))

    def save_model(self, request, obj, form, change):
        if change and TOLD_FIELDS & {*form.changed_data}:
            obj.sequence, obj.changed_at = obj.sequence + 1, timezone.now()
        super().save_model(request, obj, form, change)

    def after_restore(self, request, row, was):
        if any(getattr(row, name) != getattr(was, name) for name in TOLD_FIELDS):
            row.sequence, row.changed_at = row.sequence + 1, timezone.now()
            row.save()
        follow_hours(request, row)
        if was.is_main and not row.is_main:
            self._warn_of_no_main(request)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        follow_hours(request, form.instance)
        if form.initial.get("is_main") and not form.instance.is_main:
            self._warn_of_no_main(request)

    def _warn_of_no_main(self, request):
        # Not refused: to make another one the main market, this one is unticked first.
        warning = gettext(
            "There is no main market now: the site announces no Sunday. Tick the box "
            "at the one that it is about: {}"
        )
        markets = Venue.objects.markets().order_by("name", "pk")
        links = format_html_join(
            " · ",
            '<a href="{}">{}</a>',
            ((self.address("change", one.pk), one.name) for one in markets),
        )
        messages.warning(request, format_html(warning, links))

    def render_change_form(self, request, context, **kwargs):
        venue = kwargs.get("obj")
        if venue:
            today = request.agenda.moment.date()
            stored = Venue.objects.filter(pk=venue.pk)
            context["holidays"] = decisions(request.user, today, stored)
        return super().render_change_form(request, context, **kwargs)

    @admin.display(description=_("stalls"), ordering="stall_count")
    def stall_count(self, venue):
        return venue.stall_count


class StallForm(PlacedErrorsForm):
    """A numbered place."""

    constraint_fields = {
        "markets_stall_number_once_per_venue": "number",
        "markets_stall_place_once_per_venue": "position",
    }


@admin.register(Stall)
class StallAdmin(StaffAdmin):
    form = StallForm
    empty_help = _("No stalls yet. Add each with its number and its place on the plan.")
    list_display = ["number", "venue", "zone", "row", "position"]
    list_filter = ["venue", "zone"]
    list_select_related = ["venue"]
    search_fields = ["zone", "venue__name"]
    search_help_text = _("Number, zone or venue")
    ordering = ["venue__name", "number", "pk"]
    autocomplete_fields = ["venue"]
    label_relations = ["venue"]

    def label(self, stall):
        return f"{stall.number} · {stall.venue}"

    def found(self, word):
        is_number = word.isdecimal() and len(word) <= STALL_DIGITS
        return super().found(word) | (Q(number=int(word)) if is_number else Q())
