import datetime as dt

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from producers.alphabet import by_name
from producers.fields import SeasonField, season_constraints
from producers.history import versions
from producers.localised import Localised
from producers.months import MONTH_SLUGS

# For as long a price that was seen may be taken for today's.
PRICE_DAYS = 30


class Unit(models.TextChoices):
    """What a price is for."""

    KG = "kg", _("kilo")
    UNIT = "unit", _("unit")
    BUNCH = "bunch", _("bunch")
    BAG = "bag", _("bag")
    JAR = "jar", _("jar")
    BOTTLE = "bottle", _("bottle")
    DOZEN = "dozen", _("dozen")
    TRAY = "tray", _("tray")
    PORTION = "portion", _("portion")


class OfferingQuerySet(models.QuerySet):
    def active(self):
        """Return the offerings on sale of public products, of any producer."""
        return self.filter(is_active=True, product__is_listed=True)

    def listed(self):
        """Return the offerings that the public may see.

        They are active, and their producer is public too.
        """
        return self.active().filter(producer__status="published")

    def with_old_price(self, today: dt.date):
        """Return the offerings whose price was last seen more than thirty days ago."""
        oldest = today - dt.timedelta(days=PRICE_DAYS)
        return self.filter(price__isnull=False, price_date__lt=oldest)

    def held(self, keys) -> set[int]:
        """Return those of the keys whose rows exist, and keep them so.

        Nobody deletes them until the transaction ends; whoever edits them need not
        wait.
        """
        # As a foreign key's own check does it, and Django has no word for.
        sql = (
            "SELECT id FROM producers_offering WHERE id = ANY(%s) "
            "ORDER BY id FOR KEY SHARE"
        )
        return {one.pk for one in self.raw(sql, [list(keys)])}

    def in_month(self, month: int, *, at_least: int = 1):
        """Return the offerings whose season reaches a level in month, 1 to 12.

        Raises ValueError for any other month.
        """
        if month not in MONTH_SLUGS:
            raise ValueError(f"not a month: {month}")
        return self.filter(**{f"season__{month - 1}__gte": at_least})

    def for_product(self, month: int):
        """Return a product's offerings, the best in month first, with their producers.

        Two queries for any number of rows.
        """
        return (
            self.select_related("producer__region")
            .prefetch_related("varieties")
            .order_by(f"-season__{month - 1}", *by_name("producer__name"))
        )

    def for_market_day(self):
        """Return offerings by category and product, with both, in one query."""
        return self.select_related("product__category").order_by(
            "product__category__position",
            "product__category_id",
            *by_name("product__name"),
            "product_id",
            "producer_id",
        )

    def for_producer(self):
        """Return a producer's offerings by product, in two queries."""
        return (
            self.select_related("product")
            .prefetch_related("varieties")
            .order_by(*by_name("product__name"))
        )


class Offering(models.Model):
    """One product of one producer, and the twelve levels of its season."""

    producer = models.ForeignKey(
        "producers.Producer",
        on_delete=models.CASCADE,
        related_name="offerings",
        verbose_name=_("producer"),
        help_text=_("Who brings it. Type part of the name and choose."),
    )
    product = models.ForeignKey(
        "producers.Product",
        on_delete=models.PROTECT,
        related_name="offerings",
        verbose_name=_("product"),
        help_text=_(
            "Type part of its name and choose; if it is missing, add the product first."
        ),
    )
    varieties = models.ManyToManyField(
        "producers.Variety",
        blank=True,
        related_name="offerings",
        verbose_name=_("varieties"),
        help_text=_("Only those of this product; leave it empty if you do not know."),
    )
    season = SeasonField(
        verbose_name=_("season"),
        help_text=_("Click or use the arrow keys: up for more, down for less."),
    )
    unit = models.CharField(
        _("unit"),
        max_length=10,
        choices=Unit,
        default=Unit.KG,
        help_text=_("What the price is for."),
    )
    price = models.DecimalField(
        _("reference price"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("In soles, for one unit: 8.50."),
    )
    price_date = models.DateField(
        _("price seen on"),
        null=True,
        blank=True,
        help_text=_("The day on which it cost that: 29/11/2026."),
    )
    note = models.CharField(
        _("note"),
        max_length=160,
        blank=True,
        help_text=_("What is special about it: “Recién cosechada, sin lavar”."),
    )
    note_en = models.CharField(
        _("note in English"),
        max_length=160,
        blank=True,
        help_text=_("The same in English: “Freshly dug, unwashed”"),
    )
    is_active = models.BooleanField(
        _("on sale"),
        default=True,
        help_text=_("Untick it when they stop selling it; its season stays noted."),
    )

    shown_note = Localised("note")

    objects = OfferingQuerySet.as_manager()
    history = versions(m2m_fields=["varieties"])

    class Meta:
        verbose_name = _("offering")
        verbose_name_plural = _("offerings")
        constraints = [
            *season_constraints("season", "producers_offering_season"),
            models.UniqueConstraint(
                fields=["producer", "product"],
                name="producers_offering_once_per_producer",
                violation_error_message=_("The producer offers this product already."),
            ),
            models.CheckConstraint(
                condition=Q(price__isnull=True) | Q(price_date__isnull=False),
                name="producers_offering_price_has_date",
                violation_error_message=_("Give the date on which the price was true."),
            ),
            models.CheckConstraint(
                condition=Q(price__isnull=True) | Q(price__gte=0),
                name="producers_offering_price_not_negative",
                violation_error_message=_("A price is not negative."),
            ),
        ]

    def __str__(self):
        return f"{self.product} · {self.producer}"
