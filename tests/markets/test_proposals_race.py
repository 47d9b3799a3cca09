"""Two at once: staff who decide, a button pressed twice, rows that go meanwhile."""

from contextlib import contextmanager
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from markets.models import Proposal
from markets.proposals import (
    AlreadyDecidedError,
    Answer,
    DayGoneError,
    LinkClosedError,
    Parts,
    accept,
    refuse,
    send,
)
from markets.update_form import FILE_AGAIN, OTHER_DAY
from markets.update_links import renew_link
from tests.desk import open_desk
from tests.factories import (
    make_market_day,
    make_offering,
    make_producer,
    make_product,
    make_proposal,
    make_staff,
    make_update_link,
)
from tests.locks import wait_for_somebody_to_wait
from tests.markets.proposals import SCREEN, boxes, stored, told
from tests.markets.updates import answer, errors, filled_in, photo, private_files

NO_PARTS = Parts(attendance=False, levels=frozenset(), photo=False, alt_text="")
HELLO = Answer(None, None, "", {}, None, "Hola")


def at_once(*actions):
    """Run the actions at the same time, each on a connection of its own."""
    barrier, results = Barrier(len(actions)), []

    def run(action):
        barrier.wait()
        try:
            results.append(action())
        except AlreadyDecidedError as error:
            results.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[one]) for one in actions]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return results


@pytest.mark.usefixtures("reference_data")
@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_is_told(november):
    proposal, ana, luz = make_proposal(), make_staff(), make_staff()

    results = at_once(
        lambda: accept(proposal=proposal.pk, parts=NO_PARTS, user=ana, moment=november),
        lambda: refuse(proposal=proposal.pk, note="", user=luz, moment=november),
    )

    (error,) = (one for one in results if isinstance(one, AlreadyDecidedError))
    assert error.proposal.decided_by == stored(proposal).decided_by
    assert len(results) == 2


@pytest.mark.usefixtures("reference_data")
@pytest.mark.django_db(transaction=True)
def test_a_button_pressed_twice_leaves_one_that_waits(november):
    link = make_update_link()

    at_once(*[lambda: send(link=link, answer=HELLO, moment=november)] * 3)

    statuses = Proposal.objects.values_list("status", flat=True)
    assert sorted(statuses) == ["pending", "replaced", "replaced"]


@pytest.mark.usefixtures("reference_data")
@pytest.mark.django_db(transaction=True)
def test_of_two_new_links_at_once_one_works(november):
    producer = make_producer()

    at_once(*[lambda: renew_link(producer=producer, user=None, moment=november)] * 3)

    links = producer.update_links
    assert (links.count(), links.current().count()) == (3, 1)


@pytest.mark.usefixtures("reference_data")
@pytest.mark.django_db(transaction=True)
def test_an_answer_and_a_new_link_at_once_are_both_taken(november):
    link, results = make_update_link(), []

    def renew():
        renewed = renew_link(producer=link.producer, user=None, moment=november)
        results.append(renewed.pk)
        connection.close()

    thread = Thread(target=renew)
    with transaction.atomic():
        send(link=link, answer=HELLO, moment=november)
        thread.start()
        wait_for_somebody_to_wait()
    thread.join()

    assert Proposal.objects.waiting().count() == 1
    assert [one.pk for one in link.producer.update_links.current()] == results


def test_what_is_deleted_before_the_lock_is_left_out(rows_deleted, november):
    link = make_update_link()
    palta, mango = (make_offering(producer=link.producer) for _ in range(2))
    said = HELLO._replace(levels={palta: 3, mango: 2})

    with rows_deleted(palta):
        proposal = send(link=link, answer=said, moment=november)

    assert [*proposal.levels.values_list("offering", "level")] == [(mango.pk, 2)]


def test_a_link_deleted_before_the_lock_is_closed(rows_deleted, november):
    link = make_update_link()

    with rows_deleted(link), pytest.raises(LinkClosedError):
        send(link=link, answer=HELLO, moment=november)


def test_a_day_deleted_before_the_lock_is_told(rows_deleted, november):
    link, day = make_update_link(), make_market_day()
    said = HELLO._replace(market_day=day, comes=True)

    with rows_deleted(day), pytest.raises(DayGoneError):
        send(link=link, answer=said, moment=november)


@pytest.mark.parametrize("has_photo", [True, False])
def test_a_day_deleted_meanwhile_is_asked_about_anew(
    client, rows_deleted, settings, has_photo
):
    link, day = make_update_link(), make_market_day()
    sent = {"photo": photo()} if has_photo else {}

    with rows_deleted(day):
        response = answer(client, link, comes="yes", message="Hola", **sent)

    again = {"photo": [FILE_AGAIN]} if has_photo else {}
    assert errors(response) == {"comes": [OTHER_DAY]} | again
    assert private_files(settings) == []
    assert filled_in(response)["message"] == "Hola"


@pytest.fixture
def rows_deleted(db):
    """A context in which a row is deleted just before the first lock is taken."""

    @contextmanager
    def deleted(row):
        rows = type(row).objects.filter(pk=row.pk)

        def meanwhile(run, sql, params, many, context):
            if "FOR UPDATE" in sql:
                rows.delete()
            return run(sql, params, many, context)

        with connection.execute_wrapper(meanwhile):
            yield

    return deleted


@pytest.fixture
def desk(db, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


@pytest.mark.parametrize("button", ["accept", "refuse"])
def test_who_comes_second_reads_who_was_first(desk, november, button):
    proposal = make_proposal(producer=make_producer(name="Rosa"))
    data = boxes(desk, proposal) | {button: str(proposal.pk)}
    ana = make_staff(username="Ana")
    accept(proposal=proposal.pk, parts=NO_PARTS, user=ana, moment=november)

    response = desk.post(SCREEN, data, follow=True)

    assert told(response) == ["Ana has decided on what Rosa sent already: Accepted."]
    assert stored(proposal).decided_by == ana


def test_a_first_one_whose_account_is_gone_is_somebody(desk, november):
    proposal = make_proposal(producer=make_producer(name="Rosa"))
    refuse(proposal=proposal.pk, note="", user=None, moment=november)

    response = desk.post(SCREEN, {"accept": str(proposal.pk)}, follow=True)

    assert told(response) == [
        "Somebody has decided on what Rosa sent already: Refused."
    ]


def test_what_the_producer_replaced_meanwhile_is_not_accepted(desk, november):
    proposal = make_proposal(producer=make_producer(name="Rosa"))
    send(link=proposal.link, answer=HELLO, moment=november)

    response = desk.post(SCREEN, {"accept": str(proposal.pk)}, follow=True)

    assert told(response) == ["Meanwhile Rosa sent something else, or took it back."]
    assert "Hola" in response.text


def test_between_the_look_and_the_lock_another_decides(desk, november):
    """As the test before, but within the request: the lock finds it decided."""
    proposal = make_proposal(producer=make_producer(name="Rosa"))
    rows = Proposal.objects.filter(pk=proposal.pk)
    changed = []

    def meanwhile(run, sql, params, many, context):
        if "FOR UPDATE" in sql and not changed:
            changed.append(rows.update(status="refused", decided_at=november))
        return run(sql, params, many, context)

    with connection.execute_wrapper(meanwhile):
        response = desk.post(SCREEN, {"accept": str(proposal.pk)}, follow=True)

    assert told(response) == [
        "Somebody has decided on what Rosa sent already: Refused."
    ]


def test_an_offering_that_goes_between_look_and_lock_is_told(desk, november):
    producer = make_producer(name="Rosa")
    palta = make_offering(producer=producer, product=make_product(name="Palta"))
    proposal = make_proposal(producer=producer, levels={palta: 3})
    level = proposal.levels.get()
    palta.delete()

    said = accept(
        proposal=proposal.pk,
        parts=NO_PARTS._replace(levels=frozenset([level.pk])),
        user=None,
        moment=november,
    )

    assert said == ["Palta is no longer among the offerings: left out."]
    assert stored(level).is_taken is False


def test_a_day_cancelled_between_look_and_lock_is_told(db, november):
    proposal = make_proposal(comes=True)
    proposal.market_day.status, proposal.market_day.notice = "cancelled", "Maratón"
    proposal.market_day.save()

    said = accept(
        proposal=proposal.pk,
        parts=NO_PARTS._replace(attendance=True),
        user=None,
        moment=november,
    )

    assert said == [
        "La feria del domingo 29 de noviembre se canceló: su lista queda como está."
    ]
    assert proposal.market_day.attendances.count() == 0
