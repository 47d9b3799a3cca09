import datetime as dt

import pytest

from markets import desk
from markets.models import Attendance
from tests.factories import (
    SUNDAY,
    make_attendance,
    make_market_day,
    make_opening_hours,
    make_producer,
    make_special_hours,
    make_stall,
    make_venue,
)

pytestmark = pytest.mark.django_db

LAST_SUNDAY = SUNDAY - dt.timedelta(weeks=1)


@pytest.fixture
def venue():
    return make_venue()


@pytest.fixture
def today(venue):
    return make_market_day(venue=venue)


@pytest.fixture
def last(venue):
    return make_market_day(venue=venue, date=LAST_SUNDAY)


def listed(day):
    """Return {producer: (stall number, status, whether it follows the rhythm)}."""
    rows = day.attendances.select_related("producer", "stall")
    return {
        row.producer.name: (
            row.stall and row.stall.number,
            row.status,
            row.follows_rhythm,
        )
        for row in rows
    }


def test_the_rest_is_decided_and_what_was_decided_stays(today):
    expected = make_attendance(market_day=today, follows_rhythm=True)
    own = make_attendance(market_day=today, reason="Illness")
    confirmed = make_attendance(market_day=today, status="confirmed")

    count = desk.decide_the_rest(day=today, status="absent", reason="A landslide")

    rows = {row.pk: row for row in Attendance.objects.all()}
    assert count == 2
    assert [(rows[one.pk].status, rows[one.pk].reason) for one in (expected, own)] == [
        ("absent", "A landslide"),
        ("absent", "Illness"),
    ]
    assert rows[expected.pk].follows_rhythm is False
    assert rows[confirmed.pk].status == "confirmed"


def test_the_rest_of_another_day_is_left_alone(today, last):
    other = make_attendance(market_day=last)

    count = desk.decide_the_rest(day=today, status="confirmed")

    other.refresh_from_db()
    assert (count, other.status) == (0, "expected")


def test_who_came_last_week_is_expected_at_the_same_stall(today, last):
    stall = make_stall(venue=today.venue, number=7)
    came = {"producer": make_producer(name="Rosa"), "stall": stall}
    make_attendance(market_day=last, status="confirmed", **came)
    make_attendance(market_day=last, producer=make_producer(name="Julián"))
    make_attendance(market_day=last, status="absent")
    make_attendance(market_day=last, producer=make_producer(status="archived"))

    copied = desk.copy_last_week(day=today)

    assert copied == (last, 2, 1)
    assert listed(today) == {
        "Rosa": (7, "expected", False),
        "Julián": (None, "expected", False),
    }


def test_a_second_copy_changes_nothing(today, last):
    make_attendance(market_day=last, stall=make_stall(venue=today.venue))
    desk.copy_last_week(day=today)

    assert desk.copy_last_week(day=today) == (last, 0, 0)


def test_what_staff_decided_stays_and_its_stall_is_taken(today, last):
    seven, eight = (make_stall(venue=today.venue, number=number) for number in (7, 8))
    rosa, julian, elena = (make_producer(name=name) for name in ("Rosa", "Julián", "E"))
    make_attendance(market_day=last, producer=rosa, stall=seven)
    make_attendance(market_day=last, producer=julian, stall=eight)
    make_attendance(market_day=today, producer=julian, status="absent", stall=eight)
    make_attendance(market_day=today, producer=elena, stall=seven)

    copied = desk.copy_last_week(day=today)

    assert copied == (last, 1, 0)
    assert listed(today) == {
        "Rosa": (None, "expected", False),
        "Julián": (8, "absent", False),
        "E": (7, "expected", False),
    }


def test_those_whom_the_rhythm_brings_go_where_they_were(today, last):
    seven, eight = (make_stall(venue=today.venue, number=number) for number in (7, 8))
    rosa, julian = (make_producer(name=name) for name in ("Rosa", "Julián"))
    make_attendance(market_day=last, producer=rosa, stall=eight)
    make_attendance(market_day=last, producer=julian, stall=seven)
    for producer, stall in ((rosa, seven), (julian, eight)):
        row = {"producer": producer, "stall": stall, "follows_rhythm": True}
        make_attendance(market_day=today, **row)

    copied = desk.copy_last_week(day=today)

    assert copied == (last, 0, 2)
    assert listed(today) == {
        "Rosa": (8, "expected", False),
        "Julián": (7, "expected", False),
    }


def test_who_had_no_stall_last_week_keeps_a_free_one(today, last):
    seven, eight = (make_stall(venue=today.venue, number=number) for number in (7, 8))
    rosa, julian = (make_producer(name=name) for name in ("Rosa", "Julián"))
    make_attendance(market_day=last, producer=rosa)
    make_attendance(market_day=last, producer=julian)
    make_attendance(market_day=last, stall=eight, producer=make_producer(name="Elena"))
    for producer, stall in ((rosa, seven), (julian, eight)):
        row = {"producer": producer, "stall": stall, "follows_rhythm": True}
        make_attendance(market_day=today, **row)

    copied = desk.copy_last_week(day=today)

    assert copied == (last, 1, 1)
    assert listed(today) == {
        "Rosa": (7, "expected", True),
        "Julián": (None, "expected", False),
        "Elena": (8, "expected", False),
    }


def test_a_cancelled_sunday_is_not_copied(today, venue):
    before = make_market_day(venue=venue, date=SUNDAY - dt.timedelta(weeks=2))
    cancelled = make_market_day(venue=venue, date=LAST_SUNDAY, status="cancelled")
    make_attendance(market_day=before)
    make_attendance(market_day=cancelled)

    assert desk.copy_last_week(day=today) == (before, 1, 0)


def test_without_an_earlier_day_there_is_nothing_to_copy(today, venue):
    make_market_day(venue=venue, date=SUNDAY + dt.timedelta(weeks=1))
    make_market_day(venue=make_venue(), date=LAST_SUNDAY)

    assert desk.copy_last_week(day=today) is None


@pytest.mark.parametrize(
    ("fields", "special", "contradicts"),
    [
        ({}, {}, False),
        ({"opens": dt.time(9)}, {}, True),
        ({"opens": dt.time(9), "follows_hours": True}, {}, False),
        ({"opens": dt.time(9), "status": "moved"}, {}, False),
        ({"opens": dt.time(9), "status": "cancelled"}, {}, False),
        ({}, {"is_closed": True}, True),
        ({"status": "moved"}, {"is_closed": True}, True),
        ({"status": "cancelled"}, {"is_closed": True}, False),
    ],
    ids=str,
)
def test_days_that_staff_changed_are_held_against_the_hours(
    venue, fields, special, contradicts
):
    make_opening_hours(venue=venue)
    day = make_market_day(venue=venue, **fields)
    make_market_day(venue=venue, date=LAST_SUNDAY, opens=dt.time(9))
    if special:
        make_special_hours(venue=venue, **special)

    days = desk.days_against_hours(venue=venue, first_date=SUNDAY)

    assert days == ([day] if contradicts else [])
