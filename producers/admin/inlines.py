"""Rows that are edited with their producer or product."""

from django.contrib import admin
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from producers.alphabet import by_name
from producers.models import (
    Certification,
    Offering,
    ProducerContact,
    Variety,
)

from .rows import PlacedErrorsForm, RowsFormSet, message_of, same
from .staff import StaffFields

OTHER_VARIETY = _("{variety} is no variety of {product}.")


class OfferingForm(PlacedErrorsForm):
    """One product of one producer; its varieties are of that product."""

    constraint_fields = {
        "producers_offering_price_has_date": "price_date",
        "producers_offering_price_not_negative": "price",
        "producers_offering_once_per_producer": "product",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offering = self.instance
        if offering.pk:
            self._know("product", [offering.product])
            self._know("varieties", offering.varieties.all())

    def _know(self, name, rows):
        if name in self.fields:
            self.fields[name].widget.widget.known = rows

    def clean(self):
        super().clean()
        product = self.cleaned_data.get("product")
        if product is None:
            return
        for variety in self.cleaned_data.get("varieties", []):
            if variety.product_id != product.pk:
                message = OTHER_VARIETY.format(variety=variety, product=product)
                self.add_error("varieties", message)
                return


class OfferingRows(RowsFormSet):
    """The offerings of one producer."""

    def clashes(self, row, earlier):
        if same(row, earlier, "product"):
            name = "producers_offering_once_per_producer"
            yield "product", message_of(Offering, name)


class OfferingInline(StaffFields, admin.StackedInline):
    model = Offering
    form = OfferingForm
    formset = OfferingRows
    extra = 0
    autocomplete_fields = ["product", "varieties"]
    fields = [
        ("product", "varieties"),
        "season",
        ("unit", "price", "price_date"),
        ("note", "note_en"),
        "is_active",
    ]

    def get_queryset(self, request):
        offerings = super().get_queryset(request).select_related("product", "producer")
        # What a widget writes of a variety names its product.
        varieties = Variety.objects.select_related("product")
        offerings = offerings.prefetch_related(Prefetch("varieties", varieties))
        return offerings.order_by(*by_name("product__name"))


class ContactInline(StaffFields, admin.TabularInline):
    """The contact channels of one row."""

    extra = 0
    fields = ["kind", "value", "is_public", "position"]
    ordering = ["position", "pk"]


class ProducerContactInline(ContactInline):
    model = ProducerContact


class CertificationInline(StaffFields, admin.TabularInline):
    model = Certification
    extra = 0
    ordering = ["scheme", "pk"]


class VarietyForm(PlacedErrorsForm):
    """One variety; its name is taken once per product."""

    constraint_fields = {"producers_variety_once_per_product": "name"}


class VarietyRows(RowsFormSet):
    """The varieties of one product."""

    def clashes(self, row, earlier):
        if same(row, earlier, "name"):
            name = "producers_variety_once_per_product"
            yield "name", message_of(Variety, name)


class VarietyInline(StaffFields, admin.TabularInline):
    model = Variety
    form = VarietyForm
    formset = VarietyRows
    extra = 0
    ordering = by_name()
