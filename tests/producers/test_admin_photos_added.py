"""Several photos at once on a producer's or a product's page."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages

from producers import photos
from producers.admin.photos import CHOOSE_AGAIN
from producers.models import Producer, ProducerPhoto
from tests.desk import (
    add_row,
    change_page,
    filled_in,
    form_errors,
    make_clerk,
    open_desk,
    page,
)
from tests.factories import (
    make_photo,
    make_producer,
    make_product,
    make_product_photo,
)
from tests.producers.pictures import iso_file, make_upload, stored, upload


@pytest.fixture
def desk(db, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


def filled(desk, row):
    """Return the address of a row's page, and what its form would send as it is."""
    return change_page(row), filled_in(desk.get(change_page(row)))


def colours(*names):
    return [make_upload(corner=name) for name in names]


def faults_of(response):
    (rows,) = (
        one.formset
        for one in response.context["inline_admin_formsets"]
        if one.formset.prefix == "photos"
    )
    return rows.non_form_errors()


@pytest.mark.parametrize("make", [make_producer, make_product])
def test_several_photos_are_added_at_once_behind_the_others(desk, tmp_path, make):
    row = make()
    make_one = make_photo if make is make_producer else make_product_photo
    first = make_one(**{row._meta.model_name: row}, position=7)
    address, data = filled(desk, row)

    response = desk.post(address, data | {"photos-added": colours("red", "blue")})

    assert response.url == f"{address}#photos-group"
    added = list(row.photos.exclude(pk=first.pk))
    assert [(one.position, one.alt_text) for one in added] == [(8, ""), (9, "")]
    assert len({one.image.name for one in added}) == 2
    assert len(stored(tmp_path)) == 10
    assert [str(message) for message in get_messages(response.wsgi_request)][-1] == (
        "2 photos added. Say what can be seen in each: they are public only then."
    )
    shown = desk.get(address).text
    assert shown.count("Not public yet: say what can be seen.") == 2
    changes = LogEntry.objects.get().get_change_message()
    assert changes.count("photo without its text") == 2


def test_a_new_producer_takes_its_photos_along(desk):
    data = filled_in(desk.get(page(Producer, "add")))
    data |= {"name": "Rosa", "slug": "rosa", "photos-added": colours("red")}

    response = desk.post(page(Producer, "add"), data)

    producer = Producer.objects.get()
    assert response.url == f"{change_page(producer)}#photos-group"
    assert producer.photos.get().width == 1200


def test_who_may_only_add_is_not_sent_to_a_page_that_is_closed_to_them(client, desk):
    codes = ["add_producer", "view_producer", "add_producerphoto"]
    client.force_login(make_clerk(*codes))
    data = filled_in(desk.get(page(Producer, "add")))
    data |= {"name": "Rosa", "slug": "rosa"}

    response = desk.post(page(Producer, "add"), data | {"photos-added": colours("red")})

    assert response.url == page(Producer, "changelist")
    assert ProducerPhoto.objects.count() == 1


def test_a_popup_answers_as_popups_do(desk):
    data = filled_in(desk.get(page(Producer, "add")))
    data |= {"name": "Rosa", "slug": "rosa", "_popup": "1"}

    response = desk.post(page(Producer, "add"), data | {"photos-added": colours("red")})

    assert response.status_code == 200
    assert response.templates[0].name == "admin/popup_response.html"
    assert ProducerPhoto.objects.count() == 1


def test_one_bad_file_keeps_all_of_them_out(desk, tmp_path):
    address, data = filled(desk, make_producer())
    heic, text = upload(iso_file("heic"), "IMG_1.HEIC"), upload(b"x", "a.txt")

    response = desk.post(address, data | {"photos-added": [make_upload(), heic, text]})

    assert faults_of(response) == [
        f"IMG_1.HEIC: {photos.HEIF_FORMAT}",
        f"a.txt: {photos.WRONG_FORMAT}",
    ]
    assert str(CHOOSE_AGAIN) in response.text
    assert (ProducerPhoto.objects.count(), stored(tmp_path)) == (0, [])


def test_photos_of_rows_count_among_those_that_go_at_once(desk, tmp_path):
    address, data = filled(desk, make_producer())
    for _ in range(5):
        add_row(data, "photos", image=make_upload((800, 600)), position="0")
    small = [make_upload((800, 600)) for _ in range(16)]

    response = desk.post(address, data | {"photos-added": small})

    assert faults_of(response) == [photos.TOO_MANY.format(count=21)]
    assert (ProducerPhoto.objects.count(), stored(tmp_path)) == (0, [])


def test_photos_of_rows_weigh_among_those_that_go_at_once(desk, monkeypatch):
    monkeypatch.setattr(photos, "MAX_TOTAL_BYTES", 50_000)
    address, data = filled(desk, make_producer())
    for _ in range(2):
        add_row(data, "photos", image=make_upload(), position="0")

    response = desk.post(address, data | {"photos-added": [make_upload()]})

    assert faults_of(response) == [str(photos.TOO_MUCH)]
    assert ProducerPhoto.objects.count() == 0


def test_a_fault_elsewhere_asks_for_the_photos_again(desk, tmp_path):
    address, data = filled(desk, make_producer())
    data |= {"altitude_m": "9000", "story": "Sowing.", "photos-added": colours("red")}

    response = desk.post(address, data)

    assert list(form_errors(response)) == ["altitude_m"]
    assert str(CHOOSE_AGAIN) in response.text
    assert "Sowing." in response.text
    assert stored(tmp_path) == []


def test_photos_of_who_may_not_add_any_are_left_alone(client, desk, tmp_path):
    producer = make_producer()
    codes = ["change_producer", "change_producerphoto", "view_region"]
    codes += ["publish_producer", "view_consent"]
    client.force_login(make_clerk(*codes))
    address, data = filled(desk, producer)

    response = desk.post(address, data | {"photos-added": colours("red")})

    assert "photos-added" not in desk.get(address).text
    assert response.status_code == 302
    assert (ProducerPhoto.objects.count(), stored(tmp_path)) == (0, [])


def test_photos_are_added_behind_the_last_place_that_there_can_be(desk):
    photo = make_photo(position=32767)
    address, data = filled(desk, photo.producer)

    desk.post(address, data | {"photos-added": colours("red")})

    assert photo.producer.photos.first() == photo
    assert [one.position for one in photo.producer.photos.all()] == [32767, 32767]


def test_a_row_sent_with_its_file_is_added_as_before(desk):
    address, data = filled(desk, make_producer())
    add_row(data, "photos", image=make_upload(), alt_text="Rosa", position="0")

    response = desk.post(address, data)

    photo = ProducerPhoto.objects.get()
    assert response.url == page(Producer, "changelist")
    assert (photo.alt_text, photo.focus_x, photo.shows_people) == ("Rosa", 50, False)
