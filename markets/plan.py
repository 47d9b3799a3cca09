"""The plan of the avenue and the list of who comes, from rows already read."""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from .models import Attendance, Stall

# The inks of the zones, in the order in which the zones come along the numbers.
TINTS = ["limon", "aji", "zapallo", "lago", "lila", "airampo", "card", "rocoto"]


class Place(NamedTuple):
    """A stall on the plan; attendance is None where nobody is on the list."""

    stall: Stall
    tint: str
    attendance: Attendance | None
    is_highlighted: bool


class Zone(NamedTuple):
    """A zone with the numbers of its first and last stall, and who comes there."""

    name: str
    tint: str
    first: int | None
    last: int | None
    attendances: list[Attendance]


class Plan(NamedTuple):
    """The stalls as they stand.

    sides: the two sides of the street, each a list of rows, each a list of places
    from the entrance on; None where no stall stands.
    """

    sides: list[list[list[Place | None]]]
    zones: list[Zone]
    absent: list[Attendance]

    @property
    def coming_count(self) -> int:
        """How many producers come, with a stall or without."""
        return sum(len(zone.attendances) for zone in self.zones)

    @property
    def stall_count(self) -> int:
        """How many stalls stand on the plan."""
        rows = (row for side in self.sides for row in side)
        return sum(place is not None for row in rows for place in row)


def plan_of(
    stalls: Iterable[Stall],
    attendances: Iterable[Attendance],
    highlighted: Iterable[int] = (),
) -> Plan:
    """Return the plan and the list of one market day.

    stalls: those of the venue. attendances: of the day, by stall, with producer and
    stall. highlighted: keys of the producers to be pointed out. Who comes without a
    stall of the venue is in a last zone without a name.
    """
    stalls = sorted(stalls, key=lambda stall: stall.number)
    attendances = list(attendances)
    coming = [one for one in attendances if one.is_coming]
    absent = [one for one in attendances if not one.is_coming]
    tints = _tints(stalls)
    # Who comes has the stall, also of somebody who does not.
    at = {one.stall_id: one for one in [*absent, *coming]}
    places = _places(stalls, tints, at, set(highlighted))
    zones = _zones(stalls, tints, coming)
    return Plan(sides=_sides(places), zones=zones, absent=absent)


def _places(stalls, tints, at, highlighted):
    for stall in stalls:
        row = at.get(stall.pk)
        is_highlighted = bool(row) and row.producer_id in highlighted
        yield Place(stall, tints[stall.zone], row, is_highlighted)


def _tints(stalls):
    names = dict.fromkeys(stall.zone for stall in stalls)
    return {name: TINTS[rank % len(TINTS)] for rank, name in enumerate(names)}


def _sides(places):
    by_row = {}
    for place in places:
        by_row.setdefault(place.stall.row, {})[place.stall.position] = place
    rows = [
        [row.get(position) for position in range(1, max(row) + 1)]
        for _, row in sorted(by_row.items())
    ]
    middle = (len(rows) + 1) // 2
    return [side for side in (rows[:middle], rows[middle:]) if side]


def _zones(stalls, tints, coming):
    zones, homeless = [], coming
    for name, tint in tints.items():
        numbers = {stall.pk: stall.number for stall in stalls if stall.zone == name}
        there = [one for one in coming if one.stall_id in numbers]
        homeless = [one for one in homeless if one.stall_id not in numbers]
        first, last = min(numbers.values()), max(numbers.values())
        zones.append(Zone(name, tint, first, last, there))
    return [*zones, Zone("", "card", None, None, homeless)] if homeless else zones


class Found(NamedTuple):
    """A product that will be found, with its highest level and who brings it."""

    product: object
    level: int
    bringers: list[Attendance]


def found(offerings: Iterable, attendances: Iterable[Attendance], month: int):
    """Return what will be found as (category, [Found]) pairs.

    offerings: in season, by category and product, with both. attendances: of those
    who come, by stall. month: 1 to 12.
    """
    coming = {one.producer_id: one for one in attendances}
    groups = []
    for category, rows in groupby(offerings, key=lambda one: one.product.category):
        products = []
        for product, same in groupby(rows, key=lambda one: one.product):
            brought = list(same)
            level = max(one.season[month - 1] for one in brought)
            keys = {one.producer_id for one in brought}
            bringers = [one for key, one in coming.items() if key in keys]
            products.append(Found(product, level, bringers))
        groups.append((category, products))
    return groups
