import datetime as dt

from django.contrib import admin
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from markets.models import (
    OpeningHours,
    ShelfItem,
    SpecialHours,
    Stall,
    Venue,
    VenueContact,
)
from producers.admin.inlines import ContactInline
from producers.admin.rows import PlacedErrorsForm, RowsFormSet, message_of
from producers.admin.staff import StaffAdmin, StaffFields
from producers.alphabet import by_name

MINUTES_A_DAY = 24 * 60
MINUTES_A_WEEK = 7 * MINUTES_A_DAY


class OpeningHoursForm(PlacedErrorsForm):
    """One period of the week."""

    constraint_fields = {"markets_openinghours_valid_in_order": "valid_through"}

    def _get_validation_exclusions(self):
        # OpeningHoursRows compares all of the venue's rows with one another; the
        # constraint's own check would see stored rows that this form moves away.
        return super()._get_validation_exclusions() | {"venue"}


class OpeningHoursRows(RowsFormSet):
    """The week of one venue; no two periods cover the same time."""

    def clashes(self, row, earlier):
        if _overlap(row, earlier):
            name = "markets_openinghours_no_overlap"
            yield "opens", message_of(OpeningHours, name)

    def save(self, commit=True):
        # The database looks at each row as it is saved: two that exchange their
        # times would meet half-way. None is there while they are written anew.
        changed = [
            form.instance.pk for form in self.initial_forms if form.has_changed()
        ]
        OpeningHours.objects.filter(pk__in=changed).delete()
        return super().save(commit=commit)


class OpeningHoursInline(StaffFields, admin.TabularInline):
    model = OpeningHours
    form = OpeningHoursForm
    formset = OpeningHoursRows
    extra = 0
    ordering = ["day_of_week", "opens", "pk"]


class SpecialHoursForm(PlacedErrorsForm):
    """Days that are closed, or keep other hours."""

    constraint_fields = {
        "markets_specialhours_dates_in_order": "last_date",
        "markets_specialhours_closed_or_hours": "is_closed",
    }


class SpecialHoursInline(StaffFields, admin.TabularInline):
    model = SpecialHours
    form = SpecialHoursForm
    extra = 0
    ordering = ["first_date", "opens", "pk"]


class VenueContactInline(ContactInline):
    model = VenueContact


class VenueForm(PlacedErrorsForm):
    """A place of sale."""

    constraint_fields = {"markets_venue_coordinates_in_peru": "latitude"}


@admin.register(Venue)
class VenueAdmin(StaffAdmin):
    form = VenueForm
    list_display = [
        "name",
        "kind",
        "street",
        "district",
        "stall_count",
        "confirmed_date",
    ]
    list_filter = ["kind"]
    search_fields = ["name", "street", "district"]
    search_help_text = _("Name, street or district")
    ordering = ["name", "pk"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [OpeningHoursInline, SpecialHoursInline, VenueContactInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "kind", "confirmed_date"]}),
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
        number = Q(number=int(word)) if word.isdecimal() else Q()
        return super().found(word) | number


class ShelfItemForm(PlacedErrorsForm):
    """An offering on the shelf of a shop."""

    constraint_fields = {"markets_shelfitem_once_per_shop": "offering"}


@admin.register(ShelfItem)
class ShelfItemAdmin(StaffAdmin):
    form = ShelfItemForm
    list_display = ["product", "producer", "venue", "is_in_stock", "checked_at"]
    list_filter = ["is_in_stock", "venue"]
    list_select_related = ["venue", "offering__product", "offering__producer"]
    search_fields = ["offering__product__name", "offering__producer__name"]
    search_help_text = _("Product or producer")
    ordering = [*by_name("offering__product__name"), "pk"]
    autocomplete_fields = ["venue", "offering"]

    @admin.display(description=_("product"), ordering="offering__product__name")
    def product(self, item):
        return str(item.offering.product)

    @admin.display(description=_("producer"), ordering="offering__producer__name")
    def producer(self, item):
        return str(item.offering.producer)


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
    opens, closes = (
        midnight + row[name].hour * 60 + row[name].minute
        for name in ("opens", "closes")
    )
    return opens, closes + (MINUTES_A_DAY if closes <= opens else 0)


def _validity(row):
    first, last = row.get("valid_from"), row.get("valid_through")
    return first or dt.date.min, last or dt.date.max
