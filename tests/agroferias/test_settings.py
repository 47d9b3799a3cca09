import runpy
from pathlib import Path

import pytest
from django.conf import settings as current
from django.core.exceptions import ImproperlyConfigured

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
