import datetime as dt

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import override

from markets.models import Notice, SpecialHours
from tests.factories import (
    LIMA,
    SUNDAY,
    make_attendance,
    make_market_day,
    make_notice,
    make_opening_hours,
    make_participation,
    make_producer,
    make_shelf_item,
    make_special_hours,
    make_stall,
    make_venue,
)
from tests.markets.refused_updates import REFUSED_UPDATES

pytestmark = pytest.mark.django_db

SATURDAY = SUNDAY - dt.timedelta(days=1)
EIGHT, NOON, TWO = dt.time(8), dt.time(12), dt.time(14)
# Open on a date that differs from the week's.
OPEN = {"is_closed": False, "opens": EIGHT, "closes": TWO}
MOMENT = dt.datetime(2026, 12, 18, tzinfo=LIMA)
FOR_EVER = dt.datetime(9999, 12, 31, 23, 59, tzinfo=LIMA)


def overlapping(first, second):
    """Make two rows of hours of one venue."""
    venue = make_venue()
    make_opening_hours(venue=venue, **first)
    return make_opening_hours(venue=venue, **second)


def two_special(first, second):
    """Make two rows of special hours of one venue."""
    venue = make_venue()
    make_special_hours(venue=venue, **first)
    return make_special_hours(venue=venue, **second)


def same_attendance():
    first = make_attendance()
    make_attendance(market_day=first.market_day, producer=first.producer)


def same_stall():
    stall = make_stall()
    day = make_market_day(venue=stall.venue)
    make_attendance(market_day=day, stall=stall)
    make_attendance(market_day=day, stall=stall, status="confirmed")


def same_participation():
    first = make_participation()
    make_participation(venue=first.venue, producer=first.producer)


def same_place():
    venue = make_venue()
    make_stall(venue=venue, row=1, position=1)
    make_stall(venue=venue, row=1, position=1)


def same_shelf():
    first = make_shelf_item()
    make_shelf_item(venue=first.venue, offering=first.offering)


REFUSED = {
    "markets_attendance_once_per_market_day": [same_attendance],
    "markets_attendance_one_producer_per_stall": [same_stall],
    "markets_marketday_once_per_venue": [
        lambda: make_market_day(venue=make_market_day().venue),
    ],
    "markets_marketday_closes_after_opening": [
        lambda: make_market_day(opens=TWO, closes=EIGHT),
        lambda: make_market_day(opens=TWO, closes=TWO),
    ],
    "markets_marketday_other_place_only_when_moved": [
        lambda: make_market_day(moved_to="Parque Castilla"),
        lambda: make_market_day(moved_to="Parque Castilla", status="confirmed"),
    ],
    "markets_marketday_change_has_reason": [
        lambda: make_market_day(status="cancelled", notice=""),
        lambda: make_market_day(status="moved", notice=""),
    ],
    "markets_marketday_usual_hours_both_or_none": [
        lambda: make_market_day(status="moved", usual_opens=EIGHT),
        lambda: make_market_day(status="moved", usual_closes=TWO),
    ],
    "markets_notice_ends_after_start": [
        lambda: make_notice(starts_at=MOMENT, ends_at=MOMENT),
    ],
    "markets_notice_known_years": [
        lambda: make_notice(ends_at=FOR_EVER),
        lambda: make_notice(starts_at=dt.datetime(1, 1, 1, tzinfo=LIMA)),
    ],
    "markets_openinghours_day_of_week": [
        lambda: make_opening_hours(day_of_week=7),
    ],
    "markets_openinghours_valid_in_order": [
        lambda: make_opening_hours(valid_from=SUNDAY, valid_through=SATURDAY),
    ],
    "markets_openinghours_closes_after_opening": [
        lambda: make_opening_hours(opens=dt.time(9), closes=EIGHT),
        lambda: make_opening_hours(opens=NOON, closes=dt.time(0, 1)),
    ],
    "markets_openinghours_no_overlap": [
        lambda: overlapping({}, {}),
        lambda: overlapping({}, {"opens": NOON, "closes": dt.time(20)}),
        lambda: overlapping({}, {"opens": dt.time(9), "closes": dt.time(10)}),
        lambda: overlapping(
            {"day_of_week": 4, "opens": dt.time(20), "closes": dt.time(2)},
            {"day_of_week": 5, "opens": dt.time(1), "closes": dt.time(3)},
        ),
        lambda: overlapping({"valid_from": SATURDAY}, {"valid_through": SATURDAY}),
        lambda: overlapping({"valid_from": SATURDAY}, {}),
    ],
    "markets_participation_once_per_venue": [same_participation],
    "markets_participation_nth_has_number": [
        lambda: make_participation(rhythm="nth"),
        lambda: make_participation(rhythm="nth", nth=0),
        lambda: make_participation(rhythm="nth", nth=6),
        lambda: make_participation(rhythm="weekly", nth=1),
    ],
    "markets_shelfitem_once_per_shop": [same_shelf],
    "markets_specialhours_closed_or_hours": [
        lambda: make_special_hours(is_closed=True, opens=EIGHT, closes=TWO),
        lambda: make_special_hours(is_closed=False),
        lambda: make_special_hours(is_closed=False, opens=EIGHT),
    ],
    "markets_specialhours_dates_in_order": [
        lambda: make_special_hours(first_date=SUNDAY, last_date=SATURDAY),
    ],
    "markets_specialhours_closes_after_opening": [
        lambda: make_special_hours(**OPEN | {"opens": dt.time(9), "closes": EIGHT}),
    ],
    "markets_specialhours_closed_or_open": [
        lambda: two_special({}, OPEN),
        lambda: two_special(OPEN, {"first_date": SATURDAY}),
        lambda: two_special(OPEN, {"last_date": SUNDAY + dt.timedelta(days=9)}),
    ],
    "markets_specialhours_no_overlap": [
        lambda: two_special(OPEN, OPEN),
        lambda: two_special(OPEN, OPEN | {"opens": NOON, "closes": dt.time(20)}),
        lambda: two_special(OPEN, OPEN | {"opens": dt.time(9), "closes": NOON}),
        lambda: two_special(OPEN, OPEN | {"first_date": SATURDAY, "opens": NOON}),
        lambda: two_special(
            OPEN | {"opens": dt.time(20), "closes": dt.time(2)},
            OPEN | {"opens": dt.time(22), "closes": dt.time(23)},
        ),
    ],
    "markets_stall_number_from_one": [
        lambda: make_stall(number=0),
    ],
    "markets_stall_on_the_plan": [
        lambda: make_stall(row=0),
        lambda: make_stall(row=21),
        lambda: make_stall(position=0),
        lambda: make_stall(position=201),
    ],
    "markets_stall_number_once_per_venue": [
        lambda: make_stall(number=7, venue=make_stall(number=7, position=1).venue),
    ],
    "markets_stall_place_once_per_venue": [same_place],
    "markets_venue_coordinates_in_peru": [
        lambda: make_venue(latitude="-12.09"),
        lambda: make_venue(longitude="-77.06"),
        lambda: make_venue(latitude="12.09", longitude="-77.06"),
        lambda: make_venue(latitude="-12.09", longitude="-87.06"),
    ],
    "markets_venue_main_is_market": [
        lambda: make_venue(kind="shop", is_main=True),
    ],
    "markets_venue_one_main": [
        lambda: [make_venue(is_main=True) for _ in "ab"],
    ],
    **REFUSED_UPDATES,
}
CASES = [(name, make) for name, makers in REFUSED.items() for make in makers]


def test_every_named_constraint_has_a_test():
    names = [
        constraint.name
        for model in apps.get_app_config("markets").get_models()
        for constraint in model._meta.constraints
    ]

    assert sorted(names) == sorted(REFUSED)


@pytest.mark.parametrize(("name", "make"), CASES, ids=[name for name, _ in CASES])
def test_the_database_refuses_what_breaks_a_rule(name, make):
    with pytest.raises(IntegrityError, match=rf'"{name}"'):
        make()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"opens": TWO, "closes": dt.time(18)}),
        ({}, {"day_of_week": 5}),
        ({"valid_through": SATURDAY}, {"valid_from": SUNDAY}),
        (
            {"day_of_week": 4, "opens": dt.time(20), "closes": dt.time(2)},
            {"day_of_week": 5, "opens": dt.time(2), "closes": dt.time(3)},
        ),
        (
            {"day_of_week": 4, "opens": dt.time(20), "closes": dt.time(0)},
            {"day_of_week": 5, "opens": dt.time(0), "closes": dt.time(3)},
        ),
    ],
    ids=["adjacent", "another day", "then and now", "after midnight", "at midnight"],
)
def test_hours_that_do_not_overlap_stand_beside_each_other(first, second):
    row = overlapping(first, second)

    assert row.venue.opening_hours.count() == 2


def test_hours_that_do_not_overlap_are_valid_before_they_are_saved():
    row = overlapping({}, {"opens": TWO, "closes": dt.time(18)})

    row.full_clean()


def test_hours_of_sunday_night_reach_into_monday():
    name = "markets_openinghours_no_overlap"
    with pytest.raises(IntegrityError, match=name):
        overlapping(
            {"day_of_week": 6, "opens": dt.time(20), "closes": dt.time(2)},
            {"day_of_week": 0, "opens": dt.time(1), "closes": dt.time(3)},
        )


def test_two_venues_may_open_at_once():
    rows = [make_opening_hours(), make_opening_hours()]

    assert rows[0].venue != rows[1].venue


def test_overlapping_hours_are_said_in_the_form():
    first = make_opening_hours()
    first.pk = None
    first._state.adding = True

    with pytest.raises(ValidationError) as caught:
        first.full_clean()

    assert [*caught.value.message_dict] == ["__all__"]


def test_an_absent_producers_stall_goes_to_another():
    stall = make_stall()
    day = make_market_day(venue=stall.venue)
    make_attendance(market_day=day, stall=stall, status="absent")

    other = make_attendance(market_day=day, stall=stall, status="confirmed")

    assert other.is_coming


def test_many_may_have_no_stall_yet():
    day = make_market_day()

    rows = [make_attendance(market_day=day, producer=make_producer()) for _ in "ab"]

    assert [row.stall for row in rows] == [None, None]


def test_a_moved_day_may_have_another_place_and_special_hours_their_own():
    moved = make_market_day(status="moved", moved_to="Parque Castilla")
    late = make_special_hours(is_closed=False, opens=NOON, closes=TWO)
    long = make_special_hours(first_date=SATURDAY)

    assert moved.place == "Parque Castilla"
    assert str(late) == "29/11/2026: Holiday"
    assert str(long) == "28/11/2026 – 29/11/2026: Holiday"


def test_special_hours_of_one_day_may_be_several_that_touch_or_many_closings():
    open_twice = two_special(OPEN, OPEN | {"opens": TWO, "closes": dt.time(20)})
    closed_twice = two_special({}, {"first_date": SATURDAY})

    assert open_twice.venue.special_hours.count() == 2
    assert closed_twice.venue.special_hours.count() == 2


@pytest.mark.parametrize("first", [{}, OPEN], ids=["closed", "open"])
def test_special_hours_of_other_dates_may_be_what_they_like(first):
    row = two_special(first, OPEN | {"first_date": SATURDAY, "last_date": SATURDAY})

    assert row.venue.special_hours.count() == 2


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Another row says whether the venue opens on one of these days."),
        (
            OPEN | {"opens": NOON},
            "Other hours of these days cover this time.",
        ),
    ],
    ids=["closed", "overlapping"],
)
def test_special_hours_at_odds_are_said_in_the_form(fields, said):
    first = make_special_hours(**OPEN)
    dates = {"first_date": SUNDAY, "last_date": SUNDAY, "reason": "Feriado"}

    with pytest.raises(ValidationError) as caught, override("en"):
        SpecialHours(venue=first.venue, **dates | fields).full_clean()

    assert caught.value.message_dict == {"__all__": [said]}


def test_a_notice_for_ever_is_refused_in_the_form():
    notice = Notice(message="Bienvenidos", starts_at=MOMENT, ends_at=FOR_EVER)

    with pytest.raises(ValidationError) as caught, override("en"):
        notice.full_clean()

    said = ["Choose years from 2013 to 2100."]
    assert caught.value.message_dict == {"__all__": said}


def test_a_stall_off_the_plan_is_refused_at_its_fields():
    stall = make_stall()
    stall.number, stall.row, stall.position = 0, 21, 201

    with pytest.raises(ValidationError) as caught:
        stall.clean_fields()

    assert sorted(caught.value.message_dict) == ["number", "position", "row"]


def test_a_day_needs_no_notice_unless_it_changes():
    days = [
        make_market_day(date=SUNDAY + dt.timedelta(weeks=number), status=status)
        for number, status in enumerate(["scheduled", "confirmed"])
    ]

    assert [day.notice for day in days] == ["", ""]


def test_many_markets_may_not_be_the_main_one():
    rows = [make_venue(is_main=True), make_venue(), make_venue(kind="shop")]

    assert [row.is_main for row in rows] == [True, False, False]
