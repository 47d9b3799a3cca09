"""Who is expected on the market days ahead: from the rhythm, until staff decide."""

import datetime as dt

import pytest

from markets.actions import expect_producers
from markets.models import Attendance, MarketDay, Participation
from producers.models import Producer
from tests.factories import (
    SUNDAY,
    make_attendance,
    make_market_day,
    make_participation,
    make_producer,
    make_stall,
    make_venue,
)

pytestmark = pytest.mark.django_db

WEEK = dt.timedelta(weeks=1)


@pytest.fixture
def market():
    """Return the main market with its days of four Sundays."""
    venue = make_venue(is_main=True)
    for number in range(4):
        make_market_day(venue=venue, date=SUNDAY + number * WEEK)
    return venue


def expect(market, first_date=SUNDAY):
    expect_producers(venue=market, first_date=first_date)


def lists(market):
    """Return who is on each day's list, at which stall."""
    return [
        [
            (row.producer.name, row.stall and row.stall.number)
            for row in day.attendances.for_page()
        ]
        for day in market.market_days.order_by("date")
    ]


def joins(market, name, number=None, **fields):
    stall = number and market.stalls.filter(number=number).first()
    if number and not stall:
        stall = make_stall(venue=market, number=number)
    producer = make_producer(name=name)
    return make_participation(venue=market, producer=producer, stall=stall, **fields)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"rhythm": "weekly"}, [True, True, True, True]),
        ({"rhythm": "alternate"}, [True, False, True, False]),
        ({"rhythm": "nth", "nth": 1}, [False, True, False, False]),
        ({"rhythm": "on_demand"}, [False, False, False, False]),
        ({"first_date": SUNDAY + 2 * WEEK}, [False, False, True, True]),
    ],
    ids=str,
)
def test_a_rhythm_puts_its_producer_on_the_lists(market, fields, expected):
    joins(market, "Rosa", 7, **fields)

    expect(market)

    assert lists(market) == [[("Rosa", 7)] if comes else [] for comes in expected]
    assert {*Attendance.objects.values_list("status", "follows_rhythm")} <= {
        ("expected", True)
    }


def test_without_a_usual_stall_a_producer_is_expected_without_one(market):
    joins(market, "Rosa")
    joins(market, "Julián")

    expect(market)

    assert lists(market)[0] == [("Julián", None), ("Rosa", None)]


def test_days_before_the_first_date_are_left_alone(market):
    joins(market, "Rosa", 7)

    expect(market, SUNDAY + 3 * WEEK)

    assert lists(market) == [[], [], [], [("Rosa", 7)]]


def test_another_market_expects_nobody(market):
    joins(make_venue(), "Rosa", 7)

    expect(market)

    assert Attendance.objects.count() == 0


def test_who_says_so_twice_is_on_the_list_once(market):
    joins(market, "Rosa", 7)
    expect(market)
    rows = [*Attendance.objects.order_by("pk").values()]

    expect(market)

    assert [*Attendance.objects.order_by("pk").values()] == rows


@pytest.mark.parametrize(
    "decision",
    [
        {"status": "confirmed", "stall": None},
        {"status": "absent", "reason": "Lluvia"},
    ],
    ids=lambda fields: fields["status"],
)
def test_what_the_staff_decided_stays(market, decision):
    row = joins(market, "Rosa", 7)
    day = market.market_days.get(date=SUNDAY)
    decided = make_attendance(market_day=day, producer=row.producer, **decision)

    expect(market)
    Participation.objects.all().delete()
    expect(market)

    assert [*Attendance.objects.values()] == [
        Attendance.objects.filter(pk=decided.pk).values().get()
    ]
    assert decided.status == decision["status"]


def test_who_is_put_at_a_taken_stall_gets_none_that_day(market):
    rosa = joins(market, "Rosa", 7)
    day = market.market_days.get(date=SUNDAY)
    guest = make_producer(name="Elena")
    make_attendance(market_day=day, producer=guest, stall=rosa.stall)

    expect(market)

    assert lists(market)[:2] == [[("Elena", 7), ("Rosa", None)], [("Rosa", 7)]]


def test_the_stall_of_one_who_does_not_come_is_not_taken(market):
    rosa = joins(market, "Rosa", 7)
    day = market.market_days.get(date=SUNDAY)
    make_attendance(market_day=day, stall=rosa.stall, status="absent")

    expect(market)

    assert (rosa.producer.name, 7) in lists(market)[0]


def test_a_stall_that_staff_give_away_later_leaves_its_owner_without(market):
    rosa = joins(market, "Rosa", 7)
    expect(market)
    day = market.market_days.get(date=SUNDAY)
    day.attendances.update(stall=None)
    make_attendance(
        market_day=day, producer=make_producer(name="Elena"), stall=rosa.stall
    )

    expect(market)

    assert lists(market)[0] == [("Elena", 7), ("Rosa", None)]


def test_of_two_with_one_usual_stall_the_first_has_it(market):
    joins(market, "Rosa", 7)
    joins(market, "Julián", 7)

    expect(market)

    assert lists(market)[0] == [("Rosa", 7), ("Julián", None)]


def test_two_who_swap_their_usual_stalls_swap_them_on_the_lists(market):
    rosa, julian = joins(market, "Rosa", 7), joins(market, "Julián", 8)
    expect(market)
    keys = {*Attendance.objects.values_list("pk", flat=True)}
    rosa.stall, julian.stall = julian.stall, rosa.stall
    rosa.save()
    julian.save()

    expect(market)

    assert lists(market) == [[("Julián", 7), ("Rosa", 8)]] * 4
    assert {*Attendance.objects.values_list("pk", flat=True)} == keys


def test_a_change_of_rhythm_is_followed(market):
    row = joins(market, "Rosa", 7)
    expect(market)
    row.rhythm = "alternate"
    row.save()

    expect(market)

    assert lists(market) == [[("Rosa", 7)], [], [("Rosa", 7)], []]


def test_who_left_the_market_is_on_no_list(market):
    row = joins(market, "Rosa", 7)
    expect(market)
    row.delete()

    expect(market)

    assert lists(market) == [[], [], [], []]


def test_an_archived_producer_is_not_shown(market):
    row = joins(market, "Rosa", 7)
    expect(market)
    Producer.objects.filter(pk=row.producer.pk).update(status="archived")

    expect(market)

    day = market.market_days.get(date=SUNDAY)
    assert [*day.attendances.listed()] == []
    assert [*day.coming_producers()] == []
    assert MarketDay.objects.with_coming_count().get(pk=day.pk).coming_count == 0


@pytest.mark.parametrize("count", [1, 30])
def test_query_count_is_constant(market, django_assert_num_queries, count):
    for number in range(count):
        joins(market, f"Rosa {number}", number + 1)

    # savepoint, days, participations, rows; those made in a savepoint, with
    # a version; release
    with django_assert_num_queries(8):
        expect(market)

    assert Attendance.objects.count() == 4 * count


@pytest.mark.parametrize("count", [1, 30])
def test_query_count_of_a_move_is_constant(market, django_assert_num_queries, count):
    rows = [joins(market, f"Rosa {number}", number + 1) for number in range(count)]
    expect(market)
    for number, row in enumerate(rows):
        row.stall = make_stall(venue=market, number=100 + number)
        row.save()

    # savepoint, days, participations, rows; stalls left, stalls taken, with
    # a version; release
    with django_assert_num_queries(9):
        expect(market)

    assert min(number for _name, number in lists(market)[0]) == 100
