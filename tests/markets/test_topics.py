"""The calendars and feeds of one product and of one region."""

import datetime as dt
from html import unescape
from xml.etree import ElementTree as ET

import pytest
from icalendar import Calendar

from producers.models import FormerProductSlug, Offering
from tests.factories import (
    LIMA,
    SUNDAY,
    make_attendance,
    make_market_day,
    make_offering,
    make_producer,
    make_product,
    make_region,
)
from tests.test_html import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

ATOM = "{http://www.w3.org/2005/Atom}"
TAG = "tag:agroferias-campesinas,2026:"
MANGO = [3, 3, 1, 0, 0, 0, 0, 0, 0, 0, 1, 3]
NOVEMBER = dt.datetime(2026, 11, 20, 12, tzinfo=LIMA)
CALENDARS = ["/productos/palta/temporada.ics", "/regiones/cusco/agenda.ics"]
FEEDS = ["/productos/palta/novedades.atom", "/regiones/cusco/novedades.atom"]


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


def calendar(client, path):
    return Calendar.from_ical(client.get(path).content)


def events(client, path):
    return calendar(client, path).events


def entries(client, path):
    """Return (id, title, text, date, path) of a feed's entries."""
    root = ET.fromstring(client.get(path).content)  # noqa: S314 - our own answer
    return [
        (
            entry.findtext(f"{ATOM}id").removeprefix(TAG),
            entry.findtext(f"{ATOM}title"),
            unescape(entry.findtext(f"{ATOM}summary") or ""),
            entry.findtext(f"{ATOM}updated"),
            entry.find(f"{ATOM}link").get("href").removeprefix("http://testserver"),
        )
        for entry in root.iter(f"{ATOM}entry")
    ]


def note_first_version(offering, moment, **fields):
    Offering.history.filter(id=offering.pk).update(history_date=moment, **fields)


def test_a_season_is_an_event_of_whole_days(client):
    mango = make_product(slug="mango", name="Mango", reference_season=MANGO)
    make_offering(product=mango, season=MANGO)

    first, second = events(client, "/productos/mango/temporada.ics")

    key = f"season-{mango.pk}"
    assert first["uid"] == f"{key}-2026-11@agroferias-campesinas"
    assert second["uid"] == f"{key}-2027-11@agroferias-campesinas"
    assert (first.start, first.end) == (dt.date(2026, 11, 1), dt.date(2027, 4, 1))
    assert first["summary"] == "Mango is back"
    assert first["transp"] == "TRANSPARENT"
    assert first["url"] == "http://testserver/productos/mango/"
    assert first["description"] == (
        "At its best from December to February. Also available in March, and in "
        "November. None the rest of the year.\nhttp://testserver/productos/mango/"
    )


def test_a_season_that_is_written_again_has_a_higher_sequence(client):
    mango = make_product(slug="mango", reference_season=MANGO)
    mango.history.update(history_date=NOVEMBER - dt.timedelta(days=1))
    before = events(client, "/productos/mango/temporada.ics")[0]

    mango.reference_season = [3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 1, 3]
    mango.save()

    after = events(client, "/productos/mango/temporada.ics")[0]
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"] > 0
    assert after.stamp > before.stamp
    assert (before.end, after.end) == (dt.date(2027, 4, 1), dt.date(2027, 3, 1))


@pytest.mark.parametrize(
    ("season", "titles", "description"),
    [
        ([2] * 12, [], "Available all year."),
        (
            [2] * 11 + [3],
            ["Palta: at its best"],
            "At its best in December. Also available from January to November.",
        ),
        (
            [0] * 6 + [1] + [0] * 5,
            ["Palta: its usual season"],
            "Available in July. None the rest of the year.",
        ),
    ],
    ids=["all year", "best", "usual"],
)
def test_a_product_without_a_return_has_a_sentence(client, season, titles, description):
    make_product(slug="palta", name="Palta", reference_season=season)

    whole = calendar(client, CALENDARS[0])

    assert [event["summary"] for event in whole.events] == titles
    assert whole["description"] == whole["x-wr-caldesc"] == description
    assert whole["name"] == "Palta · Agroferias Campesinas"


def test_the_products_feed_tells_when_it_is_back_and_who_is_new(client):
    mango = make_product(slug="mango", name="Mango", reference_season=MANGO)
    rosa = make_producer(slug="rosa", name="Rosa", published_at=NOVEMBER)
    pepe = make_producer(slug="pepe", name="Pepe")
    hidden = make_producer(name="Draft", status="draft")
    example = make_producer(name="Example", is_example=True)
    old, stopped = make_producer(name="Old"), make_producer(name="Stopped")
    made = {
        one: make_offering(product=mango, producer=one, season=MANGO)
        for one in (rosa, pepe, hidden, example, old, stopped)
    }
    for one in (rosa, pepe, hidden, example):
        note_first_version(made[one], dt.datetime(2026, 6, 1, tzinfo=LIMA))
    note_first_version(made[old], dt.datetime(2025, 6, 1, tzinfo=LIMA))
    made[stopped].is_active = False
    made[stopped].save()

    found = entries(client, "/productos/mango/novedades.atom")

    assert [one[:2] + one[3:] for one in found] == [
        (
            f"offering/{made[rosa].pk}",
            "Rosa brings Mango",
            "2026-11-20T12:00:00-05:00",
            "/productores/rosa/",
        ),
        (
            f"season/{mango.pk}/2026-11",
            "Mango is back",
            "2026-11-01T00:00:00-05:00",
            "/productos/mango/",
        ),
        (
            f"offering/{made[pepe].pk}",
            "Pepe brings Mango",
            "2026-06-01T00:00:00-05:00",
            "/productores/pepe/",
        ),
    ]
    assert found[0][2] == found[1][2]
    assert found[1][2].startswith("At its best from December to February.")


def test_the_regions_calendar_has_the_days_of_its_producers(client):
    cusco, puno = make_region("Cusco"), make_region("Puno")
    rosa = make_producer(name="Rosa; A", region=cusco)
    julia = make_producer(name="Julia", region=cusco)
    day = make_market_day(status="confirmed", sequence=2)
    cancelled = make_market_day(date=SUNDAY + dt.timedelta(7), status="cancelled")
    other = make_market_day(date=SUNDAY + dt.timedelta(14))
    make_attendance(market_day=day, producer=rosa, status="confirmed")
    make_attendance(market_day=day, producer=julia)
    draft = make_producer(name="Draft", region=cusco, status="draft")
    absent = make_producer(name="Absent", region=cusco)
    make_attendance(market_day=day, producer=draft)
    make_attendance(market_day=day, producer=absent, status="absent")
    make_attendance(market_day=cancelled, producer=rosa)
    make_attendance(market_day=other, producer=make_producer(region=puno))
    make_attendance(market_day=other, producer=absent, status="absent")

    whole = calendar(client, CALENDARS[1])

    held, off = whole.events
    venue = day.venue.name
    key = f"region-{cusco.pk}-market-day"
    assert held["uid"] == f"{key}-{day.pk}@agroferias-campesinas"
    assert held["status"] == "CONFIRMED"
    assert held["summary"] == f"{venue} · Cusco"
    assert held["description"].split("\n")[:2] == [
        "Coming from Cusco: Rosa; A.",
        "Expected from Cusco: Julia.",
    ]
    # Two changes of the day, and four of its list.
    assert held["sequence"] == 6
    assert held.start.isoformat() == "2026-11-29T08:00:00-05:00"
    assert (off["status"], off["summary"]) == (
        "CANCELLED",
        f"Cancelled: {venue} · Cusco",
    )
    assert "Rosa" not in off["description"]
    assert whole["description"] == "The market days to which producers of Cusco come."


def test_the_regions_calendar_changes_with_the_list(client):
    rosa = make_producer(region=make_region("Cusco"))
    row = make_attendance(producer=rosa)
    first = client.get(CALENDARS[1])

    row.status = "confirmed"
    row.save()
    (event,) = events(client, CALENDARS[1])

    assert event["sequence"] == 2
    assert client.get(CALENDARS[1]).headers["ETag"] != first.headers["ETag"]


def test_the_regions_feed_tells_of_producers_and_seasons(client):
    cusco = make_region("Cusco")
    rosa = make_producer(
        slug="rosa", name="Rosa", region=cusco, published_at=NOVEMBER, summary="Sows"
    )
    make_producer(name="Far", region=make_region("Puno"), published_at=NOVEMBER)
    mango = make_product(slug="mango", name="Mango")
    make_offering(product=mango, producer=rosa, season=MANGO)
    hidden = make_product(name="Hidden", is_listed=False)
    make_offering(product=hidden, producer=rosa, season=MANGO)
    far = make_producer(region=make_region("Puno"))
    make_offering(producer=far, season=MANGO)

    found = entries(client, FEEDS[1])

    assert [one[:2] + one[3:] for one in found] == [
        (
            f"producer/{rosa.pk}",
            "New producer: Rosa",
            "2026-11-20T12:00:00-05:00",
            "/productores/rosa/",
        ),
        (
            f"region/{cusco.pk}/season/{mango.pk}/2026-11",
            "Mango is back",
            "2026-11-01T00:00:00-05:00",
            "/productos/mango/",
        ),
    ]


@pytest.mark.parametrize("path", [*CALENDARS, *FEEDS])
def test_nothing_yet_is_whole_and_may_be_kept(client, path):
    make_product(slug="palta", name="Palta")

    response = client.get(path)
    again = client.get(path, headers={"if-none-match": response.headers["ETag"]})

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-cache"
    assert again.status_code == 304
    assert client.head(path).content == b""
    assert client.post(path).status_code == 405
    if path in FEEDS:
        root = ET.fromstring(response.content)  # noqa: S314 - our own answer
        name = "Palta" if path == FEEDS[0] else "Cusco"
        assert root.findtext(f"{ATOM}title") == f"{name} · Agroferias Campesinas"
        assert entries(client, path) == []
    else:
        assert events(client, path) == []


def test_what_is_not_public_has_neither(client):
    make_product(slug="palta", is_listed=False)

    for path in (*CALENDARS[:1], *FEEDS[:1], "/regiones/nada/agenda.ics"):
        assert client.get(path).status_code == 404


def test_a_former_address_leads_to_the_present_one(client):
    palta = make_product(slug="palta")
    FormerProductSlug.objects.create(slug="aguacate", owner=palta)

    for path in (CALENDARS[0], FEEDS[0]):
        response = client.get(path.replace("palta", "aguacate"))
        assert (response.status_code, response.headers["Location"]) == (301, path)


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_pages_offer_them(client, settings, language):
    settings.LANGUAGE_CODE = "es"
    prefix = "" if language == "es" else "/en"
    make_product(slug="palta", name="Palta", reference_season=MANGO)
    make_producer(region=make_region("Cusco"))
    said = {
        "es": ["Avísame cuando vuelva:", "Avísame cuando vengan:"],
        "en": ["Tell me when it is back:", "Tell me when they come:"],
    }

    pages = zip(CALENDARS, FEEDS, said[language], strict=True)
    for file, feed, words in pages:
        response = client.get(prefix + file.rpartition("/")[0] + "/")
        page = Page(response.text)
        named = {one["href"]: one["type"] for one in page.all("link") if "type" in one}

        assert named[prefix + file] == "text/calendar"
        assert named[prefix + feed] == "application/atom+xml"
        links = [one["href"] for one in page.all("a")]
        assert links.count(prefix + file) == links.count(prefix + feed) == 1
        assert words in response.text


@pytest.mark.parametrize(
    ("season", "said"),
    [([2] * 12, "Follow it:"), ([2] * 11 + [3], "Tell me when it is at its best:")],
)
def test_what_is_always_there_does_not_come_back(client, season, said):
    make_product(slug="palta", reference_season=season)

    assert said in client.get("/productos/palta/").text
