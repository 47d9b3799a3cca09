"""Special hours: with their venue's page, on a page of their own, and followed."""

import datetime as dt

import pytest
from django.contrib.messages import get_messages

from markets.models import MarketDay, SpecialHours
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
    SUNDAY,
    make_market_day,
    make_opening_hours,
    make_special_hours,
    make_venue,
)

pytestmark = pytest.mark.usefixtures("november")
CLOSED_OR_OPEN = "Another row says whether the venue opens on one of these days."
OVERLAP = "Other hours of these days cover this time."
BACKWARDS = (
    "It closes before it opens. Past midnight, it may be open for 12 hours in all: "
    "20:00 to 02:00."
)
PAST_MIDNIGHT = "A market closes on the day on which it opens."
CHRISTMAS = {
    "first_date": "2026-12-25",
    "last_date": "2026-12-25",
    "reason": "Christmas",
}
CLOSED = CHRISTMAS | {"is_closed": "on"}


@pytest.fixture
def desk(db, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


def opens(first, last, **values):
    return CHRISTMAS | {"opens": first, "closes": last} | values


def send(desk, venue, *rows):
    """Add rows of special hours to a venue's page and send it."""
    data = filled_in(desk.get(change_page(venue)))
    for row in rows:
        add_row(data, "special_hours", **row)
    return desk.post(change_page(venue), data)


@pytest.mark.parametrize("hours", [{"is_closed": "on"}, opens("08:00", "10:00")])
def test_special_hours_that_end_before_they_begin_say_so(desk, db, hours):
    values = CHRISTMAS | hours | {"venue": make_venue().pk, "last_date": "2026-12-01"}

    response = desk.post(page(SpecialHours, "add"), values)

    assert form_errors(response) == {"last_date": ["They end before they begin."]}


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


@pytest.mark.parametrize(
    ("first", "second", "errors"),
    [
        (CLOSED, opens("08:00", "12:00"), {"first_date": [CLOSED_OR_OPEN]}),
        (opens("08:00", "12:00"), opens("11:59", "14:00"), {"opens": [OVERLAP]}),
        (
            opens("08:00", "12:00"),
            opens("11:59", "14:00", first_date="2026-12-20"),
            {"opens": [OVERLAP]},
        ),
    ],
    ids=["closed and open", "minute", "span"],
)
def test_special_hours_that_clash_are_refused_at_the_later_row(
    desk, first, second, errors
):
    response = send(desk, make_venue(), first, second)

    assert row_errors(response, "special_hours") == [{}, errors]


@pytest.mark.parametrize(
    "second",
    [
        opens("12:00", "14:00"),
        opens("08:00", "12:00", first_date="2026-12-26", last_date="2026-12-26"),
        opens("08:00", "12:00", first_date="2026-12-24", last_date="2026-12-24"),
        CLOSED | {"first_date": "2026-12-26", "last_date": "2026-12-26"},
    ],
    ids=str,
)
def test_special_hours_side_by_side_are_saved(desk, second):
    response = send(desk, make_venue(), opens("08:00", "12:00"), second)

    assert response.status_code == 302
    assert SpecialHours.objects.count() == 2


def test_days_may_be_closed_twice(desk):
    response = send(desk, make_venue(), CLOSED, CLOSED | {"reason": "Rain"})

    assert response.status_code == 302


def test_rows_without_dates_or_hours_say_only_that(desk):
    undated = {"reason": "Rain", "is_closed": "on"}

    response = send(desk, make_venue(), CHRISTMAS, undated, opens("08:00", "12:00"))

    found = [list(one) for one in row_errors(response, "special_hours")]
    assert found == [["is_closed"], ["first_date", "last_date"], []]


def test_rows_without_times_of_their_own_do_not_clash(desk):
    untimed = CHRISTMAS | {"opens": "x", "closes": ""}

    response = send(desk, make_venue(kind="shop"), opens("08:00", "12:00"), untimed)

    assert row_errors(response, "special_hours")[0] == {}
    assert "clash" not in str(row_errors(response, "special_hours")[1])


def test_special_hours_may_exchange_their_times(desk):
    venue = make_venue(kind="shop")
    dates = {"venue": venue, "is_closed": False}
    early = make_special_hours(opens=dt.time(8), closes=dt.time(12), **dates)
    late = make_special_hours(opens=dt.time(12), closes=dt.time(16), **dates)
    data = filled_in(desk.get(change_page(venue)))
    data |= {"special_hours-0-opens": "12:00", "special_hours-0-closes": "16:00"}
    data |= {"special_hours-1-opens": "08:00", "special_hours-1-closes": "12:00"}

    response = desk.post(change_page(venue), data)

    kept = dict(SpecialHours.objects.values_list("pk", "opens"))
    assert response.status_code == 302
    assert kept == {early.pk: dt.time(12), late.pk: dt.time(8)}


def add(desk, query="", **values):
    data = filled_in(desk.get(page(SpecialHours, "add") + query))
    return desk.post(page(SpecialHours, "add"), data | values)


@pytest.mark.parametrize(("end", "is_closed"), [("", True), ("&is_closed=", False)])
def test_the_page_is_filled_in_by_its_address(desk, end, is_closed):
    venue = make_venue()
    query = f"?venue={venue.pk}&first_date=2026-12-25&last_date=2026-12-25"

    response = desk.get(page(SpecialHours, "add") + query + f"&reason=Navidad{end}")

    assert filled_in(response) == {
        "venue": str(venue.pk),
        "first_date": "2026-12-25",
        "last_date": "2026-12-25",
        "reason": "Navidad",
    } | ({"is_closed": "on"} if is_closed else {})


def test_a_special_closing_cancels_the_market_day(desk):
    venue = make_opening_hours().venue

    response = add(desk, venue=str(venue.pk), **CLOSED | {"first_date": "2026-12-20"})

    told = [str(one) for one in get_messages(response.wsgi_request)]
    assert told[0] == "26 market days made, 0 changed."
    day = MarketDay.objects.get(date=dt.date(2026, 12, 20))
    assert (day.status, day.notice) == ("cancelled", "Christmas")


@pytest.mark.parametrize("way", ["page", "action"])
def test_a_closing_that_goes_brings_the_market_day_back(desk, way):
    venue = make_opening_hours().venue
    special = make_special_hours(venue=venue)
    day = make_market_day(
        venue=venue, follows_hours=True, status="cancelled", notice="Holiday"
    )

    if way == "page":
        desk.post(page(special, "delete", special.pk), {"post": "yes"})
    else:
        data = {"action": "delete_selected", "_selected_action": special.pk}
        desk.post(page(SpecialHours, "changelist"), data | {"post": "yes"})

    day.refresh_from_db()
    assert day.status == "scheduled"


def test_both_venues_follow_when_special_hours_go_to_another(desk):
    first, second = (make_opening_hours().venue for _ in range(2))
    special = make_special_hours(venue=first)
    days = [
        make_market_day(venue=first, follows_hours=True, status="cancelled"),
        make_market_day(venue=second, follows_hours=True),
    ]
    data = filled_in(desk.get(change_page(special))) | {"venue": str(second.pk)}

    asked = desk.post(change_page(special), data)
    desk.post(change_page(special), data | {"published": asked.context["digest"]})

    for day in days:
        day.refresh_from_db()
    assert [day.status for day in days] == ["scheduled", "cancelled"]


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        (CLOSED | {"first_date": str(SUNDAY)}, {}),
        (opens("08:00", "12:00", first_date=str(SUNDAY)), {"first_date"}),
        (opens("20:00", "02:00"), {"closes"}),
        (opens("20:00", ""), {"is_closed"}),
    ],
    ids=str,
)
def test_the_page_says_its_fault_at_the_field(desk, values, errors):
    special = make_special_hours()

    query = f"?venue={special.venue_id}&is_closed="
    response = add(desk, query, **values)

    if not errors:
        assert response.status_code == 302
    else:
        assert set(form_errors(response)) == errors


@pytest.mark.parametrize("kind", ["market", "shop"])
def test_special_hours_that_close_before_they_open_are_refused(desk, kind):
    venue = make_venue(kind=kind)
    backwards = opens("09:00", "08:00")

    in_row = send(desk, venue, backwards)
    on_page = add(desk, f"?venue={venue.pk}&is_closed=", **backwards)

    sentence = BACKWARDS if kind == "shop" else PAST_MIDNIGHT
    assert row_errors(in_row, "special_hours") == [{"closes": [BACKWARDS]}]
    assert form_errors(on_page) == {"closes": [sentence]}
    assert 'value="09:00"' in on_page.text


def test_special_hours_that_overlap_stored_ones_are_refused(desk):
    times = {"is_closed": False, "opens": dt.time(8), "closes": dt.time(12)}
    special = make_special_hours(**times)

    dates = {"first_date": str(SUNDAY), "last_date": str(SUNDAY)}
    query = f"?venue={special.venue_id}&is_closed="
    response = add(desk, query, **opens("11:00", "14:00", **dates))

    assert form_errors(response) == {"opens": [OVERLAP]}
