import datetime as dt

from django.apps import apps
from django.db import models
from django.db.models import (
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from markets.schedule import Period, Phase, day_times, period, periods_on, phase_at
from producers.alphabet import by_name
from producers.history import versions
from producers.localised import Localised
from producers.models import Offering, Producer

from .venue import CITY, Venue

CALENDAR_WEEKS_BACK = 8


class MarketDayQuerySet(models.QuerySet):
    def of_main_market(self):
        """Return the days of the market that the site is about."""
        return self.filter(venue__is_main=True)

    def unconfirmed(self):
        """Return the days of which nobody has said yet whether they are held."""
        return self.filter(status=MarketDay.Status.SCHEDULED)

    def with_venue(self):
        """Return the days with their venue, soonest first."""
        return self.select_related("venue").order_by("date", "venue_id")

    def at(self, venue_slug: str | None):
        """Return the days of a venue by its slug; None is the main market."""
        if venue_slug is None:
            return self.of_main_market()
        return self.filter(venue__slug=venue_slug)

    def on_or_after(self, date: dt.date):
        """Return the days of date and later with their venue, soonest first."""
        days = self.filter(date__gte=date).select_related("venue")
        return days.order_by("date", "venue_id")

    def not_over(self, moment: dt.datetime):
        """Return the days that end after moment with their venue, soonest first.

        Cancelled ones are among them. Read in Lima's time; a day's own closing
        counts, so that this Sunday's market is over in the afternoon.
        """
        local = timezone.localtime(moment)
        is_over = Q(date=local.date(), closes__lte=local.time())
        return self.on_or_after(local.date()).exclude(is_over)

    def over(self, moment: dt.datetime):
        """Return the days that ended by moment with their venue, latest first."""
        local = timezone.localtime(moment)
        is_over = Q(date=local.date(), closes__lte=local.time())
        days = self.filter(is_over | Q(date__lt=local.date()))
        return days.select_related("venue").order_by("-date", "venue_id")

    def for_calendar(self, today: dt.date):
        """Return the days of the last eight weeks and all later, by date."""
        return self.on_or_after(today - dt.timedelta(weeks=CALENDAR_WEEKS_BACK))

    def bringing(self, attendances):
        """Return the days that one of the given attendances is of, in two queries.

        Each has coming_attendances, those of them, with their producer, by name;
        list_changes and list_told_at: how often and when last its list was written.
        """
        by_producer = attendances.select_related("producer")
        by_producer = by_producer.order_by(*by_name("producer__name"), "pk")
        told = attendances.model.history.filter(market_day=OuterRef("pk"))
        told = told.order_by().values("market_day")
        told = told.annotate(count=Count("pk"), latest=Max("history_date"))
        coming = Prefetch("attendances", by_producer, "coming_attendances")
        return (
            self.filter(Exists(attendances.filter(market_day=OuterRef("pk"))))
            .annotate(list_changes=Coalesce(Subquery(told.values("count")), 0))
            .annotate(list_told_at=Subquery(told.values("latest")))
            .prefetch_related(coming)
        )

    def between(self, first: dt.date, last: dt.date):
        """Return the days from first to last, both included, soonest first."""
        return self.on_or_after(first).filter(date__lte=last)

    def with_coming_count(self):
        """Add coming_count, of the public producers, and confirmed_count of them."""
        listed = apps.get_model("markets", "Attendance").objects.listed()
        return self.annotate(
            coming_count=_count_of(listed.coming()),
            confirmed_count=_count_of(listed.confirmed()),
        )


def _count_of(attendances):
    """How many of the attendances are of a day; several such counts do not multiply."""
    of_day = attendances.filter(market_day=OuterRef("pk")).order_by()
    counted = of_day.values("market_day").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


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
        help_text=_("The market that opens; a shop has hours instead."),
    )
    date = models.DateField(
        _("date"), help_text=_("A day on which it opens: 29/11/2026.")
    )
    opens = models.TimeField(
        _("opens"), help_text=_("Only this day: 8:00 in the morning.")
    )
    closes = models.TimeField(
        _("closes"), help_text=_("Only this day: 2:00 in the afternoon.")
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status,
        default=Status.SCHEDULED,
        help_text=_(
            "Confirm it when it is certain; moved or cancelled, say why below."
        ),
    )
    moved_to = models.CharField(
        _("other place"),
        max_length=160,
        blank=True,
        help_text=_("Only for this day: Parque Castilla, Av. Las Palmeras, Lince."),
    )
    notice = models.CharField(
        _("notice"),
        max_length=280,
        blank=True,
        help_text=_(
            "What people should know; why, if it is moved or cancelled: “Hay desfile.”"
        ),
    )
    notice_en = models.CharField(
        _("notice in English"),
        max_length=280,
        blank=True,
        help_text=_("The same in English: “There is a parade.”"),
    )
    sequence = models.PositiveIntegerField(_("changes"), default=0, editable=False)
    follows_hours = models.BooleanField(
        _("made from the weekly hours"),
        default=False,
        editable=False,
        help_text=_("Until staff change it."),
    )
    usual_opens = models.TimeField(
        _("usual opening"),
        null=True,
        editable=False,
        help_text=_("What the hours say, as it was moved."),
    )
    usual_closes = models.TimeField(
        _("usual closing"),
        null=True,
        editable=False,
        help_text=_("What the hours say, as it was moved."),
    )
    checked_at = models.DateTimeField(
        _("last checked"), null=True, blank=True, editable=False
    )
    changed_at = models.DateTimeField(
        _("last public change"), default=timezone.now, editable=False
    )

    shown_notice = Localised("notice")

    objects = MarketDayQuerySet.as_manager()
    history = versions()

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
            models.CheckConstraint(
                condition=~Q(status__in=["moved", "cancelled"]) | ~Q(notice=""),
                name="markets_marketday_change_has_reason",
                violation_error_message=_("Say why: people will read it."),
            ),
            models.CheckConstraint(
                condition=Q(usual_opens__isnull=True, usual_closes__isnull=True)
                | Q(usual_opens__isnull=False, usual_closes__isnull=False),
                name="markets_marketday_usual_hours_both_or_none",
                violation_error_message=_("Usual hours open and close."),
            ),
        ]
        indexes = [models.Index(fields=["date"], name="markets_marketday_date")]

    def __str__(self):
        return f"{self.venue}, {date_format(self.date, 'DATE_FORMAT')}"

    def get_absolute_url(self):
        return reverse("markets:day", args=self._address)

    def get_calendar_url(self):
        """Return the address of its own calendar file."""
        return reverse("markets:day_calendar", args=self._address)

    @property
    def _address(self):
        return [self.date] if self.venue.is_main else [self.venue.slug, self.date]

    @property
    def held(self) -> Period:
        """When it is held, or would be if it is cancelled."""
        return period(self.date, self.opens, self.closes)

    def phase(self, moment: dt.datetime) -> Phase:
        """Return where in its course it is at moment."""
        return phase_at(moment, self.held)

    @property
    def is_cancelled(self):
        """Whether it does not take place."""
        return self.status == self.Status.CANCELLED

    @property
    def is_moved(self):
        """Whether it is held at another place."""
        return bool(self.moved_to)

    @property
    def has_plan(self):
        """Whether the numbers of the stalls hold: it is held, and at its own place."""
        return not self.is_cancelled and not self.is_moved

    @property
    def has_other_hours(self):
        """Whether it is moved in time, whatever its place.

        A day without usual hours that keeps its place is moved in nothing else.
        """
        if self.status != self.Status.MOVED:
            return False
        if self.usual_opens is None:
            return not self.is_moved
        usual = self.usual_opens, self.usual_closes
        return usual != (self.opens, self.closes)

    def keep_usual_hours(self):
        """Take from the venue's hours what is usual on the date of a moved day.

        Kept, because the hours may be others later, and for pages to pay no query.
        """
        usual = []
        if self.status == self.Status.MOVED:
            usual = periods_on(self.date, self.venue.opening_hours.all(), [])
        times = day_times(usual) if usual else (None, None)
        self.usual_opens, self.usual_closes = times

    @property
    def place(self):
        """Where it is held: the other place of a moved day, else the venue's street."""
        return self.moved_to or self.venue.street

    @property
    def address(self):
        """The place in full, for a map or a message."""
        parts = [self.venue.street, self.venue.district]
        return self.moved_to or ", ".join(part for part in parts if part)

    @property
    def told_at(self) -> dt.datetime:
        """When what is told of it last changed, its venue's name and place included."""
        return max(self.changed_at, self.venue.changed_at)

    @property
    def map_point(self):
        """What a map finds the place by, or nothing."""
        if self.is_moved:
            return f"{self.moved_to}, {CITY}"
        return self.venue.map_point

    def coming_producers(self):
        """Return the public producers expected or confirmed; none when cancelled."""
        return self._of_who_comes(Producer.objects.listed(), "pk")

    def offerings(self):
        """Return what will be found: what those who come have in season that month."""
        offerings = Offering.objects.listed().in_month(self.date.month)
        return self._of_who_comes(offerings, "producer")

    def _of_who_comes(self, rows, producer):
        # Exists, and no subquery within another: quick even before the database has
        # statistics of its tables.
        if self.is_cancelled:
            return rows.none()
        coming = self.attendances.coming().filter(producer=OuterRef(producer))
        return rows.filter(Exists(coming))
