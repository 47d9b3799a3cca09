import datetime as dt

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from producers.alphabet import by_name
from producers.history import versions
from producers.localised import Localised
from producers.models import Contact, Offering
from producers.models.producer import LATITUDES, LONGITUDES

CITY = "Lima, Perú"
# Far above what a street has; the plan draws every place up to the last stall.
MAX_ROW = 20
MAX_POSITION = 200


class VenueQuerySet(models.QuerySet):
    def markets(self):
        """Return the weekly markets."""
        return self.filter(kind=Venue.Kind.MARKET)

    def without_days_from(self, date: dt.date):
        """Return the venues that have no market day on date or later."""
        return self.exclude(market_days__date__gte=date)

    def shops(self):
        """Return the shops, the first one first."""
        return self.filter(kind=Venue.Kind.SHOP).order_by("pk")

    def shop(self):
        """Return the first shop with its hours and public contacts, or None.

        Four queries, one if there is none.
        """
        contacts = Prefetch("contacts", VenueContact.objects.listed(), "shown_contacts")
        return (
            self.shops()
            .prefetch_related("opening_hours", "special_hours", contacts)
            .first()
        )


class Venue(models.Model):
    """A place of sale: a weekly market in the street, or a shop."""

    class Kind(models.TextChoices):
        MARKET = "market", _("Weekly market")
        SHOP = "shop", _("Shop")

    slug = models.SlugField(
        _("address of its page"),
        unique=True,
        help_text=_("The last part of its page's address: av-brasil."),
    )
    name = models.CharField(
        _("name"),
        max_length=60,
        help_text=_("As people call it: Feria de la Av. Brasil."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=Kind,
        help_text=_("A market has days and stalls; a shop has hours and a shelf."),
    )
    is_main = models.BooleanField(
        _("main market"),
        default=False,
        help_text=_("The one that «this Sunday» means; one venue at most."),
    )
    street = models.CharField(
        _("street"),
        max_length=120,
        blank=True,
        help_text=_("Example: Av. Brasil, cuadra 40."),
    )
    district = models.CharField(
        _("district"), max_length=60, help_text=_("Example: Magdalena del Mar.")
    )
    reference = models.CharField(
        _("reference"),
        max_length=160,
        blank=True,
        help_text=_("How people find it: al costado del parque."),
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("Degrees, negative in Peru: -12.0921."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("Degrees, negative in Peru: -77.0628."),
    )
    by_bus = models.TextField(
        _("by bus"),
        blank=True,
        help_text=_("Lines and where to get off: “Corredor azul, paradero Brasil.”"),
    )
    by_bus_en = models.TextField(
        _("by bus, in English"),
        blank=True,
        help_text=_("The same in English: “Blue corridor, Brasil stop.”"),
    )
    by_bike = models.TextField(
        _("by bike"),
        blank=True,
        help_text=_(
            "Which way, and where it can be left: “Ciclovía de la Brasil; hay parqueo.”"
        ),
    )
    by_bike_en = models.TextField(
        _("by bike, in English"),
        blank=True,
        help_text=_("The same in English: “Cycle lane on Brasil; there is a rack.”"),
    )
    by_car = models.TextField(
        _("by car"),
        blank=True,
        help_text=_("Where it can be left: “Hay sitio en la cuadra 41.”"),
    )
    by_car_en = models.TextField(
        _("by car, in English"),
        blank=True,
        help_text=_("The same in English: “There is room in block 41.”"),
    )
    confirmed_date = models.DateField(
        _("address and hours confirmed on"),
        null=True,
        blank=True,
        help_text=_(
            "Example: 29/11/2026. Until then the site says that nobody confirmed them."
        ),
    )

    sequence = models.PositiveIntegerField(_("changes"), default=0, editable=False)
    changed_at = models.DateTimeField(
        _("last public change"), default=timezone.now, editable=False
    )

    shown_by_bus = Localised("by_bus")
    shown_by_bike = Localised("by_bike")
    shown_by_car = Localised("by_car")

    objects = VenueQuerySet.as_manager()
    history = versions()

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=LATITUDES,
                    longitude__range=LONGITUDES,
                ),
                name="markets_venue_coordinates_in_peru",
                violation_error_message=_(
                    "Give both coordinates, of a place in Peru, or none."
                ),
            ),
            models.UniqueConstraint(
                fields=["is_main"],
                condition=Q(is_main=True),
                name="markets_venue_one_main",
                violation_error_message=_("Another venue is the main market."),
            ),
            models.CheckConstraint(
                condition=Q(is_main=False) | Q(kind="market"),
                name="markets_venue_main_is_market",
                violation_error_message=_("A shop is not the main market."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def map_point(self):
        """What a map finds the place by: coordinates, else the address, or nothing."""
        if self.latitude is not None:
            return f"{self.latitude},{self.longitude}"
        return f"{self.street}, {self.district}, {CITY}" if self.street else ""


class VenueContact(Contact):
    """A channel to reach those who run a venue."""

    venue = models.ForeignKey(
        Venue,
        on_delete=models.CASCADE,
        related_name="contacts",
        verbose_name=_("venue"),
    )

    history = versions()


class Stall(models.Model):
    """A numbered place at a venue, and where it stands on the plan."""

    venue = models.ForeignKey(
        Venue,
        on_delete=models.CASCADE,
        related_name="stalls",
        verbose_name=_("venue"),
        help_text=_("The market where it stands."),
    )
    number = models.PositiveSmallIntegerField(
        _("number"),
        validators=[MinValueValidator(1)],
        help_text=_("As people know it: 23."),
    )
    row = models.PositiveSmallIntegerField(
        _("row"),
        validators=[MinValueValidator(1), MaxValueValidator(MAX_ROW)],
        help_text=_("Across the street, from 1: 2 is the second row."),
    )
    position = models.PositiveSmallIntegerField(
        _("position"),
        validators=[MinValueValidator(1), MaxValueValidator(MAX_POSITION)],
        help_text=_("Along the street, from 1 at the entrance: 5 is the fifth."),
    )
    zone = models.CharField(
        _("zone"),
        max_length=40,
        blank=True,
        help_text=_("Part of the market, as the plan names it: Lácteos."),
    )

    history = versions()

    class Meta:
        verbose_name = _("stall")
        verbose_name_plural = _("stalls")
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "number"],
                name="markets_stall_number_once_per_venue",
                violation_error_message=_("The venue has a stall with this number."),
            ),
            models.UniqueConstraint(
                fields=["venue", "row", "position"],
                name="markets_stall_place_once_per_venue",
                violation_error_message=_("Another stall stands at this place."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="markets_stall_number_from_one"
            ),
            models.CheckConstraint(
                condition=Q(row__range=(1, MAX_ROW), position__range=(1, MAX_POSITION)),
                name="markets_stall_on_the_plan",
            ),
        ]

    def __str__(self):
        return str(self.number)


class ShelfItemQuerySet(models.QuerySet):
    def in_stock(self):
        """Return what is in stock and public, by product, with its producer.

        One query.
        """
        return (
            self.filter(is_in_stock=True, offering__in=Offering.objects.listed())
            .select_related("offering__product", "offering__producer")
            .order_by(*by_name("offering__product__name"), "pk")
        )

    def unchecked_on(self, date: dt.date):
        """Return the items that nobody has looked at on a date in Lima, or since."""
        start = timezone.make_aware(dt.datetime.combine(date, dt.time.min))
        return self.filter(checked_at__lt=start)

    def drawn(self):
        """Return the items whose product has a drawing."""
        return self.exclude(offering__product__drawing="")


class ShelfItem(models.Model):
    """An offering that a shop sells, in stock or not, as last checked."""

    venue = models.ForeignKey(
        Venue,
        on_delete=models.CASCADE,
        related_name="shelf_items",
        verbose_name=_("shop"),
        help_text=_("The shop that sells it."),
    )
    offering = models.ForeignKey(
        Offering,
        on_delete=models.CASCADE,
        related_name="shelf_items",
        verbose_name=_("offering"),
        help_text=_("What, and from whom. Type part of either name and choose."),
    )
    is_in_stock = models.BooleanField(
        _("in stock"),
        default=True,
        help_text=_("Tick it if it is on the shelf today; the shop's page says so."),
    )
    checked_at = models.DateTimeField(_("checked at"))

    objects = ShelfItemQuerySet.as_manager()
    history = versions()

    class Meta:
        verbose_name = _("item on the shelf")
        verbose_name_plural = _("items on the shelf")
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "offering"],
                name="markets_shelfitem_once_per_shop",
                violation_error_message=_("The shop has this offering on its shelf."),
            )
        ]

    def __str__(self):
        return str(self.offering)
