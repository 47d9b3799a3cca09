from importlib.util import find_spec, module_from_spec

import pytest
from django.core.exceptions import ImproperlyConfigured


def read_settings():
    spec = find_spec("agroferias.settings")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_without_a_secret_key_nothing_starts(monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setenv("DEBUG", "0")

    with pytest.raises(ImproperlyConfigured, match="Set SECRET_KEY"):
        read_settings()


def test_only_postgresql_will_do(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite:///:memory:")

    with pytest.raises(ImproperlyConfigured, match="PostgreSQL"):
        read_settings()


def test_while_debugging_static_files_need_no_collecting(monkeypatch):
    monkeypatch.setenv("DEBUG", "1")

    storage = read_settings().STORAGES["staticfiles"]["BACKEND"]

    assert storage == "django.contrib.staticfiles.storage.StaticFilesStorage"
