import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
CATALOGUE = ROOT / "agroferias" / "locale" / "es" / "LC_MESSAGES"
FIELDS = re.compile(r"%\([a-z_]+\)s|\{[a-z_]+\}")


@pytest.fixture
def messages():
    return polib.pofile(str(CATALOGUE / "django.po"))


def test_everything_is_translated(messages):
    assert [entry.msgid for entry in messages.fuzzy_entries()] == []
    assert [entry.msgid for entry in messages.untranslated_entries()] == []


def test_nothing_is_left_over(messages):
    assert [entry.msgid for entry in messages.obsolete_entries()] == []


def texts(entry):
    if entry.msgid_plural:
        return [entry.msgstr_plural[number] for number in sorted(entry.msgstr_plural)]
    return [entry.msgstr]


def test_translations_have_the_fields_of_their_messages(messages):
    wrong = [
        entry.msgid
        for entry in messages.translated_entries()
        for text in texts(entry)
        if not set(FIELDS.findall(text))
        <= set(FIELDS.findall(entry.msgid + entry.msgid_plural))
    ]

    assert wrong == []


def test_the_compiled_catalogue_is_that_of_the_source(messages):
    compiled = polib.mofile(str(CATALOGUE / "django.mo"))

    def table(entries):
        return {(entry.msgctxt, entry.msgid): texts(entry) for entry in entries}

    assert table(compiled) == table(messages.translated_entries())


def test_no_message_is_missing(messages, tmp_path):
    if not shutil.which("xgettext"):
        assert not os.environ.get("CI"), "gettext is missing"
        pytest.skip("gettext is missing")
    for folder in ("agroferias", "markets", "producers", "templates"):
        shutil.copytree(
            ROOT / folder,
            tmp_path / folder,
            ignore=shutil.ignore_patterns("__pycache__", "*.mo"),
        )
    shutil.copy(ROOT / "manage.py", tmp_path)
    copy = tmp_path / "agroferias/locale/es/LC_MESSAGES/django.po"

    subprocess.run(  # noqa: S603 - our own arguments
        [
            *(sys.executable, "-m", "django", "makemessages", "-l", "es"),
            *("--no-obsolete", "--add-location=file", "-v", "0"),
        ],
        check=True,
        cwd=tmp_path,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "agroferias.settings",
            "PYTHONPATH": str(tmp_path),
        },
    )

    made = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(copy))}
    kept = {(entry.msgctxt, entry.msgid) for entry in messages}
    assert sorted(made - kept, key=str) == []
    assert sorted(kept - made, key=str) == []
