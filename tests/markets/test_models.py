import datetime as dt

import pytest
from django.utils.translation import override

from markets.models import Attendance, MarketDay, Notice, ShelfItem
from markets.schedule import is_valid_on
from tests.factories import (
    LIMA,
    SUNDAY,
    make_attendance,
    make_market_day,
    make_notice,
    make_offering,
    make_opening_hours,
    make_participation,
    make_producer,
    make_product,
    make_shelf_item,
    make_stall,
    make_venue,
)

pytestmark = pytest.mark.django_db

WEEK = dt.timedelta(weeks=1)


def at(hour, minute=0, date=SUNDAY):
    return dt.datetime.combine(date, dt.time(hour, minute), tzinfo=LIMA)


@pytest.mark.parametrize(
    ("moment", "is_over"),
    [
        (at(0), False),
        (at(8), False),
        (at(13, 59), False),
        (at(14), True),
        (at(23, 59), True),
        (at(23, 59, SUNDAY - dt.timedelta(days=1)), False),
        (at(0, 0, SUNDAY + dt.timedelta(days=1)), True),
        # 13:59 and 14:00 in Lima.
        (dt.datetime(2026, 11, 29, 18, 59, tzinfo=dt.UTC), False),
        (dt.datetime(2026, 11, 29, 19, tzinfo=dt.UTC), True),
        # Still Sunday in Lima.
        (dt.datetime(2026, 11, 30, 3, tzinfo=dt.UTC), True),
    ],
    ids=str,
)
def test_a_market_day_is_over_at_its_closing(moment, is_over):
    day = make_market_day(closes=dt.time(14))

    assert [*MarketDay.objects.not_over(moment)] == ([] if is_over else [day])


@pytest.mark.parametrize("status", MarketDay.Status)
def test_market_days_not_over_are_of_any_status(status):
    day = make_market_day(status=status)

    assert [*MarketDay.objects.not_over(at(9))] == [day]


def test_coming_producers_are_public_and_not_absent():
    day = make_market_day()
    expected = make_attendance(market_day=day).producer
    confirmed = make_attendance(market_day=day, status="confirmed").producer
    make_attendance(market_day=day, status="absent")
    make_attendance(market_day=day, producer=make_producer(status="draft"))
    make_attendance(market_day=make_market_day(date=SUNDAY + WEEK))

    assert {*day.coming_producers()} == {expected, confirmed}


@pytest.mark.parametrize(
    ("status", "count"),
    [("scheduled", 1), ("confirmed", 1), ("moved", 1), ("cancelled", 0)],
)
def test_nobody_comes_to_a_cancelled_market(status, count):
    day = make_market_day(status=status)
    make_attendance(market_day=day)

    assert day.coming_producers().count() == count


def test_a_market_day_is_held_in_its_venues_street():
    day = make_market_day(venue=make_venue(street="Av. Brasil, cuadra 40"))

    assert day.place == "Av. Brasil, cuadra 40"


@pytest.mark.parametrize(
    ("rhythm", "nth", "dates"),
    [
        ("weekly", None, ["2026-11-01", "2026-11-08", "2026-11-15", "2026-11-22"]),
        ("alternate", None, ["2026-11-01", "2026-11-15", "2026-11-29"]),
        ("nth", 1, ["2026-11-01", "2026-12-06"]),
        ("nth", 3, ["2026-11-15"]),
        ("nth", 5, ["2026-11-29"]),
        ("on_demand", None, []),
    ],
)
def test_a_rhythm_brings_a_producer_on_its_dates(rhythm, nth, dates):
    first = dt.date(2026, 11, 1)
    row = make_participation(rhythm=rhythm, nth=nth, first_date=first)
    sundays = [first + WEEK * number for number in range(-2, 6)]

    expected = [str(date) for date in sundays if row.expects(date)]

    assert expected[: len(dates)] == dates
    if rhythm == "weekly":
        assert len(expected) == 6
    else:
        assert expected == dates


@pytest.mark.parametrize(
    ("date", "expects"),
    [
        (dt.date(2026, 11, 1), False),
        (dt.date(2026, 11, 4), True),
        (dt.date(2026, 11, 8), True),
        (dt.date(2026, 11, 9), False),
        (dt.date(2026, 11, 15), False),
        (dt.date(2026, 11, 22), True),
    ],
)
def test_every_other_week_counts_whole_weeks_from_the_first_days(date, expects):
    wednesday = dt.date(2026, 11, 4)
    row = make_participation(rhythm="alternate", first_date=wednesday)

    assert row.expects(date) is expects


@pytest.mark.parametrize(
    ("fields", "is_valid"),
    [
        ({}, True),
        ({"valid_from": SUNDAY}, True),
        ({"valid_through": SUNDAY}, True),
        ({"valid_from": SUNDAY, "valid_through": SUNDAY}, True),
        ({"valid_from": SUNDAY + WEEK}, False),
        ({"valid_through": SUNDAY - WEEK}, False),
    ],
    ids=str,
)
def test_hours_are_valid_from_and_through_their_dates(fields, is_valid):
    row = make_opening_hours(**fields)

    assert is_valid_on(row, SUNDAY) is is_valid


def test_the_shelf_shows_what_is_in_stock_and_drawn_by_name():
    shop = make_venue(kind="shop")

    def put(name, drawing="mango", *, is_in_stock=True, **fields):
        product = make_product(name=name, drawing=drawing)
        offering = make_offering(product=product, **fields)
        make_shelf_item(venue=shop, offering=offering, is_in_stock=is_in_stock)

    put("Miel")
    put("Café")
    put("Quinua", is_in_stock=False)
    put("Sal", drawing="")
    put("Kiwicha", is_active=False)
    put("Cacao", producer=make_producer(status="draft"))

    shelf = ShelfItem.objects.in_stock().drawn()

    assert [str(row.offering.product) for row in shelf] == ["Café", "Miel"]


@pytest.mark.parametrize("count", [1, 30])
def test_the_shelf_is_read_with_products_and_producers_in_one_query(
    django_assert_num_queries, count
):
    for _ in range(count):
        make_shelf_item()

    with django_assert_num_queries(1):
        rows = [
            (item.offering.product.name, item.offering.producer.name)
            for item in ShelfItem.objects.in_stock()
        ]

    assert len(rows) == count


def test_what_has_no_drawing_is_on_the_shelf_too():
    drawn = make_shelf_item(
        offering=make_offering(product=make_product(drawing="mango"))
    )
    plain = make_shelf_item()

    assert {*ShelfItem.objects.in_stock()} == {drawn, plain}
    assert [*ShelfItem.objects.drawn()] == [drawn]


@pytest.mark.parametrize(
    ("status", "is_coming"),
    [("expected", True), ("confirmed", True), ("absent", False)],
)
def test_who_is_not_absent_comes(status, is_coming):
    row = make_attendance(status=status)

    assert row.is_coming is is_coming
    assert [*Attendance.objects.coming()] == ([row] if is_coming else [])


def test_rows_are_called_by_what_they_say():
    venue = make_venue(name="Feria")
    rosa = make_producer(name="Rosa")
    day = make_market_day(venue=venue)
    offering = make_offering(producer=rosa, product=make_product(name="Palta"))

    rows = [
        day,
        make_opening_hours(closes=dt.time(12)),
        make_stall(venue=venue, number=7),
        make_participation(venue=venue, producer=rosa),
        make_attendance(market_day=day, producer=rosa),
        make_shelf_item(offering=offering),
        make_notice(message="No hay feria."),
    ]

    assert [str(row) for row in rows] == [
        "Feria, 29 de noviembre de 2026",
        "domingo, 8\xa0a.\xa0m. a 12\xa0m.",
        "7",
        "Rosa · Feria",
        "Rosa, Feria, 29 de noviembre de 2026",
        "Palta · Rosa",
        "No hay feria.",
    ]


def test_notices_are_shown_in_the_language_of_the_page():
    notice = make_notice(message="No hay feria.", message_en="No market.")

    with override("en"):
        assert notice.shown_message == "No market."
    assert notice.shown_message == "No hay feria."


def test_notices_are_shown_between_their_moments_both_included():
    notice = make_notice(starts_at=at(8), ends_at=at(14))

    def shown(hour, minute=0):
        return [*Notice.objects.shown_at(at(hour, minute))]

    assert [shown(8), shown(14)] == [[notice], [notice]]
    assert [shown(7, 59), shown(14, 1)] == [[], []]


def test_the_gravest_notice_comes_first_and_of_these_the_newest():
    rows = [
        make_notice(message=message, level=level, starts_at=at(hour), ends_at=at(20))
        for message, level, hour in [
            ("old", "plain", 7),
            ("new", "plain", 8),
            ("grave", "urgent", 6),
            ("so-so", "important", 9),
        ]
    ]

    shown = [notice.message for notice in Notice.objects.shown_at(at(10))]

    assert len(rows) == 4
    assert shown == ["grave", "so-so", "new", "old"]
