import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from producers import search
from producers.history import versions
from producers.localised import Localised
from producers.search import Stems

from .practice import Practice
from .producer_queryset import NAMES, PLACES, STORY, ProducerQuerySet

ALTITUDES_M = (-100, 7000)
# The country's extreme points, rounded outwards to a tenth of a degree.
LATITUDES = (-18.4, 0.0)
LONGITUDES = (-81.4, -68.6)


class Landscape(models.TextChoices):
    """The drawn landscapes that stand in for a photo."""

    COAST = "coast", _("Coast")
    HIGHLANDS = "highlands", _("Highlands")
    PUNA = "puna", _("Puna")
    JUNGLE = "jungle", _("Jungle")


class Producer(models.Model):
    """Who grows or makes what is sold: a family, an association, a company."""

    class Kind(models.TextChoices):
        FAMILY = "family", _("Family")
        ASSOCIATION = "association", _("Association")
        COOPERATIVE = "cooperative", _("Cooperative")
        COMPANY = "company", _("Company")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        ARCHIVED = "archived", _("Archived")

    slug = models.SlugField(
        _("address"),
        unique=True,
        help_text=_("The last part of its page's address: familia-quispe."),
    )
    name = models.CharField(
        _("name"),
        max_length=60,
        blank=True,
        help_text=_("As on the sign of the stall: Chacra La Esperanza."),
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT
    )
    published_at = models.DateTimeField(
        _("first published"), null=True, blank=True, editable=False
    )
    submitted_at = models.DateTimeField(
        _("submitted for publication"), null=True, blank=True, editable=False
    )
    is_example = models.BooleanField(
        _("example"),
        default=False,
        help_text=_("Invented, to show the site; its page says so."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=12,
        choices=Kind,
        default=Kind.FAMILY,
        help_text=_("How those who work together are organised."),
    )
    people = models.CharField(
        _("people"),
        max_length=120,
        blank=True,
        help_text=_("As they want to be named: Familia Quispe Rojas."),
    )
    region = models.ForeignKey(
        "producers.Region",
        on_delete=models.PROTECT,
        related_name="producers",
        verbose_name=_("region"),
        null=True,
        blank=True,
        help_text=_("Where they grow; the map shows it. Type and choose."),
    )
    province = models.CharField(
        _("province"),
        max_length=60,
        blank=True,
        help_text=_("Of the place where they grow: Calca."),
    )
    district = models.CharField(
        _("district"), max_length=60, blank=True, help_text=_("Of their fields: Pisac.")
    )
    locality = models.CharField(
        _("locality"),
        max_length=60,
        blank=True,
        help_text=_("Village, community or hamlet: Viacha."),
    )
    altitude_m = models.SmallIntegerField(
        _("altitude"),
        null=True,
        blank=True,
        validators=[
            MinValueValidator(ALTITUDES_M[0]),
            MaxValueValidator(ALTITUDES_M[1]),
        ],
        help_text=_("Metres above sea level: 2350."),
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("Degrees, negative in Peru: -11.7983."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("Degrees, negative in Peru: -76.4512."),
    )
    landscape = models.CharField(
        _("landscape"),
        max_length=10,
        choices=Landscape,
        default=Landscape.HIGHLANDS,
        help_text=_("The drawing shown until there is a photo."),
    )
    area_ha = models.DecimalField(
        _("land"),
        max_digits=7,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Hectares: 1.4."),
    )
    distance_km = models.PositiveSmallIntegerField(
        _("road to the market"), null=True, blank=True, help_text=_("Kilometres: 78.")
    )
    travel_minutes = models.PositiveSmallIntegerField(
        _("journey"), null=True, blank=True, help_text=_("Minutes: 150.")
    )
    joined_year = models.PositiveSmallIntegerField(
        _("at the market since"),
        null=True,
        blank=True,
        validators=[MinValueValidator(2013), MaxValueValidator(2100)],
        help_text=_("Year, from 2013: 2015."),
    )
    practices = ArrayField(
        models.CharField(max_length=30, choices=Practice),
        verbose_name=_("practices"),
        default=list,
        blank=True,
        help_text=_("Tick what they say they do; their page lists it."),
    )
    summary = models.CharField(
        _("in one sentence"),
        max_length=160,
        blank=True,
        help_text=_("Opens the story: “Tres hermanas cuidan cuarenta papas nativas.”"),
    )
    summary_en = models.CharField(
        _("in one sentence, in English"),
        max_length=160,
        blank=True,
        help_text=_("The same in English: “Three sisters keep forty native potatoes.”"),
    )
    story = models.TextField(
        _("story"),
        blank=True,
        help_text=_(
            "An empty line starts a new paragraph: “Sembramos en Pisac desde…”"
        ),
    )
    story_en = models.TextField(
        _("story in English"),
        blank=True,
        help_text=_("The same in English: “We have farmed in Pisac since…”"),
    )

    shown_summary = Localised("summary")
    shown_story = Localised("story")

    objects = ProducerQuerySet.as_manager()
    history = versions()

    class Meta:
        verbose_name = _("producer")
        verbose_name_plural = _("producers")
        permissions = [("publish_producer", "Can publish producers")]
        constraints = [
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | Q(status="draft"),
                name="producers_producer_submitted_is_draft",
                violation_error_message=_("Only a draft waits to be published."),
            ),
            models.CheckConstraint(
                condition=~Q(status="published")
                | ~Q(name="") & Q(region__isnull=False),
                name="producers_producer_published_has_name_and_region",
                violation_error_message=_("To publish, give a name and a region."),
            ),
            models.CheckConstraint(
                condition=Q(altitude_m__isnull=True) | Q(altitude_m__range=ALTITUDES_M),
                name="producers_producer_altitude_range",
                violation_error_message=_("Altitude goes from -100 to 7000 m."),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=LATITUDES,
                    longitude__range=LONGITUDES,
                ),
                name="producers_producer_coordinates_in_peru",
                violation_error_message=_(
                    "Give both coordinates, of a place in Peru, or none."
                ),
            ),
        ]
        indexes = [
            GinIndex(fields=["practices"], name="producers_producer_practices"),
            models.Index(fields=["status", "name"], name="producers_producer_listed"),
            GinIndex(Stems(NAMES), name="producers_producer_stems"),
            GinIndex(STORY, name="producers_producer_story"),
            *search.name_indexes(NAMES, "producers_producer"),
            *search.name_indexes(PLACES, "producers_place"),
        ]

    def __str__(self):
        return self.name or self.slug

    def get_absolute_url(self):
        return reverse("producers:producer_detail", args=[self.slug])

    def note_first_publication(self, moment: dt.datetime):
        """Note when it became public, the first time; for a change of its status."""
        if self.is_listed and self.published_at is None:
            self.published_at = moment

    @property
    def place(self):
        """Its place in one line, from near to far; empty parts are left out."""
        near = self.locality or self.district
        parts = [near, self.province, str(self.region or "")]
        return ", ".join(dict.fromkeys(part for part in parts if part))

    @property
    def practice_labels(self):
        """The names of its practices, in their stored order."""
        return [Practice(value).label for value in self.practices]

    @property
    def is_draft(self):
        """Whether it is still written, or written again; not archived."""
        return self.status == self.Status.DRAFT

    @property
    def is_listed(self):
        """Whether the public may see it, as ProducerQuerySet.listed() has it."""
        return self.status == self.Status.PUBLISHED
