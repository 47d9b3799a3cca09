"""What a producer says of levels, and what an old page says in their name."""

import datetime as dt

import pytest
from django.db import connection

from markets.update_form import OTHER_MONTH
from tests.factories import (
    LIMA,
    make_offering,
    make_producer,
    make_proposal,
    make_update_link,
)
from tests.markets.updates import answer, errors, filled_in, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
OCTOBER, NOVEMBER = 9, 10


@pytest.fixture
def rosa():
    return make_update_link(producer=make_producer(name="Rosa"))


@pytest.fixture
def palta(rosa):
    """Little in October, at its best in November."""
    return make_offering(producer=rosa.producer, season=[2] * OCTOBER + [1, 3, 2])


@pytest.fixture
def mango(rosa):
    return make_offering(producer=rosa.producer)


def levels():
    return dict(waiting().levels.values_list("offering", "level"))


def test_what_is_sent_as_it_was_shown_is_not_said(client, rosa, palta, mango):
    answer(client, rosa, **{f"level_{mango.pk}": "0"})

    assert levels() == {mango.pk: 0}


def test_an_old_page_does_not_undo_what_staff_changed(client, rosa, palta):
    page = filled_in(client.get(rosa.get_absolute_url()))
    palta.season[NOVEMBER] = 1
    palta.save()

    client.post(rosa.get_absolute_url(), page | {"message": "Hola"})

    assert levels() == {}


def test_levels_that_wait_and_are_not_touched_wait_on(client, rosa, palta, mango):
    answer(client, rosa, **{f"level_{palta.pk}": "0"})

    answer(client, rosa, **{f"level_{mango.pk}": "1"})

    assert levels() == {palta.pk: 0, mango.pk: 1}


def test_levels_that_waited_are_not_those_of_a_later_month(client, rosa, palta):
    sent = dt.datetime(2026, 10, 31, 12, tzinfo=LIMA)
    make_proposal(producer=rosa.producer, levels={palta: 0}, created_at=sent)

    answer(client, rosa, message="Hola")

    assert levels() == {}


def test_levels_of_a_former_month_are_asked_anew(client, rosa, palta, mango):
    own, other = f"level_{palta.pk}", f"level_{mango.pk}"
    october = {own: "1", f"initial-{own}": "1", other: "0", f"initial-{other}": "2"}

    response = client.post(rosa.get_absolute_url(), october | {"month": "10"})

    assert errors(response) == {"__all__": [OTHER_MONTH]}
    november = {own: "3", f"initial-{own}": "3", other: "0", f"initial-{other}": "2"}
    assert filled_in(response) == november | {"month": "11"}
    assert client.post(rosa.get_absolute_url(), filled_in(response)).status_code == 302
    assert levels() == {mango.pk: 0}


def test_a_former_month_does_not_matter_to_the_rest(client, rosa, palta):
    answer(client, rosa, month="10", message="Hola")

    assert (waiting().message, levels()) == ("Hola", {})


def test_an_offering_deleted_while_the_page_is_made_is_left_out(client, rosa, palta):
    make_proposal(producer=rosa.producer, levels={palta: 0})

    def meanwhile(run, sql, params, many, context):
        if 'FROM "producers_offering"' in sql and not gone:
            gone.append(True)
            type(palta).objects.filter(pk=palta.pk).delete()
        return run(sql, params, many, context)

    gone = []
    with connection.execute_wrapper(meanwhile):
        response = client.post(rosa.get_absolute_url(), {"message": "Hola"})

    assert response.status_code == 302
    assert levels() == {}
