"""What an action did to many rows is taken back by who may, where nobody came since."""

import datetime as dt

import pytest
import time_machine
from django.contrib.admin import site

from agroferias.roles import ADMINISTRATION, COORDINATION, EDITING
from producers import history, undo
from producers.models import Consent, Offering, Producer
from tests.bulk import act, said, stored, undo_address
from tests.desk import make_member, open_desk, page
from tests.factories import (
    make_consent,
    make_offering,
    make_producer,
    make_product,
    make_region,
    make_variety,
)

# Each press of a button is a transaction of its own.
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("november"),
]
STATUS = ["status", "submitted_at", "published_at"]
SUMMER = [3, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 3]
LONG_AGO = dt.datetime(2026, 1, 4, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _regions(reference_data):
    pass


@pytest.fixture
def desk(client, settings, tmp_path):
    """The pages as somebody in Coordinación has them."""
    open_desk(client, settings, tmp_path)
    client.force_login(make_member(COORDINATION))
    return client


def make_ready(**fields):
    return make_producer(**{"status": "draft", "is_example": True} | fields)


def test_what_was_published_waits_again_as_before(desk):
    waiting = make_ready(submitted_at=LONG_AGO)
    again = make_ready(status="archived", published_at=LONG_AGO)
    rows = [waiting, again]
    before = stored(*rows, fields=STATUS)
    address = undo_address(act(desk, "publish", *rows))
    assert [one.status for one in Producer.objects.all()] == ["published"] * 2

    response = desk.post(address, follow=True)

    assert said(response) == ["2 are as before."]
    assert response.redirect_chain == [(page(Producer, "changelist"), 302)]
    assert stored(*rows, fields=STATUS) == before
    assert list(Producer.objects.submitted()) == [waiting]


def test_what_was_archived_is_public_or_waits_again(desk):
    rows = [make_ready(status="published"), make_ready(submitted_at=LONG_AGO)]
    before = stored(*rows, fields=STATUS)

    desk.post(undo_address(act(desk, "archive", *rows)))

    assert stored(*rows, fields=STATUS) == before


def test_a_region_goes_back_and_the_page_says_of_whom(desk):
    rosa = make_producer(name="Rosa", region=make_region("Cusco"))
    julian = make_producer(name="Julián", region=None, status="draft")
    data = {"_apply": "1", "region": make_region("Puno").pk}
    address = undo_address(act(desk, "set_region", rosa, julian, **data))

    shown = desk.get(address).context
    desk.post(address)

    assert (shown["names"], shown["left"]) == (["Julián", "Rosa"], [])
    regions = stored(rosa, julian, fields=["region"])
    assert regions == [(make_region("Cusco"),), (None,)]


def test_a_row_changed_since_stays_and_is_named(desk):
    rosa, julian = make_ready(name="Rosa"), make_ready(name="Julián")
    address = undo_address(act(desk, "publish", rosa, julian))
    julian.refresh_from_db()
    julian.story = "Siembra."
    julian.save()

    shown = desk.get(address).context
    response = desk.post(address, follow=True)
    again = desk.post(address, follow=True)

    assert (shown["names"], shown["left"]) == (["Rosa (example)"], ["Julián (example)"])
    assert said(response) == [
        "1 is as before.",
        "These stay as they are now: Julián (example).",
    ]
    assert said(again)[0] == "0 are as before."
    statuses = stored(rosa, julian, fields=["status"])
    assert statuses == [("draft",), ("published",)]


def test_a_row_deleted_since_is_named_and_stays_away(desk):
    rosa = make_ready(name="Rosa")
    address = undo_address(act(desk, "publish", rosa))
    rosa.delete()

    response = desk.post(address, follow=True)

    assert said(response) == [
        "0 are as before.",
        "These stay as they are now: Rosa.",
    ]
    assert not Producer.objects.exists()


def test_nobody_is_public_again_without_consent(desk):
    rosa = make_producer(name="Rosa")
    consent = make_consent(producer=rosa)
    address = undo_address(act(desk, "archive", rosa))
    Consent.objects.filter(pk=consent.pk).update(withdrawn_date=dt.date(2026, 11, 30))

    response = desk.post(address, follow=True)

    assert said(response)[1] == "These stay as they are now: Rosa."
    assert stored(rosa, fields=["status"]) == [("archived",)]


def test_editors_take_nothing_public_back(desk):
    draft, public = make_ready(), make_ready(status="published")
    published = undo_address(act(desk, "publish", draft))
    archived = undo_address(act(desk, "archive", public))
    desk.force_login(make_member(EDITING))

    answers = [desk.post(one, follow=True) for one in (published, archived)]

    assert [said(one)[0] for one in answers] == ["0 are as before."] * 2
    statuses = stored(draft, public, fields=["status"])
    assert statuses == [("published",), ("archived",)]


def test_editors_take_no_status_back_even_of_a_draft(desk):
    rosa = make_ready(status="archived")
    rosa.status = "draft"
    history.update_all([rosa], ["status"], reason="Returned")
    address = undo_of(rosa)
    desk.force_login(make_member(EDITING))

    desk.post(address)

    assert stored(rosa, fields=["status"]) == [("draft",)]


def undo_of(*rows):
    link = site.get_model_admin(type(rows[0])).undo_link(rows)
    return link.split('"')[1]


def test_editors_take_back_what_they_did_to_drafts(desk):
    desk.force_login(make_member(EDITING))
    offering = make_offering(
        producer=make_ready(), product=make_product(reference_season=SUMMER)
    )
    response = act(desk, "set_usual_season", offering)

    desk.post(undo_address(response))

    assert stored(offering, fields=["season"]) == [([2] * 12,)]


def test_editors_take_no_season_back_of_what_became_public(desk):
    offering = make_offering(
        producer=make_ready(), product=make_product(reference_season=SUMMER)
    )
    address = undo_address(act(desk, "set_usual_season", offering))
    Producer.objects.update(status="published")
    desk.force_login(make_member(EDITING))

    desk.post(address)

    assert stored(offering, fields=["season"]) == [(SUMMER,)]


def test_others_find_no_undo(desk):
    address = undo_address(act(desk, "publish", make_ready()))
    desk.force_login(make_member(ADMINISTRATION))

    answers = [desk.get(address), desk.post(address)]

    assert [one.status_code for one in answers] == [403, 403]


def test_an_undo_is_for_its_own_list_and_for_a_day(desk):
    with time_machine.travel(LONG_AGO):
        old = undo_address(act(desk, "publish", make_ready()))
    # Whoever was logged in then is not any more.
    desk.force_login(make_member(COORDINATION))
    new = undo_address(act(desk, "publish", make_ready()))
    elsewhere = new.replace("/producer/", "/offering/")

    found = [desk.post(one).status_code for one in (old, elsewhere, new[:-2] + "/")]

    assert found == [404, 404, 404]
    assert {one.status for one in Producer.objects.all()} == {"published"}


def test_a_save_that_gave_no_reason_is_no_action(desk):
    rosa = make_producer(name="Rosa")
    rosa.name = "Otra"
    rosa.save()

    assert desk.post(undo_of(rosa)).status_code == 404


def test_a_changed_variety_goes_back_too():
    offering = make_offering()
    hass = make_variety(product=offering.product)
    offering.varieties.set([hass])
    offering.varieties.clear()
    last = offering.history.latest()

    done = undo.undo(versions=[last])

    assert (done, [*offering.varieties.all()]) == ((1, []), [hass])


def test_a_row_that_clashes_stays_and_the_others_go_back():
    rosa, julian = make_ready(slug="rosa"), make_ready(slug="julian", name="Julián")
    rosa.slug, julian.slug = "rosa-q", "julian-q"
    history.update_all([rosa, julian], ["slug"], reason="Addresses")
    make_producer(slug="julian")
    last = rosa.history.latest()

    versions = undo.versions_of(last.transaction, last.history_date, of=[Producer])
    done = undo.undo(versions=versions)

    assert (done.count, history.names(done.refused)) == (1, ["Julián"])
    assert stored(rosa, julian, fields=["slug"]) == [("rosa",), ("julian-q",)]


def test_what_was_before_the_history_is_left(desk):
    rosa = make_ready(name="Rosa")
    Producer.history.all().delete()
    address = undo_address(act(desk, "publish", rosa))

    assert desk.get(address).context["left"] == ["Rosa (example)"]


def test_a_row_that_came_back_in_an_action_goes_again():
    rosa = make_ready(name="Rosa")
    rosa.delete()
    version = Producer.history.latest()
    undo.undo(versions=[version])

    done = undo.undo(versions=[Producer.history.latest()])

    assert (done, Producer.objects.count()) == ((1, []), 0)


def test_query_count_of_the_undo_is_constant(desk, django_assert_num_queries):
    palta = make_product(reference_season=SUMMER)
    addresses = [
        undo_address(
            act(desk, "set_usual_season", *(make_offering(product=palta) for _ in rows))
        )
        for rows in (range(1), range(30))
    ]
    desk.get(addresses[0])

    for address in addresses:
        # session, user, permissions twice, versions, newest, before, added, rows
        with django_assert_num_queries(9):
            desk.get(address)
    assert Offering.objects.count() == 31
