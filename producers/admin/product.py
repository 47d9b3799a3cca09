from django.contrib import admin
from django.db.models import Count, Exists, IntegerField, OuterRef, Value
from django.db.models.functions import Coalesce
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from producers import drawings, search
from producers.alphabet import by_name
from producers.models import (
    Category,
    FormerProductSlug,
    Offering,
    Product,
    Region,
    Variety,
)

from .addresses import KeepsAddresses, tell_of_old_address
from .inlines import VarietyForm, VarietyInline
from .offering import season_strip
from .photos import DescribesPhotos, ProductPhotoInline
from .public_rows import PublicRows, RowsOfPublicRows, without
from .rows import PlacedErrorsForm
from .staff import StaffAdmin


class ProductForm(PlacedErrorsForm):
    """A product of the catalogue."""

    constraint_fields = {"producers_product_season_has_source": "reference_source"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        tell_of_old_address(self)


@admin.register(Product)
class ProductAdmin(DescribesPhotos, PublicRows, KeepsAddresses, StaffAdmin):
    publishing = ("producers.publish_product",)
    former_slugs = FormerProductSlug
    # Going back puts nothing into the public catalogue.
    restore_keeps = ["is_listed"]
    empty_help = _(
        "No products yet. Add the first one; then each producer's page can offer it."
    )
    form = ProductForm
    list_display = [
        "drawn",
        "name",
        "category",
        "usual_season",
        "offering_count",
        "is_native",
        "is_listed",
    ]
    list_display_links = ["name"]
    list_filter = ["category", "is_native", "is_listed"]
    list_select_related = ["category"]
    search_fields = ["name", "name_en", "name_qu", "scientific_name", "all_names"]
    search_help_text = _("Any of its names, or a variety")
    ordering = by_name()
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["category", "main_regions", "goes_with"]
    readonly_fields = ["drawn"]
    inlines = [VarietyInline, ProductPhotoInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "name",
                    "slug",
                    "other_names",
                    "scientific_name",
                    "category",
                    ("is_native", "is_listed"),
                    "description",
                ]
            },
        ),
        (_("Usual season"), {"fields": ["reference_season", "reference_source"]}),
        (_("Card"), {"fields": ["tint", ("drawing", "drawn")]}),
        (_("At home"), {"fields": ["how_to_choose", "how_to_keep", "how_to_use"]}),
        (_("Relations"), {"fields": ["main_regions", "goes_with"]}),
        (
            _("In other languages"),
            {
                "fields": [
                    ("name_en", "name_qu"),
                    "description_en",
                    "how_to_choose_en",
                    "how_to_keep_en",
                    "how_to_use_en",
                    "reference_source_en",
                ],
                "classes": ["collapse"],
                "description": _("Left empty, the English pages show the Spanish."),
            },
        ),
    ]

    def get_queryset(self, request):
        offerings = Offering.objects.filter(product=OuterRef("pk")).order_by()
        count = offerings.values("product").annotate(count=Count("pk")).values("count")
        products = super().get_queryset(request)
        return products.alias(all_names=search.joined("other_names")).annotate(
            offering_count=Coalesce(count, Value(0), output_field=IntegerField())
        )

    def found(self, word):
        varieties = Variety.objects.filter(product=OuterRef("pk"))
        named = varieties.filter(search.anywhere(word, ["name"]))
        return super().found(word) | Exists(named)

    def is_public(self, row):
        return row.is_listed

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if self.has_publish_permission(request):
            return fieldsets
        return without(fieldsets, "is_listed")

    def save_model(self, request, obj, form, change):
        if not self.has_publish_permission(request):
            obj.is_listed = False
        super().save_model(request, obj, form, change)

    def view_on_site(self, product):
        return product.get_absolute_url()

    @admin.display(description=_("preview"))
    def drawn(self, product):
        if not product.drawing:
            return format_html(
                '<span class="initial tint--{}">{}</span>',
                product.tint,
                product.name[:1].upper(),
            )
        url = static(drawings.path(product.drawing))
        return format_html(
            '<img class="drawing tint--{}" src="{}" alt="">', product.tint, url
        )

    @admin.display(description=_("usual season"))
    def usual_season(self, product):
        return season_strip(product.reference_season)

    @admin.display(description=_("offerings"), ordering="offering_count")
    def offering_count(self, product):
        return product.offering_count


@admin.register(Variety)
class VarietyAdmin(RowsOfPublicRows, StaffAdmin):
    parent = "product"
    publishing = ("producers.publish_product",)
    form = VarietyForm
    empty_help = _("No varieties yet. They are written on their product's page.")
    empty_source = "producers.product"
    list_display = ["name", "product", "description"]
    list_select_related = ["product"]
    search_fields = ["name", "product__name"]
    search_help_text = _("Variety or product")
    ordering = [*by_name("product__name"), *by_name()]
    autocomplete_fields = ["product"]
    label_relations = ["product"]

    def label(self, variety):
        return f"{variety} · {variety.product}"


@admin.register(Category)
class CategoryAdmin(StaffAdmin):
    empty_help = _(
        "No categories yet. Add the shelves of the catalogue, such as Frutas; "
        "products need one."
    )
    list_display = ["name", "name_en", "name_qu", "position", "product_count"]
    search_fields = ["name", "name_en", "name_qu"]
    ordering = ["position", "pk"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request):
        categories = super().get_queryset(request)
        return categories.annotate(product_count=Count("products"))

    @admin.display(description=_("products"), ordering="product_count")
    def product_count(self, category):
        return category.product_count


@admin.register(Region)
class RegionAdmin(StaffAdmin):
    empty_help = _(
        "No regions yet. The site brings the 25 of Peru with it: ask whoever "
        "installed it."
    )
    list_display = ["name", "capital", "natural", "iso_code", "ubigeo", "growers"]
    search_fields = ["name", "capital"]
    ordering = by_name()
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(growers=Count("producers"))

    def get_readonly_fields(self, request, obj=None):
        # The codes are others' (ISO, INEI) and join the map's shapes.
        return ["iso_code", "ubigeo"] if obj else []

    def has_delete_permission(self, request, obj=None):
        return False

    def view_on_site(self, region):
        return region.get_absolute_url()

    @admin.display(description=_("natural regions"))
    def natural(self, region):
        return ", ".join(str(label) for label in region.natural_region_labels)

    @admin.display(description=_("producers"), ordering="growers")
    def growers(self, region):
        return region.growers
