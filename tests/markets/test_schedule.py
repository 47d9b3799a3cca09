import datetime as dt

import pytest

from markets.models import OpeningHours
from markets.schedule import (
    LIMA,
    Period,
    Phase,
    WeekGroup,
    period,
    phase_at,
    week_groups,
)
from tests.factories import SUNDAY

NINE, ONE, FOUR, EIGHT = dt.time(9), dt.time(13), dt.time(16), dt.time(20)


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=LIMA)


def hours(day, opens=NINE, closes=EIGHT):
    return OpeningHours(day_of_week=day, opens=opens, closes=closes)


def test_days_alike_and_in_a_row_are_one_group():
    groups = week_groups([hours(day) for day in (4, 1, 3, 2)])

    assert groups == [WeekGroup(1, 4, ((NINE, EIGHT),))]


def test_a_day_between_parts_the_groups():
    groups = week_groups([hours(1), hours(2), hours(4)])

    assert groups == [
        WeekGroup(1, 2, ((NINE, EIGHT),)),
        WeekGroup(4, 4, ((NINE, EIGHT),)),
    ]


def test_other_hours_part_the_groups():
    groups = week_groups([hours(5), hours(6, NINE, ONE)])

    assert groups == [
        WeekGroup(5, 5, ((NINE, EIGHT),)),
        WeekGroup(6, 6, ((NINE, ONE),)),
    ]


def test_periods_of_a_day_come_in_their_order():
    week = [
        hours(day, *span) for day in (0, 1) for span in ((FOUR, EIGHT), (NINE, ONE))
    ]

    groups = week_groups(week)

    assert groups == [WeekGroup(0, 1, ((NINE, ONE), (FOUR, EIGHT)))]


def test_sunday_and_monday_are_not_in_a_row():
    groups = week_groups([hours(6), hours(0)])

    assert [(group.first_day, group.last_day) for group in groups] == [(0, 0), (6, 6)]


def test_a_venue_without_hours_has_no_group():
    assert week_groups([]) == []


@pytest.mark.parametrize(
    ("moment", "phase"),
    [
        ("2026-11-28 23:59", Phase.AHEAD),
        ("2026-11-29 00:00", Phase.TODAY),
        ("2026-11-29 07:59", Phase.TODAY),
        ("2026-11-29 08:00", Phase.RUNNING),
        ("2026-11-29 12:59", Phase.RUNNING),
        ("2026-11-29 13:00", Phase.LAST_HOUR),
        ("2026-11-29 13:59", Phase.LAST_HOUR),
        ("2026-11-29 14:00", Phase.OVER),
        ("2026-11-30 00:00", Phase.OVER),
    ],
)
def test_a_market_day_goes_its_course(moment, phase):
    held = period(SUNDAY, dt.time(8), dt.time(14))

    assert phase_at(at(moment), held) == phase
    assert phase_at(at(moment).astimezone(dt.UTC), held) == phase


def test_a_market_shorter_than_an_hour_is_in_its_last_hour_all_along():
    held = period(SUNDAY, dt.time(8), dt.time(8, 30))

    assert phase_at(at("2026-11-29 07:45"), held) == Phase.TODAY
    assert phase_at(at("2026-11-29 08:00"), held) == Phase.LAST_HOUR


def test_a_period_holds_its_opening_and_not_its_closing():
    one = Period(at("2026-11-29 08:00"), at("2026-11-29 14:00"))

    assert [one.covers(edge) for edge in one] == [True, False]
