import datetime as dt

import pytest

from markets.agenda import DAYS_READ, Agenda
from markets.schedule import Opening
from tests.factories import (
    LIMA,
    SUNDAY,
    main_market,
    make_market_day,
    make_notice,
    make_opening_hours,
    make_special_hours,
    make_venue,
)

pytestmark = pytest.mark.django_db

WEEK = dt.timedelta(weeks=1)


def agenda_at(hour, minute=0, date=SUNDAY):
    return Agenda(dt.datetime.combine(date, dt.time(hour, minute), LIMA))


@pytest.fixture
def sundays():
    """Return a function that makes the days of Sundays in a row by their statuses."""

    def make(*statuses):
        return [
            make_market_day(date=SUNDAY + number * WEEK, status=status)
            for number, status in enumerate(statuses)
        ]

    return make


def test_moments_are_read_in_lima():
    agenda = Agenda(dt.datetime(2026, 11, 30, 3, tzinfo=dt.UTC))

    assert agenda.moment.isoformat() == "2026-11-29T22:00:00-05:00"


@pytest.mark.parametrize("status", ["scheduled", "confirmed", "moved", "cancelled"])
def test_the_next_day_is_the_soonest_in_any_state(sundays, status):
    this, next_ = sundays(status, "scheduled")

    assert agenda_at(9, date=SUNDAY - WEEK).next_day == this
    assert agenda_at(13, 59).next_day == this
    assert agenda_at(14).next_day == next_


def test_a_past_day_and_another_market_are_not_next(sundays):
    make_market_day(date=SUNDAY - WEEK)
    make_market_day(venue=make_venue())

    assert agenda_at(9).next_day is None
    assert sundays("confirmed") == [agenda_at(9).next_day]


@pytest.mark.parametrize(
    ("days_before", "is_found"), [(7, False), (6, True), (1, True), (0, False)]
)
def test_the_sunday_after_an_extra_day_is_known(sundays, days_before, is_found):
    date = SUNDAY - dt.timedelta(days=days_before)
    if days_before:
        make_market_day(date=date)
    this, _next = sundays("confirmed", "confirmed")

    found = agenda_at(7, date=date).sunday_after

    assert found == (this if is_found else None)


def test_without_a_main_market_there_is_no_day():
    agenda = agenda_at(9)

    assert (agenda.next_day, agenda.ended_today) == (None, None)
    assert agenda.sunday_after is None


def test_the_market_of_today_ended_once_it_is_over(sundays):
    this, _next = sundays("confirmed", "scheduled")

    assert agenda_at(13, 59).ended_today is None
    assert agenda_at(14).ended_today == this
    assert agenda_at(23, 59).ended_today == this
    assert agenda_at(0, 0, SUNDAY + dt.timedelta(days=1)).ended_today is None


def test_a_cancelled_market_did_not_end(sundays):
    sundays("cancelled")

    assert agenda_at(14).ended_today is None


def test_the_next_held_is_looked_for_after_cancelled_ones(sundays):
    this, _second, third = sundays("cancelled", "cancelled", "scheduled")

    agenda = agenda_at(9)

    assert agenda.next_held_after(this) == third
    assert agenda.next_held_after(third) is None


def test_a_moved_market_is_held(sundays):
    this, moved = sundays("confirmed", "moved")

    assert agenda_at(9).next_held_after(this) == moved


def test_days_are_read_once_with_their_venue(sundays, django_assert_num_queries):
    days = sundays(*["cancelled"] * (DAYS_READ - 1), "confirmed")
    main_market().opening_hours.all()
    agenda = agenda_at(9)

    with django_assert_num_queries(1):
        assert str(agenda.next_day.venue) == str(days[0].venue)
        assert agenda.next_held_after(days[0]) == days[-1]
        assert agenda.ended_today is None


def test_the_next_held_lies_beyond_many_cancelled_ones(
    sundays, django_assert_num_queries
):
    days = sundays(*["cancelled"] * DAYS_READ, "moved")
    agenda = agenda_at(9)
    assert agenda.next_day == days[0]

    with django_assert_num_queries(1):
        assert agenda.next_held_after(days[0]) == days[-1]
        assert agenda.next_held_after(days[0]) == days[-1]


def test_the_next_held_is_of_the_same_market(sundays):
    sundays("cancelled", "confirmed")
    other = make_venue()
    here = make_market_day(venue=other, status="cancelled")
    later = make_market_day(venue=other, date=SUNDAY + 2 * WEEK)

    assert agenda_at(9).next_held_after(here) == later


def test_notices_of_the_moment_are_read_once(django_assert_num_queries):
    notice = make_notice()
    agenda = agenda_at(9, date=dt.date(2026, 12, 20))

    with django_assert_num_queries(1):
        assert agenda.notices == [notice]
        assert agenda.notices == [notice]
    assert agenda_at(9).notices == []


def test_the_shop_is_read_once_with_its_hours(django_assert_num_queries):
    shop = make_venue(kind="shop")
    make_opening_hours(venue=shop, opens=dt.time(10), closes=dt.time(17))
    make_special_hours(venue=shop, first_date=SUNDAY + WEEK, last_date=SUNDAY + WEEK)
    agenda = agenda_at(12)

    # shop, hours, special hours, contacts
    with django_assert_num_queries(4):
        assert agenda.shop == shop
        assert agenda.shop_opening == Opening(
            is_open=True,
            closes=dt.datetime.combine(SUNDAY, dt.time(17), LIMA),
            opens=dt.datetime.combine(SUNDAY + 2 * WEEK, dt.time(10), LIMA),
        )
        assert agenda.shop.shown_contacts == []


def test_there_may_be_no_shop(django_assert_num_queries):
    make_venue()

    with django_assert_num_queries(1):
        assert agenda_at(9).shop is None
