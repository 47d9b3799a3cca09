"""Nothing personal is public without a consent, nor once it is withdrawn."""

import pytest
from django.core.files.storage import default_storage

from producers import photos
from producers.models import Producer, ProducerPhoto, ProductPhoto
from tests.desk import change_page, filled_in, make_clerk, make_member, open_desk
from tests.factories import (
    SUNDAY,
    make_consent,
    make_contact,
    make_producer,
    make_product,
)
from tests.producers.pictures import make_upload

pytestmark = pytest.mark.django_db
NUMBER = "912 345 678"


@pytest.fixture
def desk(client, settings, tmp_path):
    """The pages as somebody in Coordinación has them."""
    open_desk(client, settings, tmp_path)
    client.force_login(make_member("Coordinación"))
    return client


@pytest.fixture
def rosa(settings, tmp_path):
    """Return a public producer who agreed to portrait, telephone and place, too."""
    settings.MEDIA_ROOT = tmp_path
    rosa = make_producer(slug="rosa", latitude="-13.5", longitude="-72.0")
    make_consent(
        producer=rosa,
        given_date="2026-01-01",
        covers=["profile", "portrait", "contact", "coordinates"],
    )
    make_contact(producer=rosa, value=NUMBER)
    photo = ProducerPhoto(producer=rosa, alt_text="Rosa", shows_people=True)
    photos.store(photo, make_upload())
    photo.save()
    return rosa


def withdraw(desk, producer, *scopes):
    """Take scopes out of the consent in the admin; all of them withdraw it."""
    data = filled_in(desk.get(change_page(producer)))
    left = [one for one in data["consents-0-covers"] if one not in scopes]
    data |= (
        {"consents-0-covers": left}
        if left
        else {"consents-0-withdrawn_date": "2026-11-01"}
    )
    return desk.post(change_page(producer), data, follow=True)


@pytest.mark.parametrize(
    ("covers", "withdrawn", "is_example", "is_listed"),
    [
        (["contact"], None, False, True),
        (["profile"], None, False, False),
        (["contact"], SUNDAY, False, False),
        (["profile"], None, True, True),
    ],
    ids=["given", "to something else", "withdrawn", "example"],
)
def test_a_channel_is_public_with_consent_to_it(
    covers, withdrawn, is_example, is_listed
):
    rosa = make_producer(is_example=is_example)
    make_consent(producer=rosa, covers=covers, withdrawn_date=withdrawn)
    contact = make_contact(producer=rosa)

    assert [*rosa.contacts.listed()] == ([contact] if is_listed else [])


def files_of(producer):
    return photos.names(producer.photos.get())


def status_of(client, name):
    """Return how the address of a file answers."""
    response = client.get(f"/media/{name}")
    read(response)
    return response.status_code


def read(response):
    """Return the content of a response; a file is closed at its end."""
    return b"".join(response) if response.streaming else response.content


def test_a_withdrawn_portrait_is_gone_from_page_and_files(desk, client, rosa):
    client.logout()
    before = {status_of(client, name) for name in files_of(rosa)}
    assert 'alt="Rosa"' in client.get(rosa.get_absolute_url()).text
    client.force_login(make_member("Coordinación"))

    response = withdraw(desk, rosa, "portrait")

    assert "Hidden from everybody now: 1 photo." in response.text
    client.logout()
    assert before == {200}
    assert {status_of(client, name) for name in files_of(rosa)} == {404}
    assert 'alt="Rosa"' not in client.get(rosa.get_absolute_url()).text


def test_all_that_is_withdrawn_is_named(desk, client, rosa):
    response = withdraw(desk, rosa, "portrait", "contact", "coordinates")

    assert (
        "Hidden from everybody now: 1 photo, 1 channel, the exact place."
        in response.text
    )
    client.logout()
    assert NUMBER not in client.get(rosa.get_absolute_url()).text


def test_what_is_still_agreed_to_is_not_named(desk, rosa):
    response = withdraw(desk, rosa, "contact")

    assert "Hidden from everybody now: 1 channel." in response.text


def test_without_consent_to_the_profile_the_page_is_a_draft_again(desk, client, rosa):
    response = withdraw(desk, rosa, "profile", "portrait", "contact", "coordinates")

    rosa.refresh_from_db()
    assert rosa.status == "draft"
    assert "the whole page, which is a draft again, 1 photo" in response.text
    client.logout()
    assert client.get(rosa.get_absolute_url()).status_code == 404
    assert {status_of(client, name) for name in files_of(rosa)} == {404}


def test_a_change_of_something_else_hides_nothing(desk, rosa):
    data = filled_in(desk.get(change_page(rosa)))

    response = desk.post(
        change_page(rosa), data | {"contacts-0-is_public": ""}, follow=True
    )

    assert "Hidden from everybody" not in response.text


def test_a_public_photo_is_asked_for_again_each_time(client, rosa):
    name = files_of(rosa)[0]

    response = client.get(f"/media/{name}")

    assert response["Cache-Control"] == "no-cache"
    with default_storage.open(name) as file:
        assert read(response) == file.read()
    again = client.get(
        f"/media/{name}", headers={"If-Modified-Since": response["Last-Modified"]}
    )
    assert again.status_code == 304


def test_a_photo_that_is_not_public_is_for_staff(desk, client, rosa):
    Producer.objects.update(status="draft")
    address = f"/media/{files_of(rosa)[0]}"

    response = desk.get(address)
    read(response)

    assert (response.status_code, response["Cache-Control"]) == (
        200,
        "private, no-store",
    )
    client.force_login(make_clerk("view_product"))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(("is_listed", "status"), [(True, 200), (False, 404)])
def test_a_products_photo_is_public_with_its_product(
    client, settings, tmp_path, is_listed, status
):
    settings.MEDIA_ROOT = tmp_path
    photo = ProductPhoto(product=make_product(is_listed=is_listed), alt_text="Palta")
    photos.store(photo, make_upload())
    photo.save()

    assert status_of(client, photo.image.name) == status


@pytest.mark.parametrize(
    "name", ["none.jpg", "..", "x" * 300, "%00", "a%2Fb.jpg", "-480.webp"]
)
def test_a_file_that_is_none_is_not_found(client, db, name):
    assert client.get(f"/media/photos/{name}").status_code == 404
