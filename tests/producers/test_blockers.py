"""What publishing takes is asked for where it is missing, and nothing is lost."""

import pytest
from django.contrib.auth.models import Permission

from producers.completeness import Blocker, blockers, with_parts
from producers.models import Producer
from tests.desk import (
    add_row,
    change_page,
    filled_in,
    form_errors,
    make_clerk,
    make_member,
    open_desk,
)
from tests.factories import make_consent, make_photo, make_producer

from .drafts import make_draft, make_ready, press

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
CONSENT = "To publish, note who agreed that the profile be public, and when."


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


def consent_errors(response):
    formsets = [one.formset for one in response.context["inline_admin_formsets"]]
    (formset,) = (one for one in formsets if one.prefix == "consents")
    return [*formset.non_form_errors()]


@pytest.mark.parametrize(
    ("fields", "parts"),
    [
        ({}, ["consent"]),
        ({"name": "", "region": None}, ["name", "region", "consent"]),
        ({"is_example": True}, []),
        ({"is_example": True, "region": None}, ["region"]),
    ],
    ids=str,
)
def test_what_keeps_a_producer_from_the_public(db, fields, parts):
    make_draft(**fields)

    found = blockers(with_parts(Producer.objects.all()).get())

    assert [blocker.part for blocker in found] == parts


@pytest.mark.parametrize(("text", "parts"), [("", ["texts"]), ("Rosa", [])])
def test_a_photo_without_its_text_keeps_a_producer_from_the_public(db, text, parts):
    make_photo(producer=make_draft(is_example=True), alt_text=text)

    found = blockers(with_parts(Producer.objects.all()).get())

    assert [blocker.part for blocker in found] == parts


def test_a_blocker_says_what_to_do(db):
    make_ready(region=None)

    (blocker,) = blockers(with_parts(Producer.objects.all()).get())

    sentence = "Para publicar, pon una región."
    assert blocker == Blocker("region", "la región", sentence)


def test_what_blocks_is_said_at_its_place_and_nothing_is_lost(desk):
    draft = make_draft(name="", region=None)
    data = filled_in(desk.get(change_page(draft)))
    data |= {"story": "Since 1990."}

    response = desk.post(change_page(draft), data | {"status": "published"})

    assert form_errors(response) == {
        "name": ["To publish, give a name."],
        "region": ["To publish, give a region."],
    }
    assert consent_errors(response) == [CONSENT]
    assert filled_in(response) == data
    assert response.context["status"] == "draft"
    draft.refresh_from_db()
    assert (draft.status, draft.story) == ("draft", "")


def test_a_name_that_is_wrong_is_not_called_missing_too(desk):
    draft = make_ready()
    data = filled_in(desk.get(change_page(draft))) | {"name": "R" * 61}

    response = desk.post(change_page(draft), data | {"status": "published"})

    assert [len(errors) for errors in form_errors(response).values()] == [1]
    assert [*form_errors(response)] == ["name"]


def test_a_consent_on_the_page_itself_is_enough(desk):
    draft = make_draft()
    data = filled_in(desk.get(change_page(draft)))
    given = {"given_by": "Rosa", "given_date": "2026-11-01", "covers": ["profile"]}
    add_row(data, "consents", **given)

    desk.post(change_page(draft), data | {"status": "published"})

    draft.refresh_from_db()
    assert draft.status == "published"


@pytest.mark.parametrize(
    "change",
    [
        {"consents-0-withdrawn_date": "2026-12-01"},
        {"consents-0-covers": ["portrait"]},
        {"consents-0-DELETE": "on"},
    ],
    ids=str,
)
def test_without_consent_nobody_becomes_public(desk, change):
    draft = make_ready()
    data = filled_in(desk.get(change_page(draft))) | change

    refused = desk.post(change_page(draft), data | {"status": "published"})

    assert consent_errors(refused) == [CONSENT]
    draft.refresh_from_db()
    assert draft.status == "draft"


@pytest.mark.parametrize(
    ("status", "becomes"), [("published", "draft"), ("archived", "archived")]
)
def test_without_consent_nobody_stays_public(desk, status, becomes):
    producer = make_ready(status="published")
    data = filled_in(desk.get(change_page(producer))) | {"consents-0-DELETE": "on"}

    response = desk.post(change_page(producer), data | {"status": status})

    assert response.status_code == 302
    producer.refresh_from_db()
    assert producer.status == becomes


def test_one_who_is_no_example_any_more_needs_consent(desk):
    example = make_producer(is_example=True)
    data = filled_in(desk.get(change_page(example)))
    del data["is_example"]

    response = desk.post(change_page(example), data)

    assert consent_errors(response) == [CONSENT]


def test_the_page_lists_what_is_there_and_leads_to_what_is_missing(desk):
    draft = make_ready(region=None, story="Since 1990.", altitude_m=2900)

    response = desk.get(change_page(draft))

    rows = [*response.context["needed"], *response.context["advised"]]
    assert [(is_there, anchor) for _label, is_there, anchor in rows] == [
        (True, "id_name"),
        (False, "id_region"),
        (True, "consents-group"),
        (False, "photos-group"),
        (True, "id_story"),
        (False, "id_province"),
        (True, "id_altitude_m"),
        (False, "offerings-group"),
        (False, "id_practices"),
    ]
    for _label, is_there, anchor in rows:
        assert (f'href="#{anchor}"' in response.text) is not is_there
        assert f'id="{anchor}"' in response.text


def test_an_example_is_not_asked_for_consent(desk):
    response = desk.get(change_page(make_draft(is_example=True)))

    labels = [label for label, _there, _anchor in response.context["needed"]]
    assert labels == ["the name", "the region"]


def test_what_cannot_be_changed_is_not_asked_for(editors_desk):
    response = editors_desk.get(change_page(make_producer()))

    assert response.status_code == 200
    assert 'class="checks"' not in response.text


def test_whoever_publishes_must_see_the_consents(desk):
    draft = make_draft()
    clerk = make_clerk("view_producer", "change_producer", "publish_producer")
    desk.force_login(clerk)

    press(desk, draft, status="published")
    assert draft.status == "draft"

    clerk.user_permissions.add(Permission.objects.get(codename="view_consent"))
    refused = press(desk, draft, status="published")
    assert consent_errors(refused) == [CONSENT]
    make_consent(producer=draft)
    press(desk, draft, status="published")
    assert draft.status == "published"
