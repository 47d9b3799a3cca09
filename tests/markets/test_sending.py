"""Mails go out once: refused, in doubt, by several workers, through kills."""

import datetime as dt
import os
import re
import signal
import threading
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, connections, transaction
from django.utils import timezone

from markets.management.commands.send_alerts import _stopped_by_signals
from markets.models import Delivery, Subscriber
from markets.sending import MAX_TRIES, claim, send_due
from tests.agroferias.servers import wait_until
from tests.conftest import MONDAY
from tests.factories import make_delivery, make_market_day, make_subscriber

from .mailing import WORKER, mail_server, read_mail, start_worker

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def server(settings):
    with mail_server() as started:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = started.server_address
        settings.EMAIL_TIMEOUT = 5
        yield started


@pytest.fixture
def waiting(db, november):
    """A mail that is due."""
    return make_delivery(subscriber=make_subscriber(email="rosa@example.com"))


@pytest.mark.parametrize(
    "answers",
    [
        {"RCPT": "550 no such box"},
        {"MAIL": "451 later"},
        {".": "554 looks like spam"},
    ],
    ids=["recipient", "sender", "content"],
)
def test_a_mail_that_is_refused_waits_longer_each_time(
    server, waiting, caplog, answers
):
    server.answers = answers
    moment, waits = MONDAY, []
    for _ in range(MAX_TRIES):
        with time_machine.travel(moment, tick=False):
            assert send_due() == 0
            waiting.refresh_from_db()
            assert waiting.claimed_at is None
            waits.append((waiting.due_at - moment) / MINUTE)
            moment = waiting.due_at

    assert waits == [10, 30, 90, 0]
    assert (waiting.tries, waiting.failed_at) == (MAX_TRIES, moment)
    with time_machine.travel(moment + dt.timedelta(days=1)):
        assert send_due() == 0
        assert list(Subscriber.objects.troubled(moment)) == [waiting.subscriber]
    assert "rosa@example.com" not in caplog.text
    assert "refused" in caplog.text


def test_a_mail_that_was_refused_goes_out_later(server, waiting):
    server.answers = {"RCPT": "450 busy"}
    send_due()
    server.answers = {}
    with time_machine.travel(MONDAY + 11 * MINUTE):
        assert send_due() == 1

    waiting.refresh_from_db()
    assert waiting.sent_at > MONDAY + 11 * MINUTE
    assert len(server.mails) == 1
    assert "To: rosa@example.com" in server.mails[0]


def test_a_server_that_goes_silent_leaves_the_mail_in_doubt(
    server, waiting, settings, caplog
):
    settings.EMAIL_TIMEOUT = 0.3
    server.answers = {"RCPT": None}

    assert send_due() == 0

    waiting.refresh_from_db()
    assert (waiting.claimed_at is None, waiting.sent_at) == (False, None)
    server.answers = {}
    with time_machine.travel(MONDAY + 30 * MINUTE):
        assert send_due() == 0
        now = MONDAY + 30 * MINUTE
        assert list(Subscriber.objects.troubled(now)) == [waiting.subscriber]
    assert not list(Subscriber.objects.troubled(MONDAY + 5 * MINUTE))
    assert server.mails == []
    assert "in doubt" in caplog.text


def test_a_server_that_is_not_there_costs_no_try(waiting, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    with pytest.raises(CommandError, match="servidor de correo: ConnectionRefused"):
        call_command("send_alerts")

    waiting.refresh_from_db()
    assert (waiting.claimed_at, waiting.tries) == (None, 0)
    assert not list(Subscriber.objects.troubled(waiting.due_at + 50 * MINUTE))
    late = waiting.due_at + 61 * MINUTE
    assert list(Subscriber.objects.troubled(late)) == [waiting.subscriber]


def test_the_command_says_how_many(waiting):
    first, second = StringIO(), StringIO()

    call_command("send_alerts", stdout=first)
    call_command("send_alerts", stdout=second, verbosity=0)

    assert first.getvalue() == "1 correo enviado.\n"
    assert second.getvalue() == ""


def test_it_stops_between_two_mails(waiting):
    make_delivery()
    answers = iter([False, True])

    assert send_due(lambda: next(answers)) == 1
    assert Delivery.objects.waiting().count() == 1


def test_two_mails_to_one_person_are_not_begun_together(transactional_db, november):
    rosa = make_subscriber()
    day = make_market_day(status="cancelled")
    for one in (None, day):
        make_delivery(subscriber=rosa, market_day=one)
    found = []

    def other():
        found.append(claim())
        connections.close_all()

    with transaction.atomic():
        held = claim()
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()

    assert held.subscriber == rosa
    assert found == [None]
    assert len(read_mail()) == 1


@pytest.fixture
def many(transactional_db):
    """Twelve people who are to hear that this Sunday is cancelled; the real clock."""
    day = make_market_day(
        status="cancelled", date=timezone.localdate() + dt.timedelta(days=2)
    )
    return [
        make_delivery(subscriber=make_subscriber(), market_day=day) for _ in range(12)
    ]


def test_workers_that_run_together_and_are_killed_send_nothing_twice(many, server):
    # The first one claims a mail, and is killed before it is sent.
    server.answers = {"MAIL": None}
    victim = start_worker(server)
    assert server.waits.wait(30)
    victim.kill()
    victim.communicate()
    (claimed,) = Delivery.objects.told()
    server.answers = {}

    workers = [start_worker(server) for _ in range(2)]
    said = [worker.communicate(timeout=60)[0] for worker in workers]

    assert [worker.returncode for worker in workers] == [0, 0], said
    people = sorted(
        re.search("^To: (.+)\r", one, re.MULTILINE)[1] for one in server.mails
    )
    expected = {one.subscriber.email for one in many} - {claimed.subscriber.email}
    assert people == sorted(expected)
    claimed.refresh_from_db()
    assert claimed.sent_at is None
    later = timezone.now() + 11 * MINUTE
    assert list(Subscriber.objects.troubled(later)) == [claimed.subscriber]


def test_a_worker_that_watches_survives_its_database_and_ends_when_told(
    transactional_db, server
):
    make_delivery()
    worker = start_worker(server, "--watch", "--interval", "0.1")
    wait_until(lambda: len(server.mails) == 1, seconds=30)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = %s",
            [WORKER],
        )
    make_delivery()
    wait_until(lambda: len(server.mails) == 2, seconds=30)
    worker.send_signal(signal.SIGTERM)
    said, _ = worker.communicate(timeout=20)

    assert worker.returncode == 0, said
    wait_until(lambda: Delivery.objects.filter(sent_at=None).count() == 0)


def watch_for(seconds, number, said):
    """Watch in this process until a signal comes."""
    timer = threading.Timer(seconds, os.kill, (os.getpid(), number))
    timer.start()
    try:
        call_command("send_alerts", watch=True, interval=0.05, stderr=said)
    finally:
        timer.cancel()


def test_watching_tells_of_a_fault_once_and_goes_on(
    transactional_db, settings, own_signals
):
    make_delivery()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    said = StringIO()

    watch_for(0.5, signal.SIGTERM, said)

    assert said.getvalue() == (
        "No se puede llegar al servidor de correo: ConnectionRefusedError\n"
    )
    assert Delivery.objects.waiting().count() == 1


def test_watching_sends_and_says_nothing(transactional_db, own_signals):
    make_delivery()
    said = StringIO()

    watch_for(0.3, signal.SIGTERM, said)

    assert said.getvalue() == ""
    assert Delivery.objects.get().sent_at is not None


def test_watching_without_a_database_waits_for_it(
    transactional_db, own_signals, monkeypatch
):
    def gone(*_args):
        raise OperationalError

    said = StringIO()
    with monkeypatch.context() as server:
        server.setattr(connection, "ensure_connection", gone)
        watch_for(0.3, signal.SIGINT, said)

    assert said.getvalue() == "La base de datos no responde: OperationalError\n"


def test_a_worker_that_is_a_thread_leaves_the_signals_alone(db, own_signals):
    before = signal.getsignal(signal.SIGTERM)
    found = []
    thread = threading.Thread(target=lambda: found.append(_stopped_by_signals()))
    thread.start()
    thread.join()

    assert signal.getsignal(signal.SIGTERM) is before
    assert found[0].is_set() is False


def test_a_mail_that_cannot_be_written_is_given_up_and_the_others_go_out(db, november):
    odd = make_delivery(subscriber=make_subscriber(email=f"rosa@{'ñ' * 60}.com"))
    make_delivery()

    assert send_due() == 1

    odd.refresh_from_db()
    assert (odd.claimed_at, odd.sent_at) == (None, None)
    assert odd.failed_at is not None
