"""The new pages at the market's size, in every state of its next day."""

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection

from markets.models import Attendance, MarketDay
from producers.models import Offering, Producer
from tests.conftest import MONDAY
from tests.factories import SUNDAY

DAY = f"/ferias/{SUNDAY}/"
PAGES = ["/ferias/", DAY, f"{DAY}?producto=pina", "/agro-shop/"]
PAGES += ["/ferias/agenda.ics", f"{DAY}agenda.ics", "/ferias/novedades.atom"]
MOST_QUERIES = 10
STATES = {
    "scheduled": {},
    "confirmed": {},
    "moved": {"notice": "Hay desfile.", "moved_to": "Parque Castilla"},
    "cancelled": {"notice": "Hay desfile."},
}


@pytest.fixture
def market(db):
    """Make the sample's market, to which all 84 producers come on SUNDAY."""
    with connection.cursor() as cursor:
        # What the planner knows is of empty tables, as after a first load.
        cursor.execute("ANALYZE")
    with time_machine.travel(MONDAY):
        call_command("load_sample", verbosity=0)
        day = MarketDay.objects.get(date=SUNDAY)
        day.attendances.update(status="confirmed")
        missing = Producer.objects.exclude(attendances__market_day=day)
        Attendance.objects.bulk_create(
            Attendance(market_day=day, producer=one, status="confirmed")
            for one in missing
        )
        yield day


def test_no_page_asks_more_than_ten_times(
    client, market, django_assert_max_num_queries
):
    assert market.attendances.count() == Producer.objects.count() == 84
    assert Offering.objects.count() >= 400
    for status, fields in STATES.items():
        MarketDay.objects.filter(pk=market.pk).update(
            **{"status": status, "notice": "", "moved_to": ""} | fields
        )
        for path in PAGES:
            with django_assert_max_num_queries(MOST_QUERIES, info=(status, path)):
                assert client.get(path).status_code == 200
