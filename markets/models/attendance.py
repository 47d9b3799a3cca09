import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from producers.alphabet import by_name
from producers.history import versions
from producers.localised import Localised
from producers.models import Producer

from .market_day import MarketDay
from .venue import Stall, Venue


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
        help_text=_("The market at which they sell."),
    )
    producer = models.ForeignKey(
        Producer,
        on_delete=models.CASCADE,
        related_name="participations",
        verbose_name=_("producer"),
        help_text=_("Who takes part. Type part of the name and choose."),
    )
    stall = models.ForeignKey(
        Stall,
        on_delete=models.SET_NULL,
        related_name="participations",
        verbose_name=_("usual stall"),
        null=True,
        blank=True,
        help_text=_("The one they nearly always have; leave it empty if it changes."),
    )
    rhythm = models.CharField(
        _("rhythm"),
        max_length=10,
        choices=Rhythm,
        default=Rhythm.WEEKLY,
        help_text=_("From it, each market day gets its list of who is expected."),
    )
    first_date = models.DateField(
        _("first day"), help_text=_("Every other week counts from here: 29/11/2026.")
    )
    nth = models.PositiveSmallIntegerField(
        _("which week of the month"),
        null=True,
        blank=True,
        help_text=_(
            "Only for a certain Sunday of the month, from 1 to 5: 2 for the second."
        ),
    )

    history = versions()

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

    def confirmed(self):
        """Return those of whom somebody said that they come."""
        return self.filter(status=Attendance.Status.CONFIRMED)

    def unchecked(self):
        """Return those of whom nobody has said yet whether they come."""
        return self.filter(status=Attendance.Status.EXPECTED)

    def listed(self):
        """Return those of producers whom the public may see."""
        return self.filter(producer__in=Producer.objects.listed())

    def for_page(self):
        """Return them by stall, those without one last, with producer and region.

        One query.
        """
        rows = self.select_related("producer__region", "stall")
        by_stall = F("stall__number").asc(nulls_last=True)
        return rows.order_by(by_stall, *by_name("producer__name"), "pk")


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
    reason = models.CharField(
        _("reason"),
        max_length=160,
        blank=True,
        help_text=_("People read it: “Lluvia en la carretera.”"),
    )
    reason_en = models.CharField(
        _("reason in English"),
        max_length=160,
        blank=True,
        help_text=_("The same in English: “Rain on the road.”"),
    )
    follows_rhythm = models.BooleanField(
        _("made from the rhythm"),
        default=False,
        editable=False,
        help_text=_("Until staff change it."),
    )

    shown_reason = Localised("reason")

    objects = AttendanceQuerySet.as_manager()
    history = versions()

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
