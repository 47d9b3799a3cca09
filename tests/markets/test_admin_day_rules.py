import datetime as dt

import pytest

from markets.models import MarketDay
from tests.desk import form_errors, open_desk, page
from tests.factories import make_market_day, make_opening_hours, make_venue
from tests.markets.day_screen import add, send, stored

pytestmark = pytest.mark.usefixtures("november")


@pytest.fixture
def desk(db, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


@pytest.fixture
def day(db):
    venue = make_venue(name="Feria", is_main=True)
    make_opening_hours(venue=venue)
    return make_market_day(venue=venue, follows_hours=True)


def test_a_day_is_neither_deleted_nor_put_on_another_date(desk, day):
    delete = desk.get(page(day, "delete", day.pk))
    response = send(desk, day, date="2026-12-06")

    assert delete.status_code == 403
    assert response.status_code == 302
    assert stored(day).date == day.date


@pytest.mark.parametrize(
    ("date", "error"),
    [
        ("31/31/2026", "Enter a valid date."),
        ("2026-11-29", "The venue has this day already."),
        (
            "2026-12-01",
            (
                "Feria opens only on: Sunday. For an extra day, first give it special "
                "hours with this date."
            ),
        ),
    ],
)
def test_a_new_day_says_what_is_wrong_with_its_date(desk, day, date, error):
    response = add(desk, venue=day.venue.pk, date=date, notice="Kept")

    assert form_errors(response) == {"date": [error]}
    assert "Kept" in response.text


def test_the_list_begins_with_the_next_day(desk, day):
    for weeks in (-2, -1, 1, 2):
        make_market_day(venue=day.venue, date=day.date + dt.timedelta(weeks=weeks))

    rows = desk.get(page(MarketDay, "changelist")).context["cl"].result_list

    assert [(row.date - day.date).days // 7 for row in rows] == [0, 1, 2, -1, -2]


def test_the_list_shows_when_somebody_looked(desk, day):
    empty = desk.get(page(MarketDay, "changelist")).text
    send(desk, day)

    text = desk.get(page(MarketDay, "changelist")).text

    assert "8\xa0a.\xa0m. to 2\xa0p.\xa0m." in text
    assert (", 12\xa0noon" in empty, ", 12\xa0noon" in text) == (False, True)
