"""The desk's front page: this Sunday, the text to send, the holidays."""

import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from markets.admin.holidays import decisions
from markets.models import MarketDay, Venue
from tests.conftest import MONDAY
from tests.desk import change_page, make_clerk, open_desk
from tests.factories import (
    SUNDAY,
    make_market_day,
    make_opening_hours,
    make_special_hours,
    make_staff,
    make_venue,
)

pytestmark = pytest.mark.usefixtures("november")
SCHEDULE = "/admin/markets/marketday/schedule/"
FRIDAY = dt.date(2026, 12, 25)


@pytest.fixture
def desk(db, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


@pytest.fixture
def market(db):
    venue = make_venue(name="Feria", is_main=True)
    return make_opening_hours(venue=venue).venue


def test_the_front_page_says_what_happens_next(desk, market):
    day = make_market_day(venue=market, status="confirmed")
    make_market_day(venue=market, date=dt.date(2027, 5, 23))

    response = desk.get("/admin/")

    assert response.context["day"] == day
    assert response.context["last_date"] == dt.date(2027, 5, 23)
    assert f'href="{change_page(day)}"' in response.text
    assert "There is a market on Sunday 29 November." in response.text
    assert response.context["message"].endswith(f"/ferias/{SUNDAY}/")
    assert "There are market days until Sunday 23 de May de 2027." in response.text


def test_an_empty_site_has_a_front_page_too(desk):
    response = desk.get("/admin/")

    assert response.context["day"] is None
    assert "There is no market day ahead." in response.text
    assert "There are market days until" not in response.text


def test_the_next_weeks_are_made_with_one_button(desk, market):
    response = desk.post(SCHEDULE)
    again = desk.post(SCHEDULE)

    told = [str(one) for one in get_messages(again.wsgi_request)]
    assert (response.status_code, response.url) == (302, "/admin/")
    assert told == [
        "26 market days made, 0 changed.",
        "0 market days made, 0 changed.",
    ]
    assert MarketDay.objects.count() == 26


def test_the_next_weeks_are_made_by_post_and_with_permission(desk, market, client):
    assert desk.get(SCHEDULE).status_code == 405

    desk.force_login(make_clerk("view_marketday"))
    assert desk.post(SCHEDULE).status_code == 403
    assert "Make the next 26 weeks" not in desk.get("/admin/").text

    client.logout()
    assert client.post(SCHEDULE).url.startswith("/admin/login/")
    assert MarketDay.objects.count() == 0


def test_the_button_needs_its_token(desk, market):

    client = Client(enforce_csrf_checks=True)
    client.force_login(make_staff())

    assert client.post(SCHEDULE).status_code == 403


def test_who_may_see_nothing_is_shown_nothing(desk, market):
    make_market_day(venue=market)
    desk.force_login(make_clerk())

    response = desk.get("/admin/")

    assert "This Sunday" not in response.text
    assert "Holidays ahead" not in response.text


@pytest.mark.parametrize("day_count", [1, 26])
def test_the_query_count_of_the_front_page_is_constant(
    desk, market, django_assert_num_queries, day_count
):
    for number in range(day_count):
        date = SUNDAY + dt.timedelta(weeks=number)
        make_market_day(venue=market, date=date)

    # session, user, next days, last date, best products; venues, their hours and
    # special hours, days on holidays; all tasks; changes a person and the pages
    # changed last; the latest actions
    with django_assert_num_queries(13):
        response = desk.get("/admin/")

    assert response.status_code == 200


def at_christmas(user=None):
    """Return [(venue, words, [(words of a link, address)])] of the 25th of December."""
    found = decisions(user or make_staff(), MONDAY.date(), Venue.objects.all())
    (christmas,) = (one for one in found if one.holiday.date == FRIDAY)
    return [(str(one.venue), one.words, one.links) for one in christmas.venues]


@pytest.fixture
def english(settings):
    settings.LANGUAGE_CODE = "en"


def to_decide(venue):
    page = reverse("admin:markets_specialhours_add")
    return (
        f"{page}?venue={venue.pk}&first_date=2026-12-25&last_date=2026-12-25"
        "&reason=Navidad+del+Se%C3%B1or"
    )


def test_a_holiday_asks_what_an_open_venue_does(english, db):
    shop = make_venue(name="Shop", kind="shop")
    make_opening_hours(venue=shop, day_of_week=4)

    address = to_decide(shop)
    links = [("Close that day", address), ("Other hours", f"{address}&is_closed=")]
    assert at_christmas() == [("Shop", "8\xa0a.\xa0m. to 2\xa0p.\xa0m.", links)]


def test_a_venue_that_does_not_open_may_open_on_a_holiday(english, market):
    links = [("Other hours", f"{to_decide(market)}&is_closed=")]

    assert at_christmas() == [("Feria", "Closed", links)]


def test_what_was_decided_is_said_with_its_reason(english, market):
    dates = {"first_date": FRIDAY, "last_date": FRIDAY}
    special = make_special_hours(venue=market, reason="Navidad", **dates)

    links = [("Change", change_page(special))]
    assert at_christmas() == [("Feria", "Closed: Navidad", links)]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("confirmed", "Confirmed, 8\xa0a.\xa0m. to 2\xa0p.\xa0m."),
        ("cancelled", "Cancelled"),
    ],
)
def test_a_market_day_on_a_holiday_is_decided_on_its_screen(
    english, market, status, words
):
    day = make_market_day(venue=market, date=FRIDAY, status=status)

    links = [("Decide on this day", change_page(day))]
    assert at_christmas() == [("Feria", words, links)]


def test_links_lead_where_one_may_go(english, market):
    make_special_hours(venue=make_venue(), first_date=FRIDAY, last_date=FRIDAY)
    make_market_day(venue=make_venue(), date=FRIDAY)
    clerk = make_clerk("view_venue")

    assert [links for _, _, links in at_christmas(clerk)] == [[], [], []]


def test_a_venue_shows_its_own_holidays(desk, market):
    make_venue(name="Other")

    response = desk.get(change_page(market))

    found = response.context["holidays"]
    assert {one.venue for holiday in found for one in holiday.venues} == {market}
    assert "Holidays ahead: decide what happens" in response.text


def test_without_holidays_there_is_a_sentence(desk, market, monkeypatch):
    monkeypatch.setattr("markets.admin.holidays.WEEKS_AHEAD", 0)

    response = desk.get(change_page(market))

    assert "None in the next 26 weeks." in response.text
