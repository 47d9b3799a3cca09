import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from producers import search
from producers.alphabet import by_name
from producers.history import versions
from producers.localised import Localised
from producers.search import Names, Stems

from .certification import Certification
from .consent import Consent
from .former_slug import FormerProducerSlug
from .offering import Offering
from .photo import ProducerPhoto
from .practice import Practice
from .product import Product
from .region import Region

# What a producer is called, where it is, and its story, as the indexes have it.
NAMES = Names("name", "people")
PLACES = Names("province", "district", "locality")
STORY = Stems(Names("summary", "story"))

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


class ProducerQuerySet(models.QuerySet):
    def listed(self):
        """Return the producers that the public may see."""
        return self.filter(status=Producer.Status.PUBLISHED)

    def listed_or_draft(self):
        """Return the producers that the public may see, and those not public yet."""
        return self.exclude(status=Producer.Status.ARCHIVED)

    def submitted(self):
        """Return the drafts that wait to be published, the longest first."""
        return self.filter(submitted_at__isnull=False).order_by("submitted_at", "pk")

    def once_at(self, slug: str):
        """Return whoever has or had an address; who has it now comes first."""
        former = FormerProducerSlug.objects.filter(slug=slug)
        found = self.filter(Q(slug=slug) | Exists(former.filter(owner=OuterRef("pk"))))
        return found.order_by(Case(When(slug=slug, then=0), default=1), "pk")

    def offering(self, offerings):
        """Return the producers that have one of the given offerings."""
        return self.filter(Exists(offerings.filter(producer=OuterRef("pk"))))

    def with_place_consent(self):
        """Add has_place_consent: whether somebody agreed that the place be shown.

        An example's place is nobody's, and needs no consent.
        """
        agreed = Consent.objects.agreed(Consent.Scope.COORDINATES)
        return self.annotate(has_place_consent=agreed)

    def with_profile_consent(self):
        """Add has_consent: whether a consent to the profile is held, not withdrawn."""
        given = Consent.objects.covering(Consent.Scope.PROFILE)
        return self.annotate(has_consent=Exists(given.filter(producer=OuterRef("pk"))))

    def lacking(self, part: str):
        """Return the producers without "photo", "story", "season" or "consent".

        Season: something on sale. Consent: to the profile; an example needs none.
        Raises KeyError for any other part.
        """
        here = {"producer": OuterRef("pk")}
        there = {
            "photo": Exists(ProducerPhoto.objects.filter(**here)),
            "story": ~Q(story=""),
            "season": Exists(Offering.objects.active().filter(**here)),
            "consent": Consent.objects.agreed(Consent.Scope.PROFILE),
        }
        return self.filter(~there[part])

    def with_seal_to_renew(self, today: dt.date):
        """Return the producers with a certification that to_renew() has."""
        to_renew = Certification.objects.to_renew(today)
        return self.filter(Exists(to_renew.filter(producer=OuterRef("pk"))))

    def nearest_first(self, region):
        """Return the producers of a region first, then those of a like landscape.

        Two regions are alike if they share a natural region. Without a region all
        are as near.
        """
        if region is None:
            return self.order_by(*by_name(), "pk")
        alike = Q(region__natural_regions__overlap=region.natural_regions)
        steps = Case(When(region=region, then=0), When(alike, then=1), default=2)
        return self.order_by(steps, *by_name(), "pk")

    def search(self, text: str):
        """Return the producers where every word of text is found somewhere.

        In the name, the people, the place or the story, or in the name, another
        name or a variety of something they offer.
        """
        found = self
        offerings = Offering.objects.listed()
        for word in search.telling_words(text):
            # Each part has an index, which an OR of them all could not use.
            own = [
                Producer.objects.filter(condition).values("pk")
                for condition in (
                    search.called(word, NAMES),
                    search.like(PLACES, "%{}%", word),
                    search.stems_of(word, STORY),
                )
            ]
            regions = Region.objects.filter(search.anywhere(word, ["name"]))
            offered = offerings.filter(product__in=Product.objects.called(word))
            condition = Q(region__in=regions) | Q(pk__in=offered.values("producer"))
            for pks in own:
                condition |= Q(pk__in=pks)
            found = found.filter(condition)
        return found

    def answering(self, text: str, ranks: dict[str, float]):
        """Return the producers that answer a search, with answer_rank, the best lowest.

        ranks: by slug, of those called as was typed. Others follow, found by search().
        """
        found = Q(pk__in=Producer.objects.search(text).values("pk"))
        rank = search.rank_by_slug(ranks)
        return self.filter(Q(slug__in=ranks) | found).annotate(answer_rank=rank)

    def for_cards(self):
        """Return producers by name, with what templates/producers/_card.html reads.

        Three queries for any number of rows.
        """
        offerings = Offering.objects.active().select_related("product")
        return (
            self.select_related("region")
            .prefetch_related(
                Prefetch(
                    "offerings",
                    queryset=offerings.order_by(*by_name("product__name")),
                    to_attr="shown_offerings",
                ),
                Prefetch(
                    "photos",
                    queryset=ProducerPhoto.objects.listed(),
                    to_attr="shown_photos",
                ),
            )
            .order_by(*by_name())
        )


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
