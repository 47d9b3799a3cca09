import datetime as dt
from html import unescape
from xml.etree import ElementTree as ET

import pytest

from tests.factories import (
    LIMA,
    SUNDAY,
    make_market_day,
    make_notice,
    make_producer,
    make_region,
    make_venue,
)
from tests.markets.test_ics import MOVED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

PATH = "/ferias/novedades.atom"
ATOM = "{http://www.w3.org/2005/Atom}"
TAG = "tag:agroferias-campesinas,2026:"
WEEK = dt.timedelta(weeks=1)


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def market():
    return make_venue(name="Av. Brasil", is_main=True, confirmed_date=SUNDAY)


def at(day, hour=12):
    """Return a moment of November in Lima."""
    return dt.datetime(2026, 11, day, hour, tzinfo=LIMA)


def read(client):
    """Return the feed's root, once it is known to be well-formed."""
    return ET.fromstring(client.get(PATH).content)  # noqa: S314 - our own answer


def entries(client):
    """Return the feed's entries as dicts of the text of their elements."""
    return [
        {child.tag.removeprefix(ATOM): child.text for child in entry}
        | {"href": entry.find(f"{ATOM}link").get("href")}
        for entry in read(client).iter(f"{ATOM}entry")
    ]


def titles(client):
    return [entry["title"] for entry in entries(client)]


def text_of(entry):
    """Return what a reader shows of a summary, which is HTML without elements."""
    assert "<" not in entry["summary"]
    return unescape(entry["summary"])


def test_an_empty_feed_is_a_whole_feed(client):
    response = client.get(PATH)
    root = ET.fromstring(response.content)  # noqa: S314 - our own answer

    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert root.tag == f"{ATOM}feed"
    assert root.attrib == {"{http://www.w3.org/XML/1998/namespace}lang": "en"}
    texts = {child.tag.removeprefix(ATOM): child.text for child in root}
    assert texts == {
        "id": f"{TAG}news",
        "title": "Agroferias Campesinas · News",
        "subtitle": "Markets cancelled or moved, notices and new producers.",
        "updated": "2026-01-01T00:00:00+00:00",
        "author": None,
        "link": None,
    }
    assert root.find(f"{ATOM}author/{ATOM}name").text == "Agroferias Campesinas"
    links = {link.get("rel"): link.get("href") for link in root.iter(f"{ATOM}link")}
    assert links == {
        "alternate": "http://testserver/",
        "self": f"http://testserver{PATH}",
    }


def test_a_cancelled_day_is_an_entry_with_all_that_a_message_says(client, market):
    day = make_market_day(
        venue=market,
        status="cancelled",
        notice="A parade.",
        sequence=3,
        changed_at=at(20),
    )

    (entry,) = entries(client)

    assert entry == {
        "id": f"{TAG}market-day/{day.pk}/3",
        "title": "There is no market on Sunday 29 November.",
        "updated": "2026-11-20T12:00:00-05:00",
        "summary": entry["summary"],
        "href": "http://testserver/ferias/2026-11-29/",
        "link": None,
    }
    assert text_of(entry) == (
        "There is no market on Sunday 29 November. It would have been "
        "8\xa0a.\xa0m. to 2\xa0p.\xa0m., Av. Brasil, cuadra 40, Magdalena del Mar. "
        "A parade."
    )


def test_the_feed_was_updated_with_its_newest_entry(client, market):
    make_market_day(venue=market, changed_at=at(20), **MOVED)
    make_notice(starts_at=at(21), ends_at=at(30))

    response = client.get(PATH)

    root = ET.fromstring(response.content)  # noqa: S314 - our own answer
    assert root.find(f"{ATOM}updated").text == "2026-11-21T12:00:00-05:00"
    assert response.headers["Last-Modified"] == "Sat, 21 Nov 2026 17:00:00 GMT"


def test_another_change_of_the_same_day_is_another_entry(client, market):
    day = make_market_day(venue=market, sequence=1, **MOVED)
    (before,) = entries(client)
    day.sequence, day.moved_to = 2, "Parque Castilla"
    day.save()

    (after,) = entries(client)

    assert [before["id"], after["id"]] == [
        f"{TAG}market-day/{day.pk}/1",
        f"{TAG}market-day/{day.pk}/2",
    ]


def test_a_correction_is_news_and_a_confirmation_is_not(client, market):
    cases = {
        0: {"sequence": 0},
        1: {"sequence": 1, "status": "confirmed"},
        2: {"sequence": 2, "status": "confirmed"},
        3: {"sequence": 2},
    }
    for number, fields in cases.items():
        changed_at = at(20 - number)
        date = SUNDAY + WEEK * number
        make_market_day(venue=market, date=date, changed_at=changed_at, **fields)

    assert titles(client) == [
        "There is a market on Sunday 13 December.",
        "Market of Sunday 20 December: not confirmed yet.",
    ]


def test_days_of_any_market_and_of_eight_weeks_are_told(client, market):
    other = make_venue(slug="barranco", name="Barranco")
    make_market_day(venue=other, changed_at=at(20), **MOVED)
    make_market_day(venue=market, date=dt.date(2026, 9, 28), changed_at=at(19), **MOVED)
    make_market_day(venue=market, date=dt.date(2026, 9, 27), changed_at=at(18), **MOVED)

    found = entries(client)

    assert [(entry["title"], entry["href"]) for entry in found] == [
        (
            "Barranco: Only on Sunday 29 November: the market has other hours.",
            "http://testserver/ferias/barranco/2026-11-29/",
        ),
        (
            "Only on Monday 28 September: the market has other hours.",
            "http://testserver/ferias/2026-09-28/",
        ),
    ]


def test_notices_are_told_from_their_beginning_on(client):
    begun = make_notice(message="Rain.", starts_at=at(20), ends_at=at(30))
    make_notice(message="Late.", level="urgent", starts_at=at(10), ends_at=at(11))
    make_notice(message="Secret.", starts_at=at(23, 13), ends_at=at(30))

    found = entries(client)

    assert [(entry["title"], text_of(entry)) for entry in found] == [
        ("Rain.", "Rain."),
        ("Urgent: Late.", "Late."),
    ]
    assert found[0]["id"] == f"{TAG}notice/{begun.pk}/{begun.starts_at.timestamp():.0f}"
    assert found[0]["href"] == "http://testserver/"


def test_producers_who_are_new_and_public_are_told(client):
    rosa = make_producer(
        slug="rosa",
        name="Rosa",
        region=make_region("Cusco"),
        district="Pisac",
        summary="Sows potatoes",
        published_at=at(20),
    )
    make_producer(name="Always there")
    make_producer(name="Example", is_example=True, published_at=at(20))
    make_producer(name="Draft", status="draft", published_at=at(20))
    make_producer(name="Archived", status="archived", published_at=at(20))
    make_producer(name="Tomorrow", published_at=at(24))

    (entry,) = entries(client)

    assert entry["id"] == f"{TAG}producer/{rosa.pk}"
    assert entry["title"] == "New producer: Rosa"
    assert text_of(entry) == "Pisac, Cusco. Sows potatoes"
    assert entry["href"] == "http://testserver/productores/rosa/"
    assert entry["updated"] == "2026-11-20T12:00:00-05:00"


def test_all_kinds_are_in_one_order_and_thirty_at_most(client, market):
    for number in range(15):
        moment = at(20) - dt.timedelta(hours=number * 3)
        make_notice(message=f"Notice {number}", starts_at=moment, ends_at=at(30))
        moment -= dt.timedelta(hours=1)
        make_market_day(
            venue=market, date=SUNDAY + WEEK * number, changed_at=moment, **MOVED
        )
        moment -= dt.timedelta(hours=1)
        make_producer(name=f"Producer {number}", published_at=moment)

    found = entries(client)

    moments = [dt.datetime.fromisoformat(entry["updated"]) for entry in found]
    assert moments == [at(20) - dt.timedelta(hours=number) for number in range(30)]
    assert len({entry["id"] for entry in found}) == 30


@pytest.mark.parametrize("row_count", [1, 30])
def test_the_feeds_query_count_is_constant(
    client, market, django_assert_num_queries, row_count
):
    other = make_venue(slug="barranco")
    for number in range(row_count):
        make_notice(starts_at=at(20), ends_at=at(30))
        make_producer(published_at=at(21))
        for venue in (market, other):
            make_market_day(venue=venue, date=SUNDAY + WEEK * number, **MOVED)

    # notices, days with their venue, producers with their region
    with django_assert_num_queries(3):
        found = entries(client)

    assert len(found) == min(30, row_count * 4)


def test_hostile_text_stays_text(client):
    hostile = "]]></summary><script>alert(1)</script> &amp; \x00\x08\x1b\x7f\ufffe 🥑"
    make_notice(message=hostile.replace("\x00", ""), starts_at=at(20), ends_at=at(30))

    (entry,) = entries(client)

    shown = "]]></summary><script>alert(1)</script> &amp;  🥑"
    assert entry["title"] == shown
    assert text_of(entry) == shown


def test_the_feed_is_read_only(client):
    head, post = client.head(PATH), client.post(PATH)

    assert (head.status_code, head.content) == (200, b"")
    assert post.status_code == 405


def test_the_feed_is_in_spanish_for_its_readers(client, settings):
    settings.LANGUAGE_CODE = "es"

    root = read(client)

    assert root.find(f"{ATOM}title").text == "Agroferias Campesinas · Novedades"
