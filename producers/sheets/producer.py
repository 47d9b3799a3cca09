"""Producers as a sheet: a line a producer, known by the address of its page."""

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from producers.alphabet import by_name
from producers.completeness import blockers, with_parts
from producers.models import (
    FormerProducerSlug,
    Landscape,
    Practice,
    Producer,
    Region,
)

from .lookups import Lookup
from .resource import Column, SheetResource
from .values import (
    Choice,
    Choices,
    DecimalNumber,
    Named,
    Text,
    WholeNumber,
)

STATUS_CLOSED = _(
    "The column «estado» was not read: only who may publish changes it. "
    "New producers become drafts."
)
ADDRESS_TAKEN = _(
    "Somebody has the address {address} already. If it is the same producer, write it "
    "here; if not, another one."
)
SLUG_LENGTH = Producer._meta.get_field("slug").max_length


class Address(Text):
    """The last part of a page's address; a new producer's may be made of the name."""

    def parse(self, text, *, row, resource, **kwargs):
        known = resource.slugs
        if not text:
            name = Text().clean(row.get("nombre"))
            text = slugify(name)[:SLUG_LENGTH].strip("-")
            if text in known:
                # Another one of the same name, or the same one: who knows.
                raise ValueError(ADDRESS_TAKEN.format(address=text))
        return text.lower() if text not in known and text.lower() in known else text


class StatusColumn(Column):
    """A status; what is no draft any more does not wait to be published."""

    def put(self, instance, value):
        super().put(instance, value)
        if not instance.is_draft:
            instance.submitted_at = None


class ProducerSheet(SheetResource):
    """The producers, drafts and archived ones too; no coordinates, no channels."""

    kind = "producers"
    model = Producer
    title = "Productores"
    key = ("slug",)
    own_key = frozenset(key)
    # Who publishes must see who agreed to it.
    publishing = ("producers.publish_producer", "producers.view_consent")
    required = ("dirección",)
    constraint_columns = {
        "producers_producer_altitude_range": "altitud",
        "producers_producer_published_has_name_and_region": "estado",
    }

    slug = Column(
        "dirección",
        "slug",
        Address(),
        help_text=_("Last part of the page's address. New and empty: of the name."),
        example="familia-quispe",
    )
    name = Column(
        "nombre",
        "name",
        Text(),
        help_text=_("Needed to publish."),
        example="Familia Quispe",
    )
    status = StatusColumn(
        "estado",
        "status",
        Choice(Producer.Status),
        saves_null_values=False,
        help_text=_("borrador, publicado or archivado. New and empty: borrador."),
        example="borrador",
    )
    people = Column(
        "personas",
        "people",
        Text(),
        help_text=_("As they want to be named."),
        example="Rosa y Julián Quispe",
    )
    producer_kind = Column(
        "tipo",
        "kind",
        Choice(Producer.Kind),
        saves_null_values=False,
        help_text=_("familia, asociación, cooperativa or empresa."),
        example="familia",
    )
    region = Column(
        "región",
        "region",
        Named("regions", shown="name"),
        help_text=_("One of the 25. Needed to publish."),
        example="Cusco",
    )
    province = Column(
        "provincia", "province", Text(), help_text=_("Any words."), example="Calca"
    )
    district = Column(
        "distrito", "district", Text(), help_text=_("Any words."), example="Pisac"
    )
    locality = Column(
        "localidad", "locality", Text(), help_text=_("Any words."), example="Cuyo"
    )
    altitude_m = Column(
        "altitud",
        "altitude_m",
        WholeNumber(),
        help_text=_("Metres above sea level."),
        example="3450",
    )
    landscape = Column(
        "paisaje",
        "landscape",
        Choice(Landscape),
        saves_null_values=False,
        help_text=_("The drawing until there is a photo: costa, sierra, puna, selva."),
        example="sierra",
    )
    area_ha = Column(
        "hectáreas",
        "area_ha",
        DecimalNumber(),
        help_text=_("With one decimal at most."),
        example="1.4",
    )
    distance_km = Column(
        "km",
        "distance_km",
        WholeNumber(),
        help_text=_("Road to the market."),
        example="1120",
    )
    travel_minutes = Column(
        "minutos",
        "travel_minutes",
        WholeNumber(),
        help_text=_("Journey to the market."),
        example="1260",
    )
    joined_year = Column(
        "desde",
        "joined_year",
        WholeNumber(),
        help_text=_("Year in which they joined the market."),
        example="2015",
    )
    practices = Column(
        "prácticas",
        "practices",
        Choices(Practice),
        help_text=_("With commas between, as in the form."),
        example="andenes, semilla propia",
    )
    summary = Column(
        "resumen",
        "summary",
        Text(),
        help_text=_("One sentence, 160 letters at most."),
        example="Papas de altura.",
    )
    summary_en = Column(
        "resumen en inglés", "summary_en", Text(), help_text=_("Any words."), example=""
    )
    story = Column(
        "historia",
        "story",
        Text(),
        help_text=_("An empty line starts a new paragraph."),
        example="",
    )
    story_en = Column(
        "historia en inglés", "story_en", Text(), help_text=_("Any words."), example=""
    )

    def __init__(self, **kwargs):
        """Leave the status to those who may publish."""
        super().__init__(**kwargs)
        if not self.may_publish:
            del self.fields["status"]
            self.closed["estado"] = STATUS_CLOSED

    def queryset(self):
        producers = Producer.objects.select_related("region")
        return with_parts(producers).order_by(*by_name())

    def new(self, **key):
        producer = Producer(**key)
        # Nobody can have agreed to what is not stored yet.
        producer.has_consent = False
        return producer

    def is_public(self, row):
        return not row.is_draft

    def load(self, lines):
        self.slugs = {*Producer.objects.values_list("slug", flat=True)}
        regions = Lookup(_("There is no region of this name."))
        for region in Region.objects.all():
            regions.add(region, region.slug, [region.name])
        self.lookups = {"regions": regions}

    def check_together(self, outcome):
        for line in outcome.lines:
            if line.instance and _changes_status(line) and line.instance.is_listed:
                for blocker in blockers(line.instance):
                    # The others are faults of cells.
                    if blocker.part in {"consent", "texts"}:
                        line.refuse(blocker.sentence, "estado")

    def write_line(self, line):
        if _changes_status(line):
            line.instance.note_first_publication(self.moment)
        super().write_line(line)
        if line.is_new:
            # Nobody's former address any more.
            FormerProducerSlug.objects.keep(line.instance, "")


def _changes_status(line):
    return "estado" in {change.column for change in line.changes}
