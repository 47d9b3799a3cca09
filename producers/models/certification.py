import datetime as dt

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from producers.history import versions

# A new certificate takes about two months.
DAYS_TO_RENEW = 60


class CertificationQuerySet(models.QuerySet):
    def valid_on(self, date: dt.date):
        """Return the certifications still valid on date, that day included."""
        return self.filter(valid_through__gte=date).order_by("scheme", "pk")

    def to_renew(self, today: dt.date):
        """Return those that expired, or do within sixty days, that day included.

        Unless the producer has a later one of the same scheme: they renewed it.
        """
        later = Certification.objects.filter(
            producer=OuterRef("producer"),
            scheme__iexact=OuterRef("scheme"),
            valid_through__gt=OuterRef("valid_through"),
        )
        last_date = today + dt.timedelta(days=DAYS_TO_RENEW)
        return self.filter(~Exists(later), valid_through__lte=last_date)


class Certification(models.Model):
    """A producer's seal, such as SGP or organic, for as long as it is valid."""

    producer = models.ForeignKey(
        "producers.Producer",
        on_delete=models.CASCADE,
        related_name="certifications",
        verbose_name=_("producer"),
    )
    scheme = models.CharField(
        _("scheme"),
        max_length=80,
        help_text=_("As it stands on the certificate: SGP Lima."),
    )
    number = models.CharField(
        _("number"),
        max_length=60,
        blank=True,
        help_text=_("As it stands on the certificate: 0123-2026."),
    )
    valid_through = models.DateField(
        _("valid through"),
        help_text=_("Its last day; afterwards the page does not show it: 31/12/2027."),
    )

    objects = CertificationQuerySet.as_manager()
    history = versions()

    class Meta:
        verbose_name = _("certification")
        verbose_name_plural = _("certifications")

    def __str__(self):
        return self.scheme
