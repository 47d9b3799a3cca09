"""Two people save at the same moment, and the database has the last word."""

import time
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from producers.models import Producer
from tests.desk import change_page, filled_in, form_errors, open_desk
from tests.factories import make_producer

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_takes_an_address_a_moment_too_late_gets_a_sentence(
    reference_data, client, settings, tmp_path
):
    desk = open_desk(client, settings, tmp_path)
    first, second = make_producer(slug="uno"), make_producer(slug="dos")
    data = filled_in(desk.get(change_page(second))) | {"slug": "tres"}
    is_taken = Event()

    def take():
        with transaction.atomic():
            Producer.objects.filter(pk=first.pk).update(slug="tres")
            is_taken.set()
            _wait_for_somebody_to_wait()
        connection.close()

    thread = Thread(target=take)
    thread.start()
    is_taken.wait()
    response = desk.post(change_page(second), data)
    thread.join()

    assert form_errors(response) == {
        "slug": ["Producer with this Address already exists."],
        "__all__": [
            "Somebody else saved something meanwhile that excludes this. Save again."
        ],
    }


def _wait_for_somebody_to_wait():
    with connection.cursor() as cursor:
        for _try in range(500):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.01)
