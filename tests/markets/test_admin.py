import datetime as dt

import pytest
from django.contrib.messages import get_messages

from markets.models import (
    OpeningHours,
    Venue,
)
from tests.desk import (
    add_row,
    change_page,
    filled_in,
    form_errors,
    open_desk,
    page,
    row_errors,
)
from tests.factories import (
    make_market_day,
    make_opening_hours,
    make_venue,
)

SUNDAY, MONDAY = 6, 0
BACKWARDS = (
    "It closes before it opens. Past midnight, it may be open for 12 hours in all: "
    "20:00 to 02:00."
)
pytestmark = pytest.mark.usefixtures("november")


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
    response = send_hours(desk, make_venue(kind="shop"), first, second)

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


def test_a_market_closes_on_the_day_on_which_it_opens(desk):
    night = hours(SUNDAY, "20:00", "02:00")

    in_market = send_hours(desk, make_venue(), night)
    in_shop = send_hours(desk, make_venue(kind="shop"), night)

    sentence = "A market closes on the day on which it opens."
    assert row_errors(in_market, "opening_hours") == [{"closes": [sentence]}]
    assert in_shop.status_code == 302


@pytest.mark.parametrize("kind", ["market", "shop"])
def test_a_closing_before_its_opening_is_refused_and_nothing_is_lost(desk, kind):
    backwards = hours(SUNDAY, "09:00", "08:00")

    response = send_hours(desk, make_venue(kind=kind), backwards)

    assert row_errors(response, "opening_hours") == [{"closes": [BACKWARDS]}]
    assert 'value="09:00"' in response.text
    assert 'value="08:00"' in response.text


@pytest.mark.parametrize(
    ("opens", "closes"),
    [("20:00", "02:00"), ("14:00", "02:00"), ("08:00", "00:00"), ("00:00", "00:00")],
)
def test_a_shop_may_close_after_midnight(desk, opens, closes):
    venue = make_venue(kind="shop")

    response = send_hours(desk, venue, hours(SUNDAY, opens, closes))

    assert response.status_code == 302


def test_a_change_of_the_hours_is_followed_by_the_days(desk):
    venue = make_venue(is_main=True)

    response = send_hours(desk, venue, hours(SUNDAY, "08:00", "14:00"))

    told = [str(one) for one in get_messages(response.wsgi_request)]
    assert venue.market_days.count() == 26
    assert told[0] == "26 market days made, 0 changed."


def test_days_that_staff_changed_are_named_with_their_links(desk):
    day = make_market_day(opens=dt.time(9), status="confirmed")

    response = send_hours(desk, day.venue, hours(SUNDAY, "08:00", "14:00"))

    told = [str(one) for one in get_messages(response.wsgi_request)]
    warning = (
        "Changed by hand, so these days do not follow the hours. People still read: "
        f'<a href="{change_page(day)}">There is a market on Sunday 29 November.</a> '
        "9\xa0a.\xa0m. to 2\xa0p.\xa0m."
    )
    assert told[1] == warning


def test_a_shop_has_no_days_to_follow(desk):
    venue = make_venue(kind="shop")

    response = send_hours(desk, venue, hours(SUNDAY, "08:00", "14:00"))

    assert len(list(get_messages(response.wsgi_request))) == 1
    assert venue.market_days.count() == 0


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "market"}, "Another venue is the main market."),
        ({"kind": "shop"}, "A shop is not the main market."),
    ],
    ids=str,
)
def test_the_main_market_is_one_market(desk, fields, sentence):
    if fields["kind"] == "market":
        make_venue(is_main=True)
    venue = make_venue(**fields)
    data = filled_in(desk.get(change_page(venue)))

    response = desk.post(change_page(venue), data | {"is_main": "on"})

    assert form_errors(response) == {"is_main": [sentence]}


def test_the_main_market_that_is_none_any_more_is_told(desk):
    venue = make_venue(name="Feria", is_main=True)
    other = make_venue(name="Otra")
    data = filled_in(desk.get(change_page(venue)))
    kept = desk.post(change_page(venue), data)

    response = desk.post(change_page(venue), data | {"is_main": ""})

    venue.refresh_from_db()
    assert venue.is_main is False
    assert [str(one) for one in get_messages(kept.wsgi_request)][:-1] == []
    told = [str(one) for one in get_messages(response.wsgi_request)]
    assert told[-2] == (
        "There is no main market now: the site announces no Sunday. Tick the box at "
        f'the one that it is about: <a href="{change_page(venue)}">Feria</a> · '
        f'<a href="{change_page(other)}">Otra</a>'
    )


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
