"""pytest plugin: a throwaway database server, and what else the settings need.

It is loaded with -p in pyproject.toml because pytest-django reads the settings
before any conftest.py.
"""

import os

import pytest

from agroferias.bootstrap import PROJECT, ExpectedError
from agroferias.localpg import provide_database

# Nothing of the tests' survives, so nothing needs to reach the disk.
FAST = [
    "-c",
    "fsync=off",
    "-c",
    "synchronous_commit=off",
    "-c",
    "full_page_writes=off",
]


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests():
    provide()


def provide():
    """Set DATABASE_URL, SECRET_KEY and VAR_DIR for the tests, apart from the site's.

    Each process gets a database of its own on a shared server, so that two runs in
    one folder don't meet.
    """
    var = PROJECT / "var" / "test"
    # WhiteNoise warns of a missing folder, and warnings are errors.
    (var / "static").mkdir(parents=True, exist_ok=True)
    os.environ["VAR_DIR"] = str(var)
    os.environ["HTTPS"] = "0"
    os.environ.pop("DEBUG", None)
    os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "0123456789abcdef" * 3)
    name = f"agroferias_{os.getpid()}"
    try:
        provide_database(name=name, args=FAST, discard=True)
    except ExpectedError as error:
        raise SystemExit(str(error)) from error
