from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FloatField,
    Func,
    IntegerField,
    Max,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Least
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from producers import drawings, search
from producers.alphabet import by_name
from producers.fields import SeasonField, season_constraints
from producers.history import versions
from producers.localised import Localised
from producers.search import Joined, Names, Rank, Stems
from producers.season import MONTH_COUNT

from .category import Category, Tint
from .former_slug import FormerProductSlug
from .offering import Offering
from .region import Region
from .variety import Variety

# What a product is called, and what is told of it, as the indexes have it.
NAMES = Names("name", "name_en", "name_qu", "scientific_name", Joined("other_names"))
TEXTS = Stems(
    Names("description", "how_to_use", "how_to_choose", "how_to_keep", "description_en")
)


class ProductQuerySet(models.QuerySet):
    def listed(self):
        """Return the products that the public may see."""
        return self.filter(is_listed=True)

    def formerly_at(self, slug: str):
        """Return the product that had an address once, if there is one."""
        former = FormerProductSlug.objects.filter(slug=slug, owner=OuterRef("pk"))
        return self.filter(Exists(former))

    def with_season(self, offerings):
        """Add season, the month-by-month maximum over the given offerings.

        A product with none of them has its reference season, and
        has_offerings says False. offerings is a queryset of Offering, such as
        Offering.objects.listed().
        """
        own = offerings.filter(product=OuterRef("pk")).order_by()
        maxima = [Max(f"season__{index}") for index in range(MONTH_COUNT)]
        season = (
            own.values("product")
            .annotate(
                maxima=Func(
                    *maxima,
                    template="ARRAY[%(expressions)s]",
                    output_field=ArrayField(models.SmallIntegerField()),
                )
            )
            .values("maxima")
        )
        shown = Coalesce(season, "reference_season", output_field=SeasonField())
        return self.annotate(season=shown, has_offerings=Exists(own))

    def with_producer_count(self, offerings):
        """Add producer_count, how many producers the given offerings come from."""
        own = offerings.filter(product=OuterRef("pk")).order_by().values("product")
        count = own.annotate(count=Count("producer", distinct=True)).values("count")
        return self.annotate(
            producer_count=Coalesce(count, Value(0), output_field=IntegerField())
        )

    def offered(self, offerings):
        """Return the products that one of the given offerings is of."""
        return self.filter(Exists(offerings.filter(product=OuterRef("pk"))))

    def with_level(self, month: int, offerings, *, name: str = "level"):
        """Add the best level in month, 1 to 12, over the given offerings, as name.

        A product with none of them has its reference season's level, as in
        with_season().
        """
        own = offerings.filter(product=OuterRef("pk")).order_by().values("product")
        best = own.annotate(best=Max(f"season__{month - 1}")).values("best")
        return self.annotate(**{name: Coalesce(best, f"reference_season__{month - 1}")})

    def with_group(self):
        """Add group: 0 at its best, 1 what there is, 2 the rest. Needs with_level()."""
        # Halved as whole numbers: levels 3, 2, 1, 0 give 0, 1, 1, 2. A CASE would
        # have the database work out the level once for each of its branches.
        return self.annotate(group=(4 - F("level")) / 2)

    def changing(self, month: int, offerings):
        """Add level and next_level, in month and in the one after it."""
        return self.with_level(month, offerings).with_level(
            month % 12 + 1, offerings, name="next_level"
        )

    def leaving(self, month: int, offerings):
        """Return the products with less next month, the steepest fall first."""
        return (
            self.changing(month, offerings)
            .filter(level__gt=F("next_level"))
            .order_by(F("next_level") - F("level"), "next_level", *by_name())
        )

    def arriving(self, month: int, offerings):
        """Return the products with more next month, the steepest rise first."""
        return (
            self.changing(month, offerings)
            .filter(next_level__gt=F("level"))
            .order_by(F("level") - F("next_level"), "level", *by_name())
        )

    def called(self, word: str):
        """Return the products with word in one of their names."""
        return self.filter(search.called(word, NAMES))

    def search(self, text: str):
        """Return the products where every word of text is found somewhere.

        In the names, other names and varieties, the category, or the region of
        somebody who offers it.
        """
        found = self
        for word in search.telling_words(text):
            regions = Region.objects.filter(search.anywhere(word, ["name"]))
            near = Offering.objects.listed().filter(producer__region__in=regions)
            found = found.filter(
                Q(pk__in=Product.objects.called(word).values("pk"))
                | Q(pk__in=Variety.objects.called(word).values("product"))
                | search.anywhere(word, ["category__name"])
                | Q(pk__in=near.values("product"))
            )
        return found

    def answering(self, text: str, ranks: dict[str, float]):
        """Return the products that answer a search, with answer_rank, the best lowest.

        ranks: by slug, of those called as was typed. Others follow, found by search().
        """
        found = Q(pk__in=Product.objects.search(text).values("pk"))
        stems = search.stems_of(text, Stems(Names("name")))
        by_name = Case(
            When(stems, then=Value(float(Rank.STEMS))),
            default=Value(float(Rank.FOUND)),
            output_field=FloatField(),
        )
        rank = Least(search.rank_by_slug(ranks), by_name)
        return self.filter(Q(slug__in=ranks) | found).annotate(answer_rank=rank)

    def telling_of(self, text: str):
        """Return the products whose texts have every stem of text; with answer_rank."""
        rank = Value(float(Rank.TOLD), output_field=FloatField())
        return self.filter(search.stems_of(text, TEXTS)).annotate(answer_rank=rank)

    def for_cards(self, offerings):
        """Return what templates/producers/_product_card.html reads, in one query.

        The season and the number of producers are those of the given offerings.
        """
        return self.with_season(offerings).with_producer_count(offerings)


class Product(models.Model):
    """A kind of good, such as palta fuerte, whoever grows it."""

    slug = models.SlugField(
        _("address"),
        unique=True,
        help_text=_("The last part of its page's address: papa-nativa."),
    )
    name = models.CharField(
        _("name"),
        max_length=60,
        unique=True,
        help_text=_("As it is asked for at the market: Papa nativa."),
    )
    name_en = models.CharField(
        _("name in English"),
        max_length=60,
        blank=True,
        help_text=_("Example: Native potato."),
    )
    name_qu = models.CharField(
        _("name in Quechua"), max_length=60, blank=True, help_text=_("Example: Papa.")
    )
    other_names = ArrayField(
        models.CharField(max_length=60),
        verbose_name=_("other names"),
        default=list,
        blank=True,
        help_text=_(
            "Separated by commas; searching for one finds the product: aguacate, palto."
        ),
    )
    scientific_name = models.CharField(
        _("scientific name"),
        max_length=80,
        blank=True,
        help_text=_("Example: Persea americana."),
    )
    category = models.ForeignKey(
        Category,
        on_delete=models.PROTECT,
        related_name="products",
        verbose_name=_("category"),
        help_text=_("The shelf where people look for it. Type and choose."),
    )
    is_native = models.BooleanField(
        _("native"),
        default=False,
        help_text=_("From the Andes or the Amazon, since before the Spanish."),
    )
    is_listed = models.BooleanField(
        _("in the public catalogue"),
        default=True,
        help_text=_("Untick it, and nobody sees the product nor who brings it."),
    )
    description = models.TextField(
        _("description"),
        blank=True,
        help_text=_(
            "What it is, in two sentences: “Papas de altura, de muchos colores…”"
        ),
    )
    description_en = models.TextField(
        _("description in English"),
        blank=True,
        help_text=_("The same in English: “Highland potatoes of many colours…”"),
    )
    how_to_choose = models.TextField(
        _("how to choose it"),
        blank=True,
        help_text=_("What to look at: “Firme, sin brotes ni manchas verdes.”"),
    )
    how_to_choose_en = models.TextField(
        _("how to choose it, in English"),
        blank=True,
        help_text=_("The same in English: “Firm, without sprouts or green spots.”"),
    )
    how_to_keep = models.TextField(
        _("how to keep it"),
        blank=True,
        help_text=_("Where and how long: “En sitio oscuro y fresco, dos semanas.”"),
    )
    how_to_keep_en = models.TextField(
        _("how to keep it, in English"),
        blank=True,
        help_text=_("The same in English: “In a dark, cool place, two weeks.”"),
    )
    how_to_use = models.TextField(
        _("how to use it"),
        blank=True,
        help_text=_("What to make of it: “Sancochada, en causa o en puré.”"),
    )
    how_to_use_en = models.TextField(
        _("how to use it, in English"),
        blank=True,
        help_text=_("The same in English: “Boiled, in causa or mashed.”"),
    )
    tint = models.CharField(
        _("colour of its card"),
        max_length=10,
        choices=Tint,
        default=Tint.AJI,
        help_text=_("The colour behind its drawing or its name."),
    )
    drawing = models.CharField(
        _("drawing"),
        max_length=60,
        blank=True,
        choices=drawings.choices,
        help_text=_("Without one, its card carries the name in lettering."),
    )
    reference_season = SeasonField(
        verbose_name=_("usual season"),
        help_text=_("Shown while no producer of the market offers the product."),
    )
    reference_source = models.TextField(
        _("source of the usual season"),
        help_text=_("Who says so: a calendar, an article with its date, the growers."),
    )
    reference_source_en = models.TextField(
        _("source of the usual season, in English"),
        blank=True,
        help_text=_("The same in English: who says so, and when."),
    )
    main_regions = models.ManyToManyField(
        "producers.Region",
        blank=True,
        related_name="main_products",
        verbose_name=_("main regions"),
        help_text=_("Where most of it grows; type and choose as many as you need."),
    )
    goes_with = models.ManyToManyField(
        "self",
        blank=True,
        symmetrical=False,
        verbose_name=_("goes well with"),
        help_text=_("What is cooked or eaten with it; its page leads there."),
    )

    shown_name = Localised("name")
    shown_description = Localised("description")
    shown_how_to_choose = Localised("how_to_choose")
    shown_how_to_keep = Localised("how_to_keep")
    shown_how_to_use = Localised("how_to_use")
    shown_reference_source = Localised("reference_source")

    objects = ProductQuerySet.as_manager()
    history = versions(m2m_fields=["main_regions", "goes_with"])

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        permissions = [("publish_product", "Can publish products")]
        constraints = [
            *season_constraints("reference_season", "producers_product_season"),
            models.CheckConstraint(
                condition=~Q(reference_source=""),
                name="producers_product_season_has_source",
                violation_error_message=_("Say where the usual season comes from."),
            ),
        ]
        indexes = [
            GinIndex(fields=["other_names"], name="producers_product_other_names"),
            GinIndex(Stems(NAMES), name="producers_product_stems"),
            GinIndex(TEXTS, name="producers_product_texts"),
            *search.name_indexes(NAMES, "producers_product"),
        ]

    def __str__(self):
        return self.shown_name

    def get_absolute_url(self):
        return reverse("producers:product_detail", args=[self.slug])
