"""The lists of market days as a sheet: a line a producer on a date."""

from collections import defaultdict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from producers.sheets.cells import text_of
from producers.sheets.offering import find_producers
from producers.sheets.resource import Column, SheetResource
from producers.sheets.values import Choice, Date, Named, Text, WholeNumber

from . import desk
from .models import Attendance, MarketDay, Venue

STATUS_WORDS = {
    "viene": Attendance.Status.CONFIRMED,
    "esperado": Attendance.Status.EXPECTED,
    "no viene": Attendance.Status.ABSENT,
}


class DayDate(Date):
    """The date of one of the venue's market days."""

    def parse(self, text, *, resource, **kwargs):
        date = super().parse(text, **kwargs)
        if date is None or date in resource.days:
            return resource.days.get(date)
        message = _("{venue} has no market day on {date}: add it first.")
        venue = resource.day.venue
        raise ValueError(message.format(venue=venue, date=text_of(date)))

    def render(self, value, **kwargs):
        return value.date


class StallNumber(WholeNumber):
    """The number of one of the venue's stalls."""

    def parse(self, text, *, resource, **kwargs):
        number = super().parse(text, **kwargs)
        if number is None or number in resource.stalls:
            return resource.stalls.get(number)
        message = _("There is no stall {number} at {venue}.")
        raise ValueError(message.format(number=number, venue=resource.day.venue))

    def render(self, value, **kwargs):
        return None if value is None else value.number


class AttendanceSheet(SheetResource):
    """Who comes to a venue's market days; downloaded, to one of them.

    What a file changes is decided, and there the rhythms are followed no more; a line
    that says what is stored already leaves that open. It is not a check of the day:
    whoever looks at its list still says so there.
    """

    kind = "attendance"
    model = Attendance
    title = "Asistencia"
    key = ("market_day", "producer")
    required = ("fecha", "productor")
    # As by hand: the list is a part of the day's page.
    needs = ("markets.change_marketday",)

    market_day = Column(
        "fecha",
        "market_day",
        DayDate(),
        help_text=gettext_lazy("A market day of this venue; a file may have several."),
        example="29/11/2026",
    )
    producer = Column(
        "productor",
        "producer",
        Named("producers"),
        help_text=gettext_lazy("Its address, or its name if only one has it."),
        example="familia-quispe",
    )
    stall = Column(
        "puesto",
        "stall",
        StallNumber(),
        help_text=gettext_lazy("The number of the stall; empty, none is assigned."),
        example="23",
    )
    status = Column(
        "estado",
        "status",
        Choice(Attendance.Status, STATUS_WORDS),
        saves_null_values=False,
        help_text=gettext_lazy("viene, esperado or no viene. New: esperado."),
        example="no viene",
    )
    reason = Column(
        "motivo",
        "reason",
        Text(),
        help_text=gettext_lazy("Why somebody does not come; people read it."),
        example="Huaico en la carretera.",
    )
    reason_en = Column(
        "motivo en inglés",
        "reason_en",
        Text(),
        help_text=gettext_lazy("The same in English."),
        example="Landslide on the road.",
    )

    def __init__(self, *, day: MarketDay, **kwargs):
        """Take the market day from whose page the sheet was opened."""
        super().__init__(**kwargs)
        self.day = day

    @property
    def heading(self):
        return str(self.day)

    def lock(self):
        # As the day's own page does: who writes the lists of a venue takes turns.
        Venue.objects.select_for_update().get(pk=self.day.venue_id)

    def queryset(self):
        return self.day.attendances.for_page().select_related(
            "market_day__venue", "producer", "stall"
        )

    def load(self, lines):
        venue = self.day.venue
        self.days = {day.date: day for day in venue.market_days.all()}
        self.stalls = {stall.number: stall for stall in venue.stalls.all()}
        self.lookups = {"producers": find_producers()}
        dates = {self._date(line) for line in lines}
        self.touched = [self.days[date] for date in dates & self.days.keys()]

    def _date(self, line):
        try:
            return Date().clean(line["fecha"])
        except ValueError:
            return None

    def stored_rows(self):
        rows = Attendance.objects.filter(market_day__in=self.touched).order_by("pk")
        return rows.select_related("market_day__venue", "producer", "stall")

    def check_together(self, outcome):
        """Refuse new lines of who is not public, and stalls that are taken.

        A stall counts as it will be once all lines are written, so that two may swap.
        """
        holders = defaultdict(dict)
        mine = {id(line.instance) for line in outcome.to_write}
        for row in self.stored.values():
            if id(row) not in mine:
                _hold(holders, row)
        for line in outcome.to_write:
            self._ask_why(line)
            if line.is_new and not line.instance.producer.is_listed:
                message = _("Only published producers come to the list.")
                line.refuse(message, "productor", line.instance.producer.slug)
            other = _hold(holders, line.instance)
            if other:
                number = line.instance.stall.number
                message = _("On that day stall {number} is {producer}'s.")
                message = message.format(number=number, producer=other.producer)
                line.refuse(message, "puesto", number)

    def _ask_why(self, line):
        """Refuse to let somebody be absent without a word; what was stays."""
        row = line.instance
        is_said = line.is_new or {"estado", "motivo"} & {
            change.column for change in line.changes
        }
        if is_said and not row.is_coming and not row.reason:
            line.refuse(_("Say why: people will read it."), "motivo")

    def write(self, outcome):
        keys = [line.instance.pk for line in outcome.changed]
        desk.leave_stalls(attendances=keys)
        return super().write(outcome)

    def write_line(self, line):
        line.instance.follows_rhythm = False
        super().write_line(line)

    def excluded(self, wrong):
        # The constraint's own check sees the stalls that other lines leave.
        return super().excluded(wrong) | {"stall"}


def _hold(holders, row):
    """Give a row its stall of that day; return the row that has it, if there is one."""
    if row.stall_id is None or not row.is_coming:
        return None
    taken = holders[row.market_day_id]
    other = taken.setdefault(row.stall_id, row)
    return None if other is row else other
