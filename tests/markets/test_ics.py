import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from icalendar import Calendar

from markets import ics
from markets.models import MarketDay
from tests.factories import LIMA, SUNDAY, make_market_day, make_venue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

CHANGED_AT = dt.datetime(2026, 11, 20, 15, 30, 12, 345, tzinfo=dt.UTC)
DAY_URL = "http://testserver/ferias/2026-11-29/"
USUAL_PLACE = "Av. Brasil, cuadra 40, Magdalena del Mar"
MOVED = {"status": "moved", "notice": "A parade."}
USUAL = {"usual_opens": dt.time(8), "usual_closes": dt.time(14)}
UNSURE = "Nobody from the market has confirmed these hours and this place yet."


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def market():
    return make_venue(
        name="Feria de la Av. Brasil", is_main=True, confirmed_date=SUNDAY
    )


def write(rf, *days):
    """Return the bytes of a calendar of days."""
    return ics.calendar(days, rf.get("/"))


def event_of(rf, day):
    """Return a day's event, read back."""
    (event,) = Calendar.from_ical(write(rf, day)).events
    return event


def test_a_calendar_says_what_it_is_and_how_often_to_ask(rf):
    lines = write(rf).decode().split("\r\n")

    assert lines[:7] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Agroferias Campesinas//agroferias//ES",
        "NAME:Agroferias Campesinas",
        "X-WR-CALNAME:Agroferias Campesinas",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    ]
    assert lines[-2:] == ["END:VCALENDAR", ""]


def test_a_calendar_without_days_still_has_a_component(rf):
    calendar = Calendar.from_ical(write(rf))

    assert calendar.events == []
    assert [zone.tz_name for zone in calendar.timezones] == ["America/Lima"]


def test_the_zone_in_the_file_is_five_hours_behind(rf, market):
    day = make_market_day(venue=market)
    calendar = Calendar.from_ical(write(rf, day))

    (zone,) = calendar.timezones
    (event,) = calendar.events
    assert event["dtstart"].params == {"TZID": "America/Lima"}
    # By the file's own definition, not by this machine's.
    naive = event.start.replace(tzinfo=None)
    assert zone.to_tz(lookup_tzid=False).utcoffset(naive) == dt.timedelta(hours=-5)
    assert event.start.astimezone(dt.UTC) == dt.datetime(
        2026, 11, 29, 13, tzinfo=dt.UTC
    )
    assert event.end.astimezone(dt.UTC) == dt.datetime(2026, 11, 29, 19, tzinfo=dt.UTC)
    assert "comment" not in zone


def test_an_event_tells_all_of_a_confirmed_day(rf, market):
    day = make_market_day(
        venue=market, status="confirmed", sequence=3, changed_at=CHANGED_AT
    )

    event = event_of(rf, day)

    changed = CHANGED_AT.replace(microsecond=0)
    assert event["uid"] == f"market-day-{day.pk}@agroferias-campesinas"
    assert event["sequence"] == 3
    assert (event.stamp, event.last_modified) == (changed, changed)
    assert event["status"] == "CONFIRMED"
    assert event["transp"] == "TRANSPARENT"
    assert event["summary"] == "Feria de la Av. Brasil"
    assert event["location"] == USUAL_PLACE
    assert event["url"] == DAY_URL
    assert event["description"] == (
        "There is a market on Sunday 29 November. "
        "8\xa0a.\xa0m. to 2\xa0p.\xa0m., Av. Brasil, cuadra 40, Magdalena del Mar.\n"
        + DAY_URL
    )
    assert "geo" not in event


@pytest.mark.parametrize(
    ("fields", "status", "summary"),
    [
        ({"status": "scheduled"}, "TENTATIVE", "Not confirmed: Feria"),
        ({"status": "cancelled", "notice": "Rain."}, "CANCELLED", "Cancelled: Feria"),
        (MOVED | {"moved_to": "Parque Castilla"}, "CONFIRMED", "Another place: Feria"),
        (MOVED | {"opens": dt.time(9)}, "CONFIRMED", "Other hours: Feria"),
        (
            MOVED | USUAL | {"opens": dt.time(9), "moved_to": "Parque Castilla"},
            "CONFIRMED",
            "Another place and other hours: Feria",
        ),
    ],
    ids=["scheduled", "cancelled", "place", "hours", "both"],
)
def test_each_state_is_in_the_title_too(rf, market, fields, status, summary):
    market.name = "Feria"
    day = make_market_day(venue=market, **fields)

    event = event_of(rf, day)

    assert event["status"] == status
    assert event["summary"] == summary
    assert event["location"] == fields.get("moved_to", USUAL_PLACE)
    assert day.notice in event["description"]
    assert (event.start.time(), event.end.time()) == (day.opens, day.closes)


def test_hours_and_place_that_nobody_confirmed_are_said_to_be_such(rf):
    day = make_market_day(venue=make_venue(is_main=True))

    assert UNSURE in event_of(rf, day)["description"]


def test_coordinates_are_of_the_venue_and_not_of_another_place(rf, market):
    market.latitude, market.longitude = Decimal("-12.0931"), Decimal("-77.0654")
    usual = make_market_day(venue=market)
    moved = make_market_day(
        venue=market, date=dt.date(2026, 12, 6), moved_to="Parque Castilla", **MOVED
    )

    assert event_of(rf, usual)["geo"].to_ical() == "-12.0931;-77.0654"
    assert "geo" not in event_of(rf, moved)


def test_what_staff_wrote_survives_the_file(rf, market):
    notice = "Ñandú, café; «sí» \\ 🥑\r\nTwo lines\x07 " + "papa ñ 🥔 " * 20
    market.name = "Feria; la ñ, «B» \\ C"
    day = make_market_day(venue=market, status="cancelled", notice=notice)

    data = write(rf, day)

    lines = data.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    # Every line end is CRLF, and a fold splits no character.
    assert data.count(b"\n") == data.count(b"\r\n") == len(lines) - 1
    assert [line.decode() for line in lines][-1] == ""
    (event,) = Calendar.from_ical(data).events
    assert event["summary"] == "Cancelled: Feria; la ñ, «B» \\ C"
    said = notice.replace("\x07", "").replace("\r\n", "\n")
    assert said.strip() in event["description"]


def test_the_same_rows_give_the_same_bytes_whenever_asked(rf, market):
    day = make_market_day(venue=market, changed_at=CHANGED_AT)
    before = write(rf, day)

    with time_machine.travel(dt.datetime(2027, 1, 1, tzinfo=LIMA)):
        assert write(rf, day) == before


def test_the_event_is_the_same_under_another_host(rf, market):
    day = make_market_day(venue=market)

    request = rf.get("/", headers={"host": "localhost"})
    (event,) = Calendar.from_ical(ics.calendar([day], request)).events

    assert event["uid"] == event_of(rf, day)["uid"]
    assert event["url"] == "http://localhost/ferias/2026-11-29/"


def test_the_calendar_holds_the_last_eight_weeks_and_all_ahead(client, market):
    for date in ("2026-09-27", "2026-09-28", "2026-11-29", "2027-05-02"):
        make_market_day(venue=market, date=dt.date.fromisoformat(date))

    response = client.get("/ferias/agenda.ics")

    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(response.content).events
    dates = [event.start.date().isoformat() for event in events]
    assert dates == ["2026-09-28", "2026-11-29", "2027-05-02"]


@pytest.mark.parametrize("count", [1, 30])
def test_the_calendars_query_count_is_constant(
    client, market, django_assert_num_queries, count
):
    week = dt.timedelta(weeks=1)
    for number in range(count):
        make_market_day(venue=market, date=SUNDAY + week * number)

    # days with their venue
    with django_assert_num_queries(1):
        response = client.get("/ferias/agenda.ics")

    assert response.content.count(b"BEGIN:VEVENT") == count


@pytest.mark.parametrize("is_main", [True, False], ids=["main", "other"])
def test_a_day_has_a_file_of_its_own(client, django_assert_num_queries, is_main):
    day = make_market_day(venue=make_venue(slug="barranco", is_main=is_main))
    make_market_day(venue=day.venue, date=dt.date(2026, 12, 6))
    folder = "/ferias/" if is_main else "/ferias/barranco/"
    path = f"{folder}2026-11-29/agenda.ics"

    with django_assert_num_queries(1):
        response = client.get(path)

    assert day.get_calendar_url() == path
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = Calendar.from_ical(response.content).events
    assert event["uid"] == f"market-day-{day.pk}@agroferias-campesinas"
    assert event["url"] == f"http://testserver{folder}2026-11-29/"


@pytest.mark.parametrize(
    "path",
    [
        "/ferias/2026-11-30/agenda.ics",
        "/ferias/2026-02-30/agenda.ics",
        "/ferias/barranco/2026-11-29/agenda.ics",
    ],
)
def test_a_day_that_is_not_there_has_no_file(client, market, path):
    make_market_day(venue=market)

    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/ferias/agenda.ics", "/ferias/2026-11-29/agenda.ics"]
)
def test_the_files_are_read_only(client, market, path):
    make_market_day(venue=market)

    head, post = client.head(path), client.post(path)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert post.status_code == 405


def test_every_status_has_its_word():
    assert set(ics.STATUSES) == set(MarketDay.Status)
