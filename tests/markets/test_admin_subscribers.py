"""What staff see of the subscribers, and of the mails to them."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry

from agroferias.roles import ADMINISTRATION, COORDINATION
from markets.models import Delivery, MarketDay, Subscriber
from tests.conftest import MONDAY
from tests.desk import agreed, change_page, make_member, open_desk, page
from tests.factories import (
    SUNDAY,
    make_delivery,
    make_market_day,
    make_opening_hours,
    make_special_hours,
    make_subscriber,
    make_venue,
)

from .mailing import make_due, read_mail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

LIST = "/admin/markets/subscriber/"


@pytest.fixture
def desk(client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


@pytest.fixture
def rosa():
    return make_subscriber(email="rosa@example.com")


def rows(desk, **query):
    response = desk.get(LIST, query)
    return [one.email for one in response.context["cl"].result_list]


def test_who_administers_looks_and_deletes(desk, rosa):
    desk.force_login(make_member(ADMINISTRATION))
    eva = make_subscriber(email="eva@example.com", confirmed_at=None)
    make_delivery(subscriber=rosa)

    assert rows(desk, q="ROSA") == ["rosa@example.com"]
    assert rows(desk, confirmed="no") == ["eva@example.com"]
    assert rows(desk, confirmed="yes") == ["rosa@example.com"]
    html = desk.get(change_page(rosa)).text
    assert "rosa@example.com" in html
    assert '<input type="email"' not in html
    assert desk.post(page(rosa, "delete", rosa.pk), {"post": "yes"}).status_code == 302
    data = {"action": "delete_selected", "_selected_action": [eva.pk], "post": "yes"}
    assert desk.post(LIST, data).status_code == 302

    assert not Subscriber.objects.exists()
    logged = " ".join(f"{one} {one.object_repr}" for one in LogEntry.objects.all())
    assert LogEntry.objects.count() == 2
    assert "example.com" not in logged


def test_who_runs_the_market_sees_no_address(desk, rosa):
    desk.force_login(make_member(COORDINATION))

    for address in (LIST, change_page(rosa), page(rosa, "delete", rosa.pk)):
        assert desk.get(address).status_code == 403
    assert desk.post(page(rosa, "delete", rosa.pk), {"post": "yes"}).status_code == 403
    assert desk.post(change_page(rosa), {"email": "x@example.com"}).status_code == 403
    assert Subscriber.objects.count() == 1


def test_mails_that_did_not_go_out_are_a_task(desk, rosa):
    fine, failed, doubtful, overdue = (
        make_subscriber(email=f"{name}@example.com")
        for name in ("fine", "failed", "doubtful", "overdue")
    )
    done = {"claimed_at": MONDAY - dt.timedelta(minutes=11)}
    make_delivery(subscriber=fine, sent_at=MONDAY, **done)
    make_delivery(subscriber=failed, failed_at=MONDAY)
    make_delivery(subscriber=doubtful, **done)
    make_delivery(subscriber=overdue, due_at=MONDAY - dt.timedelta(minutes=61))
    desk.force_login(make_member(ADMINISTRATION))

    html = desk.get("/admin/").text

    assert "3 subscribers whose e-mails perhaps did not go out" in html
    assert f'href="{LIST}?mail=stuck"' in html
    found = rows(desk, mail="stuck")
    assert sorted(found) == [
        f"{name}@example.com" for name in ("doubtful", "failed", "overdue")
    ]
    desk.force_login(make_member(COORDINATION))
    assert "subscribers whose" not in desk.get("/admin/").text


def day_data(day, **fields):
    """Return what a market day's page sends."""
    data = {
        "status": day.status,
        "opens": "08:00",
        "closes": "14:00",
        "moved_to": "",
        "notice": "",
        "notice_en": "",
        "rest_reason": "",
        "attendances-TOTAL_FORMS": 0,
        "attendances-INITIAL_FORMS": 0,
    }
    for name in ("status", "opens", "closes", "moved_to", "notice", "notice_en"):
        data[f"initial-{name}"] = data[name]
    return data | fields


def save(desk, day, **fields):
    """Save a day's page, and tick the box if it asks for that."""
    data = day_data(day, **fields)
    response = desk.post(change_page(day), data)
    if response.status_code == 200:
        form = response.context["adminform"].form
        data["published"] = form.fields["published"].widget.digest
        response = desk.post(change_page(day), data)
    assert response.status_code == 302
    day.refresh_from_db()


def test_cancelling_on_the_desk_tells_the_subscribers(desk, rosa):
    make_subscriber(confirmed_at=None)
    day = make_market_day(status="confirmed")
    data = day_data(day, status="cancelled", notice="Hay un desfile.")

    asked = desk.post(change_page(day), data)
    assert "1 person is told of it by e-mail." in asked.text
    assert not Delivery.objects.exists()
    save(desk, day, status="cancelled", notice="Hay un desfile.")

    (waiting,) = Delivery.objects.all()
    assert (waiting.subscriber, waiting.sequence) == (rosa, 1)
    make_due()
    (message,) = read_mail()
    assert message.subject == "No hay feria el domingo 29 de noviembre"


def test_a_day_of_another_market_tells_nobody(desk, rosa):
    make_market_day(status="confirmed")
    other = make_market_day(venue=make_venue(slug="barranco"), status="confirmed")
    data = day_data(other, status="cancelled", notice="Hay un desfile.")

    assert "told of it by e-mail" not in desk.post(change_page(other), data).text
    save(desk, other, status="cancelled", notice="Hay un desfile.")

    assert not Delivery.objects.exists()


def test_going_back_in_a_days_history_tells_them_too(desk, rosa):
    day = make_market_day(status="confirmed")
    before = day.history.get()
    save(desk, day, status="cancelled", notice="Hay un desfile.")
    make_due()
    read_mail()

    moment = before.history_date.isoformat()
    address = page(day, "restore", day.pk)
    desk.post(address, agreed(desk.post(address, {"moment": moment})))

    day.refresh_from_db()
    assert (day.status, day.sequence) == ("confirmed", 2)
    make_due()
    assert [one.subject for one in read_mail()] == [
        "Sí hay feria el domingo 29 de noviembre"
    ]


def test_a_special_closing_tells_them(desk, rosa):
    market = make_venue(is_main=True)
    make_opening_hours(venue=market)
    desk.post("/admin/markets/marketday/schedule/")
    make_special_hours(venue=market, first_date=SUNDAY, last_date=SUNDAY)

    desk.post("/admin/markets/marketday/schedule/")

    (waiting,) = Delivery.objects.select_related("market_day")
    assert waiting.market_day == MarketDay.objects.get(date=SUNDAY)
