"""Photos of producers' answers that are hard to keep, or that nobody will need."""

import pytest
from django.db import IntegrityError
from PIL import Image

from markets import update_views
from markets.models import Proposal
from markets.proposals import Answer, send
from markets.update_form import FILE_AGAIN
from producers import photos
from producers.models import ProducerPhoto
from tests.desk import open_desk
from tests.factories import (
    make_consent,
    make_offering,
    make_producer,
    make_update_link,
)
from tests.markets.proposals import accept, told
from tests.markets.updates import answer, errors, photo, private_files, waiting
from tests.producers.pictures import as_bytes, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
# Less than noise of this size weighs as a JPEG of our own, more than as a PNG.
LIMIT, SIZE = 450_000, (800, 800)


@pytest.fixture
def desk(client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


@pytest.fixture
def rosa():
    return make_update_link(producer=make_producer(name="Rosa"))


@pytest.fixture
def folder(settings):
    return settings.PRIVATE_ROOT / "proposals"


def test_a_photo_that_grows_when_it_is_encoded_is_accepted(
    desk, rosa, folder, settings, monkeypatch
):
    make_consent(producer=rosa.producer, covers=["portrait"])
    monkeypatch.setattr(photos, "MAX_BYTES", LIMIT)
    noise = as_bytes(Image.effect_noise(SIZE, 100).convert("1"), "PNG")
    answer(desk, rosa, photo=upload(noise))
    (name,) = private_files(settings)
    assert (folder / name).stat().st_size < LIMIT

    response = accept(desk, waiting(), alt_text="Rosa")

    assert told(response) == ["Accepted: Rosa."]
    assert ProducerPhoto.objects.count() == 1


def test_a_photo_is_not_even_opened_beside_another_fault(desk, rosa):
    response = answer(desk, rosa, message="x" * 1001, photo=upload(b"no photo"))

    assert errors(response)["photo"] == [FILE_AGAIN]


def test_what_is_refused_over_and_over_is_not_looked_at(desk, rosa, monkeypatch):
    monkeypatch.setattr(update_views, "TRIES_A_DAY", 2)

    answers = [answer(desk, rosa, photo=upload(b"no photo")) for _ in range(3)]

    assert [one.status_code for one in answers] == [200, 200, 429]
    assert "If something does not work" in answers[2].text


def test_a_photo_that_is_none_any_more_is_told(desk, rosa, folder, settings):
    answer(desk, rosa, photo=photo())
    (name,) = private_files(settings)
    (folder / name).write_bytes(b"")

    response = accept(desk, waiting(), alt_text="Rosa")

    assert told(response) == ["Accepted: Rosa.", photos.WRONG_FORMAT]
    assert ProducerPhoto.objects.count() == 0


def test_no_file_stays_of_an_answer_that_was_not_stored(rosa, november, settings):
    palta = make_offering(producer=rosa.producer)
    said = Answer(None, None, "", {palta: 4}, b"photo", "")

    with pytest.raises(IntegrityError, match="markets_proposallevel_range"):
        send(link=rosa, answer=said, moment=november)

    assert private_files(settings) == []


def test_a_photo_can_be_left_out_again(
    client, rosa, settings, django_capture_on_commit_callbacks
):
    answer(client, rosa, photo=photo(), message="Hola")

    with django_capture_on_commit_callbacks(execute=True):
        answer(client, rosa, without_photo="on")

    assert private_files(settings) == []
    assert waiting().photo.name == ""


def test_to_leave_out_all_that_was_sent_takes_it_back(client, rosa, settings):
    answer(client, rosa, photo=photo())

    response = answer(client, rosa, without_photo="on")

    assert response.status_code == 302
    statuses = Proposal.objects.values_list("status", "photo")
    assert list(statuses) == [("replaced", "")]
    assert client.get(response.url).url == rosa.get_absolute_url()
