from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from producers.history import versions


class ConsentQuerySet(models.QuerySet):
    def covering(self, scope: str):
        """Return the consents to scope, a Consent.Scope, that are not withdrawn."""
        return self.filter(covers__contains=[scope], withdrawn_date__isnull=True)

    def agreed(self, scope: str, *, producer: str = ""):
        """Return the condition that a producer agreed to scope being public.

        For a queryset of Producer, or of what belongs to one: then producer is the
        path to it, such as "producer__". An example is nobody, and needs no consent.
        """
        given = self.covering(scope).filter(producer=OuterRef(f"{producer}pk"))
        return Q(**{f"{producer}is_example": True}) | Exists(given)


class Consent(models.Model):
    """Who agreed, when, to what being public about a producer."""

    class Scope(models.TextChoices):
        PROFILE = "profile", _("Profile and story")
        PORTRAIT = "portrait", _("Photos of people")
        CONTACT = "contact", _("Telephone and other channels")
        COORDINATES = "coordinates", _("Exact place")

    producer = models.ForeignKey(
        "producers.Producer",
        on_delete=models.CASCADE,
        related_name="consents",
        verbose_name=_("producer"),
    )
    given_by = models.CharField(
        _("given by"),
        max_length=120,
        help_text=_("Who said yes, with full name: Rosa Quispe Rojas."),
    )
    given_date = models.DateField(
        _("given on"), help_text=_("The day of the yes: 29/11/2026.")
    )
    withdrawn_date = models.DateField(
        _("withdrawn on"),
        null=True,
        blank=True,
        help_text=_(
            "Only if they take it back; from then on it is not shown: 15/12/2026."
        ),
    )
    covers = ArrayField(
        models.CharField(max_length=12, choices=Scope),
        verbose_name=_("covers"),
        help_text=_("What they agreed to. What is not ticked stays private."),
    )
    note = models.CharField(
        _("note"),
        max_length=200,
        blank=True,
        help_text=_("Where it can be looked up: signed sheet, green folder."),
    )

    objects = ConsentQuerySet.as_manager()
    history = versions()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.CheckConstraint(
                condition=Q(covers__len__gt=0),
                name="producers_consent_covers_something",
                violation_error_message=_("Say what the consent covers."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_date__isnull=True)
                | Q(withdrawn_date__gte=models.F("given_date")),
                name="producers_consent_withdrawn_after_given",
                violation_error_message=_("It was withdrawn before it was given."),
            ),
        ]

    def __str__(self):
        return f"{self.given_by}, {self.given_date}"
