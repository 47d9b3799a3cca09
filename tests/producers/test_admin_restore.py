"""What depends on a row follows it when an earlier version comes back."""

import datetime as dt

import pytest
from django.contrib.admin import site
from django.contrib.admin.models import LogEntry

from producers import history
from tests.desk import (
    agreed,
    change_page,
    filled_in,
    make_member,
    open_desk,
    page,
)
from tests.factories import (
    BEFORE,
    make_market_day,
    make_notice,
    make_opening_hours,
    make_participation,
    make_producer,
    make_product,
    make_special_hours,
    make_venue,
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("november"),
]


@pytest.fixture
def desk(reference_data, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


def first(row):
    return said_at(row.history.earliest())


def said_at(version):
    return {"moment": version.history_date.isoformat()}


def test_an_address_that_comes_back_leads_on_from_the_one_between(desk, client):
    rosa = make_producer(slug="rosa")
    data = filled_in(desk.get(change_page(rosa))) | {"slug": "otra"}
    desk.post(change_page(rosa), data)

    desk.post(page(rosa, "restore", rosa.pk), first(rosa))

    assert client.get("/productores/rosa/").status_code == 200
    assert client.get("/productores/otra/").url == "/productores/rosa/"


def test_an_address_that_an_undo_brings_back_leads_on_from_the_one_between(
    desk, client
):
    rosa = make_producer(slug="rosa")
    rosa.slug = "otra"
    history.update_all([rosa], ["slug"], reason="Addresses")
    link = site.get_model_admin(type(rosa)).undo_link([rosa])

    desk.post(link.split('"')[1])

    assert client.get("/productores/rosa/").status_code == 200
    assert client.get("/productores/otra/").url == "/productores/rosa/"
    log = LogEntry.objects.get()
    assert log.get_change_message() == "This is again as it was before."


def test_an_undo_that_changes_nothing_is_not_logged(desk):
    rosa = make_producer(slug="rosa")
    rosa.slug = "otra"
    history.update_all([rosa], ["slug"], reason="Addresses")
    link = site.get_model_admin(type(rosa)).undo_link([rosa])
    make_producer(slug="rosa")

    desk.post(link.split('"')[1])

    assert not LogEntry.objects.exists()


def test_going_back_puts_no_product_into_the_catalogue(desk):
    palta = make_product(name="Palta", is_listed=True)
    palta.is_listed, palta.name = False, "Otra"
    palta.save()
    desk.force_login(make_member("Edición"))

    desk.post(page(palta, "restore", palta.pk), first(palta))

    palta.refresh_from_db()
    assert (palta.name, palta.is_listed) == ("Palta", False)


def test_a_notice_that_goes_back_is_news_again(desk):
    notice = make_notice(message="No hay feria.")
    notice.message = "Sí hay."
    notice.save()

    desk.post(page(notice, "restore", notice.pk), first(notice))

    notice.refresh_from_db()
    assert notice.message == "No hay feria."
    assert notice.changed_at > BEFORE


def test_a_market_day_that_goes_back_is_news_again(desk):
    day = make_market_day(status="confirmed")
    day.status, day.notice, day.sequence = "cancelled", "Desfile", 1
    day.save()
    address = page(day, "restore", day.pk)

    desk.post(address, agreed(desk.post(address, first(day))))

    day.refresh_from_db()
    assert (day.status, day.notice, day.sequence) == ("confirmed", "", 2)
    desk.post(address, said_at(day.history.latest()))
    day.refresh_from_db()
    assert day.sequence == 2


def test_a_market_day_that_goes_back_has_the_usual_hours_of_its_state(desk):
    day = make_market_day(status="confirmed")
    make_opening_hours(venue=day.venue)
    day.status, day.moved_to, day.notice = "moved", "Parque", "Desfile"
    day.opens = dt.time(9)
    day.keep_usual_hours()
    day.save()
    moved = said_at(day.history.latest())

    address = page(day, "restore", day.pk)
    desk.post(address, agreed(desk.post(address, first(day))))
    day.refresh_from_db()
    assert (day.status, day.usual_opens) == ("confirmed", None)
    desk.post(address, agreed(desk.post(address, moved)))

    day.refresh_from_db()
    assert (day.has_other_hours, day.usual_opens) == (True, dt.time(8))


def test_a_venue_that_goes_back_takes_its_days_along(desk):
    venue = make_venue(is_main=True, street="Av. Brasil")
    hours = make_opening_hours(venue=venue)
    then = said_at(hours.history.latest())
    venue.street = "Otra"
    venue.save()
    hours.delete()

    desk.post(page(venue, "restore", venue.pk), then)

    venue.refresh_from_db()
    assert (venue.street, venue.sequence) == ("Av. Brasil", 1)
    assert venue.market_days.count() == 26
    desk.post(page(venue, "restore", venue.pk), then)
    venue.refresh_from_db()
    assert venue.sequence == 1


def test_a_market_that_goes_back_to_be_no_main_one_is_told(desk):
    venue = make_venue(is_main=False)
    venue.is_main = True
    venue.save()

    response = desk.post(page(venue, "restore", venue.pk), first(venue), follow=True)

    assert "There is no main market now" in response.text


def test_what_follows_rows_follows_them_back(desk):
    day = make_market_day(follows_hours=True)
    make_opening_hours(venue=day.venue)
    special = make_special_hours(venue=day.venue, reason="Feriado", is_closed=True)
    joins = make_participation(venue=day.venue, rhythm="weekly")
    for row in (special, joins):
        data = filled_in(desk.get(change_page(row)))
        asked = desk.post(change_page(row), data)
        if asked.status_code != 302:
            desk.post(change_page(row), data | {"published": asked.context["digest"]})
        desk.post(page(row, "restore", row.pk), first(row))

    day.refresh_from_db()
    assert (day.status, day.notice) == ("cancelled", "Feriado")
    assert [row.producer for row in day.attendances.all()] == [joins.producer]
