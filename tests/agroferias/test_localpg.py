"""The launcher with real servers; what goes wrong is in test_localpg_failures.py."""

import atexit
import os
import signal
import subprocess
import sys
import threading

import psycopg
import pytest

from agroferias import localpg
from agroferias.localpg import LocalPG, provide_database, provided_folder
from tests.agroferias.servers import answers, query, server_pid, wait_until

PROGRAM = """
import sys, time
from agroferias.localpg import provide_database
provide_database(sys.argv[1])
print("ready", flush=True)
time.sleep(60)
"""


def test_server_keeps_its_rows_from_one_start_to_the_next(start):
    first = start()
    query(first, "CREATE TABLE words AS SELECT 'ñandú' AS word")
    assert first.stop()
    assert not answers(first)

    assert query(start(), "SELECT upper(word) FROM words") == "ÑANDÚ"


def test_server_ends_with_its_last_user(start):
    first, second = start(), start()

    assert not first.stop()
    assert answers(second)
    assert second.stop()
    assert not answers(second)
    assert not second.stop()


def test_server_of_another_folder_is_another_one(start, own_folder):
    here, there = start(), start(own_folder)

    assert here.url() != there.url()
    assert answers(here)
    assert answers(there)


def test_server_discards_its_data_for_its_last_user_only(start, own_folder):
    first, second = start(own_folder), start(own_folder)
    of_another_version = second.base / "data99"

    first.stop(discard=True)
    assert second.data.exists()

    of_another_version.mkdir()
    second.stop(discard=True)
    assert not second.data.exists()
    assert of_another_version.exists()


@pytest.mark.parametrize("stale_pid", [None, os.getpid()], ids=["own", "foreign"])
def test_killed_server_comes_back_with_all_rows(start, stale_pid):
    server = start()
    query(server, "CREATE TABLE IF NOT EXISTS kept AS SELECT 7 AS number")
    pid_file = server.data / "postmaster.pid"
    left = pid_file.read_text().replace(str(server_pid(server)), str(stale_pid))
    os.kill(server_pid(server), signal.SIGKILL)
    wait_until(lambda: not server._server_processes())
    if stale_pid:
        pid_file.write_text(left)

    assert query(start(), "SELECT number FROM kept") == "7"


def test_server_that_is_slow_to_answer_is_waited_for(start, monkeypatch):
    monkeypatch.setattr(localpg, "READY_TIMEOUT_S", 1)
    slow = server_pid(start())
    os.kill(slow, signal.SIGSTOP)
    timer = threading.Timer(1.5, os.kill, [slow, signal.SIGCONT])
    timer.start()

    joined = start()
    timer.join()

    assert server_pid(joined) == slow


def test_server_starts_without_proc(start, monkeypatch, tmp_path):
    monkeypatch.setattr(localpg, "PROC", tmp_path / "no proc")

    assert answers(start())


def test_server_starts_and_stops_outside_the_main_thread(start, own_signals):
    outcomes = []

    def use():
        localpg._exit_on_termination()
        server = start()
        outcomes.append(answers(server))
        outcomes.append(server.stop())

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()

    assert outcomes == [True, True]


def test_folder_that_is_gone_when_its_server_is_left_is_no_failure(start):
    server = start()
    moved = server.folder.rename(server.folder.with_name("moved"))

    assert not server.stop()

    moved.rename(server.folder)
    assert server.stop()


def test_database_of_the_environment_is_used_as_it_is(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://else/where")

    provide_database(tmp_path / "pg")

    assert os.environ["DATABASE_URL"] == "postgresql://else/where"
    assert list(tmp_path.iterdir()) == []


def test_provided_database_is_in_the_environment(
    monkeypatch, start, shared_folder, own_signals
):
    hooks = []
    monkeypatch.setattr(
        atexit, "register", lambda *args, **kw: hooks.append((args, kw))
    )
    monkeypatch.setattr(localpg, "_provided", [])
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("VAR_DIR", str(shared_folder))
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # As below nohup.
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    assert provided_folder() is None

    provide_database(name="ferias")

    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        assert connection.info.dbname == "ferias"
    assert provided_folder().name.startswith("data")
    assert signal.getsignal(signal.SIGTERM) is localpg._exit
    assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    [((stop,), options)] = hooks
    assert options == {"discard": False}
    assert stop()


def test_exit_on_a_signal_happens_once(own_signals):
    with pytest.raises(SystemExit, match="143"):
        localpg._exit(signal.SIGTERM, None)

    assert signal.getsignal(signal.SIGTERM) == signal.SIG_IGN


@pytest.fixture
def program(private_server, start, shared_folder):
    """Return a running program that is its server's only user."""
    start().stop()
    with subprocess.Popen(  # noqa: S603 - our own argument list
        [sys.executable, "-c", PROGRAM, shared_folder / "postgres"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=private_server,
    ) as program:
        assert program.stdout.readline() == b"ready\n"
        yield program


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_signal_to_a_program_stops_its_server(program, shared_folder, number):
    server = LocalPG(shared_folder / "postgres")
    server._settle()
    assert answers(server)

    program.send_signal(number)
    program.wait()

    assert not answers(server)
    assert not server._server_processes()


def test_killed_program_leaves_a_server_that_the_next_one_stops(program, start):
    program.kill()
    program.wait()

    server = start()

    assert server.stop()
    assert not answers(server)
