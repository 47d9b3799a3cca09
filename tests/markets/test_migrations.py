import datetime as dt

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from markets.models import MarketDay, Venue
from tests.factories import SUNDAY

BEFORE = ("markets", "0001_initial")


@pytest.fixture
def before(reference_data):
    """Return the models as before the states; afterwards the tables are as they are."""
    executor = MigrationExecutor(connection)
    executor.migrate([BEFORE])
    yield executor.loader.project_state([BEFORE]).apps
    migrate_on()


def migrate_on():
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def day(venue, number, status, notice=""):
    return {
        "venue": venue,
        "date": SUNDAY + dt.timedelta(weeks=number),
        "opens": dt.time(8),
        "closes": dt.time(14),
        "checked_at": dt.datetime(2026, 11, 23, tzinfo=dt.UTC),
        "status": status,
        "notice": notice,
    }


@pytest.mark.django_db(transaction=True)
def test_the_first_market_becomes_the_main_one_and_changes_get_a_reason(before):
    venues = before.get_model("markets", "Venue").objects
    venues.create(slug="agro-shop", name="Shop", kind="shop")
    market = venues.create(slug="av-brasil", name="Feria", kind="market")
    venues.create(slug="barranco", name="Barranco", kind="market")
    days = before.get_model("markets", "MarketDay").objects
    for number, fields in enumerate(
        [("scheduled",), ("cancelled",), ("moved",), ("cancelled", "Desfile.")]
    ):
        days.create(**day(market, number, *fields))

    migrate_on()

    assert [venue.slug for venue in Venue.objects.filter(is_main=True)] == ["av-brasil"]
    sentence = "Pregunta en la feria por el motivo."
    told = [(row.status, row.notice) for row in MarketDay.objects.order_by("date")]
    assert told == [
        ("scheduled", ""),
        ("cancelled", sentence),
        ("moved", sentence),
        ("cancelled", "Desfile."),
    ]
    assert {row.follows_hours for row in MarketDay.objects.all()} == {False}


@pytest.mark.django_db(transaction=True)
def test_days_that_were_moved_get_the_usual_hours_of_their_date(before):
    market = before.get_model("markets", "Venue").objects.create(
        slug="av-brasil", name="Feria", kind="market"
    )
    hours = before.get_model("markets", "OpeningHours").objects
    week = {"venue": market, "day_of_week": 6}
    until = SUNDAY + dt.timedelta(weeks=1)
    hours.create(**week, opens=dt.time(8), closes=dt.time(13), valid_through=until)
    hours.create(**week, opens=dt.time(20), closes=dt.time(2), valid_through=SUNDAY)
    days = before.get_model("markets", "MarketDay").objects
    for number, status in enumerate(["moved", "moved", "moved", "confirmed"]):
        days.create(**day(market, number, status, notice="Desfile."))

    migrate_on()

    eight = dt.time(8)
    expected = [(eight, dt.time(23, 59)), (eight, dt.time(13)), (None, None)]
    expected.append((None, None))
    for rows in (MarketDay.objects, MarketDay.history):
        kept = rows.order_by("date").values_list("usual_opens", "usual_closes")
        assert list(kept) == expected


@pytest.mark.django_db(transaction=True)
def test_a_site_without_a_market_has_no_main_one(before):
    migrate_on()

    assert Venue.objects.filter(is_main=True).count() == 0
