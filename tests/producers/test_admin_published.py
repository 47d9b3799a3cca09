import datetime as dt

import pytest
import time_machine

from producers.models import Producer
from tests.desk import change_page, filled_in, open_desk, page, sent
from tests.factories import LIMA, make_producer, make_region

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=LIMA)


@pytest.fixture
def desk(db, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


def test_the_first_time_that_a_producer_is_public_is_kept(desk):
    producer = make_producer(status="draft", is_example=True)
    address = change_page(producer)
    public_since = []
    for status in ("published", "archived", "published"):
        data = filled_in(desk.get(address)) | {"status": status}
        moment = NOON + dt.timedelta(days=len(public_since))
        with time_machine.travel(moment, tick=False):
            desk.post(address, data)
        producer.refresh_from_db()
        assert producer.status == status
        public_since.append(producer.published_at)

    assert public_since == [NOON] * 3


def test_a_producer_may_be_public_from_the_beginning(desk):
    data = filled_in(desk.get(page(Producer, "add")))
    data |= {"name": "Rosa", "slug": "rosa", "region": sent(make_region().pk)}
    data |= {"is_example": "on"}

    with time_machine.travel(NOON, tick=False):
        desk.post(page(Producer, "add"), data | {"status": "published"})

    assert Producer.objects.get().published_at == NOON


def test_one_public_before_it_was_kept_is_no_news_when_edited(desk):
    producer = make_producer(name="Rosa")
    data = filled_in(desk.get(change_page(producer))) | {"name": "Rosa Quispe"}

    desk.post(change_page(producer), data)

    producer.refresh_from_db()
    assert (producer.name, producer.published_at) == ("Rosa Quispe", None)


def test_publishing_many_keeps_when_each_was_first_public(desk):
    long_ago = NOON - dt.timedelta(days=365)
    again = make_producer(status="archived", is_example=True, published_at=long_ago)
    new = make_producer(status="draft", is_example=True)
    public = make_producer()
    chosen = [again.pk, new.pk, public.pk]

    data = {"action": "publish", "_selected_action": chosen}
    with time_machine.travel(NOON, tick=False):
        desk.post(page(Producer, "changelist"), data)

    rows = Producer.objects.in_bulk(chosen)
    assert [rows[pk].published_at for pk in chosen] == [long_ago, NOON, None]


def test_archiving_many_publishes_nobody(desk):
    draft = make_producer(status="draft")

    data = {"action": "archive", "_selected_action": [draft.pk]}
    desk.post(page(Producer, "changelist"), data)

    draft.refresh_from_db()
    assert (draft.status, draft.published_at) == ("archived", None)
