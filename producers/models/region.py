from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from producers import search
from producers.alphabet import by_name
from producers.history import versions


class NaturalRegion(models.TextChoices):
    """The three natural regions as schools teach them."""

    COAST = "coast", _("Coast")
    HIGHLANDS = "highlands", _("Highlands")
    JUNGLE = "jungle", _("Jungle")


class RegionQuerySet(models.QuerySet):
    def with_producer_count(self):
        """Add producer_count, the producers of each region that the public may see."""
        listed = Q(producers__status="published")
        return self.annotate(producer_count=Count("producers", filter=listed))

    def by_producers(self):
        """Return the regions with most producers first, with producer_count."""
        return self.with_producer_count().order_by("-producer_count", *by_name())

    def search(self, text: str):
        """Return the regions whose name or capital has every word of text."""
        found = self
        for word in search.telling_words(text):
            found = found.filter(search.anywhere(word, ["name", "capital"]))
        return found

    def with_producers_of(self, offerings, product):
        """Return the regions where the offerings of a product come from, most first.

        Adds producer_count, the producers of the given offerings in each region.
        """
        own = offerings.filter(product=product).values("producer")
        return (
            self.filter(producers__in=own)
            .annotate(producer_count=Count("producers"))
            .order_by("-producer_count", *by_name())
        )


class Region(models.Model):
    """One of the 24 departments or Callao; the rows come with a migration."""

    slug = models.SlugField(
        _("address"),
        unique=True,
        help_text=_("The last part of its page's address: cusco."),
    )
    name = models.CharField(
        _("name"), max_length=40, unique=True, help_text=_("The department's: Cusco.")
    )
    iso_code = models.CharField(
        _("ISO code"), max_length=6, unique=True, help_text=_("ISO 3166-2: PE-CUS.")
    )
    ubigeo = models.CharField(
        _("ubigeo"), max_length=2, unique=True, help_text=_("INEI's two digits: 08.")
    )
    natural_regions = ArrayField(
        models.CharField(max_length=10, choices=NaturalRegion),
        verbose_name=_("natural regions"),
        help_text=_("Tick all that it has; regions that share one are taken as alike."),
    )
    capital = models.CharField(
        _("capital"), max_length=40, help_text=_("Example: Huancayo.")
    )

    objects = RegionQuerySet.as_manager()
    history = versions()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("producers:region_detail", args=[self.slug])

    @property
    def natural_region_labels(self):
        """The names of its natural regions, in their stored order."""
        return [NaturalRegion(value).label for value in self.natural_regions]
