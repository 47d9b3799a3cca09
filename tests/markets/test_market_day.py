"""Market days: which ones a page reads, and what each says of itself."""

import datetime as dt

import pytest

from markets.models import Attendance, MarketDay, Venue
from markets.schedule import Phase, period
from tests.factories import (
    LIMA,
    SUNDAY,
    main_market,
    make_attendance,
    make_market_day,
    make_offering,
    make_producer,
    make_product,
    make_stall,
    make_venue,
)

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(weeks=1)
IN_NOVEMBER = [0] * 10 + [1, 0]
IN_DECEMBER = [0] * 11 + [1]


def at(hour, minute=0, date=SUNDAY):
    return dt.datetime.combine(date, dt.time(hour, minute), tzinfo=LIMA)


@pytest.fixture
def days():
    """Return the days of five Sundays of the main market, SUNDAY in their middle."""
    return [make_market_day(date=SUNDAY + number * WEEK) for number in range(-2, 3)]


@pytest.mark.parametrize(
    ("moment", "over"),
    [(at(13, 59), 2), (at(14), 3), (at(0), 2), (at(23, 59, SUNDAY - DAY), 2)],
    ids=str,
)
def test_days_are_over_or_not_latest_and_soonest_first(days, moment, over):
    assert [*MarketDay.objects.over(moment)] == days[:over][::-1]
    assert [*MarketDay.objects.not_over(moment)] == days[over:]


def test_days_on_or_after_a_date_come_soonest_first(days):
    assert [*MarketDay.objects.on_or_after(SUNDAY)] == days[2:]
    assert [*MarketDay.objects.on_or_after(SUNDAY + DAY)] == days[3:]


@pytest.mark.parametrize(
    "read",
    [
        lambda: MarketDay.objects.on_or_after(SUNDAY - WEEK),
        lambda: MarketDay.objects.not_over(at(9)),
        lambda: MarketDay.objects.over(at(15)),
        lambda: MarketDay.objects.for_calendar(SUNDAY),
    ],
)
def test_days_are_read_with_their_venue(days, django_assert_num_queries, read):
    with django_assert_num_queries(1):
        names = {day.venue.name for day in read()}

    assert len(names) == 1


def test_the_calendar_goes_eight_weeks_back():
    kept = make_market_day(date=SUNDAY - 8 * WEEK)
    make_market_day(date=SUNDAY - 8 * WEEK - DAY)

    assert [*MarketDay.objects.for_calendar(SUNDAY)] == [kept]


def test_days_are_found_by_their_market():
    main = make_market_day()
    second = make_market_day(venue=make_venue(slug="barranco"))
    at_shop = make_market_day(venue=make_venue(slug="agro-shop", kind="shop"))

    assert [*MarketDay.objects.at(None)] == [main]
    assert [*MarketDay.objects.of_main_market()] == [main]
    assert [*MarketDay.objects.at("barranco")] == [second]
    assert [*MarketDay.objects.at(main.venue.slug)] == [main]
    assert [*MarketDay.objects.at("agro-shop")] == [at_shop]
    assert [*MarketDay.objects.at("nada")] == []


@pytest.mark.parametrize("count", [1, 30])
def test_days_count_who_comes_in_one_query(days, django_assert_num_queries, count):
    for _ in range(count):
        make_attendance(market_day=days[0])
        make_attendance(market_day=days[1], status="confirmed")
        make_attendance(market_day=days[1], status="absent")
        make_attendance(market_day=days[2], producer=make_producer(status="draft"))

    with django_assert_num_queries(1):
        found = MarketDay.objects.with_coming_count().order_by("date")
        counts = [day.coming_count for day in found]

    assert counts == [count, count, 0, 0, 0]


def test_the_main_market_needs_no_name_in_its_addresses():
    main = make_market_day()
    second = make_market_day(venue=make_venue(slug="barranco"))

    assert [main.get_absolute_url(), main.get_calendar_url()] == [
        "/ferias/2026-11-29/",
        "/ferias/2026-11-29/agenda.ics",
    ]
    assert [second.get_absolute_url(), second.get_calendar_url()] == [
        "/ferias/barranco/2026-11-29/",
        "/ferias/barranco/2026-11-29/agenda.ics",
    ]


def test_a_day_knows_when_it_is_held():
    day = make_market_day()

    assert day.held == period(SUNDAY, dt.time(8), dt.time(14))
    assert [day.phase(at(hour)) for hour in (7, 8, 13, 14)] == [
        Phase.TODAY,
        Phase.RUNNING,
        Phase.LAST_HOUR,
        Phase.OVER,
    ]


PARK = {"status": "moved", "moved_to": "Parque Castilla, Lince"}
USUAL = {"usual_opens": dt.time(8), "usual_closes": dt.time(14)}


@pytest.mark.parametrize(
    ("fields", "cancelled", "moved", "other_hours", "plan"),
    [
        ({}, False, False, False, True),
        ({"status": "confirmed"}, False, False, False, True),
        ({"status": "moved"}, False, False, True, True),
        (PARK, False, True, False, False),
        (PARK | USUAL, False, True, False, False),
        (PARK | USUAL | {"opens": dt.time(9)}, False, True, True, False),
        (PARK | USUAL | {"closes": dt.time(12)}, False, True, True, False),
        ({"status": "cancelled"}, True, False, False, False),
    ],
    ids=str,
)
def test_a_day_tells_its_states_apart(fields, cancelled, moved, other_hours, plan):
    day = make_market_day(**fields)

    told = (day.is_cancelled, day.is_moved, day.has_other_hours, day.has_plan)

    assert told == (cancelled, moved, other_hours, plan)


@pytest.mark.parametrize(
    ("venue", "fields", "place", "address"),
    [
        ({}, {}, "Av. Brasil, cuadra 40", "Av. Brasil, cuadra 40, Magdalena del Mar"),
        ({"street": ""}, {}, "", "Magdalena del Mar"),
        ({}, PARK, "Parque Castilla, Lince", "Parque Castilla, Lince"),
    ],
    ids=["usual", "no street", "moved"],
)
def test_a_day_knows_its_place(venue, fields, place, address):
    day = make_market_day(venue=make_venue(**venue), **fields)

    assert (day.place, day.address) == (place, address)


def test_what_will_be_found_is_in_season_and_public_and_comes():
    day = make_market_day()
    rosa = make_attendance(market_day=day, status="confirmed").producer
    absent = make_attendance(market_day=day, status="absent").producer
    draft = make_producer(status="draft")
    make_attendance(market_day=day, producer=draft)
    there = make_offering(producer=rosa, season=IN_NOVEMBER)
    make_offering(producer=rosa, season=IN_DECEMBER)
    make_offering(producer=rosa, is_active=False)
    make_offering(producer=rosa, product=make_product(is_listed=False))
    make_offering(producer=absent)
    make_offering(producer=draft)
    make_offering()

    assert [*day.offerings()] == [there]


def test_what_will_be_found_is_that_of_the_days_month():
    day = make_market_day(date=dt.date(2026, 12, 6))
    rosa = make_attendance(market_day=day).producer
    make_offering(producer=rosa, season=IN_NOVEMBER)
    december = make_offering(producer=rosa, season=IN_DECEMBER)

    assert [*day.offerings()] == [december]


@pytest.mark.parametrize("status", MarketDay.Status)
def test_nothing_will_be_found_at_a_cancelled_market(status):
    day = make_market_day(status=status)
    make_offering(producer=make_attendance(market_day=day).producer)

    assert day.offerings().count() == (0 if status == "cancelled" else 1)


@pytest.mark.parametrize("count", [1, 30])
def test_what_will_be_found_is_one_query(django_assert_num_queries, count):
    day = make_market_day()
    for _ in range(count):
        make_offering(producer=make_attendance(market_day=day).producer)

    with django_assert_num_queries(1):
        rows = [
            (row.product.category.name, row.product.name, row.producer_id)
            for row in day.offerings().for_market_day()
        ]

    assert len(rows) == count


@pytest.mark.parametrize("count", [1, 30])
def test_a_list_comes_by_stall_in_one_query(django_assert_num_queries, count):
    day = make_market_day()
    names = [f"Rosa {number:02}" for number in range(count)]
    for number, name in enumerate(reversed(names)):
        stall = make_stall(venue=day.venue, number=100 - number)
        rosa = make_producer(name=name)
        make_attendance(market_day=day, producer=rosa, stall=stall)
    for name in ("Zoila", "Ana"):
        make_attendance(market_day=day, producer=make_producer(name=name))
    make_attendance(market_day=day, producer=make_producer(status="archived"))

    with django_assert_num_queries(1):
        rows = [
            (row.producer.name, row.producer.region.name, row.stall is None)
            for row in Attendance.objects.listed().for_page()
        ]

    by_stall = [(name, "Cusco", False) for name in names]
    assert rows == [*by_stall, ("Ana", "Cusco", True), ("Zoila", "Cusco", True)]


def test_markets_are_no_shops(django_assert_num_queries):
    market = main_market()

    with django_assert_num_queries(1):
        assert Venue.objects.shop() is None
    shop = make_venue(kind="shop")
    make_venue(kind="shop")

    assert [*Venue.objects.markets()] == [market]
    assert Venue.objects.shop() == shop
