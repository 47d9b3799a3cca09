"""Somebody deletes a row while another one edits it; what was typed is not lost."""

import re

import pytest
from django.test import Client

from producers.models import Offering, Producer
from tests.desk import (
    change_page,
    filled_in,
    form_errors,
    make_clerk,
    make_member,
    open_desk,
    page,
)
from tests.factories import (
    make_notice,
    make_offering,
    make_photo,
    make_producer,
    make_product,
    make_staff,
)

REPLACED = (
    "Somebody deleted this meanwhile, and something else took its place. What you "
    "typed is still here: saving it makes a new one."
)
GONE = "Somebody deleted this meanwhile: nothing of yours is stored yet."

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(reference_data, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


@pytest.fixture
def rosa(reference_data):
    rosa = make_producer(name="Rosa", slug="rosa")
    make_offering(producer=rosa, product=make_product(name="Palta"), note="Madura")
    make_photo(producer=rosa, alt_text="Rosa en su chacra")
    return rosa


def delete(row):
    """Delete a row in the admin, as another one of the staff; return the account."""
    maria = make_staff(username="maria")
    theirs = Client()
    theirs.force_login(maria)
    assert theirs.post(page(row, "delete", row.pk), {"post": "yes"}).status_code == 302
    return maria


def test_a_save_of_a_deleted_producer_keeps_what_was_typed(desk, rosa):
    data = filled_in(desk.get(change_page(rosa)))
    delete(rosa)
    data |= {"name": "Rosa Mamani", "offerings-0-note": "Tipo Hass"}

    response = desk.post(change_page(rosa), data)

    assert form_errors(response) == {"__all__": [GONE]}
    assert re.search(r'id="gone-heading">maria deleted this at \d', response.text)
    shown = filled_in(response)
    assert (shown["name"], shown["offerings-0-note"]) == ("Rosa Mamani", "Tipo Hass")
    assert not Producer.objects.exists()


def test_saving_again_brings_it_back_with_what_was_typed(desk, rosa):
    data = filled_in(desk.get(change_page(rosa)))
    delete(rosa)
    data |= {"name": "Rosa Mamani", "offerings-0-note": "Tipo Hass"}
    refused = desk.post(change_page(rosa), data)

    again = filled_in(refused) | {"_bring_back": "1"}
    response = desk.post(change_page(rosa), again)

    assert 'name="_bring_back" value="1"' in refused.text
    assert response.status_code == 302
    back = Producer.objects.get(pk=rosa.pk)
    assert (back.name, back.status) == ("Rosa Mamani", "draft")
    assert [one.note for one in back.offerings.all()] == ["Tipo Hass"]
    assert [one.alt_text for one in back.photos.all()] == ["Rosa en su chacra"]


def test_what_changed_before_it_was_deleted_is_compared(desk, rosa):
    data = filled_in(desk.get(change_page(rosa)))
    rosa.people = "Ella"
    rosa.save()
    delete(rosa)

    response = desk.post(change_page(rosa), data | {"name": "Rosa Mamani"})

    assert [tuple(one) for one in response.context["conflict"]] == [
        ("Status", "Draft", ""),
        ("People", "Ella", ""),
    ]
    desk.post(change_page(rosa), filled_in(response) | {"_bring_back": "1"})
    back = Producer.objects.get(pk=rosa.pk)
    assert (back.name, back.people) == ("Rosa Mamani", "Ella")


def test_who_may_not_bring_it_back_keeps_the_text_and_is_told_whom_to_ask(desk):
    notice = make_notice()
    desk.force_login(make_clerk("view_notice", "change_notice"))
    data = filled_in(desk.get(change_page(notice)))
    delete(notice)

    response = desk.post(change_page(notice), data | {"_bring_back": "1"})

    assert form_errors(response) == {"__all__": [GONE]}
    assert "Ask somebody who may bring it back" in response.text
    assert "_bring_back" not in response.text


def test_who_may_not_change_it_learns_nothing_of_it(desk, rosa):
    address = change_page(rosa)
    delete(rosa)
    desk.force_login(make_member("Administración"))

    assert desk.post(address, {}).status_code == 403


def test_what_was_erased_or_never_there_cannot_come_back(desk, rosa):
    address = change_page(rosa)
    rosa.delete()
    Producer.history.all().delete()

    assert desk.post(address, {"_bring_back": "1"}).status_code == 302
    assert desk.post(page(Producer, "change", "x")).status_code == 302
    assert not Producer.objects.exists()


def test_what_lost_its_place_is_the_page_of_a_new_one(desk, rosa):
    data = filled_in(desk.get(change_page(rosa)))
    delete(rosa)
    make_producer(slug="rosa")
    data |= {"name": "Rosa Mamani", "offerings-0-note": "Tipo Hass"}
    data |= {"photos-TOTAL_FORMS": "0", "photos-INITIAL_FORMS": "0"}

    refused = desk.post(change_page(rosa), data)
    again = desk.post(change_page(rosa), data | {"_bring_back": "1"})

    for response in (refused, again):
        errors = form_errors(response)
        assert errors["slug"] == ["Producer with this Address already exists."]
        assert errors["__all__"] == [REPLACED]
        assert f'action="{page(Producer, "add")}"' in response.text
    typed = filled_in(refused) | {"slug": "rosa-mamani"}
    assert desk.post(page(Producer, "add"), typed).status_code == 302
    new = Producer.objects.get(slug="rosa-mamani")
    assert [one.note for one in new.offerings.all()] == ["Tipo Hass"]


def test_an_offering_that_was_added_anew_meanwhile_keeps_both_texts(desk, rosa):
    offering = rosa.offerings.get()
    data = filled_in(desk.get(change_page(offering)))
    delete(offering)
    make_offering(producer=rosa, product=offering.product)

    response = desk.post(change_page(offering), data | {"note": "Tipo Hass"})

    assert form_errors(response)["__all__"] == [REPLACED]
    assert filled_in(response)["note"] == "Tipo Hass"


def test_who_may_add_nothing_is_sent_to_the_list(desk, rosa):
    offering = rosa.offerings.get()
    publish = ["publish_producer", "view_consent"]
    desk.force_login(make_clerk("view_offering", "change_offering", *publish))
    data = filled_in(desk.get(change_page(offering)))
    delete(offering)
    make_offering(producer=rosa, product=offering.product)

    response = desk.post(change_page(offering), data, follow=True)

    (said,) = response.context["messages"]
    assert str(said).startswith("Somebody deleted this meanwhile, and something else")
    assert response.redirect_chain == [(page(Offering, "changelist"), 302)]


def test_what_became_public_meanwhile_is_not_brought_back_by_an_editor(desk, rosa):
    Producer.objects.update(status="draft")
    offering = rosa.offerings.get()
    desk.force_login(make_member("Edición"))
    data = filled_in(desk.get(change_page(offering)))
    delete(offering)
    Producer.objects.update(status="published")

    response = desk.post(change_page(offering), data | {"_bring_back": "1"})

    assert response.status_code == 403
    assert not Offering.objects.exists()
