"""Which market day a producer is asked about."""

import datetime as dt

import pytest

from markets.models import Proposal
from tests.factories import (
    SUNDAY,
    make_market_day,
    make_offering,
    make_producer,
    make_update_link,
)
from tests.markets.reading import words
from tests.markets.updates import answer, errors, filled_in, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


@pytest.fixture
def rosa():
    return make_update_link(producer=make_producer(name="Rosa"))


def answer_again(client, link, response):
    """Send the form as it came back."""
    return client.post(link.get_absolute_url(), filled_in(response))


def said(response):
    return words(response.text, "<main", "</main>")


def test_a_cancelled_sunday_is_said_and_the_next_one_asked_about(client, rosa):
    make_market_day(status="cancelled", notice="Hay maratón.")
    following = make_market_day(date=SUNDAY + dt.timedelta(weeks=1))

    response = client.get(rosa.get_absolute_url())

    text = said(response)
    assert "No hay feria el domingo 29 de noviembre. Hay maratón." in text
    assert "¿Vienes el domingo 6? Domingo 6 de diciembre" in text
    assert filled_in(response)["day"] == str(following.pk)


def test_a_cancelled_sunday_without_a_next_one_leaves_the_rest_to_ask(client, rosa):
    make_market_day(status="cancelled")

    response = client.get(rosa.get_absolute_url())

    assert "Todavía no hay fecha para la próxima feria." in said(response)
    assert "¿Vienes" not in said(response)


def test_without_a_market_day_there_is_season_photo_and_message(client, rosa):
    make_offering(producer=rosa.producer)

    own = f"level_{rosa.producer.offerings.get().pk}"
    response = answer(client, rosa, **{own: "3"})

    assert response.status_code == 302
    assert (waiting().market_day, waiting().comes) == (None, None)
    assert [one.level for one in waiting().levels.all()] == [3]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"comes": "yes"}, "Hola"),
        ({"comes": "no", "why": "Salud o familia"}, "Hola\nSalud o familia"),
        ({"comes": "no", "why": "Salud o familia", "reason": "Gripe"}, "Hola\nGripe"),
    ],
    ids=str,
)
def test_what_was_said_of_a_day_that_is_no_more_is_kept(client, rosa, said, message):
    response = answer(client, rosa, message="Hola", **said)

    (sentence,) = errors(response)["__all__"]
    assert sentence.startswith("Mientras tanto cambió la feria.")
    assert filled_in(response)["message"] == message
    assert answer_again(client, rosa, response).status_code == 302
    assert waiting().message == message


def test_a_day_that_passed_meanwhile_is_asked_about_anew(client, rosa):
    stale = make_market_day(date=dt.date(2026, 11, 22))
    day = make_market_day()

    response = answer(client, rosa, day=str(stale.pk), comes="yes", message="Hola")

    (sentence,) = errors(response)["comes"]
    assert sentence.startswith("Mientras tanto cambió la feria.")
    assert filled_in(response)["day"] == str(day.pk)
    assert filled_in(response)["message"] == "Hola"
    assert Proposal.objects.count() == 0


def test_on_the_day_itself_it_is_called_today(client, rosa, november):
    make_market_day(date=november.date())

    assert "¿Vienes hoy?" in said(client.get(rosa.get_absolute_url()))
