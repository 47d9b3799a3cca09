import datetime as dt

from markets.models import OpeningHours
from markets.schedule import WeekGroup, week_groups

NINE, ONE, FOUR, EIGHT = dt.time(9), dt.time(13), dt.time(16), dt.time(20)


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
