"""Staff make, send and revoke the producers' personal links."""

import datetime as dt
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.test import Client
from django.urls import reverse

from markets.models import Proposal, UpdateLink
from markets.update_links import invitation, whatsapp_url
from tests.desk import change_page, make_clerk, open_desk, page
from tests.factories import (
    make_contact,
    make_producer,
    make_proposal,
    make_staff,
    make_update_link,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


@pytest.fixture
def desk(client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


def page_of(producer):
    return page(UpdateLink, "producer", producer.pk)


def test_the_page_has_the_message_and_opens_whatsapp(desk, settings):
    settings.LANGUAGE_CODE = "es"
    producer = make_producer(name="Rosa")
    make_contact(producer=producer, value="987 654 321", is_public=False)
    link = make_update_link(producer=producer)
    make_proposal(producer=producer)

    response = desk.get(page_of(producer))

    address = f"http://testserver{link.get_absolute_url()}"
    message = response.context["message"]
    assert message == (
        f"Hola, Rosa. Este es tu enlace de la feria: cuéntanos si vienes el domingo y "
        f"qué tienes ahora. {address}\nEs solo tuyo: no lo compartas. Sirve hasta el "
        f"jueves 31 de diciembre."
    )
    chat = urlsplit(response.context["whatsapp"])
    assert (chat.netloc, chat.path) == ("wa.me", "/51987654321")
    assert parse_qs(chat.query) == {"text": [message]}
    assert "lunes 23 de noviembre, 11 a. m." in response.text.replace("\xa0", " ")


def test_a_link_is_found_by_its_producer_where_a_proposal_names_it(desk):
    link = make_update_link(producer=make_producer(name="Ñusta"))
    make_update_link(producer=make_producer(name="Rosa"))
    asked = {"app_label": "markets", "model_name": "proposal", "field_name": "link"}

    response = desk.get(reverse("admin:autocomplete"), asked | {"term": "nusta"})

    assert response.json()["results"] == [{"id": str(link.pk), "text": "Ñusta"}]


def test_without_a_number_there_is_no_chat_to_open():
    link = make_update_link()
    make_contact(producer=link.producer, kind="phone")
    make_contact(producer=link.producer, value="no number")

    text = invitation(link, "http://testserver/")

    assert whatsapp_url(link.producer, text) == ""


def test_an_expired_link_is_not_offered_to_be_sent(desk):
    link = make_update_link(valid_through=dt.date(2026, 11, 22))

    response = desk.get(page_of(link.producer))

    assert "It ran out on" in response.text
    assert link.token not in response.text


def test_an_archived_producer_gets_no_link(desk):
    producer = make_producer(status="archived")

    shown = desk.get(page_of(producer)).text
    response = desk.post(page_of(producer), {"renew": "1"})

    assert 'name="renew"' not in shown
    assert response.status_code == 403
    assert UpdateLink.objects.count() == 0


@pytest.mark.parametrize(
    ("permission", "button", "code"),
    [
        ("view_updatelink", "renew", 403),
        ("view_updatelink", "revoke", 403),
        ("add_updatelink", "renew", 403),
        ("change_updatelink", "renew", 403),
        ("change_updatelink", "revoke", 302),
        ("view_producer", "revoke", 403),
    ],
)
def test_each_button_wants_its_permission(client, permission, button, code):
    link = make_update_link()
    client.force_login(make_clerk(permission))

    response = client.post(page_of(link.producer), {button: "1"})

    assert response.status_code == code
    assert UpdateLink.objects.current().exists() == (code == 403)
    logged = LogEntry.objects.values_list("object_id", "action_flag")
    assert list(logged) == [(str(link.pk), CHANGE)] * (code == 302)


def test_who_may_see_and_add_makes_links_but_revokes_none(client):
    producer = make_producer()
    client.force_login(make_clerk("view_updatelink", "add_updatelink"))

    client.post(page_of(producer), {"renew": "1"})
    html = client.get(page_of(producer)).text

    assert producer.update_links.current().count() == 1
    assert ('name="renew"' in html, 'name="revoke"' in html) == (True, False)


def test_strangers_and_other_staff_see_no_links(client):
    link = make_update_link()
    listed = page(UpdateLink, "changelist")

    assert client.get(page_of(link.producer)).status_code == 302
    client.force_login(make_clerk("view_producer"))
    assert client.get(page_of(link.producer)).status_code == 403
    assert client.get(listed).status_code == 403
    assert "Enlace personal" not in client.get(change_page(link.producer)).text


def test_csrf_guards_the_buttons(settings):
    link = make_update_link()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_staff())

    response = strict.post(page_of(link.producer), {"revoke": "1"})

    assert response.status_code == 403
    assert UpdateLink.objects.current().count() == 1


def test_the_list_finds_producers_and_leads_to_their_links(desk):
    rosa, _elena = make_producer(name="Rosa Ñahui"), make_producer(name="Elena")
    make_producer(name="Rosa archivada", status="archived")

    response = desk.get(page(UpdateLink, "changelist"), {"q": "rosa nahui"})

    assert list(response.context["page"]) == [rosa]
    assert page_of(rosa) in response.text


def test_a_producers_page_leads_to_the_link(desk):
    producer = make_producer()

    assert page_of(producer) in desk.get(change_page(producer)).text


def test_a_links_own_address_leads_to_its_producer(desk):
    link = make_update_link()

    assert desk.get(change_page(link)).url == page_of(link.producer)
    gone = desk.get(page(UpdateLink, "change", link.pk + 1))
    assert gone.url == page(UpdateLink, "changelist")


@pytest.mark.parametrize("row_count", [1, 30])
def test_the_lists_queries_do_not_grow(desk, django_assert_num_queries, row_count):
    for _ in range(row_count):
        make_proposal()

    # session, user, count, producers, their links
    with django_assert_num_queries(5):
        response = desk.get(page(UpdateLink, "changelist"))

    assert len(response.context["page"]) == row_count


def test_a_producer_is_deleted_with_links_and_proposals(desk):
    proposal = make_proposal()

    desk.post(page(proposal.producer, "delete", proposal.producer_id), {"post": "yes"})

    assert (UpdateLink.objects.count(), Proposal.objects.count()) == (0, 0)
