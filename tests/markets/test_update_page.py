"""What a producer sees behind the link, sends from it, and gets back."""

import datetime as dt

import pytest
from django.test import Client
from PIL import Image

from markets.models import MarketDay, Proposal
from markets.proposals import ANSWERS_A_DAY
from tests.factories import (
    make_market_day,
    make_offering,
    make_producer,
    make_product,
    make_proposal,
    make_update_link,
)
from tests.markets.reading import words
from tests.markets.updates import (
    answer,
    filled_in,
    photo,
    private_files,
    waiting,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
NOVEMBER = 10


@pytest.fixture
def rosa():
    """Rosa's link; she sells palta, little of it in November."""
    producer = make_producer(name="Rosa", slug="rosa")
    season = [2] * 12
    season[NOVEMBER] = 1
    product = make_product(name="Palta", drawing="mango")
    make_offering(producer=producer, product=product, season=season)
    return make_update_link(producer=producer)


@pytest.fixture
def palta(rosa):
    return rosa.producer.offerings.get()


def said(response):
    return words(response.text, "<main", "</main>").partition(">")[2].strip()


def test_the_page_asks_about_the_next_market_day_and_what_there_is(client, rosa, palta):
    day = make_market_day(status="confirmed")

    response = client.get(rosa.get_absolute_url())

    assert filled_in(response) == {
        "day": str(day.pk),
        "month": "11",
        f"level_{palta.pk}": "1",
        f"initial-level_{palta.pk}": "1",
    }
    text = said(response).replace("\xa0", " ")
    assert text.startswith("Hola, Rosa ¿Vienes este domingo? Domingo 29 de noviembre")
    assert "8 a. m. a 2 p. m." in text
    assert "Av. Brasil, cuadra 40" in text
    assert "img/products/mango.svg" in response.text


def test_everything_is_sent_and_waits(client, rosa, palta, settings):
    day = make_market_day()

    response = answer(
        client,
        rosa,
        comes="no",
        reason="Huaico",
        message="Vuelvo pronto",
        photo=photo(),
        **{f"level_{palta.pk}": "3"},
    )

    proposal = waiting()
    assert response.url == f"{rosa.get_absolute_url()}gracias/"
    assert (proposal.producer, proposal.link) == (rosa.producer, rosa)
    assert (proposal.market_day, proposal.comes) == (day, False)
    assert (proposal.reason, proposal.message) == ("Huaico", "Vuelvo pronto")
    rows = proposal.levels.values_list("offering", "product_name", "level")
    assert list(rows) == [(palta.pk, "Palta", 3)]
    assert len(private_files(settings)) == 1
    assert said(client.get(response.url)).startswith(
        "Gracias, Rosa Ya nos llegó. Lo miramos antes de publicarlo. Esto enviaste No "
        "vienes el domingo 29 de noviembre. Huaico. Palta: En su punto Una foto. "
        "«Vuelvo pronto»"
    )


def test_a_photo_waits_without_its_place_and_name(client, rosa, settings):
    answer(client, rosa, photo=photo())

    (name,) = private_files(settings)
    path = settings.PRIVATE_ROOT / "proposals" / name
    with Image.open(path) as image:
        assert (image.format, image.size) == ("JPEG", (1200, 900))
        assert dict(image.getexif()) == {}
    assert "rosa" not in name
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    with pytest.raises(ValueError, match="not accessible via a URL"):
        waiting().photo.url  # noqa: B018 - that it raises is the test


def test_yes_needs_no_reason_and_drops_one(client, rosa):
    make_market_day()

    response = answer(client, rosa, comes="yes", reason="Lluvia")

    assert (waiting().comes, waiting().reason) == (True, "")
    assert "Vienes el domingo 29 de noviembre." in said(client.get(response.url))


def test_own_words_go_before_a_ready_reason(client, rosa):
    make_market_day()
    ready = {"comes": "no", "why": "Salud o familia"}

    answer(client, rosa, **ready)
    first = waiting().reason
    answer(client, rosa, **ready, reason="Nació mi nieta")

    assert (first, waiting().reason) == ("Salud o familia", "Nació mi nieta")


def test_the_page_shows_what_was_answered_last(client, rosa, palta):
    day = make_market_day()
    answer(client, rosa, comes="no", why="Salud o familia", message="¡Hola!")

    response = client.get(rosa.get_absolute_url())

    assert filled_in(response) == {
        "day": str(day.pk),
        "comes": "no",
        "why": "Salud o familia",
        "message": "¡Hola!",
        "month": "11",
        f"level_{palta.pk}": "1",
        f"initial-level_{palta.pk}": "1",
    }
    assert "Nos escribiste el lunes 23 de noviembre" in response.text


def test_an_answer_about_another_day_is_not_shown_for_this_one(client, rosa):
    past = make_market_day(date=dt.date(2026, 11, 22))
    make_market_day()
    make_proposal(producer=rosa.producer, comes=True, market_day=past)

    response = client.get(rosa.get_absolute_url())

    assert "comes" not in filled_in(response)


def test_a_further_answer_takes_the_place_of_the_one_that_waits(client, rosa, settings):
    answer(client, rosa, message="Primero", photo=photo())
    kept = private_files(settings)

    answer(client, rosa, message="Segundo")

    statuses = Proposal.objects.order_by("pk").values_list("message", "status")
    assert list(statuses) == [("Primero", "replaced"), ("Segundo", "pending")]
    assert private_files(settings) == kept
    assert "Ya tenemos tu foto" in client.get(rosa.get_absolute_url()).text


def test_a_further_photo_takes_the_place_of_the_first(
    client, rosa, settings, django_capture_on_commit_callbacks
):
    answer(client, rosa, photo=photo())
    first = private_files(settings)

    with django_capture_on_commit_callbacks(execute=True):
        answer(client, rosa, photo=photo(size=(900, 900)))

    (second,) = private_files(settings)
    assert [second] != first


def test_what_staff_decided_is_told_with_their_note(client, rosa, november):
    make_proposal(
        producer=rosa.producer,
        status="refused",
        decided_at=november,
        note="La foto salió oscura.",
    )

    text = said(client.get(rosa.get_absolute_url()))

    assert "No publicamos lo que enviaste el lunes 23 de noviembre. La foto" in text


def test_after_staff_decided_there_is_nothing_to_thank_for(client, rosa, november):
    make_proposal(producer=rosa.producer, status="accepted", decided_at=november)

    response = client.get(f"{rosa.get_absolute_url()}gracias/", follow=True)

    assert response.redirect_chain == [(rosa.get_absolute_url(), 302)]
    assert "Ya miramos lo que enviaste" in response.text
    assert "Aceptamos" not in response.text


def test_what_staff_took_is_named_and_nothing_else(client, rosa, palta, november):
    proposal = make_proposal(
        producer=rosa.producer,
        status="accepted",
        decided_at=november,
        took_photo=True,
        took_attendance=True,
        levels={palta: 2, make_offering(producer=rosa.producer): 1},
    )
    proposal.levels.filter(offering=palta).update(is_taken=True)

    text = said(client.get(rosa.get_absolute_url()))

    assert "¡Gracias! Aceptamos: si vienes, Palta, la foto." in text


def test_a_link_takes_twenty_answers_a_day(client, rosa):
    for _ in range(ANSWERS_A_DAY):
        make_proposal(producer=rosa.producer, status="replaced")

    response = answer(client, rosa, message="Uno más")

    assert response.status_code == 429
    assert "Es suficiente por hoy" in response.text
    assert Proposal.objects.waiting().count() == 0


def test_yesterdays_answers_do_not_count(client, rosa, november):
    # Half past eleven at night in Lima, already today elsewhere.
    late = dt.datetime(2026, 11, 22, 23, 30, tzinfo=november.tzinfo)
    for _ in range(ANSWERS_A_DAY):
        make_proposal(producer=rosa.producer, status="replaced", created_at=late)

    assert answer(client, rosa, message="Hoy").status_code == 302


def test_nothing_public_changes_by_itself(client, rosa, palta):
    day = make_market_day(status="confirmed")
    pages = ["/", day.get_absolute_url(), "/productores/rosa/", "/productos/"]
    before = [client.get(path).text for path in pages]

    answer(
        client,
        rosa,
        comes="yes",
        photo=photo(),
        message="Hola",
        **{f"level_{palta.pk}": "3"},
    )

    assert [client.get(path).text for path in pages] == before
    assert MarketDay.objects.get(pk=day.pk).attendances.count() == 0


def test_the_page_sets_no_cookie_and_wants_none(rosa):
    strict = Client(enforce_csrf_checks=True)

    shown = strict.get(rosa.get_absolute_url())
    sent = strict.post(rosa.get_absolute_url(), {"message": "Hola"})

    assert (shown.cookies, sent.status_code) == ({}, 302)
    assert shown.headers.get("Vary", "") == "Accept-Encoding"


@pytest.mark.parametrize("row_count", [1, 30])
def test_the_pages_queries_do_not_grow(
    client, django_assert_num_queries, rosa, palta, row_count
):
    levels = {
        make_offering(producer=rosa.producer): 1 for _ in range(row_count - 1)
    } | {palta: 2}
    make_market_day()
    make_proposal(producer=rosa.producer, levels=levels)

    # link, days, what waits, its levels, offerings, their varieties, what was decided
    with django_assert_num_queries(7):
        response = client.get(rosa.get_absolute_url())

    assert len(response.context["form"].level_rows()) == row_count
