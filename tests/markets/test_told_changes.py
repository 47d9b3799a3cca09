"""What staff change beside a market day, and its calendar and feed tell of it."""

import datetime as dt
from xml.etree import ElementTree

import pytest
from icalendar import Calendar

from markets.admin.venue import TOLD_FIELDS
from tests.conftest import MONDAY
from tests.desk import change_page, filled_in, open_desk
from tests.factories import (
    BEFORE,
    LIMA,
    SUNDAY,
    make_market_day,
    make_notice,
    make_opening_hours,
    make_venue,
)

pytestmark = pytest.mark.usefixtures("november")
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def desk(db, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


def event(desk):
    address = f"/ferias/{SUNDAY}/agenda.ics"
    (found,) = Calendar.from_ical(desk.get(address).content).events
    return found


@pytest.mark.parametrize(
    ("values", "sequence", "changed_at"),
    [
        ({"street": "Av. Brasil, cuadra 21"}, 3, MONDAY),
        ({"confirmed_date": "2026-11-23"}, 3, MONDAY),
        ({"by_bus": "El 23"}, 2, BEFORE),
    ],
    ids=str,
)
def test_a_venues_name_and_place_are_news_of_its_days(
    desk, values, sequence, changed_at
):
    venue = make_venue(name="Feria", is_main=True)
    make_opening_hours(venue=venue)
    make_market_day(venue=venue, sequence=2, changed_at=BEFORE)
    before = event(desk)

    desk.post(change_page(venue), filled_in(desk.get(change_page(venue))) | values)

    after = event(desk)
    assert (before["sequence"], before["last-modified"].dt) == (2, BEFORE)
    assert after["sequence"] == sequence
    assert after["last-modified"].dt.replace(microsecond=0, second=0) == changed_at


TOLD = {
    "slug": "otra",
    "name": "Otra",
    "is_main": "",
    "street": "Av. Brasil, cuadra 21",
    "district": "Lince",
    "latitude": "-12.07",
    "longitude": "-77.05",
    "confirmed_date": "2026-11-23",
}


def test_each_field_that_calendars_tell_of_a_venue_is_looked_at():
    assert TOLD.keys() == TOLD_FIELDS


@pytest.mark.parametrize("field", TOLD)
def test_each_field_that_calendars_tell_of_a_venue_is_news(desk, field):
    venue = make_venue(
        is_main=True,
        slug="feria",
        changed_at=BEFORE,
        latitude="-12.09",
        longitude="-77.06",
    )
    data = filled_in(desk.get(change_page(venue)))

    response = desk.post(change_page(venue), data | {field: TOLD[field]})

    venue.refresh_from_db()
    assert response.status_code == 302
    assert venue.sequence == 1
    assert venue.changed_at > BEFORE


def test_a_notice_that_is_corrected_is_told_again(desk):
    starts_at = dt.datetime(2026, 11, 20, tzinfo=LIMA)
    notice = make_notice(starts_at=starts_at, message="One")

    def entry():
        feed = ElementTree.fromstring(desk.get("/ferias/novedades.atom").text)  # noqa: S314 - our own
        parts = [feed.find(f"{ATOM}entry/{ATOM}{name}") for name in ("id", "updated")]
        return [part.text for part in parts]

    before = entry()
    data = filled_in(desk.get(change_page(notice)))
    desk.post(change_page(notice), data)
    assert entry() == before

    desk.post(change_page(notice), data | {"message": "Two: corrected"})

    identity, updated = entry()
    assert identity == before[0]
    assert before[1] == starts_at.isoformat()
    assert updated.startswith("2026-11-23T12:00")


def test_the_history_is_in_the_language_of_the_staff(desk, settings):
    settings.LANGUAGE_CODE = "es"
    notice = make_notice(level="plain")
    data = filled_in(desk.get(change_page(notice))) | {"level": "urgent"}
    desk.post(change_page(notice), data)

    history = desk.get(f"{change_page(notice).removesuffix('change/')}history/")

    assert "Nivel" in history.text
    assert "Level" not in history.text
