"""The list of a market day: who is on it, and where on the day's page."""

from functools import cached_property
from typing import NamedTuple

from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from producers import drawings
from producers.models import Product

from .models import Attendance, MarketDay
from .plan import Found, Place, Plan
from .schedule import Phase
from .words import sentence, who_comes

DRAWINGS_SHOWN = 3
PRODUCTS_NAMED = 4
# Where the list begins, for stalls of which it says nothing.
LIST_ANCHOR = "vienen"


class Link(NamedTuple):
    """A row of the list: its id, what a link to it says, and says to the ear."""

    anchor: str
    text: str
    label: str


class Answer(NamedTuple):
    """What the address asks for, in words, and the rows that have it."""

    words: str
    links: list[Link]


class Spot(NamedTuple):
    """A stall on the plan; kind is a variant of .stall, anchor where it leads."""

    number: int
    tint: str
    kind: str
    anchor: str
    label: str
    is_sought: bool


class Row(NamedTuple):
    """One producer of the list; number is the stall's, None where it does not hold."""

    anchor: str
    number: int | None
    attendance: Attendance
    note: str
    drawings: list[str]
    products: str
    is_sought: bool


class Roster:
    """Who comes to a market day and who does not, from rows already read.

    found: what the day brings, from markets.plan.found(). sought: keys of the
    producers that the address asks for.
    """

    def __init__(self, day: MarketDay, phase: Phase, plan: Plan, found, sought=()):
        self.day, self.phase, self.plan = day, phase, plan
        self.found, self.sought = found, set(sought)

    @property
    def is_over(self) -> bool:
        """Whether to speak of it in the past."""
        return self.phase == Phase.OVER

    @property
    def is_sure(self) -> bool:
        """Whether somebody confirmed the day itself."""
        return self.day.status != MarketDay.Status.SCHEDULED

    @cached_property
    def confirmed_count(self) -> int:
        """How many are sure to come, or came: none where the day is not sure."""
        rows = self.everybody if self.is_sure else []
        return sum(one.status == Attendance.Status.CONFIRMED for one in rows)

    @property
    def heading(self) -> str:
        """What the list is of: who comes, or is only expected."""
        if self.confirmed_count or not self.plan.coming_count:
            return _("Who came") if self.is_over else _("Who is coming")
        return _("Who was expected") if self.is_over else _("Who is expected")

    @property
    def count(self) -> int:
        """How many the heading speaks of."""
        return self.confirmed_count or self.plan.coming_count

    @property
    def counted(self) -> str:
        """Both numbers in words, where some are sure and others are not."""
        coming, confirmed = self.plan.coming_count, self.confirmed_count
        if confirmed in {0, coming}:
            return ""
        said = who_comes(self.day, self.phase, coming=coming, confirmed=confirmed)
        return sentence(said)

    @property
    def has_plan(self) -> bool:
        """Whether there is a plan to draw, whose numbers hold on that day."""
        return self.day.has_plan and self.plan.stall_count > 0

    @cached_property
    def everybody(self) -> list[Attendance]:
        """Those who come, by zone, and those who do not."""
        coming = [one for zone in self.plan.zones for one in zone.attendances]
        return [*coming, *self.plan.absent]

    @cached_property
    def anchors(self) -> dict[int, str]:
        """The ids of the rows by the attendances' keys, no two alike.

        Whom the plan shows goes by the stall's number, the others by the producer.
        """
        anchors = {one.pk: f"p-{one.producer.slug}" for one in self.everybody}
        if self.day.has_plan:
            rows = (row for side in self.plan.sides for row in side)
            places = (place for row in rows for place in row if place)
            anchors |= {
                place.attendance.pk: f"f-{place.stall.number}"
                for place in places
                if place.attendance
            }
        return anchors

    def number_of(self, attendance: Attendance) -> int | None:
        """Return the number of a stall of the venue, if it holds on that day."""
        stall = attendance.stall
        is_here = stall and stall.venue_id == self.day.venue_id
        return stall.number if is_here and self.day.has_plan else None

    def link_to(self, attendance: Attendance) -> Link:
        """Return a link by the stall's number or, without one, by name."""
        number, name = self.number_of(attendance), str(attendance.producer)
        label = _("Stall {stall}").format(stall=number) if number else name
        return Link(self.anchors[attendance.pk], str(number or name), label)

    def spot_of(self, place: Place) -> Spot:
        """Return a stall as the plan shows it."""
        stall, attendance = place.stall, place.attendance
        parts = [_("Stall {stall}").format(stall=stall.number), stall.zone]
        kind = ""
        if attendance is None:
            kind, anchor = "empty", LIST_ANCHOR
            parts.append(_("nobody on the list"))
        else:
            anchor = self.anchors[attendance.pk]
            parts.append(str(attendance.producer))
            if not attendance.is_coming:
                kind = "absent"
                parts.append(self._absence())
        label = ", ".join(part for part in parts if part)
        return Spot(stall.number, place.tint, kind, anchor, label, place.is_highlighted)

    def row_of(self, attendance: Attendance) -> Row:
        """Return a producer as the list shows them."""
        key = attendance.producer_id
        return Row(
            self.anchors[attendance.pk],
            self.number_of(attendance),
            attendance,
            self._note(attendance),
            self._drawings(attendance),
            self._names(attendance),
            key in self.sought,
        )

    def product_answer(self, slug: str) -> Answer:
        """Say who brings a product, which may be none of the site's."""
        products = (one for _category, rows in self.found for one in rows)
        one = next((one for one in products if one.product.slug == slug), None)
        if one is None:
            return Answer(_("Nobody on this list brings what you are looking for."), [])
        words = _("With {name}:").format(name=one.product.shown_name)
        return Answer(words, [self.link_to(bringer) for bringer in one.bringers])

    def producer_answer(self, slug: str) -> Answer:
        """Say whether a producer comes, who may be nobody that the site knows."""
        rows = (one for one in self.everybody if one.producer.slug == slug)
        one = next(rows, None)
        if one is None:
            return Answer(_("Whom you are looking for is not on this list."), [])
        if not one.is_coming:
            return Answer(f"{one.producer}: {self._absence()}.", [])
        # Without a number the link is the name itself.
        has_number = self.number_of(one) is not None
        words = f"{one.producer}:" if has_number else _("On the list:")
        return Answer(words, [self.link_to(one)])

    def _absence(self):
        return _("did not come") if self.is_over else _("does not come this time")

    def _note(self, attendance):
        """Say that one is only expected on a day that is sure."""
        is_open = attendance.status == Attendance.Status.EXPECTED
        if not (is_open and self.is_sure):
            return ""
        return _("was expected") if self.is_over else _("to be confirmed")

    def products_of(self, attendance: Attendance) -> list[Product]:
        """Return what a producer brings, the best first."""
        return self._brought.get(attendance.producer_id, [])

    def _drawings(self, attendance):
        """The addresses of the drawings of what a producer brings, the best first."""
        products = self.products_of(attendance)
        drawn = [static(drawings.path(one.drawing)) for one in products if one.drawing]
        return drawn[:DRAWINGS_SHOWN]

    @cached_property
    def _brought(self) -> dict[int, list[Product]]:
        """What each producer brings by the producers' keys, the best first."""
        products: list[Found] = [one for _category, rows in self.found for one in rows]
        brought = {}
        for one in sorted(products, key=lambda one: -one.level):
            for attendance in one.bringers:
                brought.setdefault(attendance.producer_id, []).append(one.product)
        return brought

    def _names(self, attendance):
        """Name the best of what a producer brings, and say how many more there are."""
        names = [one.shown_name for one in self.products_of(attendance)]
        named = ", ".join(names[:PRODUCTS_NAMED])
        more = len(names) - PRODUCTS_NAMED
        if more <= 0:
            return named
        message = ngettext("{names} and {count} more", "{names} and {count} more", more)
        return message.format(names=named, count=more)
