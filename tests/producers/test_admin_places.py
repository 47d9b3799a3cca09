"""Where somebody stands on the desk after saving, and what a page is called."""

import re

import pytest

from producers.models import Producer
from tests.desk import change_page, filled_in, open_desk, page
from tests.factories import make_producer


@pytest.fixture
def desk(db, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


def test_a_new_producer_opens_where_it_says_what_is_missing(desk):
    data = filled_in(desk.get(page(Producer, "add")))
    data |= {"name": "Rosa Quispe", "slug": "rosa-quispe", "_save": "1"}

    response = desk.post(page(Producer, "add"), data)

    assert response.url == change_page(Producer.objects.get())


def test_a_known_producer_is_saved_back_to_the_list(desk):
    producer = make_producer()
    data = filled_in(desk.get(change_page(producer))) | {"_save": "1"}

    response = desk.post(change_page(producer), data)

    assert response.url == page(Producer, "changelist")


def test_a_form_has_an_address_so_that_no_fragment_is_sent_along(desk):
    address = f"{change_page(make_producer())}?_changelist_filters=q%3Drosa"

    text = desk.get(address).text

    form = re.search(r'<form[^>]*id="producer_form"[^>]*>', text)[0]
    assert f'action="{address}"' in form


def test_a_list_is_called_by_what_is_in_it(desk):
    make_producer()

    assert "<h1>Producers</h1>" in desk.get(page(Producer, "changelist")).text
