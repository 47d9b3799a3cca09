import datetime as dt

import pytest

from markets.actions import schedule_market_days
from markets.holidays_pe import public_holidays
from markets.models import MarketDay
from markets.schedule import opening_at
from tests.factories import LIMA, make_opening_hours, make_venue


def test_holidays_are_those_of_peru_in_spanish_by_date():
    found = public_holidays(dt.date(2026, 12, 8), dt.date(2027, 1, 1))

    assert found == [
        (dt.date(2026, 12, 8), "Inmaculada Concepción"),
        (dt.date(2026, 12, 9), "Batalla de Ayacucho"),
        (dt.date(2026, 12, 25), "Navidad del Señor"),
        (dt.date(2027, 1, 1), "Año Nuevo"),
    ]


def test_between_two_holidays_there_is_none():
    assert public_holidays(dt.date(2026, 12, 10), dt.date(2026, 12, 24)) == []


def test_easter_moves():
    (easter,) = public_holidays(dt.date(2027, 3, 28), dt.date(2027, 3, 28))

    assert easter.name == "Domingo de Resurrección"


@pytest.mark.django_db
def test_a_holiday_closes_nothing_by_itself():
    christmas = dt.date(2026, 12, 25)
    assert [one.date for one in public_holidays(christmas, christmas)] == [christmas]
    market, shop = make_venue(), make_venue(kind="shop")
    for venue in (market, shop):
        make_opening_hours(venue=venue, day_of_week=christmas.weekday())

    schedule_market_days(first_date=christmas, weeks=1)

    day = MarketDay.objects.get(date=christmas)
    assert (day.status, day.notice) == ("scheduled", "")
    at_ten = dt.datetime(2026, 12, 25, 10, tzinfo=LIMA)
    assert opening_at(at_ten, shop.opening_hours.all(), []).is_open
