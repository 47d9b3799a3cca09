"""An import that waits for somebody who changes what it is about."""

import datetime as dt
from threading import Thread

import pytest
from django.db import connection, transaction

from producers.models import Producer
from producers.sheets.producer import ProducerSheet
from producers.sheets.reading import read
from tests.factories import make_consent, make_producer, make_staff
from tests.locks import wait_for_somebody_to_wait
from tests.spreadsheets import csv, ended, faults

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@pytest.mark.django_db(transaction=True)
def test_consent_withdrawn_while_the_import_waited_is_missed(reference_data):
    draft = make_producer(slug="luz", status="draft")
    content = csv(["dirección", "estado"], ["luz", "publicado"])
    consent, outcomes = make_consent(producer=draft, covers=["profile"]), []
    sheet = ProducerSheet(user=make_staff(), moment=NOW)

    def check():
        with transaction.atomic():
            outcomes.append(ended(sheet.check(read(content), writing=True)))
        connection.close()

    thread = Thread(target=check)
    with transaction.atomic():
        Producer.objects.select_for_update().get(pk=draft.pk)
        consent.delete()
        thread.start()
        wait_for_somebody_to_wait()
    thread.join()

    assert [one[1] for one in faults(outcomes[0])] == ["estado"]
