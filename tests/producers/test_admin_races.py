"""Two people save at the same moment, and the database has the last word."""

from contextlib import contextmanager
from functools import partial
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from producers import actions
from producers.models import Offering, Producer
from tests.desk import (
    change_page,
    filled_in,
    form_errors,
    make_member,
    open_desk,
    page,
)
from tests.factories import make_notice, make_offering, make_producer
from tests.locks import wait_for_somebody_to_wait

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_takes_an_address_a_moment_too_late_gets_a_sentence(
    reference_data, client, settings, tmp_path
):
    desk = open_desk(client, settings, tmp_path)
    first, second = make_producer(slug="uno"), make_producer(slug="dos")
    data = filled_in(desk.get(change_page(second))) | {"slug": "tres"}
    take = Producer.objects.filter(pk=first.pk).update

    with meanwhile(partial(take, slug="tres")):
        response = desk.post(change_page(second), data)

    assert form_errors(response) == {
        "slug": ["Producer with this Address already exists."],
        "__all__": [
            "Somebody else saved something meanwhile that excludes this. Save again."
        ],
    }


@pytest.mark.parametrize("make", [make_producer, make_notice], ids=str)
def test_who_saves_while_the_row_is_being_deleted_keeps_what_was_typed(
    reference_data, client, settings, tmp_path, make
):
    desk = open_desk(client, settings, tmp_path)
    row = make()
    data = filled_in(desk.get(change_page(row)))

    with meanwhile(type(row).objects.get(pk=row.pk).delete):
        response = desk.post(change_page(row), data)

    assert form_errors(response) == {
        "__all__": ["Somebody deleted this meanwhile: nothing of yours is stored yet."]
    }


def test_who_goes_back_waits_for_who_saves(reference_data, client, settings, tmp_path):
    desk = open_desk(client, settings, tmp_path)
    rosa = make_producer(name="Rosa", status="draft")
    then = rosa.history.latest().history_date.isoformat()
    desk.force_login(make_member("Edición"))

    with meanwhile(partial(Producer.objects.update, status="published", name="Otra")):
        answer = desk.post(page(rosa, "restore", rosa.pk), {"moment": then})

    rosa.refresh_from_db()
    assert (answer.status_code, rosa.name) == (403, "Otra")


def test_the_season_of_offerings_waits_for_their_producers_first(reference_data):
    offering = make_offering()
    offerings = Offering.objects.filter(pk=offering.pk)

    def lock(model):
        list(model.objects.select_for_update())

    with meanwhile(partial(lock, Producer), partial(lock, Offering)):
        done = actions.set_usual_season(offerings=offerings, may=bool)

    assert done.same_count == 1


@contextmanager
def meanwhile(write, write_more=bool):
    """Let somebody else write first, who goes on when one waits for them."""
    is_written = Event()

    def work():
        with transaction.atomic():
            write()
            is_written.set()
            wait_for_somebody_to_wait()
            write_more()
        connection.close()

    thread = Thread(target=work)
    thread.start()
    is_written.wait()
    yield
    thread.join()
