import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from producers.history import versions


class CertificationQuerySet(models.QuerySet):
    def valid_on(self, date: dt.date):
        """Return the certifications still valid on date, that day included."""
        return self.filter(valid_through__gte=date).order_by("scheme", "pk")


class Certification(models.Model):
    """A producer's seal, such as SGP or organic, for as long as it is valid."""

    producer = models.ForeignKey(
        "producers.Producer",
        on_delete=models.CASCADE,
        related_name="certifications",
        verbose_name=_("producer"),
    )
    scheme = models.CharField(
        _("scheme"), max_length=80, help_text=_("As it stands on the certificate.")
    )
    number = models.CharField(_("number"), max_length=60, blank=True)
    valid_through = models.DateField(_("valid through"))

    objects = CertificationQuerySet.as_manager()
    history = versions()

    class Meta:
        verbose_name = _("certification")
        verbose_name_plural = _("certifications")

    def __str__(self):
        return self.scheme
