"""A draft is submitted, mended and published; what is public stays as it should."""

import pytest
from django.contrib.admin.models import LogEntry

from producers.models import Producer
from tests.desk import (
    change_page,
    filled_in,
    make_member,
    open_desk,
    page,
    sent,
)
from tests.factories import make_producer, make_region

from .drafts import make_draft, make_ready, press

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


@pytest.fixture
def desk(db, client, settings, tmp_path):
    """The pages as somebody in Coordinación has them."""
    open_desk(client, settings, tmp_path)
    client.force_login(make_member("Coordinación"))
    return client


@pytest.fixture
def editors_desk(desk):
    desk.force_login(make_member("Edición"))
    return desk


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_an_editor_submits_what_is_written(editors_desk):
    draft = make_draft()

    response = press(editors_desk, draft, story="Since 1990.", _submit="1")

    assert response.redirect_chain == [(change_page(draft), 302)]
    assert (draft.story, draft.status) == ("Since 1990.", "draft")
    first = draft.submitted_at
    assert first is not None
    sentence = "Submitted. Whoever publishes finds it among those to be published."
    assert said(response) == [sentence]
    assert LogEntry.objects.first().get_change_message() == sentence
    assert 'name="_submit"' not in response.text
    press(editors_desk, draft, _submit="1")
    assert draft.submitted_at == first


def test_an_editor_submits_while_adding(editors_desk):
    data = filled_in(editors_desk.get(page(Producer, "add")))
    data |= {"name": "Rosa", "slug": "rosa", "_submit": "1"}

    response = editors_desk.post(page(Producer, "add"), data)

    draft = Producer.objects.get()
    assert response.url == change_page(draft)
    assert draft.submitted_at is not None


def test_what_waits_is_told_to_those_who_publish(desk):
    new, old = (
        make_draft(name=name, submitted_at=f"2026-11-0{day}T00:00Z")
        for day, name in ((2, "Nueva"), (1, "Antigua"))
    )
    make_draft(name="Otra")

    front = desk.get("/admin/")
    listed = desk.get(page(Producer, "changelist"), {"waiting": "1"})

    assert 'href="/admin/producers/producer/?waiting=1">2 drafts to be' in front.text
    assert {*listed.context["cl"].result_list} == {new, old}
    assert listed.text.count("mark--waiting") == 2


def test_what_waits_is_not_told_to_others(editors_desk):
    make_draft(submitted_at="2026-11-01T00:00Z")

    assert "?waiting=1" not in editors_desk.get("/admin/").text


@pytest.mark.parametrize(
    ("button", "status", "sentence"),
    [
        ({"status": "published"}, "published", "Published: everybody sees the page"),
        ({"_return": "1"}, "draft", "Returned: it is no longer among those"),
        ({"status": "archived"}, "archived", "Archived: its address says so"),
    ],
    ids=str,
)
def test_whoever_publishes_decides(desk, button, status, sentence):
    draft = make_ready(submitted_at="2026-11-01T00:00Z")

    response = press(desk, draft, **button)

    assert response.redirect_chain == [(change_page(draft), 302)]
    assert (draft.status, draft.submitted_at) == (status, None)
    assert [one.startswith(sentence) for one in said(response)] == [True]


def test_what_is_public_becomes_a_draft_again(desk):
    producer = make_producer(slug="rosa")

    press(desk, producer, status="draft")

    assert producer.status == "draft"
    desk.logout()
    assert desk.get("/productores/rosa/").status_code == 404


def test_djangos_save_leaves_the_status_and_leads_to_the_list(desk):
    for producer in (make_draft(submitted_at="2026-11-01T00:00Z"), make_producer()):
        before = (producer.status, producer.submitted_at)

        for button in ({"_save": "1"}, {"_save": "1", "status": ""}):
            response = press(desk, producer, **button)
            assert response.redirect_chain == [(page(producer, "changelist"), 302)]

        assert (producer.status, str(producer.submitted_at)[:10]) == (
            before[0],
            str(before[1])[:10],
        )


def test_an_editor_does_not_return_or_publish(editors_desk):
    draft = make_ready(submitted_at="2026-11-01T00:00Z")

    press(editors_desk, draft, _return="1", status="published")

    assert (draft.status, draft.submitted_at is None) == ("draft", False)


@pytest.mark.parametrize("user", ["desk", "editors_desk"])
def test_the_buttons_are_those_that_somebody_may_press(request, user):
    window = request.getfixturevalue(user)
    names = ["_submit", "_return", 'status" value="published', "_preview"]
    draft = make_draft(submitted_at="2026-11-01T00:00Z")

    pages = [window.get(change_page(one)).text for one in (draft, make_draft())]

    shown = [[f'name="{name}"' in html for name in names] for html in pages]
    assert (
        shown
        == {
            "desk": [[False, True, True, True], [False, False, True, True]],
            "editors_desk": [[False, False, False, True], [True, False, False, True]],
        }[user]
    )


def test_what_is_seen_as_the_public_is_saved_first(editors_desk):
    draft = make_draft(slug="rosa")

    response = press(editors_desk, draft, story="Since 1990.", _preview="1")

    assert response.redirect_chain == [("/productores/rosa/", 302)]
    assert "Since 1990." in response.text


def test_a_producer_added_from_another_page_closes_its_window(desk):
    data = filled_in(desk.get(page(Producer, "add"), {"_popup": "1"}))
    data |= {"name": "Rosa", "slug": "rosa", "_popup": "1"}
    data |= {"region": sent(make_region().pk), "status": "draft"}

    response = desk.post(page(Producer, "add"), data)

    assert response.status_code == 200
    assert "popup_response" in response.text
