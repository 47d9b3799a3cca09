"""Loads the two venues, their example hours, and the coming Sundays' market days."""

import datetime as dt

from django.utils import timezone

from markets.models import (
    Attendance,
    DayOfWeek,
    MarketDay,
    OpeningHours,
    Participation,
    ShelfItem,
    Stall,
    Venue,
)
from producers.models import Offering, Producer

from .catalogue import producer_rows

SUNDAYS_AHEAD = 8
STALLS_PER_ROW = 21
# Zone, first and last stall.
ZONES = [
    ("Frutas", 1, 30),
    ("Granos", 31, 40),
    ("Tubérculos", 41, 50),
    ("Hortalizas y hierbas", 51, 56),
    ("Café y cacao", 57, 62),
    ("Lácteos y miel", 63, 70),
    ("Panes y conservas", 71, 76),
    ("Comida al paso", 77, 84),
]
# What happens on the n-th Sunday ahead; the others are only scheduled.
STATES = {
    0: {"status": "confirmed"},
    3: {
        "status": "cancelled",
        "notice": "Ejemplo: la avenida está ocupada por un desfile.",
    },
    4: {
        "status": "moved",
        "moved_to": "Puericultorio Pérez Araníbar, Av. del Ejército",
        "notice": "Ejemplo: solo este domingo cambiamos de lugar.",
    },
}
# Stalls of those who do not come on the first Sunday, and why.
ABSENCES = {
    12: "Ejemplo: camino cerrado por un huaico.",
    18: "Ejemplo: la cosecha se atrasó.",
    49: "Ejemplo: fiesta en su pueblo.",
}
SHELF_CATEGORIES = ["granos-y-menestras", "miel-cafe-y-cacao", "panes-y-preparados"]
SHELF_SIZE = 12


def load_venues():
    """Create the market and the shop with their example hours, if missing."""
    market, is_new = Venue.objects.get_or_create(
        slug="av-brasil",
        defaults={
            "name": "Feria de la Av. Brasil",
            "kind": Venue.Kind.MARKET,
            "street": "Av. Brasil, cuadra 40",
            "district": "Magdalena del Mar",
        },
    )
    if is_new:
        _open(market, [DayOfWeek.SUNDAY], dt.time(8), dt.time(14))
        _build_stalls(market)
    shop, is_new = Venue.objects.get_or_create(
        slug="agro-shop",
        defaults={"name": "Agro-Shop", "kind": Venue.Kind.SHOP, "district": "Lince"},
    )
    if is_new:
        _open(shop, list(DayOfWeek)[1:6], dt.time(9), dt.time(20))
        _open(shop, [DayOfWeek.SUNDAY], dt.time(10), dt.time(17))
    return market, shop


def load_market_days(market: Venue, now: dt.datetime):
    """Create the coming Sundays that are missing, with who is expected."""
    _join(market)
    today = timezone.localdate(now)
    sunday = today + dt.timedelta(days=DayOfWeek.SUNDAY - today.weekday())
    for index in range(SUNDAYS_AHEAD):
        day, is_new = MarketDay.objects.get_or_create(
            venue=market,
            date=sunday + dt.timedelta(weeks=index),
            defaults={
                "opens": dt.time(8),
                "closes": dt.time(14),
                "checked_at": now,
                **STATES.get(index, {}),
            },
        )
        if is_new:
            _expect(day, absences=ABSENCES if index == 0 else {})


def load_shelf(shop: Venue, now: dt.datetime):
    """Put some of what keeps well on the shop's shelf, if the shelf is empty."""
    if shop.shelf_items.exists():
        return
    offerings = Offering.objects.listed().filter(
        product__category__slug__in=SHELF_CATEGORIES
    )
    ShelfItem.objects.bulk_create(
        ShelfItem(venue=shop, offering=offering, checked_at=now)
        for offering in offerings.order_by("product_id", "pk").distinct("product_id")[
            :SHELF_SIZE
        ]
    )


def _open(venue, days, opens, closes):
    OpeningHours.objects.bulk_create(
        OpeningHours(venue=venue, day_of_week=day, opens=opens, closes=closes)
        for day in days
    )


def _build_stalls(market):
    Stall.objects.bulk_create(
        Stall(
            venue=market,
            number=number,
            row=(number - 1) // STALLS_PER_ROW + 1,
            position=(number - 1) % STALLS_PER_ROW + 1,
            zone=zone,
        )
        for zone, first, last in ZONES
        for number in range(first, last + 1)
    )


def _join(market):
    producers = {row.slug: row for row in Producer.objects.filter(is_example=True)}
    stalls = {stall.number: stall for stall in market.stalls.all()}
    Participation.objects.bulk_create(
        (
            Participation(
                venue=market,
                producer=producers[row["slug"]],
                stall=stalls.get(row["stall"]),
                rhythm=row["rhythm"],
                nth=row["nth"],
                first_date=dt.date(row["joined_year"], 1, 1),
            )
            for row in producer_rows()
            if row["slug"] in producers
        ),
        ignore_conflicts=True,
    )


def _expect(day, absences):
    is_confirmed = day.status == MarketDay.Status.CONFIRMED
    status = Attendance.Status.CONFIRMED if is_confirmed else Attendance.Status.EXPECTED
    participations = day.venue.participations.select_related("stall")
    taken = {None}
    for participation in participations.order_by("pk"):
        if not participation.expects(day.date):
            continue
        stall = participation.stall
        reason = absences.get(stall.number, "") if stall else ""
        Attendance.objects.create(
            market_day=day,
            producer_id=participation.producer_id,
            # Two may share a usual stall, but not on one day.
            stall=None if stall in taken else stall,
            status=Attendance.Status.ABSENT if reason else status,
            reason=reason,
        )
        taken.add(stall)
