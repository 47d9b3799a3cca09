"""What people will read is shown before what was deleted cancels days again."""

import pytest
from django.contrib.messages import get_messages

from markets.models import MarketDay, SpecialHours
from tests.desk import agreed, change_page, filled_in, open_desk, page
from tests.factories import (
    make_market_day,
    make_opening_hours,
    make_special_hours,
    make_venue,
)

# What comes back is told from what came later by its transaction.
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("november"),
]
NO_MARKET = "There is no market on Sunday 29 November."


@pytest.fixture
def desk(db, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


@pytest.fixture
def day(db):
    venue = make_venue(name="Feria", is_main=True)
    make_opening_hours(venue=venue)
    return make_market_day(venue=venue, follows_hours=True)


@pytest.fixture
def special(day):
    return make_special_hours(venue=day.venue, reason="Parade")


def status(day):
    return MarketDay.objects.get(pk=day.pk).status


def told(response):
    return [str(one) for one in get_messages(response.wsgi_request)]


def test_special_hours_that_come_back_show_it_first(desk, day, special):
    address = page(SpecialHours, "deleted")
    special.delete()
    data = {"version": SpecialHours.history.latest("history_id").pk}
    asked = desk.post(address, data)
    before = status(day), SpecialHours.objects.count(), told(asked)

    desk.post(address, agreed(asked))

    assert before == ("scheduled", 0, [])
    assert NO_MARKET in asked.text
    assert SpecialHours.objects.count() == 1
    assert status(day) == "cancelled"


def test_a_row_that_comes_back_with_its_form_shows_it_first(desk, day, special):
    pk, address = special.pk, change_page(special)
    data = filled_in(desk.get(address)) | {"reason": "Typed", "_bring_back": "1"}
    special.delete()

    asked = desk.post(address, data)
    before = status(day), SpecialHours.objects.count()
    again = desk.post(address, data | {"published": agreed(asked)["published"]})
    saved = desk.post(address, data | {"published": agreed(again)["published"]})

    assert before == ("scheduled", 0)
    assert 'value="Typed"' in asked.text
    assert saved.status_code == 302
    assert SpecialHours.objects.get(pk=pk).reason == "Typed"
    day.refresh_from_db()
    assert (day.status, day.notice) == ("cancelled", "Typed")
