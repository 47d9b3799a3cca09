import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from producers.localised import Localised
from producers.models import Producer

from .venue import Stall, Venue


class MarketDayQuerySet(models.QuerySet):
    def not_over(self, moment: dt.datetime):
        """Return the market days that end after moment, soonest first.

        Cancelled ones are among them. Read in Lima's time; a day's own closing
        counts, so that this Sunday's market is over in the afternoon.
        """
        local = timezone.localtime(moment)
        still_open = Q(date=local.date(), closes__gt=local.time())
        later = Q(date__gt=local.date())
        return self.filter(still_open | later).order_by("date", "pk")

    def next_after(self, moment: dt.datetime):
        """Return the soonest market day that is not over at moment, or None.

        One query, its venue included.
        """
        return self.not_over(moment).select_related("venue").first()


class MarketDay(models.Model):
    """One venue on one date, made ahead from the weekly hours."""

    class Status(models.TextChoices):
        SCHEDULED = "scheduled", _("Not confirmed yet")
        CONFIRMED = "confirmed", _("Confirmed")
        MOVED = "moved", _("Moved for this day")
        CANCELLED = "cancelled", _("Cancelled")

    venue = models.ForeignKey(
        Venue,
        on_delete=models.PROTECT,
        related_name="market_days",
        verbose_name=_("venue"),
    )
    date = models.DateField(_("date"))
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.SCHEDULED
    )
    moved_to = models.CharField(
        _("other place"),
        max_length=160,
        blank=True,
        help_text=_("Only for this day: street, block and district."),
    )
    notice = models.CharField(
        _("notice"), max_length=280, blank=True, help_text=_("What people should know.")
    )
    notice_en = models.CharField(_("notice in English"), max_length=280, blank=True)
    sequence = models.PositiveIntegerField(_("changes"), default=0, editable=False)
    checked_at = models.DateTimeField(_("last checked"), null=True, blank=True)

    shown_notice = Localised("notice")

    objects = MarketDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("market day")
        verbose_name_plural = _("market days")
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "date"],
                name="markets_marketday_once_per_venue",
                violation_error_message=_("The venue has this day already."),
            ),
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")),
                name="markets_marketday_closes_after_opening",
                violation_error_message=_("It closes before it opens."),
            ),
            models.CheckConstraint(
                condition=Q(moved_to="") | Q(status="moved"),
                name="markets_marketday_other_place_only_when_moved",
                violation_error_message=_(
                    "Another place belongs to a day that is moved."
                ),
            ),
        ]
        indexes = [models.Index(fields=["date"], name="markets_marketday_date")]

    def __str__(self):
        return f"{self.venue}, {self.date}"

    @property
    def place(self):
        """Where it is held: the other place of a moved day, else the venue's street."""
        return self.moved_to or self.venue.street

    def coming_producers(self):
        """Return the public producers expected or confirmed; none when cancelled."""
        if self.status == self.Status.CANCELLED:
            return Producer.objects.none()
        coming = self.attendances.coming().values("producer")
        return Producer.objects.listed().filter(pk__in=coming)


class Participation(models.Model):
    """A producer's usual stall at a venue, and how often they come."""

    class Rhythm(models.TextChoices):
        WEEKLY = "weekly", _("Every week")
        ALTERNATE = "alternate", _("Every other week")
        NTH = "nth", _("A certain Sunday of the month")
        ON_DEMAND = "on_demand", _("When they say so")

    venue = models.ForeignKey(
        Venue,
        on_delete=models.CASCADE,
        related_name="participations",
        verbose_name=_("venue"),
    )
    producer = models.ForeignKey(
        Producer,
        on_delete=models.CASCADE,
        related_name="participations",
        verbose_name=_("producer"),
    )
    stall = models.ForeignKey(
        Stall,
        on_delete=models.SET_NULL,
        related_name="participations",
        verbose_name=_("usual stall"),
        null=True,
        blank=True,
    )
    rhythm = models.CharField(
        _("rhythm"), max_length=10, choices=Rhythm, default=Rhythm.WEEKLY
    )
    first_date = models.DateField(
        _("first day"), help_text=_("Every other week counts from here.")
    )
    nth = models.PositiveSmallIntegerField(
        _("which week of the month"), null=True, blank=True, help_text=_("1 to 5.")
    )

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "producer"],
                name="markets_participation_once_per_venue",
                violation_error_message=_("The producer takes part in it already."),
            ),
            models.CheckConstraint(
                condition=Q(rhythm="nth", nth__isnull=False, nth__range=(1, 5))
                | ~Q(rhythm="nth") & Q(nth__isnull=True),
                name="markets_participation_nth_has_number",
                violation_error_message=_("Say which week of the month, 1 to 5."),
            ),
        ]

    def __str__(self):
        return f"{self.producer} · {self.venue}"

    def expects(self, date: dt.date) -> bool:
        """Whether the rhythm brings the producer on a market day's date.

        Every other week counts calendar weeks from first_date's; the n-th week
        of a month is its days 7n-6 to 7n.
        """
        if date < self.first_date or self.rhythm == self.Rhythm.ON_DEMAND:
            return False
        if self.rhythm == self.Rhythm.ALTERNATE:
            weeks = (_monday(date) - _monday(self.first_date)).days // 7
            return weeks % 2 == 0
        if self.rhythm == self.Rhythm.NTH:
            return (date.day - 1) // 7 + 1 == self.nth
        return True


class AttendanceQuerySet(models.QuerySet):
    def coming(self):
        """Return those who are expected or confirmed."""
        return self.exclude(status=Attendance.Status.ABSENT)


class Attendance(models.Model):
    """One producer at one market day, at a stall if one is assigned."""

    class Status(models.TextChoices):
        EXPECTED = "expected", _("Expected")
        CONFIRMED = "confirmed", _("Confirmed")
        ABSENT = "absent", _("Not coming")

    market_day = models.ForeignKey(
        MarketDay,
        on_delete=models.CASCADE,
        related_name="attendances",
        verbose_name=_("market day"),
    )
    producer = models.ForeignKey(
        Producer,
        on_delete=models.CASCADE,
        related_name="attendances",
        verbose_name=_("producer"),
    )
    stall = models.ForeignKey(
        Stall,
        on_delete=models.PROTECT,
        related_name="attendances",
        verbose_name=_("stall"),
        null=True,
        blank=True,
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.EXPECTED
    )
    reason = models.CharField(_("reason"), max_length=160, blank=True)
    reason_en = models.CharField(_("reason in English"), max_length=160, blank=True)

    shown_reason = Localised("reason")

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            models.UniqueConstraint(
                fields=["market_day", "producer"],
                name="markets_attendance_once_per_market_day",
                violation_error_message=_("The producer is on the list of that day."),
            ),
            models.UniqueConstraint(
                fields=["market_day", "stall"],
                condition=Q(stall__isnull=False) & ~Q(status="absent"),
                name="markets_attendance_one_producer_per_stall",
                violation_error_message=_("Another producer has this stall that day."),
            ),
        ]

    def __str__(self):
        return f"{self.producer}, {self.market_day}"

    @property
    def is_coming(self):
        """Whether the producer is expected or confirmed."""
        return self.status != self.Status.ABSENT


def _monday(date):
    return date - dt.timedelta(days=date.weekday())
