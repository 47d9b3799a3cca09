import datetime as dt

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    DateRangeField,
    IntegerRangeField,
    RangeOperators,
)
from django.db import models
from django.db.models import Case, F, Func, IntegerField, Q, Value, When
from django.db.models.functions import Cast, ExtractHour, ExtractMinute, Greatest, Least
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from producers.clock import hours
from producers.history import versions
from producers.localised import Localised

from .venue import Venue

DayOfWeek = models.IntegerChoices(
    "DayOfWeek",
    [
        (name, (number, WEEKDAYS[number]))
        for number, name in enumerate(
            [
                "MONDAY",
                "TUESDAY",
                "WEDNESDAY",
                "THURSDAY",
                "FRIDAY",
                "SATURDAY",
                "SUNDAY",
            ]
        )
    ],
)

DAY_MINUTES = 24 * 60
WEEK_MINUTES = 7 * DAY_MINUTES
NIGHT_MINUTES = 12 * 60
MIDNIGHT = dt.time(0)
BACKWARDS = _(
    "It closes before it opens. Past midnight, it may be open for 12 hours in all: "
    "20:00 to 02:00."
)


def _minutes(field):
    """The minutes from Monday 0:00 to a time on the row's day."""
    minutes = (
        F("day_of_week") * DAY_MINUTES + ExtractHour(field) * 60 + ExtractMinute(field)
    )
    return Cast(minutes, IntegerField())


def _period():
    """The minutes of the week that a row covers, round from Sunday into Monday."""
    opens, closes = _minutes("opens"), _minutes("closes")
    # A lookup, not a Q: validation puts a form's values in the place of the fields.
    is_past_midnight = LessThanOrEqual(closes, opens)
    closes += Case(When(is_past_midnight, then=DAY_MINUTES), default=0)
    return Func(
        _range(opens, Least(closes, WEEK_MINUTES)),
        _range(Value(0), Greatest(closes - WEEK_MINUTES, 0)),
        function="int4multirange",
        output_field=IntegerRangeField(),
    )


def _range(first, end):
    return Func(first, end, function="int4range", output_field=IntegerRangeField())


def _dates(first, last):
    """The dates on which a row is in force, both included."""
    return Func(
        F(first),
        F(last),
        Value("[]"),
        function="daterange",
        output_field=DateRangeField(),
    )


def _opens_and_closes():
    """Both times in minutes from midnight."""
    # Cast, for validation puts a NULL without a type in the place of no time.
    times = (Cast(name, models.TimeField()) for name in ("opens", "closes"))
    return (
        Cast(ExtractHour(time) * 60 + ExtractMinute(time), IntegerField())
        for time in times
    )


def _closes_after_opening():
    """A closing before the opening ends a night, and 9:00 to 8:00 is none.

    Midnight is the end of any day, and from one time to the same is all day.
    """
    opens, closes = _opens_and_closes()
    is_night = GreaterThanOrEqual(opens - closes, DAY_MINUTES - NIGHT_MINUTES)
    return Q(closes__gte=F("opens")) | Q(closes=MIDNIGHT) | Q(is_night)


def _minutes_of_day():
    """The minutes from midnight that a row of special hours covers."""
    opens, closes = _opens_and_closes()
    is_past_midnight = LessThanOrEqual(closes, opens)
    closes += Case(When(is_past_midnight, then=DAY_MINUTES), default=0)
    return _range(opens, closes)


class OpeningHours(models.Model):
    """One period of a venue's week; schema.org's OpeningHoursSpecification.

    A closing at or before the opening is on the next day. An empty valid_from or
    valid_through is open-ended; both are inclusive.
    """

    venue = models.ForeignKey(
        Venue,
        on_delete=models.CASCADE,
        related_name="opening_hours",
        verbose_name=_("venue"),
    )
    day_of_week = models.PositiveSmallIntegerField(
        _("day of the week"),
        choices=DayOfWeek,
        help_text=_("One line for each time that it opens."),
    )
    opens = models.TimeField(_("opens"), help_text=_("In 24 hours: 08:00."))
    closes = models.TimeField(_("closes"), help_text=_("In 24 hours: 14:00."))
    valid_from = models.DateField(
        _("valid from"),
        null=True,
        blank=True,
        help_text=_("Only if it begins later: 03/01/2027."),
    )
    valid_through = models.DateField(
        _("valid through"),
        null=True,
        blank=True,
        help_text=_("Only if it ends some day, that day included: 28/03/2027."),
    )

    history = versions()

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        constraints = [
            models.CheckConstraint(
                condition=Q(day_of_week__range=(0, 6)),
                name="markets_openinghours_day_of_week",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_through__isnull=True)
                | Q(valid_through__gte=F("valid_from")),
                name="markets_openinghours_valid_in_order",
                violation_error_message=_("They end before they begin."),
            ),
            models.CheckConstraint(
                condition=_closes_after_opening(),
                name="markets_openinghours_closes_after_opening",
                violation_error_message=BACKWARDS,
            ),
            ExclusionConstraint(
                name="markets_openinghours_no_overlap",
                expressions=[
                    ("venue", RangeOperators.EQUAL),
                    (_period(), RangeOperators.OVERLAPS),
                    (_dates("valid_from", "valid_through"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Other hours of the venue cover this time."),
            ),
        ]

    def __str__(self):
        return f"{self.get_day_of_week_display()}, {hours(self.opens, self.closes)}"


class SpecialHours(models.Model):
    """Dates on which a venue is closed or keeps other hours; they win over the week.

    Both dates are inclusive; several rows of the same dates are several periods.
    """

    venue = models.ForeignKey(
        Venue,
        on_delete=models.CASCADE,
        related_name="special_hours",
        verbose_name=_("venue"),
        help_text=_("Which place closes, or keeps other hours."),
    )
    first_date = models.DateField(
        _("first day"), help_text=_("From this day on: 24/12/2026.")
    )
    last_date = models.DateField(
        _("last day"),
        help_text=_("That day included; for one day alone, the same date: 25/12/2026."),
    )
    is_closed = models.BooleanField(
        _("closed"),
        default=True,
        help_text=_("Untick it if it opens at other hours, and write both."),
    )
    opens = models.TimeField(
        _("opens"),
        null=True,
        blank=True,
        help_text=_("Only if it is not closed: 09:00."),
    )
    closes = models.TimeField(
        _("closes"),
        null=True,
        blank=True,
        help_text=_("Only if it is not closed: 13:00."),
    )
    reason = models.CharField(
        _("reason"), max_length=160, help_text=_("People read it: “Navidad.”")
    )
    reason_en = models.CharField(
        _("reason in English"),
        max_length=160,
        blank=True,
        help_text=_("The same in English: “Christmas.”"),
    )

    shown_reason = Localised("reason")

    history = versions()

    class Meta:
        verbose_name = _("special hours")
        verbose_name_plural = _("special hours")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_date__gte=F("first_date")),
                name="markets_specialhours_dates_in_order",
                violation_error_message=_("They end before they begin."),
            ),
            models.CheckConstraint(
                condition=_closes_after_opening(),
                name="markets_specialhours_closes_after_opening",
                violation_error_message=BACKWARDS,
            ),
            models.CheckConstraint(
                condition=Q(is_closed=True, opens__isnull=True, closes__isnull=True)
                | Q(is_closed=False, opens__isnull=False, closes__isnull=False),
                name="markets_specialhours_closed_or_hours",
                violation_error_message=_("Mark it as closed, or give both hours."),
            ),
            ExclusionConstraint(
                name="markets_specialhours_closed_or_open",
                expressions=[
                    ("venue", RangeOperators.EQUAL),
                    (_dates("first_date", "last_date"), RangeOperators.OVERLAPS),
                    (Cast("is_closed", IntegerField()), RangeOperators.NOT_EQUAL),
                ],
                violation_error_message=_(
                    "Another row says whether the venue opens on one of these days."
                ),
            ),
            ExclusionConstraint(
                name="markets_specialhours_no_overlap",
                expressions=[
                    ("venue", RangeOperators.EQUAL),
                    (_dates("first_date", "last_date"), RangeOperators.OVERLAPS),
                    (_minutes_of_day(), RangeOperators.OVERLAPS),
                ],
                condition=Q(is_closed=False),
                violation_error_message=_("Other hours of these days cover this time."),
            ),
        ]

    def __str__(self):
        dates = dict.fromkeys([self.first_date, self.last_date])
        written = (date_format(one, "SHORT_DATE_FORMAT") for one in dates)
        return f"{' – '.join(written)}: {self.reason}"
