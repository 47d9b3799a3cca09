"""The site as `make run` starts it, with a database, port and folder of its own."""

import atexit
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from agroferias.bootstrap import PROJECT

HOST = "127.0.0.1"
START_TIMEOUT_S = 90
STOP_TIMEOUT_S = 15


class Site(NamedTuple):
    """A running site: its address without the last slash, its staff account."""

    url: str
    account: str
    password: str


@contextlib.contextmanager
def demo_site(folder: Path, name: str = "browser"):
    """Run the site with the sample data until the block ends; yield its Site.

    folder takes its static files and its log. Its database stands beside the one
    in DATABASE_URL, which it leaves alone; two sites at once need two names.
    """
    with _database(name) as address, (folder / "log").open("w+") as log:
        port = _free_port()
        process = _start(address, port, folder, log)
        try:
            _wait_for(process, port, log)
            account, password = (folder / "demo-account.txt").read_text().split()
            yield Site(f"http://{HOST}:{port}", account, password)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(STOP_TIMEOUT_S)


@contextlib.contextmanager
def _database(suffix):
    base = urlsplit(os.environ["DATABASE_URL"])
    name = f"{base.path.strip('/')}_{suffix}"
    sample = _with_sample(base)
    with contextlib.closing(psycopg.connect(base.geturl(), autocommit=True)) as server:
        _create(server, name, like=sample)
        try:
            yield base._replace(path=f"/{name}").geturl()
        finally:
            server.execute(_drop(name))


@cache
def _with_sample(base):
    """Make the database that each site's is a copy of; return its name."""
    name = f"{base.path.strip('/')}_sample"
    environment = os.environ | {"DATABASE_URL": base._replace(path=f"/{name}").geturl()}
    with contextlib.closing(psycopg.connect(base.geturl(), autocommit=True)) as server:
        _create(server, name)
    for command in ("migrate", "load_sample"):
        subprocess.run(  # noqa: S603 - our own argument list, no shell
            [sys.executable, "manage.py", command, "--verbosity", "0"],
            cwd=PROJECT,
            env=environment,
            check=True,
        )
    atexit.register(_forget, base, name)
    return name


def _forget(base, name):
    with contextlib.closing(psycopg.connect(base.geturl(), autocommit=True)) as server:
        server.execute(_drop(name))


def _create(server, name, like="template1"):
    server.execute(_drop(name))
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    server.execute(create.format(sql.Identifier(name), sql.Identifier(like)))


def _drop(name):
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    return drop.format(sql.Identifier(name))


def _free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def _start(address, port, folder, log):
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "VAR_DIR": str(folder),
        "PYTHONWARNINGS": "default",
    }
    return subprocess.Popen(  # noqa: S603 - our own argument list, no shell
        [sys.executable, "manage.py", "demo", "--port", str(port)],
        cwd=PROJECT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
    )


def _wait_for(process, port, log):
    end = time.monotonic() + START_TIMEOUT_S
    while not _listens(port):
        if process.poll() is not None or time.monotonic() > end:
            log.seek(0)
            raise RuntimeError(f"the site did not start:\n{log.read()}")
        time.sleep(0.1)


def _listens(port):
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0
