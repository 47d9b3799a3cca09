from django.contrib import admin
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from markets import actions
from markets.models import ShelfItem
from producers.admin.rows import PlacedErrorsForm
from producers.admin.staff import StaffAdmin
from producers.alphabet import by_name
from producers.clock import dated

from .tasks import UncheckedFilter


class ShelfItemForm(PlacedErrorsForm):
    """An offering on the shelf of a shop."""

    constraint_fields = {"markets_shelfitem_once_per_shop": "offering"}


@admin.register(ShelfItem)
class ShelfItemAdmin(StaffAdmin):
    form = ShelfItemForm
    empty_help = _(
        "The shelf is empty. Add what the shop sells: an offering of a producer."
    )
    list_display = ["product", "is_in_stock", "producer", "venue", "checked"]
    list_editable = ["is_in_stock"]
    list_filter = ["is_in_stock", UncheckedFilter, "venue"]
    list_select_related = ["venue", "offering__product", "offering__producer"]
    search_fields = ["offering__product__name", "offering__producer__name"]
    search_help_text = _("Product or producer")
    label_relations = ["offering__product", "offering__producer"]
    ordering = [*by_name("offering__product__name"), "pk"]
    autocomplete_fields = ["venue", "offering"]
    fields = ["venue", "offering", "is_in_stock", "checked"]
    readonly_fields = ["checked"]
    actions = ["check_now"]

    def save_model(self, request, obj, form, change):
        # Whoever saves or ticks has looked at the shelf.
        obj.checked_at = timezone.now()
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Checked now: as it was"), permissions=["change"])
    @transaction.atomic
    def check_now(self, request, queryset):
        relations = "offering__product", "offering__producer"
        items = queryset.select_related(*relations)
        done = actions.check_shelf(items=items, moment=timezone.now())
        said = ngettext("{count} item checked.", "{count} items checked.", len(done))
        self.tell_done(request, done, said, ["checked_at"])

    @admin.display(description=_("product"), ordering="offering__product__name")
    def product(self, item):
        return str(item.offering.product)

    @admin.display(description=_("producer"), ordering="offering__producer__name")
    def producer(self, item):
        return str(item.offering.producer)

    @admin.display(description=_("last checked"), ordering="checked_at")
    def checked(self, item):
        return dated(item.checked_at)
