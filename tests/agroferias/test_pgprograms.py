import pytest

from agroferias import pgprograms
from agroferias.bootstrap import ExpectedError
from agroferias.pgprograms import find_programs, major_version


def make_programs(folder, version):
    folder.mkdir(parents=True)
    program = folder / "postgres"
    program.write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
    program.chmod(0o755)
    return folder


@pytest.fixture
def system(tmp_path, monkeypatch):
    """Return a folder that stands for the system's; nothing else has PostgreSQL."""
    monkeypatch.delenv("PG_BIN", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.setattr(pgprograms, "SYSTEM_FOLDERS", [tmp_path / "system"])
    monkeypatch.setattr(pgprograms, "WHEEL", "no_such_package")
    return tmp_path / "system"


def test_programs_of_the_wheel_come_first(system, tmp_path, monkeypatch):
    package = tmp_path / "site" / "some_wheel"
    bundled = make_programs(package / "pginstall" / "bin", "18.6")
    make_programs(system / "16" / "bin", "16.1")
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(package.parent)
    monkeypatch.setattr(pgprograms, "WHEEL", "some_wheel")

    assert find_programs() == (bundled, 18)


def test_programs_on_the_path_come_before_the_system_folders(system, tmp_path):
    on_path = make_programs(tmp_path / "path", "17.2")
    make_programs(system / "16" / "bin", "16.1")

    assert find_programs() == (on_path, 17)


def test_programs_older_than_15_are_passed_over(system):
    make_programs(system / "14" / "bin", "14.9")
    new = make_programs(system / "15" / "bin", "15.1")

    assert find_programs() == (new, 15)


def test_programs_of_pg_bin_are_the_only_ones_then(system, tmp_path, monkeypatch):
    make_programs(system / "16" / "bin", "16.1")
    monkeypatch.setenv("PG_BIN", str(tmp_path / "nowhere"))

    with pytest.raises(ExpectedError, match=r"15 o más nuevo en PG_BIN .*nowhere"):
        find_programs()


def test_no_programs_is_one_sentence_that_says_what_to_do(system):
    with pytest.raises(ExpectedError, match=r"^No se encontró .*: instale .*URL.$"):
        find_programs()


def test_program_that_says_no_version_has_none(tmp_path):
    program = make_programs(tmp_path / "bin", "")
    assert major_version(program) == 0
