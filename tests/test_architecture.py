import ast
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
MAY_NOT_IMPORT = {
    "producers": {"markets", "agroferias", "tests"},
    "markets": {"agroferias", "tests"},
    "agroferias": {"tests"},
}


def files(app):
    return sorted((ROOT / app).rglob("*.py"))


def imported(path):
    """Return the top packages that a file imports from outside its own."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module.partition(".")[0])
    return names


@pytest.mark.parametrize("app", MAY_NOT_IMPORT)
def test_apps_import_in_one_direction(app):
    wrong = {
        str(path.relative_to(ROOT)): sorted(names)
        for path in files(app)
        if (names := imported(path) & MAY_NOT_IMPORT[app])
    }

    assert wrong == {}


@pytest.mark.parametrize("app", MAY_NOT_IMPORT)
def test_apps_read_the_settings_through_django(app):
    wrong = [
        str(path.relative_to(ROOT))
        for path in files(app)
        if "agroferias.settings import" in path.read_text(encoding="utf-8")
    ]

    assert wrong == []


def test_no_module_takes_everything_from_another():
    wrong = [
        str(path.relative_to(ROOT))
        for app in MAY_NOT_IMPORT
        for path in files(app)
        if "import *" in path.read_text(encoding="utf-8")
    ]

    assert wrong == []


def test_the_clock_of_python_is_not_read():
    # Lima's day is timezone.localdate(); the machine's may be another.
    forbidden = ("date.today(", "datetime.now(", "datetime.today(", "time.time(")

    wrong = [
        (str(path.relative_to(ROOT)), words)
        for app in MAY_NOT_IMPORT
        for path in files(app)
        for words in forbidden
        if words in path.read_text(encoding="utf-8")
    ]

    assert wrong == []
