"""The life of a personal link: who makes it, how long it works, what ends it."""

import datetime as dt

import pytest
import time_machine

from markets.models import Proposal, UpdateLink
from markets.update_links import VALID_DAYS, renew_link
from tests.desk import open_desk, page
from tests.factories import (
    make_producer,
    make_proposal,
    make_update_link,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


@pytest.fixture
def desk(client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


def page_of(producer):
    return page(UpdateLink, "producer", producer.pk)


def headers(response):
    names = ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")
    return [response.headers[name] for name in names]


def test_a_link_works_through_its_last_day(client, november):
    link = renew_link(producer=make_producer(), user=None, moment=november)
    last_moment = dt.datetime(2027, 1, 22, 23, 59, tzinfo=november.tzinfo)

    with time_machine.travel(last_moment):
        on_the_last_day = client.get(link.get_absolute_url())
    with time_machine.travel(last_moment + dt.timedelta(minutes=1)):
        after = client.get(link.get_absolute_url())

    assert (link.valid_through - november.date()).days == VALID_DAYS
    assert (on_the_last_day.status_code, after.status_code) == (200, 410)
    assert "Este enlace venció" in after.text


def test_a_link_can_be_sent_on_whatsapp(client):
    address = make_update_link().get_absolute_url()

    assert address.startswith("/mi-feria/")
    assert len(address) == 65


@pytest.mark.parametrize(
    "token", ["x", "a.b", "ñ.ñ", "%00", "..", "6KWYvDsEKy.", "a" * 3000], ids=repr
)
def test_a_token_that_nobody_signed_is_no_link(client, token):
    response = client.get(f"/mi-feria/{token}/")

    assert response.status_code == 404


def test_a_token_that_was_tampered_with_is_no_link(client):
    link, other = make_update_link(), make_update_link()
    signature = link.token.partition(".")[2]

    response = client.get(f"/mi-feria/{other.nonce}.{signature}/")

    assert response.status_code == 404
    assert "no lleva a ningún lado" in response.text
    assert headers(response) == [
        "private, no-store",
        "no-referrer",
        "noindex, nofollow",
    ]


def test_a_token_of_another_key_is_no_link(client, settings):
    address = make_update_link().get_absolute_url()
    settings.SECRET_KEY = "another"

    assert client.get(address).status_code == 404


def test_a_link_whose_row_is_gone_is_no_link(client):
    link = make_update_link()
    address = link.get_absolute_url()
    link.delete()

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("path", ["", "gracias/"])
@pytest.mark.parametrize("method", ["get", "post", "head"])
def test_a_revoked_link_says_how_to_get_another(client, november, method, path):
    link = make_update_link(revoked_at=november)

    response = getattr(client, method)(f"{link.get_absolute_url()}{path}")

    assert response.status_code == 410
    assert headers(response) == [
        "private, no-store",
        "no-referrer",
        "noindex, nofollow",
    ]
    assert Proposal.objects.count() == 0


@pytest.mark.parametrize(
    ("status", "code"), [("draft", 200), ("published", 200), ("archived", 410)]
)
def test_links_of_archived_producers_do_not_work(client, status, code):
    link = make_update_link(producer=make_producer(status=status))

    assert client.get(link.get_absolute_url()).status_code == code


def test_a_new_link_ends_the_one_before(desk):
    old = make_update_link()

    response = desk.post(page_of(old.producer), {"renew": "1"}, follow=True)

    (new,) = old.producer.update_links.current()
    assert new.created_by == response.context["user"]
    assert f"http://testserver{new.get_absolute_url()}" in response.text
    assert desk.get(old.get_absolute_url()).status_code == 410
    assert desk.get(new.get_absolute_url()).status_code == 200


def test_what_waits_survives_a_new_link(client, november):
    producer = make_producer()
    proposal = make_proposal(producer=producer, message="Traigo miel")

    link = renew_link(producer=producer, user=None, moment=november)

    assert list(Proposal.objects.waiting()) == [proposal]
    assert "Traigo miel" in client.get(link.get_absolute_url()).text


def test_staff_revoke_a_link(desk):
    link = make_update_link()

    response = desk.post(page_of(link.producer), {"revoke": "1"}, follow=True)

    assert "it was revoked" in response.text
    assert desk.get(link.get_absolute_url()).status_code == 410


def test_a_button_that_does_not_exist_does_nothing(desk):
    link = make_update_link()

    desk.post(page_of(link.producer), {"delete": "1"})

    assert list(UpdateLink.objects.current()) == [link]
