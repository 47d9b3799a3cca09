"""Going back to an earlier version touches the page's own rows, and what one may."""

import datetime as dt

import pytest

from producers import changes, history, restore
from producers.changes import Part
from producers.models import Offering, Producer
from tests.desk import make_clerk, make_member, open_desk, page
from tests.factories import (
    make_consent,
    make_contact,
    make_offering,
    make_photo,
    make_producer,
    make_product,
)

pytestmark = pytest.mark.django_db(transaction=True)
PARTS = [Part(Producer, "id"), Part(Offering, "producer_id")]


@pytest.fixture(autouse=True)
def _regions(reference_data):
    pass


@pytest.fixture
def desk(client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


def latest(row):
    return row.history.latest().history_date


def go_back(desk, row, moment):
    data = {"moment": moment.isoformat()}
    response = desk.post(page(row, "restore", row.pk), data, follow=True)
    row.refresh_from_db()
    return response


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_what_stands_in_the_place_of_an_old_row_goes_first():
    old = make_offering(note="Vieja")
    rosa, then = old.producer, latest(old)
    Offering.objects.get(pk=old.pk).delete()
    make_offering(producer=rosa, product=old.product, note="Nueva")

    done = restore.restore(parts=PARTS, key=rosa.pk, moment=then)

    assert [one.note for one in rosa.offerings.all()] == ["Vieja"]
    assert done == (3, [])


def test_rows_that_took_each_others_place_go_back():
    rosa = make_producer()
    palta, papa, uva = (make_product(name=name) for name in ("Palta", "Papa", "Uva"))
    first = make_offering(producer=rosa, product=palta)
    second = make_offering(producer=rosa, product=papa)
    then = latest(second)
    for row, product in ((second, uva), (first, papa)):
        row.product = product
        row.save()

    done = restore.restore(parts=PARTS, key=rosa.pk, moment=then)

    assert done == (3, [])
    assert [one.product for one in rosa.offerings.order_by("pk")] == [palta, papa]


def test_a_row_that_belongs_to_another_page_now_stays_there():
    moved = make_offering(note="Antes")
    rosa, julian = moved.producer, make_producer()
    then = latest(moved)
    moved.producer, moved.note = julian, "Ahora"
    moved.save()

    done = restore.restore(parts=PARTS, key=rosa.pk, moment=then)

    moved.refresh_from_db()
    assert (moved.producer, moved.note) == (julian, "Ahora")
    assert (done.count, done.refused) == (1, [moved.history.earliest()])


def test_a_row_that_came_from_another_page_stays_here():
    rosa, moved = make_producer(), make_offering()
    other = make_offering(producer=rosa)
    then = latest(other)
    moved.producer = rosa
    moved.save()

    restore.restore(parts=PARTS, key=rosa.pk, moment=then)

    assert {*rosa.offerings.all()} == {moved, other}


def test_what_points_to_a_row_that_is_gone_is_refused():
    rosa = make_producer(region=None, status="draft", name="Rosa")
    offering = make_offering(producer=rosa)
    then = latest(offering)
    offering.delete()
    offering.product.delete()

    done = restore.restore(parts=PARTS, key=rosa.pk, moment=then)

    assert history.names(done.refused) == [f"{offering.product} · Rosa"]
    assert done.count == 1


def test_going_back_opens_nothing_of_a_person(desk):
    rosa = make_producer(name="Rosa", is_example=True)
    contact = make_contact(producer=rosa, value="999 111 222", is_public=True)
    removed = make_contact(producer=rosa, value="999 333 444", is_public=True)
    photo = make_photo(producer=rosa, shows_people=False)
    then = latest(photo)
    rosa.is_example, rosa.name = False, "Otra"
    contact.is_public, photo.shows_people = False, True
    for row in (rosa, contact, photo):
        row.save()
    removed.delete()

    go_back(desk, rosa, then)

    photo.refresh_from_db()
    assert (rosa.name, rosa.is_example, photo.shows_people) == ("Rosa", False, True)
    assert [one.is_public for one in rosa.contacts.all()] == [False, False]


def test_an_offering_does_not_go_back_to_a_public_producer(desk):
    public, draft = make_producer(), make_producer(status="draft")
    offering = make_offering(producer=public)
    then = latest(offering)
    offering.producer = draft
    offering.save()
    desk.force_login(make_member("Edición"))

    response = go_back(desk, offering, then)

    assert offering.producer == draft
    assert said(response) == [
        "What is public is changed by those who may publish: ask Coordinación."
    ]
    desk.force_login(make_member("Coordinación"))
    go_back(desk, offering, then)
    assert offering.producer == public


def test_only_what_one_may_see_is_shown(desk):
    contact = make_contact(value="999 111 222")
    rosa = contact.producer
    make_consent(producer=rosa, given_by="Rosa Quispe")
    hidden = ["999 111 222", "Rosa Quispe"]

    for permissions, shown in (
        (["view_producer"], [False, False]),
        (["view_producer", "change_producercontact"], [True, False]),
        (["view_producer", "view_consent"], [False, True]),
    ):
        desk.force_login(make_clerk(*permissions))
        html = desk.get(page(rosa, "history", rosa.pk)).text
        assert [one in html for one in hidden] == shown


def test_only_what_one_may_change_goes_back(desk):
    rosa = make_producer(name="Rosa")
    contact = make_contact(producer=rosa, value="999 111 222")
    then = latest(contact)
    rosa.name, contact.value = "Otra", "999 333 444"
    rosa.save()
    contact.save()
    publish = ["publish_producer", "view_consent"]
    change = ["view_producer", "change_producer", "view_producercontact"]
    desk.force_login(make_clerk(*change, *publish))

    go_back(desk, rosa, then)

    contact.refresh_from_db()
    assert (rosa.name, contact.value) == ("Rosa", "999 333 444")


def test_what_did_not_happen_is_not_said(desk):
    rosa = make_producer(slug="rosa", name="Rosa")
    then = latest(rosa)
    rosa.slug = "otra"
    rosa.save()
    make_producer(slug="rosa")

    response = go_back(desk, rosa, then)

    assert said(response) == [
        "These stay as they are, because of what was changed elsewhere since: Rosa"
    ]
    log = desk.get("/admin/").context["user"].logentry_set
    assert log.count() == 0


def test_nobody_goes_back_to_when_they_were_deleted(desk):
    rosa = make_producer(name="Rosa")
    Producer.objects.get(pk=rosa.pk).delete()
    gone = Producer.history.latest()
    desk.post(page(Producer, "deleted"), {"version": gone.pk})

    response = go_back(desk, rosa, gone.history_date)

    assert response.status_code == 404
    html = desk.get(page(rosa, "history", rosa.pk)).text
    assert html.count('name="moment"') == 1


def test_a_number_that_was_used_again_later_is_another_save():
    rosa = make_producer(name="Rosa")
    for name in ("Dos", "Tres"):
        rosa.name = name
        rosa.save()
    first, _second, third = Producer.history.order_by("history_id")
    long_ago = third.history_date - dt.timedelta(days=9)
    Producer.history.filter(pk=first.pk).update(history_date=long_ago)
    Producer.history.update(transaction=third.transaction)

    saves = changes.saves([Part(Producer, "id")], rosa.pk, lambda model, keys: {})

    assert [save.moment for save in saves] == [third.history_date, long_ago]
