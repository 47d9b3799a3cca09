"""Is it open at a moment, until when, and when next; a market day's course."""

import datetime as dt

import pytest

from markets.models import OpeningHours, SpecialHours
from markets.schedule import (
    LIMA,
    WEEK,
    Opening,
    dates_between,
    opening_at,
    period,
    periods_on,
    special_on,
)
from tests.factories import SUNDAY

DAY = dt.timedelta(days=1)
MIDNIGHT = dt.time.min
FAR = dt.date.max
# The shop of the sample: Tuesday to Saturday 9 to 20, Sunday 10 to 17.
SHOP = [
    *(
        OpeningHours(day_of_week=day, opens=dt.time(9), closes=dt.time(20))
        for day in range(1, 6)
    ),
    OpeningHours(day_of_week=6, opens=dt.time(10), closes=dt.time(17)),
]


def weekly(day, opens, closes, **fields):
    return OpeningHours(
        day_of_week=day, opens=clock(opens), closes=clock(closes), **fields
    )


def clock(text):
    return dt.time.fromisoformat(text)


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=LIMA)


def date(text):
    return dt.date.fromisoformat(text)


def closed(first, last=None):
    first = date(first)
    return SpecialHours(first_date=first, last_date=date(last) if last else first)


def opened(day, opens, closes, last=None):
    return SpecialHours(
        first_date=date(day),
        last_date=date(last or day),
        is_closed=False,
        opens=clock(opens),
        closes=clock(closes),
    )


# 29 November 2026 is a Sunday.
@pytest.mark.parametrize(
    ("moment", "is_open", "closes", "opens"),
    [
        ("2026-11-29 09:59", False, None, "2026-11-29 10:00"),
        ("2026-11-29 10:00", True, "2026-11-29 17:00", "2026-12-01 09:00"),
        ("2026-11-29 16:59", True, "2026-11-29 17:00", "2026-12-01 09:00"),
        ("2026-11-29 17:00", False, None, "2026-12-01 09:00"),
        ("2026-11-30 12:00", False, None, "2026-12-01 09:00"),
        ("2026-12-01 00:00", False, None, "2026-12-01 09:00"),
        ("2026-12-01 12:00", True, "2026-12-01 20:00", "2026-12-02 09:00"),
        ("2026-12-01 23:59", False, None, "2026-12-02 09:00"),
    ],
)
def test_the_shop_is_open_by_its_week(moment, is_open, closes, opens):
    opening = opening_at(at(moment), SHOP, [])

    assert opening == Opening(is_open, closes and at(closes), at(opens))


def test_moments_of_other_places_are_read_in_lima():
    # 10:30 on Sunday in Lima.
    moment = dt.datetime(2026, 11, 29, 15, 30, tzinfo=dt.UTC)

    opening = opening_at(moment, SHOP, [])

    assert opening == Opening(True, at("2026-11-29 17:00"), at("2026-12-01 09:00"))


def test_a_holiday_closes_the_shop_and_the_next_day_opens_it():
    feriado = [closed("2026-12-08")]

    assert opening_at(at("2026-12-08 12:00"), SHOP, feriado) == Opening(
        False, None, at("2026-12-09 09:00")
    )
    assert opening_at(at("2026-12-07 12:00"), SHOP, feriado) == Opening(
        False, None, at("2026-12-09 09:00")
    )


def test_special_hours_take_the_place_of_the_weeks():
    short = [opened("2026-12-08", "10:00", "13:00")]

    assert opening_at(at("2026-12-08 09:30"), SHOP, short) == Opening(
        False, None, at("2026-12-08 10:00")
    )
    assert opening_at(at("2026-12-08 13:00"), SHOP, short) == Opening(
        False, None, at("2026-12-09 09:00")
    )


def test_an_extra_day_opens_where_the_week_does_not():
    # A Monday.
    extra = [
        opened("2026-12-07", "09:00", "12:00"),
        opened("2026-12-07", "15:00", "18:00"),
    ]

    assert periods_on(date("2026-12-07"), SHOP, extra[::-1]) == [
        period(date("2026-12-07"), clock("09:00"), clock("12:00")),
        period(date("2026-12-07"), clock("15:00"), clock("18:00")),
    ]
    assert opening_at(at("2026-12-07 13:00"), SHOP, extra) == Opening(
        False, None, at("2026-12-07 15:00")
    )


def test_a_closed_row_wins_over_an_open_one():
    # The database refuses them together; nobody stands before a closed door if not.
    rows = [opened("2026-12-08", "10:00", "13:00"), closed("2026-12-08")]

    assert special_on(date("2026-12-08"), rows) == rows[::-1]
    assert periods_on(date("2026-12-08"), SHOP, rows) == []


def test_special_rows_are_in_force_on_both_their_dates():
    row = closed("2026-12-08", "2026-12-09")

    found = [bool(special_on(date(f"2026-12-{day:02}"), [row])) for day in range(7, 11)]

    assert found == [False, True, True, False]


def test_a_shop_closed_for_weeks_says_when_it_opens_again():
    holidays = [closed("2026-12-20", "2027-02-28")]

    assert opening_at(at("2026-12-19 20:00"), SHOP, holidays) == Opening(
        False, None, at("2027-03-02 09:00")
    )
    assert opening_at(at("2026-12-19 19:00"), SHOP, holidays) == Opening(
        True, at("2026-12-19 20:00"), at("2027-03-02 09:00")
    )


def test_a_row_after_another_may_close_it_further():
    rows = [closed("2026-12-20", "2027-02-28"), closed("2027-03-01", "2027-03-13")]

    opening = opening_at(at("2026-12-25 12:00"), SHOP, rows)

    assert opening.opens == at("2027-03-14 10:00")


def test_a_venue_without_hours_never_opens():
    assert opening_at(at("2026-11-29 12:00"), [], []) == Opening(False, None, None)
    assert periods_on(SUNDAY, [], []) == []
    assert dates_between(SUNDAY, SUNDAY + WEEK, [], []) == []


def test_without_hours_an_extra_day_is_found_however_far():
    extra = [opened("2031-07-28", "09:00", "12:00")]

    opening = opening_at(at("2026-11-29 12:00"), [], extra)

    assert opening == Opening(False, None, at("2031-07-28 09:00"))


def test_a_closing_after_midnight_belongs_to_the_evening_before():
    # Friday 20:00 to Saturday 02:00.
    night = [weekly(4, "20:00", "02:00")]

    assert opening_at(at("2026-11-28 01:59"), night, []) == Opening(
        True, at("2026-11-28 02:00"), at("2026-12-04 20:00")
    )
    assert not opening_at(at("2026-11-28 02:00"), night, []).is_open
    assert periods_on(date("2026-11-28"), night, []) == []


def test_the_night_before_runs_on_into_a_day_that_is_closed():
    night = [weekly(day, "20:00", "02:00") for day in range(7)]

    opening = opening_at(at("2026-11-28 01:00"), night, [closed("2026-11-28")])

    assert opening == Opening(True, at("2026-11-28 02:00"), at("2026-11-29 20:00"))


def test_a_closing_at_midnight_is_the_end_of_the_day():
    evening = [weekly(6, "20:00", "00:00")]

    assert opening_at(at("2026-11-29 23:59"), evening, []) == Opening(
        True, at("2026-11-30 00:00"), at("2026-12-06 20:00")
    )
    assert not opening_at(at("2026-11-30 00:00"), evening, []).is_open


def test_periods_that_touch_are_one_time_without_a_break():
    hours = [
        weekly(6, "08:00", "14:00"),
        weekly(6, "14:00", "20:00"),
        weekly(0, "00:00", "06:00"),
        weekly(6, "20:00", "00:00"),
    ]

    opening = opening_at(at("2026-11-29 09:00"), hours, [])

    assert opening == Opening(True, at("2026-11-30 06:00"), at("2026-12-06 08:00"))


def test_open_round_the_clock_has_no_closing():
    hours = [weekly(day, "00:00", "00:00") for day in range(7)]

    assert opening_at(at("2026-11-29 09:00"), hours, []) == Opening(True, None, None)
    assert period(SUNDAY, MIDNIGHT, MIDNIGHT).closes == at("2026-11-30 00:00")


def test_open_round_the_clock_ends_where_a_day_is_closed():
    hours = [weekly(day, "00:00", "00:00") for day in range(7)]

    opening = opening_at(at("2026-11-29 09:00"), hours, [closed("2026-12-01")])

    assert opening == Opening(True, at("2026-12-01 00:00"), at("2026-12-02 00:00"))


def test_other_hours_from_a_date_on_are_both_in_force_in_turn():
    until = weekly(6, "08:00", "14:00", valid_through=date("2026-12-31"))
    since = weekly(6, "09:00", "15:00", valid_from=date("2027-01-01"))
    hours = [since, until]

    assert opening_at(at("2026-12-27 14:00"), hours, []).opens == at("2027-01-03 09:00")
    assert opening_at(at("2026-12-20 14:00"), hours, []).opens == at("2026-12-27 08:00")


def test_hours_are_in_force_on_both_their_dates():
    row = weekly(6, "08:00", "14:00", valid_from=SUNDAY, valid_through=SUNDAY + WEEK)

    found = dates_between(SUNDAY - WEEK, SUNDAY + 3 * WEEK, [row], [])

    assert found == [SUNDAY, SUNDAY + WEEK]


def test_hours_that_begin_in_years_are_found():
    row = weekly(6, "08:00", "14:00", valid_from=date("2040-01-01"))

    opening = opening_at(at("2026-11-29 09:00"), [row], [])

    assert opening == Opening(False, None, at("2040-01-01 08:00"))


def test_hours_that_ended_open_no_more():
    row = weekly(6, "08:00", "14:00", valid_through=date("2026-11-28"))

    assert opening_at(at("2026-11-28 09:00"), [row], []) == Opening(False, None, None)


def test_the_29th_of_february_is_a_day_like_others():
    # A Tuesday of 2028.
    assert opening_at(at("2028-02-29 08:00"), SHOP, []).opens == at("2028-02-29 09:00")
    assert opening_at(at("2028-02-28 12:00"), SHOP, [closed("2028-02-29")]).opens == at(
        "2028-03-01 09:00"
    )
    span = dates_between(date("2028-02-26"), date("2028-03-01"), SHOP, [])
    assert span == [
        date(text) for text in ("2028-02-26", "2028-02-27", "2028-02-29", "2028-03-01")
    ]


def test_dates_of_a_span_are_those_that_open_both_ends_included():
    feriados = [closed("2026-12-25"), opened("2026-12-21", "09:00", "12:00")]

    found = dates_between(date("2026-12-20"), date("2026-12-27"), SHOP, feriados)

    assert [day.day for day in found] == [20, 21, 22, 23, 24, 26, 27]
    assert dates_between(SUNDAY, SUNDAY - DAY, SHOP, []) == []


@pytest.mark.parametrize("last", ["9999-12-30", "9999-12-31"])
def test_a_shop_closed_for_good_is_found_out_at_once(last):
    rows = [closed("2026-11-30", last)]

    assert opening_at(at("2026-12-05 12:00"), SHOP, rows) == Opening(False, None, None)


@pytest.mark.parametrize("first", ["9999-12-25", "9999-12-31"])
def test_hours_at_the_end_of_the_calendar_do_not_overflow(first):
    rows = [opened(first, "22:00", "02:00", last="9999-12-31")]
    night = weekly(4, "22:00", "02:00", valid_from=FAR, valid_through=FAR)

    far = opening_at(at("2026-12-05 12:00"), [], rows)
    last = opening_at(at("2026-12-05 12:00"), [night], [])

    # The last of all dates is left out.
    expected = at("9999-12-25 22:00") if first == "9999-12-25" else None
    assert far == Opening(False, None, expected)
    assert last == Opening(False, None, None)
