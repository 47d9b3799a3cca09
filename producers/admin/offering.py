from functools import partial

from django.contrib import admin
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from producers import actions, search
from producers.alphabet import by_name
from producers.models import Offering, Product
from producers.season import Level, season_sentence
from producers.sheets.offering import OfferingSheet

from .inlines import OfferingForm
from .public_rows import RowsOfPublicRows
from .sheets import WithSheets
from .staff import StaffAdmin
from .task_filters import PriceFilter

# The height of a level in a small drawing of a season.
BAR = 5


def named(word):
    """Return the products that a word of a search names, by any of their names."""
    products = Product.objects.alias(all_names=search.joined("other_names"))
    lookups = ["name", "name_en", "name_qu", "all_names"]
    return products.filter(search.anywhere(word, lookups))


@admin.register(Offering)
class OfferingAdmin(WithSheets, RowsOfPublicRows, StaffAdmin):
    sheet_class = OfferingSheet
    parent = "producer"
    publishing = OfferingSheet.publishing
    form = OfferingForm
    empty_help = _(
        "No offerings yet. What somebody brings is written on the producer's page."
    )
    empty_source = "producers.producer"
    list_display = ["product", "producer", "year", "unit", "price", "is_active"]
    list_display_links = ["product"]
    list_filter = ["is_active", PriceFilter, "product__category", "unit"]
    list_select_related = ["product", "producer"]
    search_fields = ["product__name", "producer__name", "producer__people"]
    search_help_text = _("Product or producer")
    ordering = [*by_name("product__name"), *by_name("producer__name")]
    autocomplete_fields = ["producer", "product", "varieties"]
    label_relations = ["product", "producer"]
    actions = ["set_usual_season"]
    fields = [
        ("producer", "product"),
        "varieties",
        "season",
        ("unit", "price", "price_date"),
        ("note", "note_en"),
        "is_active",
    ]

    @admin.action(
        description=_("Set the usual season of the product"), permissions=["change"]
    )
    @transaction.atomic
    def set_usual_season(self, request, queryset):
        may = partial(self.has_change_permission, request)
        done, held, same_count = actions.set_usual_season(offerings=queryset, may=may)
        said = ngettext(
            "{count} offering has the usual season of its product now.",
            "{count} offerings have the usual season of their product now.",
            len(done),
        )
        self.tell_done(request, done, said, ["season"])
        self.tell_left(request, held_count=len(held), same_count=same_count)

    def found(self, word):
        products = named(word).filter(pk=OuterRef("product"))
        return super().found(word) | Exists(products)

    @admin.display(description=_("season"))
    def year(self, offering):
        return season_strip(offering.season)


def season_strip(season):
    """Draw a season small, for a list: twelve bars, the year in words as its title."""
    bars = format_html_join(
        "",
        '<rect x="{}" y="{}" width="4" height="{}"/>',
        (
            (index * 5, BAR * (max(Level) - level), BAR * level + 1)
            for index, level in enumerate(season)
        ),
    )
    sentence = season_sentence(season)
    return format_html(
        '<svg class="season-strip" viewBox="0 0 59 16" role="img" aria-label="{0}">'
        "<title>{0}</title>{1}</svg>",
        sentence,
        bars,
    )
