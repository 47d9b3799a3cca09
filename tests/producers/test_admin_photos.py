"""The photos on a producer's and a product's page: described, ordered, cropped."""

import pytest
from django.contrib.messages import get_messages
from django.utils.html import strip_tags

from producers.admin.photos import TEXT_NEEDED
from producers.models import Producer, ProducerPhoto
from tests.desk import (
    change_page,
    filled_in,
    make_clerk,
    open_desk,
    page,
    row_errors,
)
from tests.factories import (
    make_consent,
    make_photo,
    make_producer,
    make_product_photo,
)


@pytest.fixture
def desk(db, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


def filled(desk, row):
    """Return the address of a row's page, and what its form would send as it is."""
    return change_page(row), filled_in(desk.get(change_page(row)))


def test_who_may_only_look_sees_the_photos_and_why_they_are_hidden(client, desk):
    photo = make_photo(alt_text="", producer=make_producer(status="draft"))
    client.force_login(
        make_clerk(
            *("change_producer", "publish_producer"),
            *("view_consent", "view_producerphoto"),
        )
    )
    address, data = filled(desk, photo.producer)

    text = desk.get(address).text
    response = desk.post(address, data | {"status": "published"})

    assert "Not public yet: say what can be seen." in text
    assert 'name="photos-0-alt_text"' not in text
    assert row_errors(response, "photos") == [{"alt_text": [str(TEXT_NEEDED)]}]
    assert str(TEXT_NEEDED) in response.text


@pytest.mark.parametrize("alt_text", ["", "   "])
def test_to_be_public_every_photo_says_what_can_be_seen(desk, alt_text):
    photo = make_photo(alt_text="", producer=make_producer(status="draft"))
    address, data = filled(desk, photo.producer)
    data |= {"status": "published", "photos-0-alt_text": alt_text}

    response = desk.post(address, data)

    assert row_errors(response, "photos") == [{"alt_text": [str(TEXT_NEEDED)]}]
    assert Producer.objects.get().status == "draft"


@pytest.mark.parametrize(
    ("status", "alt_text"), [("published", "Rosa"), ("draft", ""), ("archived", "")]
)
def test_a_photo_may_wait_for_its_text_until_then(desk, status, alt_text):
    draft = make_producer(status="draft", is_example=True)
    photo = make_photo(alt_text="", producer=draft)
    address, data = filled(desk, photo.producer)

    desk.post(address, data | {"status": status, "photos-0-alt_text": alt_text})

    assert Producer.objects.get().status == status


def test_too_long_a_text_has_one_fault(desk):
    address, data = filled(desk, make_photo().producer)

    response = desk.post(address, data | {"photos-0-alt_text": "x" * 201})

    assert [len(faults["alt_text"]) for faults in row_errors(response, "photos")] == [1]


def test_a_photo_without_text_may_go_from_a_published_producer(desk):
    address, data = filled(desk, make_photo(alt_text="").producer)

    response = desk.post(address, data | {"photos-0-DELETE": "on"})

    assert response.status_code == 302
    assert ProducerPhoto.objects.count() == 0


def test_a_listed_products_photos_say_what_can_be_seen(desk):
    photo = make_product_photo(alt_text="")
    address, data = filled(desk, photo.product)

    refused = desk.post(address, data)
    del data["is_listed"]
    kept = desk.post(address, data)

    assert row_errors(refused, "photos") == [{"alt_text": [str(TEXT_NEEDED)]}]
    assert kept.status_code == 302


def test_publishing_many_leaves_those_whose_photos_say_nothing(desk):
    ready, silent, bare = (
        make_producer(status="draft", is_example=True),
        make_producer(status="draft", is_example=True, name="Silent"),
        make_producer(status="draft", is_example=True, name="Bare", region=None),
    )
    for producer in (ready, silent, silent, bare):
        make_photo(producer=producer, alt_text="" if producer != ready else "Rosa")
    chosen = [ready.pk, silent.pk, bare.pk]

    response = desk.post(
        page(Producer, "changelist"), {"action": "publish", "_selected_action": chosen}
    )

    rows = Producer.objects.in_bulk(chosen)
    assert [rows[pk].status for pk in chosen] == ["published", "draft", "draft"]
    told = [strip_tags(one.message) for one in get_messages(response.wsgi_request)]
    assert told == [
        "1 producer published. Undo",
        "Silent stays as it is. Missing: the text of each photo.",
        "Bare stays as it is. Missing: the region, the text of each photo.",
    ]


def test_photos_keep_the_order_that_they_are_given(desk):
    producer = make_producer()
    rows = [make_photo(producer=producer, alt_text=name) for name in "ABC"]
    address, data = filled(desk, producer)
    places = {"photos-0-position": "3", "photos-1-position": "1"}

    desk.post(address, data | places | {"photos-2-position": "2"})

    assert list(producer.photos.all()) == [rows[1], rows[2], rows[0]]


def test_a_photo_keeps_its_point_and_whom_it_shows(desk):
    address, data = filled(desk, make_photo(shows_people=True).producer)
    del data["photos-0-shows_people"]

    desk.post(address, data | {"photos-0-focus_x": "30", "photos-0-focus_y": "0"})

    photo = ProducerPhoto.objects.get()
    assert (photo.focus_x, photo.focus_y, photo.shows_people) == (30, 0, False)


@pytest.mark.parametrize("value", ["101", "-1", "x"])
def test_a_point_outside_of_the_photo_is_refused_at_its_field(desk, value):
    address, data = filled(desk, make_photo().producer)

    response = desk.post(address, data | {"photos-0-focus_x": value})

    assert [list(faults) for faults in row_errors(response, "photos")] == [["focus_x"]]
    assert '<details class="photo-row__more" open>' in response.text


def test_a_point_left_empty_is_the_middle(desk):
    address, data = filled(desk, make_photo(focus_x=10).producer)

    desk.post(address, data | {"photos-0-focus_x": ""})

    assert ProducerPhoto.objects.get().focus_x == 50


def test_a_portrait_says_that_consent_is_missing(desk):
    photo = make_photo(shows_people=True)
    sentence = "Not public: there is no consent to photos of people."

    before = desk.get(change_page(photo.producer)).text
    make_consent(producer=photo.producer, covers=["portrait"])
    after = desk.get(change_page(photo.producer)).text

    assert (sentence in before, sentence in after) == (True, False)


def test_missing_files_break_no_page(client, desk, django_capture_on_commit_callbacks):
    photo = make_photo()
    address, data = filled(desk, photo.producer)

    saved = desk.post(address, data | {"photos-0-alt_text": "Rosa at home"})
    shown = client.get(photo.producer.get_absolute_url())
    address, data = filled(desk, photo.producer)
    with django_capture_on_commit_callbacks(execute=True):
        gone = desk.post(address, data | {"photos-0-DELETE": "on"})

    assert [saved.status_code, shown.status_code, gone.status_code] == [302, 200, 302]
    assert 'alt="Rosa at home"' in shown.text
    assert ProducerPhoto.objects.count() == 0


def test_a_photo_that_went_meanwhile_is_said_above_the_page(desk):
    photo = make_photo()
    address, data = filled(desk, photo.producer)
    photo.delete()

    response = desk.post(address, data)

    line = ("A row of this page", "Removed", "")
    assert [tuple(one) for one in response.context["conflict"]] == [line]


@pytest.mark.parametrize("count", [1, 30])
def test_a_page_costs_the_same_for_any_number_of_photos(
    desk, django_assert_num_queries, count
):
    producer = make_producer()
    for _ in range(count):
        make_photo(producer=producer)

    # session, user, producer, its offerings, photos, contacts, consents and seals
    with django_assert_num_queries(9):
        desk.get(change_page(producer))
