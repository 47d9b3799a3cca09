import datetime as dt
import json
import re
from decimal import Decimal

import pytest
from django.template import Context, Template

from markets.agenda import Agenda
from markets.models import Venue, VenueContact
from tests.factories import (
    SUNDAY,
    make_market_day,
    make_opening_hours,
    make_special_hours,
    make_venue,
)
from tests.markets.schema_org import SCHEMA, faults
from tests.markets.test_ics import MOVED, UNSURE, USUAL

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
PARK = {"moved_to": "Parque Castilla, Lince"}


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def tell(rf, november):
    """Return a function that gives what a tag says, sound by schema.org."""

    def read(tag, **context):
        data = json.loads(body(tag, **context))
        assert data.pop("@context") == SCHEMA
        for node in data.get("@graph", [data]):
            assert list(faults(node)) == []
        return data

    def body(tag, **context):
        request = rf.get("/")
        request.agenda = Agenda(november)
        html = Template("{% load structured_tags %}" + tag).render(
            Context({"request": request, **context})
        )
        found = re.fullmatch(
            r'<script type="application/ld\+json">([^<>&]*)</script>', html
        )
        return found[1]

    return read


def tell_shop(tell):
    return tell("{% structured_venue shop %}", shop=Venue.objects.shop())


def tell_day(tell, day):
    return tell("{% structured_market_day day %}", day=day)


def test_a_shop_without_anything_claims_nothing(tell):
    make_venue(kind="shop", name="Agro-Shop", street="", district="Lince")

    assert tell_shop(tell) == {
        "@type": "GroceryStore",
        "name": "Agro-Shop",
        "url": f"{SITE}/agro-shop/",
        "description": UNSURE,
        "address": {
            "@type": "PostalAddress",
            "addressLocality": "Lince",
            "addressRegion": "Lima",
            "addressCountry": "PE",
        },
    }


def test_a_shop_tells_where_it_is_and_how_to_reach_it(tell):
    shop = make_venue(
        kind="shop",
        confirmed_date=SUNDAY,
        street="Jr. Risso 100",
        latitude=Decimal("-12.0850"),
        longitude=Decimal("-77.0350"),
    )
    for kind, value, is_public in [
        ("phone", "01 471 1234", True),
        ("whatsapp", "987 654 321", True),
        ("phone", "987654321", True),
        ("phone", "999 999 999", False),
        ("phone", "soon", True),
        ("email", "shop@example.com", True),
    ]:
        VenueContact.objects.create(
            venue=shop, kind=kind, value=value, is_public=is_public
        )

    data = tell_shop(tell)

    assert data["telephone"] == ["+5114711234", "+51987654321"]
    assert data["address"]["streetAddress"] == "Jr. Risso 100"
    assert data["geo"] == {
        "@type": "GeoCoordinates",
        "latitude": -12.085,
        "longitude": -77.035,
    }
    assert "description" not in data


@pytest.mark.parametrize(
    ("opens", "closes", "said"),
    [
        (dt.time(9), dt.time(20, 30), ("09:00", "20:30")),
        (dt.time(18), dt.time(2), ("18:00", "02:00")),
        (dt.time(18), dt.time(0), ("18:00", "00:00")),
        (dt.time(0), dt.time(0), ("00:00", "23:59")),
        (dt.time(9), dt.time(9), ("09:00", "08:59")),
    ],
    ids=["day", "past midnight", "to midnight", "always", "round the clock"],
)
def test_hours_are_written_as_schema_org_reads_them(tell, opens, closes, said):
    shop = make_venue(kind="shop")
    make_opening_hours(venue=shop, day_of_week=0, opens=opens, closes=closes)

    (hours,) = tell_shop(tell)["openingHoursSpecification"]

    assert hours == {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": f"{SCHEMA}/Monday",
        "opens": said[0],
        "closes": said[1],
    }


def test_hours_that_ended_are_not_claimed(tell):
    shop = make_venue(kind="shop")
    today, yesterday = dt.date(2026, 11, 23), dt.date(2026, 11, 22)
    make_opening_hours(venue=shop, day_of_week=1, valid_through=yesterday)
    make_opening_hours(
        venue=shop, day_of_week=2, valid_from=yesterday, valid_through=today
    )

    (hours,) = tell_shop(tell)["openingHoursSpecification"]

    assert hours["dayOfWeek"] == f"{SCHEMA}/Wednesday"
    assert (hours["validFrom"], hours["validThrough"]) == ("2026-11-22", "2026-11-23")


def test_special_hours_that_are_not_past_are_told(tell):
    shop = make_venue(kind="shop")
    for first, last, times in [
        (dt.date(2026, 11, 20), dt.date(2026, 11, 22), {}),
        (dt.date(2026, 11, 22), dt.date(2026, 11, 23), {}),
        (
            dt.date(2026, 12, 24),
            dt.date(2026, 12, 24),
            {"is_closed": False, "opens": dt.time(9), "closes": dt.time(13)},
        ),
    ]:
        make_special_hours(venue=shop, first_date=first, last_date=last, **times)

    special = tell_shop(tell)["specialOpeningHoursSpecification"]

    keys = ["opens", "closes", "validFrom", "validThrough"]
    assert [[one[key] for key in keys] for one in special] == [
        ["00:00", "00:00", "2026-11-22", "2026-11-23"],
        ["09:00", "13:00", "2026-12-24", "2026-12-24"],
    ]


def test_a_market_day_is_an_event(tell):
    venue = make_venue(
        name="Feria",
        is_main=True,
        confirmed_date=SUNDAY,
        latitude=Decimal("-12.0931"),
        longitude=Decimal("-77.0654"),
    )
    day = make_market_day(venue=venue, status="confirmed")

    assert tell_day(tell, day) == {
        "@type": "Event",
        "name": "Feria",
        "startDate": "2026-11-29T08:00:00-05:00",
        "endDate": "2026-11-29T14:00:00-05:00",
        "eventStatus": f"{SCHEMA}/EventScheduled",
        "eventAttendanceMode": f"{SCHEMA}/OfflineEventAttendanceMode",
        "location": {
            "@type": "Place",
            "name": "Feria",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": "Av. Brasil, cuadra 40",
                "addressLocality": "Magdalena del Mar",
                "addressRegion": "Lima",
                "addressCountry": "PE",
            },
            "geo": {
                "@type": "GeoCoordinates",
                "latitude": -12.0931,
                "longitude": -77.0654,
            },
        },
        "organizer": {
            "@type": "Organization",
            "name": "Agroferias Campesinas",
            "url": f"{SITE}/",
        },
        "description": (
            "There is a market on Sunday 29 November. 8\xa0a.\xa0m. to "
            "2\xa0p.\xa0m., Av. Brasil, cuadra 40, Magdalena del Mar."
        ),
        "isAccessibleForFree": True,
        "url": f"{SITE}/ferias/2026-11-29/",
    }


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, "EventScheduled"),
        ({"status": "cancelled", "notice": "A parade."}, "EventCancelled"),
        (MOVED | USUAL | {"opens": dt.time(9)}, "EventRescheduled"),
        (MOVED | USUAL | {"closes": dt.time(12)}, "EventRescheduled"),
        (MOVED | {"opens": dt.time(9)}, "EventScheduled"),
        (MOVED | USUAL | PARK, "EventScheduled"),
        (MOVED | USUAL | PARK | {"opens": dt.time(9)}, "EventRescheduled"),
    ],
    ids=["scheduled", "cancelled", "hours", "end", "not known", "place", "both"],
)
def test_each_state_has_its_event_status(tell, fields, status):
    day = make_market_day(venue=make_venue(slug="barranco"), **fields)

    data = tell_day(tell, day)

    assert data["eventStatus"] == f"{SCHEMA}/{status}"
    previous = {"EventRescheduled": "2026-11-29T08:00:00-05:00"}.get(status)
    assert data.get("previousStartDate") == previous
    assert data["startDate"] == f"2026-11-29T{day.opens:%H:%M}:00-05:00"
    assert day.notice in data["description"]
    assert data["url"] == f"{SITE}/ferias/barranco/2026-11-29/"


def test_a_day_at_another_place_is_located_there(tell):
    venue = make_venue(latitude=Decimal("-12.0931"), longitude=Decimal("-77.0654"))
    day = make_market_day(venue=venue, moved_to="Parque Castilla, Lince", **MOVED)

    assert tell_day(tell, day)["location"] == {
        "@type": "Place",
        "name": "Parque Castilla, Lince",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "Parque Castilla, Lince",
            "addressRegion": "Lima",
            "addressCountry": "PE",
        },
    }


def test_a_day_that_is_over_is_said_to_be(tell):
    day = make_market_day(date=dt.date(2026, 11, 22), status="confirmed")

    said = tell_day(tell, day)["description"]

    assert said.startswith("The market of Sunday 22 November is over.")


def test_several_days_are_one_document_and_no_query(tell, django_assert_num_queries):
    venue = make_venue(is_main=True)
    dates = [SUNDAY, dt.date(2026, 12, 6)]
    days = [make_market_day(venue=venue, date=date) for date in dates]

    with django_assert_num_queries(0):
        data = tell("{% structured_market_days days %}", days=days)

    assert [node["url"] for node in data["@graph"]] == [
        f"{SITE}/ferias/2026-11-29/",
        f"{SITE}/ferias/2026-12-06/",
    ]


def test_no_days_are_nothing(rf):
    template = Template("{% load structured_tags %}{% structured_market_days days %}")

    assert template.render(Context({"request": rf.get("/"), "days": []})) == ""


def test_hostile_text_stays_inside(tell):
    hostile = "</script><script>alert(1)</script> <!-- & \u2028 \\ \" ' ñ 🥑"
    day = make_market_day(status="cancelled", notice=hostile)

    # The fixture refuses an element that holds one of <, > and &.
    assert hostile in tell_day(tell, day)["description"]
