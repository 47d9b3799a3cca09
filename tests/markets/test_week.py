import datetime as dt

import pytest

from markets.models import OpeningHours, SpecialHours
from markets.schedule import period
from markets.week import WeekDay, coming_special, week_of
from tests.factories import SUNDAY

DAY = dt.timedelta(days=1)
MONDAY = SUNDAY - 6 * DAY
EIGHT, TWO = dt.time(8), dt.time(14)
SUNDAYS = OpeningHours(day_of_week=6, opens=EIGHT, closes=TWO)


def special(first, last=None, **hours):
    return SpecialHours(
        first_date=first, last_date=last or first, is_closed=not hours, **hours
    )


@pytest.mark.parametrize("number", range(7))
def test_a_week_goes_from_monday_to_sunday(number):
    today = MONDAY + number * DAY

    week = week_of(today, [SUNDAYS], [])

    assert [day.date for day in week] == [MONDAY + count * DAY for count in range(7)]
    assert [day.date for day in week if day.is_today] == [today]
    assert week[6] == WeekDay(
        SUNDAY, today == SUNDAY, [period(SUNDAY, EIGHT, TWO)], None
    )
    assert {len(day.periods) for day in week[:6]} == {0}


def test_a_day_that_differs_says_by_which_row():
    closed = special(SUNDAY)
    opened = special(MONDAY, opens=EIGHT, closes=TWO)

    week = week_of(MONDAY, [SUNDAYS], [closed, opened])

    assert week[0].special == opened
    assert week[0].periods == [period(MONDAY, EIGHT, TWO)]
    assert (week[6].special, week[6].periods) == (closed, [])
    assert [day.special for day in week[1:6]] == [None] * 5


@pytest.mark.parametrize(
    ("spans", "bars"),
    [
        ([], []),
        ([("08:00", "14:00")], [(480, 360)]),
        ([("00:00", "00:00")], [(0, 1440)]),
        ([("20:00", "00:00")], [(1200, 240)]),
        # What goes on after midnight is cut at the end of the day.
        ([("20:00", "02:00")], [(1200, 240)]),
        ([("15:30", "19:45"), ("08:15", "12:00")], [(495, 225), (930, 255)]),
    ],
    ids=str,
)
def test_bars_are_minutes_from_midnight(spans, bars):
    rows = [
        OpeningHours(
            day_of_week=6,
            opens=dt.time.fromisoformat(opens),
            closes=dt.time.fromisoformat(closes),
        )
        for opens, closes in spans
    ]

    assert week_of(SUNDAY, rows, [])[6].bars == bars


def test_special_hours_ahead_are_those_in_force_within_the_days():
    over = special(SUNDAY - 3 * DAY, SUNDAY - DAY)
    running = special(SUNDAY - 3 * DAY, SUNDAY)
    last = special(SUNDAY + 10 * DAY, SUNDAY + 20 * DAY)
    later = special(SUNDAY + 11 * DAY)

    found = coming_special(SUNDAY, [later, last, over, running], days=10)

    assert found == [running, last]


def test_special_hours_of_one_date_come_by_their_opening():
    afternoon = special(SUNDAY, opens=dt.time(15), closes=dt.time(18))
    morning = special(SUNDAY, opens=EIGHT, closes=TWO)
    closed = special(SUNDAY + DAY)

    found = coming_special(SUNDAY, [closed, afternoon, morning], days=7)

    assert found == [morning, afternoon, closed]
