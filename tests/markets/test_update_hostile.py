"""What somebody who has a link, or only its address, sends that no page asks for."""

import logging

import pytest
from django.conf import settings as current
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils.module_loading import import_string

from markets import proposals
from markets.models import Proposal
from markets.proposals import Answer, LinkClosedError, TooManyAnswersError, send
from producers import photos
from tests.factories import (
    make_market_day,
    make_offering,
    make_producer,
    make_proposal,
    make_update_link,
)
from tests.markets.updates import (
    answer,
    errors,
    filled_in,
    photo,
    private_files,
    waiting,
)
from tests.producers.pictures import upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
NOTHING = Answer(None, None, "", {}, None, "Hola")


@pytest.fixture
def rosa():
    return make_update_link(producer=make_producer(name="Rosa"))


def test_nothing_at_all_is_no_answer(client, rosa):
    response = client.post(rosa.get_absolute_url(), {})

    assert response.status_code == 200
    assert errors(response)["__all__"] == [
        "Cuéntanos algo: si vienes, qué tienes o un mensaje."
    ]
    assert Proposal.objects.count() == 0


def test_a_reason_without_a_no_is_asked_about(client, rosa):
    make_market_day()

    response = answer(client, rosa, reason="Lluvia")

    assert errors(response) == {"comes": ["Di si vienes: sí o no."]}
    assert filled_in(response)["reason"] == "Lluvia"


def test_levels_of_somebody_elses_offerings_are_not_heard(client, rosa):
    theirs = make_offering()
    own = make_offering(producer=rosa.producer)

    answer(client, rosa, **{f"level_{theirs.pk}": "0", f"level_{own.pk}": "3"})

    rows = waiting().levels.values_list("offering", "level")
    assert list(rows) == [(own.pk, 3)]


@pytest.mark.parametrize("level", ["4", "-1", "mucho", "1.0", "١", "9" * 400])
def test_a_level_that_is_none_is_refused_at_its_field(client, rosa, level):
    own = make_offering(producer=rosa.producer)

    response = answer(client, rosa, message="Hola", **{f"level_{own.pk}": level})

    assert list(errors(response)) == [f"level_{own.pk}"]
    assert Proposal.objects.count() == 0


def test_what_was_not_said_of_an_offering_is_left_out(client, rosa):
    make_offering(producer=rosa.producer)

    client.post(rosa.get_absolute_url(), {"message": "Hola"})

    assert waiting().levels.count() == 0


@pytest.mark.parametrize(
    ("name", "length"), [("reason", 161), ("message", 1001), ("message", 100_000)]
)
def test_too_long_a_text_is_refused_and_kept(client, rosa, name, length):
    make_market_day()

    response = answer(client, rosa, comes="no", **{name: "x" * length})

    assert list(errors(response)) == [name]
    assert filled_in(response)[name] == "x" * length


def test_more_text_than_django_reads_is_no_failure(client, rosa):
    response = client.post(rosa.get_absolute_url(), {"message": "x" * 3_000_000})

    assert response.status_code == 400


def test_control_characters_are_left_out(client, rosa):
    answer(client, rosa, message="Ho\x00la\x07\r\nqué tal\ufffe")

    assert waiting().message == "Hola\nqué tal".replace("\n", "\r\n")


def test_markup_is_read_as_text(client, rosa):
    response = answer(client, rosa, message="<script>alert(1)</script>")

    assert "<script>" not in client.get(response.url).text
    assert "&lt;script&gt;" in client.get(response.url).text


@pytest.mark.parametrize("why", ["Otra cosa", "<b>", "0"])
def test_a_ready_reason_that_is_none_is_refused(client, rosa, why):
    make_market_day()

    assert list(errors(answer(client, rosa, comes="no", why=why))) == ["why"]


@pytest.mark.parametrize("comes", ["maybe", "True", "1"])
def test_another_answer_than_yes_and_no_is_refused(client, rosa, comes):
    make_market_day()

    assert list(errors(answer(client, rosa, comes=comes))) == ["comes"]


@pytest.mark.parametrize("day", ["", "0", "-1", "x", "9" * 400, "None"])
def test_an_answer_about_no_day_is_asked_anew(client, rosa, day):
    make_market_day()

    assert list(errors(answer(client, rosa, comes="yes", day=day))) == ["comes"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"no picture", photos.WRONG_FORMAT),
        (b"\xff\xd8\xff and no more", photos.DAMAGED),
        (b"<svg onload='alert(1)'/>", photos.WRONG_FORMAT),
    ],
)
def test_what_is_no_photo_is_refused_and_the_rest_kept(
    client, rosa, settings, content, sentence
):
    response = answer(client, rosa, message="Hola", photo=upload(content))

    assert errors(response) == {"photo": [sentence]}
    assert filled_in(response)["message"] == "Hola"
    assert private_files(settings) == []


def test_an_empty_file_is_refused_at_its_field(client, rosa):
    response = answer(client, rosa, message="Hola", photo=upload(b""))

    assert list(errors(response)) == ["photo"]


def test_text_where_a_photo_should_be_is_not_heard(client, rosa):
    answer(client, rosa, message="Hola", photo="../../etc/passwd")

    assert waiting().photo.name == ""


def test_a_photo_beside_another_fault_is_asked_for_again(client, rosa, settings):
    response = answer(client, rosa, message="x" * 1001, photo=photo())

    assert errors(response)["photo"] == [
        "Elige la foto otra vez: el teléfono no la guarda."
    ]
    assert private_files(settings) == []


def test_too_heavy_a_photo_is_read_past_and_the_rest_kept(client, rosa, monkeypatch):
    monkeypatch.setattr(photos, "MAX_BYTES", 100_000)
    heavy = SimpleUploadedFile("rosa.jpg", bytes(300_000))

    response = answer(client, rosa, photo=heavy, message="Hola")

    assert errors(response) == {"photo": [photos.TOO_HEAVY]}
    assert filled_in(response)["message"] == "Hola"


def test_a_file_of_any_other_name_does_no_harm(client, rosa):
    other = SimpleUploadedFile("x.exe", b"MZ")

    answer(client, rosa, message="Hola", **{"photo[]": other})

    assert waiting().photo.name == ""


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_other_methods_are_refused(client, rosa, method):
    response = getattr(client, method)(rosa.get_absolute_url())

    assert response.status_code == 405
    assert response.headers["Cache-Control"] == "private, no-store"


def test_a_body_that_is_no_form_says_nothing(client, rosa):
    response = client.post(
        rosa.get_absolute_url(), b"\xff{", content_type="application/json"
    )

    assert response.status_code == 200
    assert list(errors(response)) == ["__all__"]


def test_a_broken_form_is_no_failure(client, rosa):
    response = client.post(
        rosa.get_absolute_url(), b"--", content_type="multipart/form-data"
    )

    assert response.status_code == 400


def test_the_limit_holds_for_two_at_once(rosa, november, monkeypatch):
    monkeypatch.setattr(proposals, "ANSWERS_A_DAY", 1)
    send(link=rosa, answer=NOTHING, moment=november)

    with pytest.raises(TooManyAnswersError):
        send(link=rosa, answer=NOTHING, moment=november)


def test_a_link_revoked_while_the_answer_came_takes_none(rosa, november):
    rosa.producer.update_links.update(revoked_at=november)

    with pytest.raises(LinkClosedError):
        send(link=rosa, answer=NOTHING, moment=november)

    assert Proposal.objects.count() == 0


@pytest.mark.parametrize(
    ("error", "code"), [(TooManyAnswersError, 429), (LinkClosedError, 410)]
)
def test_what_happens_between_reading_and_writing_is_told(
    client, rosa, november, error, code
):
    """The row changes after the view has looked at it, as another request may."""

    def meanwhile(execute, sql, params, many, context):
        if "FOR UPDATE" in sql and not changed:
            changed.append(True)
            if error is LinkClosedError:
                rosa.producer.update_links.update(revoked_at=november)
            else:
                for _ in range(proposals.ANSWERS_A_DAY):
                    make_proposal(producer=rosa.producer, status="replaced")
        return execute(sql, params, many, context)

    changed = []
    with connection.execute_wrapper(meanwhile):
        response = client.post(rosa.get_absolute_url(), {"message": "Hola"})

    assert response.status_code == code
    assert Proposal.objects.waiting().count() == 0


def test_no_token_stands_in_a_log(client, rosa, caplog, capsys):
    (name,) = {one["()"] for one in current.LOGGING["filters"].values()}
    caplog.handler.addFilter(import_string(name)())

    client.put(rosa.get_absolute_url())
    logging.getLogger("django.request").warning("Elsewhere: %s", "/ferias/")

    assert caplog.messages == [
        "Method Not Allowed (PUT): /mi-feria/…/",
        "Elsewhere: /ferias/",
    ]
    assert rosa.token not in caplog.text + capsys.readouterr().err
    assert current.LOGGING["handlers"]["console"]["filters"] == ["without_tokens"]
