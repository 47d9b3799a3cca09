import datetime as dt

import pytest

from markets.models import (
    OpeningHours,
    Venue,
)
from tests.desk import (
    add_row,
    change_page,
    filled_in,
    open_desk,
    page,
    row_errors,
)
from tests.factories import (
    make_opening_hours,
    make_special_hours,
    make_venue,
)

SUNDAY, MONDAY = 6, 0


@pytest.fixture
def desk(db, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


def hours(day, opens, closes, **dates):
    return {"day_of_week": day, "opens": opens, "closes": closes} | dates


def send_hours(desk, venue, *rows):
    """Add rows of opening hours to a venue's page and send it."""
    data = filled_in(desk.get(change_page(venue)))
    for row in rows:
        add_row(data, "opening_hours", **row)
    return desk.post(change_page(venue), data)


@pytest.mark.parametrize(
    "others",
    [
        hours(MONDAY, "08:00", "14:00"),
        hours(SUNDAY, "14:00", "18:00"),
        hours(SUNDAY, "08:00", "14:00", valid_from="2027-01-01"),
    ],
    ids=str,
)
def test_hours_side_by_side_are_saved(desk, others):
    venue = make_venue()

    until = hours(SUNDAY, "08:00", "14:00", valid_through="2026-12-31")
    response = send_hours(desk, venue, until, others)

    assert response.status_code == 302
    assert OpeningHours.objects.filter(venue=venue).count() == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (hours(SUNDAY, "08:00", "14:00"), hours(SUNDAY, "13:59", "18:00")),
        (hours(MONDAY, "20:00", "02:00"), hours(1, "01:00", "05:00")),
        (hours(SUNDAY, "20:00", "02:00"), hours(MONDAY, "01:00", "05:00")),
        (
            hours(SUNDAY, "08:00", "14:00", valid_through="2026-12-31"),
            hours(SUNDAY, "08:00", "14:00", valid_from="2026-12-31"),
        ),
    ],
    ids=["minute", "over midnight", "over the week's end", "last day"],
)
def test_hours_that_overlap_in_one_submission_are_refused_at_the_second(
    desk, first, second
):
    response = send_hours(desk, make_venue(), first, second)

    sentence = "Other hours of the venue cover this time."
    assert row_errors(response, "opening_hours") == [{}, {"opens": [sentence]}]


def test_hours_that_overlap_stored_ones_are_refused(desk):
    stored = make_opening_hours()

    response = send_hours(desk, stored.venue, hours(SUNDAY, "09:00", "10:00"))

    sentence = "Other hours of the venue cover this time."
    assert row_errors(response, "opening_hours") == [{}, {"opens": [sentence]}]


def test_hours_of_another_venue_are_no_obstacle(desk):
    make_opening_hours()

    response = send_hours(desk, make_venue(), hours(SUNDAY, "08:00", "14:00"))

    assert response.status_code == 302


def test_hours_may_exchange_their_times(desk):
    venue = make_venue()
    early = make_opening_hours(venue=venue, opens=dt.time(8), closes=dt.time(12))
    late = make_opening_hours(venue=venue, opens=dt.time(12), closes=dt.time(16))
    data = filled_in(desk.get(change_page(venue)))
    data |= {"opening_hours-0-opens": "12:00", "opening_hours-0-closes": "16:00"}
    data |= {"opening_hours-1-opens": "08:00", "opening_hours-1-closes": "12:00"}

    response = desk.post(change_page(venue), data)

    kept = dict(OpeningHours.objects.values_list("pk", "opens"))
    assert response.status_code == 302
    assert kept == {early.pk: dt.time(12), late.pk: dt.time(8)}


def test_hours_may_take_the_place_of_others_that_go(desk):
    venue = make_venue()
    kept = make_opening_hours(venue=venue, opens=dt.time(8), closes=dt.time(12))
    make_opening_hours(venue=venue, opens=dt.time(12), closes=dt.time(16))
    data = filled_in(desk.get(change_page(venue)))
    data |= {"opening_hours-0-closes": "14:00", "opening_hours-1-DELETE": "on"}

    response = desk.post(change_page(venue), data)

    assert response.status_code == 302
    assert OpeningHours.objects.get() == kept
    assert OpeningHours.objects.get().closes == dt.time(14)


def test_hours_say_their_fault_at_the_field(desk):
    dates = {"valid_from": "2027-01-01", "valid_through": "2026-01-01"}
    backwards = hours(SUNDAY, "08:00", "14:00", **dates)

    response = send_hours(desk, make_venue(), backwards, hours(SUNDAY, "8 o'clock", ""))

    errors = [set(errors) for errors in row_errors(response, "opening_hours")]
    assert errors == [{"valid_through"}, {"opens", "closes"}]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"is_closed": "on", "opens": "08:00"}, "is_closed"),
        ({}, "is_closed"),
        ({"is_closed": "on", "last_date": "2026-01-01"}, "last_date"),
        ({"is_closed": "on", "reason": ""}, "reason"),
    ],
    ids=str,
)
def test_special_hours_say_their_fault_at_the_field(desk, values, field):
    special = make_special_hours()
    data = filled_in(desk.get(change_page(special.venue)))
    row = {"first_date": "2026-12-25", "last_date": "2026-12-25", "reason": "Christmas"}
    add_row(data, "special_hours", **row | values)

    response = desk.post(change_page(special.venue), data)

    errors = [list(errors) for errors in row_errors(response, "special_hours")]
    assert errors == [[], [field]]


def test_a_venue_is_added_with_its_hours_and_channels(desk):
    data = filled_in(desk.get(page(Venue, "add")))
    data |= {"name": "Agro-Shop", "slug": "agro-shop", "kind": "shop"}
    data |= {"district": "Lince"}
    add_row(data, "opening_hours", **hours(MONDAY, "09:00", "20:00"))
    add_row(data, "contacts", kind="email", value="hola@example.org", position="0")

    response = desk.post(page(Venue, "add"), data)

    venue = Venue.objects.get()
    assert response.status_code == 302
    assert str(venue.opening_hours.get().closes) == "20:00:00"
    assert venue.contacts.get().is_public is False


def test_a_telephone_that_cannot_exist_is_refused_at_its_field(desk):
    venue = make_venue()
    data = filled_in(desk.get(change_page(venue)))
    add_row(data, "contacts", kind="whatsapp", value="12", position="0")

    response = desk.post(change_page(venue), data)

    sentence = "Write a telephone number such as 987 654 321."
    assert row_errors(response, "contacts") == [{"value": [sentence]}]
