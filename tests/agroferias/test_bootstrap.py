import os
import stat

import pytest

from agroferias import bootstrap
from agroferias.bootstrap import (
    ExpectedError,
    explain,
    keep_secret,
    provide_secret_key,
    var_dir,
)


def test_var_dir_is_in_the_project_unless_the_environment_says_otherwise(monkeypatch):
    monkeypatch.delenv("VAR_DIR")
    assert var_dir() == bootstrap.PROJECT / "var"

    monkeypatch.setenv("VAR_DIR", "/srv/ferias")
    assert str(var_dir()) == "/srv/ferias"


def test_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "new" / "secret"

    assert keep_secret(path, lambda: "first") == ("first", True)
    assert keep_secret(path, lambda: "second") == ("first", False)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_secret_left_empty_by_a_full_disk_is_made_again(tmp_path):
    path = tmp_path / "secret"
    path.touch()

    assert keep_secret(path, lambda: "made") == ("made", True)


def test_secret_key_is_kept_in_the_var_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.setenv("SECRET_KEY", "")
    provide_secret_key()
    made = os.environ["SECRET_KEY"]

    monkeypatch.delenv("SECRET_KEY")
    provide_secret_key()

    assert os.environ["SECRET_KEY"] == made
    assert len(made) == 64


def test_secret_key_of_the_environment_is_left_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.setenv("SECRET_KEY", "chosen")

    provide_secret_key()

    assert os.environ["SECRET_KEY"] == "chosen"
    assert list(tmp_path.iterdir()) == []


def test_secret_key_that_cannot_be_kept_is_one_sentence(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "file"))
    monkeypatch.delenv("SECRET_KEY")

    with pytest.raises(ExpectedError, match=r"^No se puede usar la carpeta .*/file»"):
        provide_secret_key()


@pytest.mark.parametrize(
    "failure",
    [
        OSError(28, "No space left on device"),
        "FATAL:  could not extend file: No space left on device\nPANIC:  cannot abort",
        "ERROR:  wrote only 4096 of 8192 bytes\nHINT:  Check free disk space.",
    ],
    ids=["error", "output", "hint"],
)
def test_full_disk_is_named_as_such(failure, tmp_path):
    assert explain(failure, tmp_path) == (
        f"No queda espacio en el disco para «{tmp_path}»: "
        "libere espacio y repita la orden."
    )


def test_full_disk_is_found_where_the_failure_says_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(bootstrap, "WAL_SEGMENT_BYTES", 2**62)

    sentence = explain("server closed the connection", tmp_path / "missing" / "folder")

    assert sentence.startswith("No queda espacio en el disco")


@pytest.mark.parametrize(
    ("failure", "reason"),
    [
        ("", "?"),
        ("first\nlast", "last"),
        ("FATAL:  torn page\nLOG:  database system is shut down", "torn page"),
        ("FATAL:  bad file\nFATAL:  the database system is starting up", "bad file"),
        ("initdb: error: cannot be run as root\nhint", "cannot be run as root"),
    ],
)
def test_explanation_gives_the_reason_among_a_program_s_output(
    failure, reason, tmp_path
):
    assert explain(failure, tmp_path) == (
        f"No se puede usar la carpeta «{tmp_path}» ({reason}): repárela o, "
        "si no importa perder lo que contiene, bórrela, y repita la orden."
    )
