import datetime as dt

import pytest

from markets.admin.market_day_form import PUBLIC_FIELDS, digest
from markets.models import MarketDay, Venue
from tests.desk import form_errors, open_desk, page
from tests.factories import BEFORE, make_market_day, make_opening_hours, make_venue
from tests.markets.day_screen import add, send, send_and_agree, stored

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


MOVED = {
    "status": "moved",
    "moved_to": "Parque Castilla",
    "closes": dt.time(12),
    "notice": "Rain",
}
# By field: what a stored day is, and what alone is changed on its screen.
TOLD = {
    "opens": (MOVED, "07:00"),
    "closes": (MOVED, "13:00"),
    "status": ({}, "confirmed"),
    "moved_to": (MOVED, "Campo de Marte"),
    "notice": (MOVED, "Snow"),
    "notice_en": (MOVED, "Snow"),
}


def test_each_field_that_people_see_is_looked_at():
    # A stored day stays at its venue and on its date.
    assert TOLD.keys() == PUBLIC_FIELDS - {"venue", "date"}


@pytest.mark.parametrize("field", TOLD)
def test_each_field_that_people_see_raises_the_sequence(desk, day, field):
    was, value = TOLD[field]
    MarketDay.objects.update(**was, changed_at=BEFORE)
    save = send_and_agree if was else send

    response = save(desk, day, **{field: value})

    kept = stored(day)
    assert response.status_code == 302
    assert (kept.sequence, kept.follows_hours) == (1, False)
    assert kept.changed_at > BEFORE


OTHER = {
    "venue": Venue(name="Other"),
    "date": dt.date(2026, 12, 6),
    "opens": dt.time(9),
    "closes": dt.time(15),
    "status": "cancelled",
    "moved_to": "Campo de Marte",
    "notice": "Snow",
    "notice_en": "Snow",
}


@pytest.mark.parametrize("field", OTHER)
def test_what_was_agreed_to_is_each_field_that_people_see(field):
    values = {"venue": Venue(name="Feria"), "date": dt.date(2026, 11, 29)}
    one = MarketDay(**values, opens=dt.time(8), closes=dt.time(14))
    other = MarketDay(**values, opens=dt.time(8), closes=dt.time(14))
    same = digest(one) == digest(other)

    setattr(other, field, OTHER[field])

    assert (same, digest(one) == digest(other)) == (True, False)


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
