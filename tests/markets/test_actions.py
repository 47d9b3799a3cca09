"""Market days from the weekly hours: made ahead, and following what changes."""

import datetime as dt
from threading import Barrier, Thread

import pytest
import time_machine
from django.db import connection

from markets.actions import NO_LONGER, Scheduled, schedule_market_days
from markets.models import Attendance, MarketDay, SpecialHours
from tests.factories import (
    LIMA,
    SUNDAY,
    make_market_day,
    make_opening_hours,
    make_participation,
    make_special_hours,
    make_stall,
    make_venue,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

MONDAY = SUNDAY - dt.timedelta(days=6)
WEEK = dt.timedelta(weeks=1)
EIGHT, TEN, NOON, TWO = (dt.time(hour) for hour in (8, 10, 12, 14))
LATER = dt.datetime(2026, 11, 24, 9, tzinfo=LIMA)


@pytest.fixture
def market(db):
    """Return the main market, open on Sundays from 8 to 14."""
    venue = make_venue(is_main=True)
    make_opening_hours(venue=venue)
    return venue


def schedule(weeks=3):
    return schedule_market_days(first_date=MONDAY, weeks=weeks)


def told(venue):
    """Return what is public of each day: date, status, hours, notice, changes."""
    return [
        (day.date, day.status, day.opens, day.closes, day.notice, day.sequence)
        for day in venue.market_days.order_by("date")
    ]


def first(venue):
    return venue.market_days.get(date=SUNDAY)


def test_days_are_made_ahead_from_the_weekly_hours(market):
    done = schedule(weeks=26)

    assert done == Scheduled(made=26, changed=0)
    assert told(market) == [
        (SUNDAY + number * WEEK, "scheduled", EIGHT, TWO, "", 0) for number in range(26)
    ]
    assert {day.follows_hours for day in MarketDay.objects.all()} == {True}


def test_weeks_count_from_the_first_date_which_is_one_of_them(market):
    schedule_market_days(first_date=SUNDAY, weeks=1)
    assert [day.date for day in MarketDay.objects.all()] == [SUNDAY]

    schedule_market_days(first_date=SUNDAY, weeks=2)
    assert MarketDay.objects.count() == 2


def test_a_second_run_changes_nothing(market, django_assert_num_queries):
    make_special_hours(venue=market)
    for _ in "ab":
        make_participation(venue=market, stall=make_stall(venue=market))
    schedule()
    days, rows = told(market), [*Attendance.objects.order_by("pk").values()]

    # Nothing is written: markets, a savepoint, the lock, hours, special hours, days;
    # who is expected: a savepoint, days, participations, rows; both released
    with django_assert_num_queries(13):
        done = schedule()

    assert done == Scheduled(made=0, changed=0)
    assert told(market) == days
    assert [*Attendance.objects.order_by("pk").values()] == rows
    assert len(rows) == 6


def test_a_shop_and_a_market_without_hours_have_no_days():
    make_opening_hours(venue=make_venue(kind="shop"))
    make_venue()

    assert schedule() == Scheduled(made=0, changed=0)
    assert MarketDay.objects.count() == 0


def test_every_market_has_days_of_its_own(market):
    saturdays = make_venue()
    make_opening_hours(venue=saturdays, day_of_week=5, opens=TEN, closes=NOON)

    done = schedule(weeks=1)

    assert done == Scheduled(made=2, changed=0)
    saturday = SUNDAY - dt.timedelta(days=1)
    assert told(market) == [(SUNDAY, "scheduled", EIGHT, TWO, "", 0)]
    assert told(saturdays) == [(saturday, "scheduled", TEN, NOON, "", 0)]


def test_several_periods_of_a_day_are_one_market_day(market):
    make_opening_hours(venue=market, opens=dt.time(15), closes=dt.time(18))

    schedule(weeks=1)

    assert told(market) == [(SUNDAY, "scheduled", EIGHT, dt.time(18), "", 0)]


def test_a_market_day_ends_before_midnight():
    night = make_venue()
    make_opening_hours(venue=night, opens=dt.time(18), closes=dt.time(2))

    schedule(weeks=1)

    assert told(night) == [(SUNDAY, "scheduled", dt.time(18), dt.time(23, 59), "", 0)]


def test_what_the_staff_changed_is_left_alone(market):
    schedule()
    first_day = first(market)
    first_day.follows_hours = False
    first_day.opens = TEN
    first_day.save()
    by_hand = make_market_day(venue=market, date=MONDAY)
    make_special_hours(venue=market)
    market.opening_hours.update(closes=NOON)

    done = schedule()

    assert done == Scheduled(made=0, changed=2)
    assert told(market) == [
        (by_hand.date, "scheduled", EIGHT, TWO, "", 0),
        (SUNDAY, "scheduled", TEN, TWO, "", 0),
        (SUNDAY + WEEK, "scheduled", EIGHT, NOON, "", 1),
        (SUNDAY + 2 * WEEK, "scheduled", EIGHT, NOON, "", 1),
    ]


def test_past_days_are_left_alone(market):
    schedule()
    market.opening_hours.update(closes=NOON)

    done = schedule_market_days(first_date=SUNDAY + WEEK, weeks=2)

    assert done == Scheduled(made=0, changed=2)
    assert told(market)[0] == (SUNDAY, "scheduled", EIGHT, TWO, "", 0)


def test_a_change_of_the_hours_is_a_public_change(market):
    schedule(weeks=1)
    made_at = first(market).changed_at
    market.opening_hours.update(opens=TEN)

    with time_machine.travel(LATER):
        schedule(weeks=1)

    assert told(market) == [(SUNDAY, "scheduled", TEN, TWO, "", 1)]
    assert (made_at < first(market).changed_at, first(market).changed_at) == (
        True,
        LATER,
    )


def test_days_further_ahead_than_asked_for_follow_too(market):
    schedule(weeks=3)
    market.opening_hours.update(closes=NOON)

    assert schedule(weeks=1) == Scheduled(made=0, changed=3)


def test_a_special_closing_cancels_the_day_and_lends_its_reason(market):
    schedule(weeks=1)
    make_special_hours(venue=market, reason="Feriado.", reason_en="A holiday.")

    done = schedule(weeks=1)

    assert done == Scheduled(made=0, changed=1)
    assert told(market) == [(SUNDAY, "cancelled", EIGHT, TWO, "Feriado.", 1)]
    assert first(market).notice_en == "A holiday."


def test_a_day_that_is_closed_already_is_made_cancelled(market):
    make_special_hours(venue=market, reason="Feriado.")

    assert schedule(weeks=1) == Scheduled(made=1, changed=0)
    assert told(market) == [(SUNDAY, "cancelled", EIGHT, TWO, "Feriado.", 0)]


def test_a_special_closing_of_a_day_without_market_makes_none(market):
    make_special_hours(venue=market, first_date=MONDAY, last_date=MONDAY)

    schedule(weeks=1)

    assert [day.date for day in market.market_days.all()] == [SUNDAY]


def test_other_hours_of_one_day_are_said_to_be_such(market):
    make_special_hours(
        venue=market, is_closed=False, opens=EIGHT, closes=NOON, reason="Elecciones."
    )

    schedule(weeks=1)

    assert told(market) == [(SUNDAY, "moved", EIGHT, NOON, "Elecciones.", 0)]
    assert first(market).has_other_hours
    usual = first(market).usual_opens, first(market).usual_closes
    assert usual == (EIGHT, TWO)
    SpecialHours.objects.all().delete()
    schedule(weeks=1)
    assert first(market).usual_opens is None


def test_special_hours_like_the_usual_ones_are_only_a_notice(market):
    make_special_hours(
        venue=market, is_closed=False, opens=EIGHT, closes=TWO, reason="Sí abrimos."
    )

    schedule(weeks=1)

    assert told(market) == [(SUNDAY, "scheduled", EIGHT, TWO, "Sí abrimos.", 0)]


def test_an_extra_day_is_a_market_day_with_a_notice(market):
    make_special_hours(
        venue=market,
        first_date=MONDAY,
        last_date=MONDAY,
        is_closed=False,
        opens=TEN,
        closes=NOON,
        reason="Feria de aniversario.",
    )

    schedule(weeks=1)

    assert told(market) == [
        (MONDAY, "scheduled", TEN, NOON, "Feria de aniversario.", 0),
        (SUNDAY, "scheduled", EIGHT, TWO, "", 0),
    ]


def test_an_extra_day_that_is_taken_away_is_cancelled(market):
    make_special_hours(
        venue=market,
        first_date=MONDAY,
        last_date=MONDAY,
        is_closed=False,
        opens=TEN,
        closes=NOON,
    )
    schedule(weeks=1)
    SpecialHours.objects.all().delete()

    assert schedule(weeks=1) == Scheduled(made=0, changed=1)
    sentence = "La feria ya no abre ese día."
    assert told(market)[0] == (MONDAY, "cancelled", TEN, NOON, sentence, 1)


def test_a_special_row_that_is_taken_away_leaves_the_usual_day(market):
    make_special_hours(venue=market, reason_en="A holiday.")
    schedule(weeks=1)
    SpecialHours.objects.all().delete()

    done = schedule(weeks=1)

    assert done == Scheduled(made=0, changed=1)
    assert told(market) == [(SUNDAY, "scheduled", EIGHT, TWO, "", 1)]
    assert first(market).notice_en == ""


def test_days_after_the_hours_ended_are_cancelled_with_a_sentence(market):
    schedule()
    market.opening_hours.update(valid_through=SUNDAY)

    done = schedule()

    sentence = "La feria ya no abre ese día."
    assert done == Scheduled(made=0, changed=2)
    assert told(market) == [
        (SUNDAY, "scheduled", EIGHT, TWO, "", 0),
        (SUNDAY + WEEK, "cancelled", EIGHT, TWO, sentence, 1),
        (SUNDAY + 2 * WEEK, "cancelled", EIGHT, TWO, sentence, 1),
    ]
    assert {day.notice_en for day in market.market_days.filter(status="cancelled")} == {
        NO_LONGER
    }
    assert schedule() == Scheduled(made=0, changed=0)


def test_days_come_back_with_the_hours(market):
    schedule(weeks=1)
    market.opening_hours.update(valid_through=MONDAY)
    schedule(weeks=1)
    market.opening_hours.update(valid_through=None)

    schedule(weeks=1)

    assert told(market) == [(SUNDAY, "scheduled", EIGHT, TWO, "", 2)]


@pytest.mark.parametrize("weeks", [2, 26])
def test_query_count_is_constant(market, django_assert_num_queries, weeks):
    make_participation(venue=market, stall=make_stall(venue=market))

    # as of a second run; days made in their own savepoint, who is expected; and
    # a first version of both
    with django_assert_num_queries(17):
        schedule(weeks=weeks)


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_make_no_day_twice(reference_data, market):
    make_participation(venue=market, stall=make_stall(venue=market))
    results, start = [], Barrier(2)

    def run():
        try:
            start.wait(timeout=10)
            results.append(schedule())
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == [Scheduled(0, 0), Scheduled(3, 0)]
    assert MarketDay.objects.count() == 3
    assert Attendance.objects.count() == 3
