import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
MAX_LINES = 400
FOLDERS = ["agroferias", "markets", "producers", "tests"]
PYTHON_FILES = [
    *ROOT.glob("*.py"),
    *(path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))),
]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
# What generated files and people in a hurry leave behind.
NAMES_WANTED_NOWHERE = {
    *("utils.py", "helpers.py", "common.py", "services.py", "managers.py", "misc.py"),
    "tests.py",
}


def name(path):
    return path.relative_to(ROOT).as_posix()


def test_python_files_are_short():
    long = [
        name(path)
        for path in PYTHON_FILES
        if path.parent.name != "migrations"
        and len(path.read_text(encoding="utf-8").splitlines()) > MAX_LINES
    ]

    assert long == []


def test_files_are_named_after_what_is_inside():
    assert [
        name(path) for path in PYTHON_FILES if path.name in NAMES_WANTED_NOWHERE
    ] == []


@pytest.mark.parametrize("path", LOCKS, ids=name)
def test_locks_name_versions_and_hashes_but_no_host(path):
    text = path.read_text(encoding="utf-8")

    assert "http" not in text
    assert "index-url" not in text
    assert re.search(r"[a-z0-9-]+\.(?:com|org|io|net|dev)\b", text) is None
    assert text.count("--hash=sha256:") > text.count("==") > 0


def test_migrations_say_what_they_do():
    names = [path.stem for path in PYTHON_FILES if path.parent.name == "migrations"]

    numbered = [one for one in names if one != "__init__"]
    assert [one for one in numbered if "_auto_" in one] == []
    assert [one for one in numbered if not re.fullmatch(r"\d{4}_[a-z_]{3,}", one)] == []


def test_no_file_waits_for_somebody():
    marks = re.compile(r"#\s*(?:TODO|FIXME|XXX|HACK)\b")

    waiting = [
        name(path)
        for path in PYTHON_FILES
        if marks.search(path.read_text(encoding="utf-8"))
    ]

    assert waiting == []
