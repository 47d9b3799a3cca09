"""The new pages at the market's size, in every state of its next day."""

from markets.models import MarketDay
from producers.models import Offering, Producer
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


def test_no_page_asks_more_than_ten_times(
    client, whole_market, django_assert_max_num_queries
):
    assert whole_market.attendances.count() == Producer.objects.count() == 84
    assert Offering.objects.count() >= 400
    for status, fields in STATES.items():
        MarketDay.objects.filter(pk=whole_market.pk).update(
            **{"status": status, "notice": "", "moved_to": ""} | fields
        )
        for path in PAGES:
            with django_assert_max_num_queries(MOST_QUERIES, info=(status, path)):
                assert client.get(path).status_code == 200
