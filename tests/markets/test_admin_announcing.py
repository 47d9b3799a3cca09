"""What people will read is shown before hours, or a way back, cancel or move days."""

import datetime as dt

import pytest
from django.contrib.messages import get_messages

from markets.models import MarketDay, OpeningHours, SpecialHours, Venue
from tests.desk import add_row, agreed, change_page, filled_in, open_desk, page
from tests.factories import (
    SUNDAY,
    make_market_day,
    make_opening_hours,
    make_special_hours,
    make_venue,
)

pytestmark = pytest.mark.usefixtures("november")
NO_MARKET = "There is no market on Sunday 29 November."
DATES = {"first_date": str(SUNDAY), "last_date": str(SUNDAY)}
CLOSED = DATES | {"is_closed": "on", "reason": "Parade"}
SHORT = DATES | {"opens": "09:00", "closes": "12:00", "reason": "Parade"}
TUESDAY = dt.date(2026, 12, 1)


@pytest.fixture
def desk(db, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


@pytest.fixture
def day(db):
    venue = make_venue(name="Feria", is_main=True)
    make_opening_hours(venue=venue)
    return make_market_day(venue=venue, follows_hours=True)


def on_page(desk, day, **values):
    """Return the address and the data of special hours on a page of their own."""
    address = page(SpecialHours, "add")
    data = filled_in(desk.get(f"{address}?venue={day.venue.pk}&is_closed="))
    return address, data | values


def on_venue(desk, day, **values):
    address = change_page(day.venue)
    data = filled_in(desk.get(address))
    add_row(data, "special_hours", **values)
    return address, data


def status(day):
    return MarketDay.objects.get(pk=day.pk).status


def told(response):
    return [str(one) for one in get_messages(response.wsgi_request)]


@pytest.mark.parametrize("place", [on_page, on_venue])
@pytest.mark.parametrize(
    ("values", "read"),
    [
        (CLOSED, ("cancelled", NO_MARKET)),
        (SHORT, ("moved", "Only on Sunday 29 November: the market has other hours.")),
    ],
    ids=["closed", "other hours"],
)
def test_special_hours_show_what_people_will_read(desk, day, place, values, read):
    state, headline = read
    address, data = place(desk, day, **values)

    asked = desk.post(address, data)
    before = status(day), SpecialHours.objects.count(), told(asked)
    saved = desk.post(address, data | {"published": asked.context["digest"]})

    assert (asked.status_code, before) == (200, ("scheduled", 0, []))
    assert headline in asked.text
    assert 'value="Parade"' in asked.text
    assert "Please correct" not in asked.text
    assert (saved.status_code, status(day)) == (302, state)
    (named,) = [one for one in told(saved) if one.startswith("People read now")]
    assert f'<a href="{change_page(day)}">{headline}</a>' in named


def test_other_days_than_those_agreed_to_are_asked_about_again(desk, day):
    address, data = on_page(desk, day, **CLOSED)
    digest = desk.post(address, data).context["digest"]

    response = desk.post(address, data | {"published": digest, "reason": "Rain"})

    assert response.status_code == 200
    assert "Rain" in response.text
    assert status(day) == "scheduled"


def test_the_line_of_the_week_that_goes_shows_each_date(desk, day):
    later = make_market_day(
        venue=day.venue, date=SUNDAY + dt.timedelta(weeks=1), follows_hours=True
    )
    data = filled_in(desk.get(change_page(day.venue)))
    data |= {"opening_hours-0-DELETE": "on", "street": "Typed"}

    asked = desk.post(change_page(day.venue), data)
    before = status(day), OpeningHours.objects.count()
    data["published"] = asked.context["digest"]
    saved = desk.post(change_page(day.venue), data)

    assert before == ("scheduled", 1)
    assert [one.headline for one in asked.context["announced"]] == [
        NO_MARKET,
        "There is no market on Sunday 6 December.",
    ]
    assert 'value="Typed"' in asked.text
    assert saved.status_code == 302
    assert {status(day), status(later)} == {"cancelled"}


def test_new_hours_of_the_week_are_saved_at_once_and_the_days_named(desk, day):
    for weeks in range(1, 8):
        date = SUNDAY + dt.timedelta(weeks=weeks)
        make_market_day(venue=day.venue, date=date, follows_hours=True)
    data = filled_in(desk.get(change_page(day.venue)))

    data["opening_hours-0-opens"] = "09:00"
    response = desk.post(change_page(day.venue), data)

    (named,) = [one for one in told(response) if one.startswith("People read now")]
    assert response.status_code == 302
    assert named.count("not confirmed yet.</a> 9\xa0a.\xa0m. to 2\xa0p.\xa0m.") == 6
    assert named.endswith(
        f'<a href="{page(MarketDay, "changelist")}">and 2 more days</a>'
    )


@pytest.fixture
def extra_day(day):
    """A day that only special hours hold, and they."""
    hours = {"is_closed": False, "opens": dt.time(8), "closes": dt.time(14)}
    dates = {"first_date": TUESDAY, "last_date": TUESDAY}
    make_special_hours(venue=day.venue, **hours, **dates)
    return make_market_day(venue=day.venue, date=TUESDAY, follows_hours=True)


@pytest.mark.parametrize("way", ["page", "action"])
def test_special_hours_that_go_show_it_on_a_page_of_their_own(desk, extra_day, way):
    special = SpecialHours.objects.get()
    address, data = page(special, "delete", special.pk), {"post": "yes"}
    if way == "action":
        address = page(SpecialHours, "changelist")
        data |= {"action": "delete_selected", "_selected_action": special.pk}

    asked = desk.post(address, data)
    before = status(extra_day), SpecialHours.objects.count()
    gone = desk.post(address, agreed(asked))

    assert (asked.status_code, before) == (200, ("scheduled", 1))
    assert "There is no market on Tuesday 1 December." in asked.text
    assert (gone.status_code, SpecialHours.objects.count()) == (302, 0)
    assert status(extra_day) == "cancelled"


@pytest.fixture
def reopened(desk, day):
    """Special hours that were closed, and are not any more."""
    special = make_special_hours(venue=day.venue, reason="Parade", **_dates())
    special.is_closed, special.opens, special.closes = False, dt.time(8), dt.time(14)
    special.save()
    return special


def _dates():
    return {"first_date": SUNDAY, "last_date": SUNDAY}


def test_special_hours_that_go_back_show_it_first(desk, day, reopened):
    first = reopened.history.earliest()
    address = page(reopened, "restore", reopened.pk)

    asked = desk.post(address, {"moment": first.history_date.isoformat()})
    before = status(day), told(asked)
    back = desk.post(address, agreed(asked))

    reopened.refresh_from_db()
    assert before == ("scheduled", [])
    assert NO_MARKET in asked.text
    assert (back.status_code, reopened.is_closed) == (302, True)
    assert status(day) == "cancelled"


@pytest.mark.parametrize(
    ("then", "now", "headline"),
    [
        ("cancelled", "confirmed", NO_MARKET),
        ("confirmed", "cancelled", "There is a market on Sunday 29 November."),
    ],
)
def test_a_day_that_goes_back_shows_it_first(desk, then, now, headline):
    day = make_market_day(status=then, notice="Parade")
    day.status = now
    day.save()
    first = day.history.earliest().history_date.isoformat()

    asked = desk.post(page(day, "restore", day.pk), {"moment": first})
    before = status(day)
    back = desk.post(page(day, "restore", day.pk), agreed(asked))

    assert before == now
    assert headline in asked.text
    assert f'href="{page(day, "history", day.pk)}"' in asked.text
    assert (back.status_code, status(day)) == (302, then)


def test_a_day_that_staff_confirmed_says_what_people_still_read(desk, day):
    MarketDay.objects.update(status="confirmed", follows_hours=False)
    address, data = on_page(desk, day, **CLOSED)

    response = desk.post(address, data)

    link = f'<a href="{change_page(day)}">There is a market on Sunday 29 November.</a>'
    (warning,) = [one for one in told(response) if "by hand" in one]
    assert response.status_code == 302
    assert warning == (
        "Changed by hand, so these days do not follow the hours. People still read: "
        f"{link} 8\xa0a.\xa0m. to 2\xa0p.\xa0m."
    )


def test_a_shop_has_no_days_to_show(desk, day):
    shop = make_venue(kind="shop")
    data = filled_in(desk.get(change_page(shop)))
    add_row(data, "special_hours", **CLOSED)

    assert desk.post(change_page(shop), data).status_code == 302
    assert Venue.objects.count() == 2
