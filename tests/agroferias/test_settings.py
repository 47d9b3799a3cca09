import importlib
import runpy
from pathlib import Path

import pytest
from django.conf import settings as current
from django.core.exceptions import ImproperlyConfigured
from django.urls import clear_url_caches

from agroferias import urls

SETTINGS = Path(current.BASE_DIR) / "agroferias" / "settings.py"


def test_without_a_secret_key_nothing_starts(monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setenv("DEBUG", "0")

    with pytest.raises(ImproperlyConfigured, match="Set SECRET_KEY"):
        runpy.run_path(str(SETTINGS))


def test_only_postgresql_will_do(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite:///:memory:")

    with pytest.raises(ImproperlyConfigured, match="PostgreSQL"):
        runpy.run_path(str(SETTINGS))


@pytest.fixture
def media(settings, tmp_path):
    """Serve a media folder, as the demo does."""
    settings.SERVE_MEDIA = True
    settings.MEDIA_ROOT = tmp_path
    importlib.reload(urls)
    clear_url_caches()
    yield tmp_path
    settings.SERVE_MEDIA = False
    importlib.reload(urls)
    clear_url_caches()


def test_media_are_served_where_no_other_server_does(client, media, db):
    (media / "palta.txt").write_text("palta")

    response = client.get("/media/palta.txt")

    assert b"".join(response.streaming_content) == b"palta"
    assert client.get("/media/queso.txt").status_code == 404
    assert client.get("/media/../settings.py").status_code == 400


def test_media_are_not_served_otherwise(client, db):
    assert client.get("/media/palta.txt").status_code == 404
