"""What each list of the open data reads: public rows, in a few queries."""

import datetime as dt

from django.db.models import Prefetch, Q

from markets.models import Attendance, MarketDay, OpeningHours, SpecialHours, Venue
from producers.alphabet import by_name
from producers.models import (
    Certification,
    Offering,
    Producer,
    Product,
    Region,
    Variety,
)


def regions():
    """Return all regions, in one query."""
    return Region.objects.with_producer_count()


def products():
    """Return the public products, their season that of all who bring them."""
    return (
        Product.objects.listed()
        .for_cards(Offering.objects.listed())
        .select_related("category")
        .prefetch_related(
            Prefetch("varieties", Variety.objects.order_by(*by_name())),
            Prefetch("main_regions", Region.objects.order_by("slug")),
        )
    )


def producers(today: dt.date):
    """Return the public producers, with the certifications valid today."""
    return (
        Producer.objects.listed()
        .with_place_consent()
        .select_related("region")
        .prefetch_related(
            Prefetch(
                "certifications",
                Certification.objects.valid_on(today),
                "valid_certifications",
            )
        )
    )


def offerings():
    """Return the public offerings."""
    varieties = Variety.objects.order_by(*by_name())
    return (
        Offering.objects.listed()
        .select_related("producer", "product")
        .prefetch_related(Prefetch("varieties", varieties))
    )


def venues(today: dt.date):
    """Return the venues, with the hours in force today or later."""
    in_force = Q(valid_through__isnull=True) | Q(valid_through__gte=today)
    hours = OpeningHours.objects.filter(in_force).order_by("day_of_week", "opens", "pk")
    special = SpecialHours.objects.filter(last_date__gte=today)
    return Venue.objects.prefetch_related(
        Prefetch("opening_hours", hours, "hours_in_force"),
        Prefetch(
            "special_hours",
            special.order_by("first_date", "opens", "pk"),
            "special_hours_ahead",
        ),
    )


def market_days():
    """Return the market days, with who of the public producers is on the list."""
    attendances = Attendance.objects.listed().for_page()
    return MarketDay.objects.select_related("venue").prefetch_related(
        Prefetch("attendances", attendances, "shown_attendances")
    )
