import datetime as dt

from django.db import models
from django.db.models import Case, F, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from producers.history import versions
from producers.localised import Localised

# From the first market on. Lima's last night of the calendar is in the year 10000
# elsewhere, where the driver cannot follow: no page could read such a notice.
KNOWN_YEARS = (
    dt.datetime(2013, 1, 1, tzinfo=dt.UTC),
    dt.datetime(2101, 1, 1, 5, tzinfo=dt.UTC),
)


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

    message = models.CharField(
        _("message"),
        max_length=280,
        help_text=_("On top of every page: “El domingo 29 no hay feria.”"),
    )
    message_en = models.CharField(
        _("message in English"),
        max_length=280,
        blank=True,
        help_text=_("The same in English: “No market on Sunday 29.”"),
    )
    level = models.CharField(
        _("level"),
        max_length=10,
        choices=Level,
        default=Level.PLAIN,
        help_text=_("How much it stands out; the most urgent comes first."),
    )
    starts_at = models.DateTimeField(
        _("from"),
        help_text=_("It appears by itself on this day and hour: 27/11/2026, 08:00."),
    )
    ends_at = models.DateTimeField(
        _("until"), help_text=_("It goes by itself: 29/11/2026, 15:00.")
    )

    changed_at = models.DateTimeField(
        _("last public change"), default=timezone.now, editable=False
    )

    shown_message = Localised("message")

    objects = NoticeQuerySet.as_manager()
    history = versions()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="markets_notice_ends_after_start",
                violation_error_message=_("It ends before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(starts_at__range=KNOWN_YEARS, ends_at__range=KNOWN_YEARS),
                name="markets_notice_known_years",
                violation_error_message=_("Choose years from 2013 to 2100."),
            ),
        ]

    def __str__(self):
        return self.message
