"""Rows of everything that has a list on the staff's desk."""

import datetime as dt

from django.contrib.auth.models import User

from tests.factories import (
    BEFORE,
    SUNDAY,
    main_market,
    make_market_day,
    make_notice,
    make_offering,
    make_participation,
    make_producer,
    make_proposal,
    make_shelf_item,
    make_special_hours,
    make_stall,
    make_subscriber,
    make_variety,
)


def fill(row_count, first=0):
    """Make row_count of everything that has a list."""
    market = main_market()
    for number in range(first, first + row_count):
        producer = make_producer(name=f"Chacra {number}")
        offering = make_offering(producer=producer)
        make_variety(product=offering.product)
        shelf_item = make_shelf_item(offering=offering)
        stall = make_stall(venue=market)
        make_participation(venue=market, producer=producer, stall=stall)
        make_market_day(venue=market, date=SUNDAY + dt.timedelta(weeks=number))
        make_notice()
        make_subscriber()
        make_special_hours(venue=shelf_item.venue)
        decided_by = User.objects.create_user(f"persona{number}", is_staff=True)
        make_proposal(
            producer=producer,
            status="refused",
            decided_by=decided_by,
            decided_at=BEFORE,
        )
