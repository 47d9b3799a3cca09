import os
import shutil
import tempfile
from pathlib import Path

import pytest

from agroferias import localpg
from agroferias.localpg import LocalPG
from tests.agroferias.servers import FAST


@pytest.fixture(scope="session")
def shared_folder():
    """Return a folder for servers that start again, as making their data takes long.

    The server's account reaches it; tmp_path is private.
    """
    folder = Path(tempfile.mkdtemp(dir="/var/tmp", prefix="ferias ñ "))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def own_folder(shared_folder):
    """Return a folder like shared_folder for one test."""
    return Path(tempfile.mkdtemp(dir=shared_folder))


@pytest.fixture
def settle(own_folder, monkeypatch):
    """Return a function that makes a server's folders, all of them in own_folder."""
    monkeypatch.setattr(localpg, "ACCOUNT_FOLDERS", [own_folder])
    monkeypatch.setattr(localpg, "SOCKET_FOLDER", own_folder)

    def settle_server(folder, **options):
        server = LocalPG(folder, **options)
        server.folder.mkdir(exist_ok=True)
        server._settle()
        return server

    return settle_server


@pytest.fixture
def private_server(monkeypatch):
    """Let the test's programs find no database server and no settings but their own."""
    for name in ("DATABASE_URL", "SECRET_KEY", "DEBUG"):
        monkeypatch.delenv(name, raising=False)
    return dict(os.environ)


@pytest.fixture
def start(shared_folder, monkeypatch):
    """Return a function that starts or joins a server, in shared_folder by default."""
    monkeypatch.setattr(localpg, "ACCOUNT_FOLDERS", [shared_folder])
    servers = []

    def start_server(folder=shared_folder / "postgres", **options):
        server = LocalPG(folder, args=FAST, **options)
        servers.append(server)
        server.start("agroferias")
        return server

    yield start_server
    for server in servers:
        server.stop()
