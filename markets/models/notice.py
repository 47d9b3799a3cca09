import datetime as dt

from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from producers.localised import Localised


class NoticeQuerySet(models.QuerySet):
    def shown_at(self, moment: dt.datetime):
        """Return the notices of a moment, the gravest first."""
        gravity = Case(
            *(
                When(level=level, then=rank)
                for rank, level in enumerate(reversed(Notice.Level.values))
            )
        )
        shown = self.filter(starts_at__lte=moment, ends_at__gte=moment)
        return shown.order_by(gravity, "-starts_at", "pk")


class Notice(models.Model):
    """A message across the site between two moments, both included."""

    class Level(models.TextChoices):
        PLAIN = "plain", _("Plain")
        IMPORTANT = "important", _("Important")
        URGENT = "urgent", _("Urgent")

    message = models.CharField(_("message"), max_length=280)
    message_en = models.CharField(_("message in English"), max_length=280, blank=True)
    level = models.CharField(
        _("level"), max_length=10, choices=Level, default=Level.PLAIN
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))

    shown_message = Localised("message")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="markets_notice_ends_after_start",
                violation_error_message=_("It ends before it begins."),
            )
        ]

    def __str__(self):
        return self.message
