import datetime as dt
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import OperationalError

from agroferias import demo_server, localpg
from agroferias.bootstrap import PROJECT
from agroferias.localpg import LocalPG
from agroferias.management.commands import demo
from markets.models import MarketDay
from producers.models import Producer
from tests.agroferias.servers import answers, wait_until
from tests.factories import LIMA


class Replaced(Exception):  # noqa: N818 - not an error
    """Raised in place of exec, which would end the tests."""


@pytest.fixture
def port():
    """Return the number of a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def var_dir(tmp_path, monkeypatch, settings):
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    settings.STATIC_ROOT = str(tmp_path / "static")
    return tmp_path


@pytest.fixture
def replaced(monkeypatch, own_signals):
    """Return what exec is called with."""
    called = []

    def execve(path, command, environment):
        called.append((command, environment))
        raise Replaced

    monkeypatch.setattr(os, "execve", execve)
    monkeypatch.chdir(PROJECT)
    return called


def test_port_in_use_is_one_sentence(port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        with pytest.raises(SystemExit) as ended:
            demo.check_port(port)

    assert str(ended.value) == f"El puerto {port} está ocupado: elige otro con PORT=."


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_port_that_does_not_exist_is_one_sentence(port):
    with pytest.raises(SystemExit, match=r"^PORT va de 1 a 65535\.$"):
        demo.check_port(port)


def test_port_that_is_not_allowed_is_one_sentence(port, monkeypatch):
    # An address of nobody's, as the tests of root may use every port.
    monkeypatch.setattr(demo, "HOST", "192.0.2.1")

    with pytest.raises(SystemExit, match=r"^El puerto \d+ no está permitido: "):
        demo.check_port(port)


@pytest.mark.django_db
def test_server_that_is_too_old_is_one_sentence(monkeypatch):
    monkeypatch.setattr(demo, "MIN_MAJOR", 99)

    with pytest.raises(SystemExit, match="PostgreSQL 99"):
        demo.check_database()


@pytest.mark.django_db
def test_account_keeps_its_random_password(var_dir):
    password = demo.provide_account()

    feria = get_user_model().objects.get(username="feria", is_superuser=True)
    assert feria.check_password(password)
    assert len(password) == 16
    assert demo.provide_account() == password


@pytest.mark.django_db
def test_account_whose_password_was_changed_keeps_that(var_dir):
    demo.provide_account()
    feria = get_user_model().objects.get(username="feria")
    feria.set_password("la nueva")
    feria.save()

    assert demo.provide_account() == "la que elegiste"
    feria.refresh_from_db()
    assert feria.check_password("la nueva")


@pytest.mark.django_db
def test_account_gets_a_new_password_if_its_file_is_missing(var_dir):
    first = demo.provide_account()
    (var_dir / "demo-account.txt").unlink()

    second = demo.provide_account()

    assert second != first
    assert get_user_model().objects.get(username="feria").check_password(second)


@pytest.mark.django_db
def test_demo_prepares_the_site_and_says_where_it_is(port, var_dir, replaced, capsys):
    for _ in range(2):
        with pytest.raises(Replaced):
            call_command("demo", port=port)
        count = Producer.objects.count()

    password = (var_dir / "demo-account.txt").read_text().split()[1]
    said = capsys.readouterr().out
    assert f"http://127.0.0.1:{port}/\n" in said
    assert f"http://127.0.0.1:{port}/admin/\n" in said
    assert said.count(f": {password}\n") == 2
    assert (var_dir / "static" / "css").is_dir()
    assert Producer.objects.count() == count > 0


@pytest.mark.django_db
def test_demo_of_weeks_later_has_market_days_ahead(var_dir):
    monday = dt.datetime(2026, 11, 23, 12, tzinfo=LIMA)
    with time_machine.travel(monday):
        demo.prepare()

    with time_machine.travel(monday + dt.timedelta(weeks=40)):
        demo.prepare()

    ahead = monday.date() + dt.timedelta(weeks=40)
    assert MarketDay.objects.filter(date__gte=ahead).count() == 26


def test_demo_that_finds_no_server_is_one_sentence(port, monkeypatch):
    def refuse():
        raise OperationalError("connection refused\nIs it running?")

    monkeypatch.setattr(demo, "check_database", refuse)
    monkeypatch.setattr(localpg, "_provided", [])

    with pytest.raises(SystemExit) as ended:
        call_command("demo", port=port)

    sentence = "No se puede usar el servidor de DATABASE_URL: connection refused"
    assert str(ended.value) == sentence


def test_failure_of_our_own_server_names_its_folder(own_folder, monkeypatch):
    server = LocalPG(own_folder)
    server.data = own_folder / "data18"
    monkeypatch.setattr(localpg, "_provided", [server])

    sentence = demo.sentence_on(OperationalError("FATAL:  torn page"))

    assert f"«{server.data}» (torn page)" in sentence


def test_failure_of_a_file_names_the_var_folder(var_dir):
    sentence = demo.sentence_on(OSError(28, "No space left on device"))

    assert sentence.startswith(f"No queda espacio en el disco para «{var_dir}»")


def test_gunicorn_takes_the_place_of_the_demo(replaced, monkeypatch):
    monkeypatch.setattr(localpg, "_provided", [])

    with pytest.raises(Replaced):
        demo.serve(8000)

    [(command, environment)] = replaced
    assert command[:3] == [sys.executable, "-m", "gunicorn"]
    assert command[-3:] == ["--bind", "127.0.0.1:8000", "agroferias.wsgi"]
    assert environment["DATABASE_URL"] == os.environ["DATABASE_URL"]
    put_off = signal.pthread_sigmask(signal.SIG_BLOCK, [])
    assert put_off >= {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


def test_development_server_takes_the_place_of_the_demo(
    replaced, monkeypatch, settings, own_folder
):
    server = LocalPG(own_folder)
    server.data = own_folder
    monkeypatch.setattr(localpg, "_provided", [server])
    settings.DEBUG = True

    with pytest.raises(Replaced):
        demo.serve(8001)

    [(command, environment)] = replaced
    assert command == [sys.executable, "manage.py", "runserver", "127.0.0.1:8001"]
    assert "DATABASE_URL" not in environment


def test_gunicorn_handles_the_signals_that_were_put_off(own_signals):
    received = []
    signal.pthread_sigmask(signal.SIG_BLOCK, own_signals)
    signal.signal(signal.SIGTERM, lambda number, frame: received.append(number))

    demo_server.when_ready(None)
    os.kill(os.getpid(), signal.SIGHUP)
    demo_server.post_worker_init(SimpleNamespace(age=2))
    os.kill(os.getpid(), signal.SIGINT)

    assert received == [signal.SIGTERM]


@pytest.mark.parametrize(("age", "started"), [(1, 1), (2, 0)])
def test_one_worker_of_the_demo_sends_the_mails(own_signals, monkeypatch, age, started):
    found = []

    def start(thread):
        found.append(thread)

    monkeypatch.setattr(threading.Thread, "start", start)

    demo_server.post_worker_init(SimpleNamespace(age=age))

    assert [thread.daemon for thread in found] == [True] * started


class Demo:
    """`manage.py demo` in a process of its own, on a server of its own."""

    def __init__(self, port, var_dir, environment):
        self.site = f"http://127.0.0.1:{port}/"
        self.process = subprocess.Popen(  # noqa: S603 - our own argument list
            [sys.executable, "manage.py", "demo", "--port", str(port)],
            cwd=PROJECT,
            env={**environment, "VAR_DIR": str(var_dir)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def is_up(self):
        try:
            with urllib.request.urlopen(self.site) as response:  # noqa: S310 - ours
                return response.status == 200
        except OSError:
            return self.process.poll() is not None


@pytest.fixture
def run_demo(port, shared_folder, private_server):
    """Return a function that starts `manage.py demo`; each ends with the test."""
    demos = []
    var_dir = shared_folder / "var"

    def run():
        demos.append(Demo(port, var_dir, private_server))
        return demos[-1]

    yield run
    for each in demos:
        each.process.kill()
        each.process.communicate()
    if (pointer := var_dir / "postgres" / "data_folder.txt").exists():
        shutil.rmtree(Path(pointer.read_text()))


def test_demo_serves_until_it_is_told_to_stop_with_its_database(
    run_demo, shared_folder
):
    served = run_demo()
    wait_until(served.is_up, seconds=60)
    server = LocalPG(shared_folder / "var" / "postgres")
    server._settle()
    with psycopg.connect(server.url("agroferias")) as connection:
        counted = connection.execute("SELECT count(*) FROM producers_producer")
        assert counted.fetchone()[0] > 0

    second = run_demo().process.communicate(timeout=60)
    served.process.terminate()
    said, complaints = served.process.communicate(timeout=20)

    assert second[0] == ""
    assert second[1].startswith("El puerto ")
    assert second[1].count("\n") == 1
    assert served.site in said
    assert complaints == ""
    assert served.process.returncode == 0
    assert not answers(server)
