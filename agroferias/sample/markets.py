"""Loads the two venues, their example hours, and the coming Sundays' market days."""

import datetime as dt

from django.utils import timezone

from markets.actions import WEEKS_AHEAD, schedule_market_days
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

SUNDAYS_BACK = 3
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
        "sequence": 1,
        "status": "cancelled",
        "notice": "Ejemplo: la avenida está ocupada por un desfile.",
        "notice_en": "Example: a parade takes up the avenue.",
    },
    4: {
        "sequence": 1,
        "status": "moved",
        "moved_to": "Puericultorio Pérez Araníbar, Av. del Ejército",
        "notice": "Ejemplo: solo este domingo cambiamos de lugar.",
        "notice_en": "Example: only this Sunday we are at another place.",
    },
}
# Stalls of those who do not come on the first Sunday, and why.
ABSENCES = {
    12: {
        "reason": "Ejemplo: camino cerrado por un huaico.",
        "reason_en": "Example: a landslide closed the road.",
    },
    18: {
        "reason": "Ejemplo: la cosecha se atrasó.",
        "reason_en": "Example: the harvest is late.",
    },
    # As staff write it: without English, which falls back to these words.
    49: {"reason": "Ejemplo: fiesta en su pueblo."},
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
            "is_main": not Venue.objects.filter(is_main=True).exists(),
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
    """Make the Sundays ahead and three past ones, with who is expected or came.

    What happens on some of them is written on days that this call made.
    """
    _join(market)
    today = timezone.localdate(now)
    known = {*market.market_days.values_list("date", flat=True)}
    first_date = today - dt.timedelta(weeks=SUNDAYS_BACK)
    schedule_market_days(first_date=first_date, weeks=SUNDAYS_BACK + WEEKS_AHEAD)
    new = market.market_days.exclude(date__in=known).order_by("date")
    ahead = list(new.filter(date__gte=today))
    for day in new.filter(date__lt=today):
        _tell(day, {"status": MarketDay.Status.CONFIRMED}, now)
    if known:
        return
    # There are none where the staff's own market has no hours.
    for index, day in enumerate(ahead):
        if index in STATES:
            _tell(day, STATES[index], now)
    for day in ahead[:1]:
        _leave_out(day)


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


def _tell(day, fields, now):
    for name, value in fields.items():
        setattr(day, name, value)
    day.follows_hours, day.checked_at = False, now
    day.keep_usual_hours()
    day.save()
    if day.status == MarketDay.Status.CONFIRMED:
        day.attendances.update(status=Attendance.Status.CONFIRMED, follows_rhythm=False)


def _leave_out(day):
    for number, reasons in ABSENCES.items():
        day.attendances.filter(stall__number=number).update(
            status=Attendance.Status.ABSENT, follows_rhythm=False, **reasons
        )
