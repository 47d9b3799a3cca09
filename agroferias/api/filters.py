"""What the lists can be asked for: the filter sets of the pages, and three more."""

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from markets.models import MarketDay, Venue
from producers.filters import ProducerFilter
from producers.models import Offering, Producer

ISO_DATE = {
    "input_formats": ["%Y-%m-%d"],
    "error_messages": {"invalid": _("Write the date as 2026-11-29.")},
}


class OfferingFilter(ProducerFilter):
    """What /productores/ understands, without the search, and whose offerings."""

    q = None
    productor = filters.ModelChoiceFilter(
        label=_("Who brings it"),
        queryset=Producer.objects.listed(),
        to_field_name="slug",
    )

    class Meta:
        model = Offering
        fields = []

    def filter_queryset(self, queryset):
        offerings = self.brought(self.chosen) & self.offerings(self.chosen)
        if "productor" in self.chosen:
            return offerings.filter(producer=self.chosen["productor"])
        return offerings


class VenueFilter(filters.FilterSet):
    """Markets or shops."""

    tipo = filters.ChoiceFilter(
        "kind", label=_("Kind of place"), choices=Venue.Kind.choices
    )

    class Meta:
        model = Venue
        fields = []


class MarketDayFilter(filters.FilterSet):
    """Market days from a date to another, both included, of a place, in a state."""

    desde = filters.DateFilter("date", "gte", label=_("From this date"), **ISO_DATE)
    hasta = filters.DateFilter(
        "date", "lte", label=_("To this date, included"), **ISO_DATE
    )
    lugar = filters.ModelChoiceFilter(
        "venue",
        label=_("At this place"),
        queryset=Venue.objects.markets(),
        to_field_name="slug",
    )
    estado = filters.ChoiceFilter(
        "status", label=_("State"), choices=MarketDay.Status.choices
    )

    class Meta:
        model = MarketDay
        fields = []
