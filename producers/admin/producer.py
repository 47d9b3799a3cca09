from django.contrib import admin
from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from producers import photos
from producers.alphabet import by_name
from producers.completeness import blockers, completeness, with_parts
from producers.models import FormerProducerSlug, Offering, Practice, Producer
from producers.sheets.producer import ProducerSheet

from .addresses import KeepsAddresses, tell_of_old_address
from .consents import ConsentInline, TellsWhatIsHidden
from .inlines import (
    CertificationInline,
    OfferingInline,
    ProducerContactInline,
)
from .offering import named
from .personal_data import PersonalDataPage
from .photos import DescribesPhotos, ProducerPhotoInline
from .publishing import ProducerPublishing, WaitingFilter
from .region import SetsRegion
from .rows import PlacedErrorsForm
from .sheets import WithSheets
from .staff import StaffAdmin
from .task_filters import LacksFilter, SealFilter


class PracticeFilter(admin.SimpleListFilter):
    """The producers who say that they work in a certain way."""

    title = _("practices")
    parameter_name = "practice"

    def lookups(self, request, model_admin):
        return Practice.choices

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        return queryset.filter(practices__contains=[self.value()])


class ProducerForm(PlacedErrorsForm):
    """A producer; what publishing takes is asked for when it is published."""

    constraint_fields = {
        "producers_producer_altitude_range": "altitude_m",
        "producers_producer_coordinates_in_peru": "latitude",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        producer = self.instance
        # A refused form leaves in the row what was typed.
        self.stored_status = producer.status
        producer.was_listed = producer.is_listed
        producer.had_consent = getattr(producer, "has_consent", False)
        producer.lacked = blockers(producer) if producer.is_listed else []
        tell_of_old_address(self)

    def clean_status(self):
        return self.cleaned_data["status"] or self.instance.status

    def clean(self):
        super().clean()
        data = self.cleaned_data
        if data.get("status", self.instance.status) != Producer.Status.PUBLISHED:
            return
        parts = ("name", "region", "is_example")
        typed = Producer(**{part: data.get(part) for part in parts})
        # Their rows look after the consents and the photos.
        typed.has_consent = True
        for blocker in blockers(typed):
            if blocker.part not in self.errors:
                self.add_error(blocker.part, blocker.sentence)


@admin.register(Producer)
class ProducerAdmin(
    WithSheets,
    DescribesPhotos,
    TellsWhatIsHidden,
    PersonalDataPage,
    SetsRegion,
    ProducerPublishing,
    KeepsAddresses,
    StaffAdmin,
):
    sheet_class = ProducerSheet
    form = ProducerForm
    former_slugs = FormerProducerSlug
    empty_help = _(
        "No producers yet. Add the first one with a name: the rest can be "
        "written later."
    )
    change_form_template = "admin/producers/producer/change_form.html"
    list_display = [
        "picture",
        "name_and_mark",
        "region",
        "state",
        "offering_count",
        "completeness",
    ]
    list_display_links = ["name_and_mark"]
    list_filter = [
        "status",
        WaitingFilter,
        LacksFilter,
        SealFilter,
        ("region", admin.RelatedOnlyFieldListFilter),
        "kind",
        "is_example",
        PracticeFilter,
    ]
    list_select_related = ["region"]
    list_per_page = 50
    search_fields = [
        "name",
        "people",
        "region__name",
        "province",
        "district",
        "locality",
    ]
    search_help_text = _("Name, people, place, or a product by any of its names")
    ordering = by_name()
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["region"]
    actions = ["publish", "archive", "set_region"]
    # Going back publishes nobody, and nothing of a person.
    restore_keeps = ["status", "is_example", "is_public", "shows_people"]
    inlines = [
        OfferingInline,
        ProducerPhotoInline,
        ProducerContactInline,
        ConsentInline,
        CertificationInline,
    ]
    fieldsets = [
        (None, {"fields": ["name", "slug", "status", "is_example", "kind", "people"]}),
        (
            _("Where"),
            {
                "fields": [
                    "region",
                    ("province", "district", "locality"),
                    "altitude_m",
                    ("latitude", "longitude"),
                    "landscape",
                ],
                "description": _(
                    "The exact place is shown to nobody without consent to it."
                ),
            },
        ),
        (
            _("Work"),
            {
                "fields": [
                    ("area_ha", "joined_year"),
                    ("distance_km", "travel_minutes"),
                    "practices",
                ],
                "description": _("What the producer says; seals are certifications."),
            },
        ),
        (_("Story"), {"fields": ["summary", "story"]}),
        (
            _("In English"),
            {
                "fields": ["summary_en", "story_en"],
                "classes": ["collapse"],
                "description": _("Left empty, the English pages show the Spanish."),
            },
        ),
    ]

    def label(self, producer):
        if producer.is_example:
            return _("{producer} (example)").format(producer=producer)
        return str(producer)

    def get_queryset(self, request):
        return with_parts(super().get_queryset(request))

    def found(self, word):
        offerings = Offering.objects.filter(
            producer=OuterRef("pk"), product__in=named(word)
        )
        return super().found(word) | Exists(offerings)

    def view_on_site(self, producer):
        # The public page itself; it shows drafts to staff.
        return producer.get_absolute_url()

    @admin.display(description=_("photo"))
    def picture(self, producer):
        cover = producer.cover or {}
        smallest = photos.thumbnail(cover.get("renditions"))
        if smallest is None:
            return format_html(
                '<span class="landscape landscape--{}" title="{}"></span>',
                producer.landscape,
                producer.get_landscape_display(),
            )
        url = default_storage.url(smallest["name"])
        return format_html(
            '<img class="list-photo {}" src="{}" alt="" loading="lazy">',
            photos.focus_classes(cover["focus_x"], cover["focus_y"]),
            url,
        )

    @admin.display(description=_("name"), ordering="name")
    def name_and_mark(self, producer):
        if not producer.is_example:
            return str(producer)
        mark = Producer._meta.get_field("is_example").verbose_name
        return format_html('{} <span class="mark">{}</span>', producer, mark)

    @admin.display(description=_("offerings"), ordering="offering_count")
    def offering_count(self, producer):
        return producer.offering_count

    @admin.display(description=_("complete"))
    def completeness(self, producer):
        percent, missing = completeness(producer)
        title = _("Missing: {parts}").format(parts=", ".join(missing))
        return format_html(
            '<span class="complete" title="{0}"><meter value="{1}" max="100">{1} %'
            "</meter> {1} % <small>{2}</small></span>",
            title if missing else "",
            percent,
            ", ".join(missing),
        )
