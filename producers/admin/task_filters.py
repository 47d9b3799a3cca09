"""The lists that the tasks of the front page lead to."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from producers.completeness import LABELS


class LacksFilter(admin.SimpleListFilter):
    """The producers whose page lacks something."""

    title = _("what is missing")
    parameter_name = "lacks"

    def lookups(self, request, model_admin):
        return [
            ("photo", LABELS["photo"]),
            ("story", LABELS["story"]),
            ("season", _("a product and its season")),
            ("consent", LABELS["consent"]),
        ]

    def queryset(self, request, queryset):
        known = [value for value, _label in self.lookup_choices]
        return queryset.lacking(self.value()) if self.value() in known else queryset


class SealFilter(admin.SimpleListFilter):
    """The producers whose seal ends, or has ended."""

    title = _("seal")
    parameter_name = "seal"

    def lookups(self, request, model_admin):
        return [("to_renew", _("Expired, or will within 60 days"))]

    def queryset(self, request, queryset):
        if self.value() != "to_renew":
            return queryset
        return queryset.with_seal_to_renew(request.agenda.moment.date())


class PriceFilter(admin.SimpleListFilter):
    """The offerings that the public sees with a price of long ago."""

    title = _("reference price")
    parameter_name = "price"

    def lookups(self, request, model_admin):
        return [("old", _("Public, seen more than 30 days ago"))]

    def queryset(self, request, queryset):
        if self.value() != "old":
            return queryset
        return queryset.listed().with_old_price(request.agenda.moment.date())
