from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from producers import photos
from producers.alphabet import by_name
from producers.completeness import completeness, with_parts
from producers.models import Offering, Practice, Producer

from .inlines import (
    CertificationInline,
    ConsentInline,
    OfferingInline,
    ProducerContactInline,
    ProducerPhotoInline,
)
from .offering import named
from .rows import PlacedErrorsForm
from .staff import StaffAdmin

NEEDED = {
    "name": _("To publish, give a name."),
    "region": _("To publish, give a region."),
}


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
    """A producer; published ones have a name and a region."""

    constraint_fields = {
        "producers_producer_altitude_range": "altitude_m",
        "producers_producer_coordinates_in_peru": "latitude",
    }

    def clean(self):
        super().clean()
        if self.cleaned_data.get("status") != Producer.Status.PUBLISHED:
            return
        for name, message in NEEDED.items():
            if name not in self.errors and not self.cleaned_data.get(name):
                self.add_error(name, message)


@admin.register(Producer)
class ProducerAdmin(StaffAdmin):
    form = ProducerForm
    change_form_template = "admin/producers/producer/change_form.html"
    list_display = [
        "picture",
        "name_and_mark",
        "region",
        "status",
        "offering_count",
        "completeness",
    ]
    list_display_links = ["name_and_mark"]
    list_filter = [
        "status",
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
    actions = ["publish", "archive"]
    restore_keeps = ["status"]
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

    def save_model(self, request, obj, form, change):
        # One published before this was noted is no news when it is edited.
        becomes_public = obj.is_listed and "status" in form.changed_data
        if becomes_public and obj.published_at is None:
            obj.published_at = timezone.now()
        super().save_model(request, obj, form, change)

    @admin.display(description=_("photo"))
    def picture(self, producer):
        smallest = photos.thumbnail(producer.cover)
        if smallest is None:
            return format_html(
                '<span class="landscape landscape--{}" title="{}"></span>',
                producer.landscape,
                producer.get_landscape_display(),
            )
        url = default_storage.url(smallest["name"])
        return format_html(
            '<img class="list-photo" src="{}" alt="" loading="lazy">', url
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

    @admin.action(description=_("Publish the chosen producers"), permissions=["change"])
    def publish(self, request, queryset):
        ready = ~Q(name="") & Q(region__isnull=False)
        changed = self._set_status(
            request, queryset.filter(ready), Producer.Status.PUBLISHED
        )
        message = ngettext(
            "{count} producer published.", "{count} producers published.", changed
        )
        self.message_user(request, message.format(count=changed), messages.SUCCESS)
        if unready := queryset.exclude(ready).count():
            message = ngettext(
                "{count} producer has no name or no region and stays as it is.",
                "{count} producers have no name or no region and stay as they are.",
                unready,
            )
            self.message_user(request, message.format(count=unready), messages.WARNING)

    @admin.action(description=_("Archive the chosen producers"), permissions=["change"])
    def archive(self, request, queryset):
        changed = self._set_status(request, queryset, Producer.Status.ARCHIVED)
        message = ngettext(
            "{count} producer archived.", "{count} producers archived.", changed
        )
        self.message_user(request, message.format(count=changed), messages.SUCCESS)

    def _set_status(self, request, queryset, status):
        """Give the producers a status, and each a line in its history; count them."""
        producers = list(queryset.exclude(status=status))
        keys = [producer.pk for producer in producers]
        chosen = Producer.objects.filter(pk__in=keys)
        chosen.update(status=status)
        if status == Producer.Status.PUBLISHED:
            chosen.filter(published_at=None).update(published_at=timezone.now())
        if producers:
            change = [{"changed": {"fields": ["status"]}}]
            LogEntry.objects.log_actions(request.user.pk, producers, CHANGE, change)
        return len(producers)
