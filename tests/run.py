"""Every check and test, as `make test` and the README call it."""

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from agroferias.pgprograms import (
    MIN_MAJOR,
    find_programs,
    major_version,
    system_programs,
)
from tests import database
from tests.chromium import ensure, say

MANAGE = [sys.executable, "manage.py"]
RUFF = [sys.executable, "-m", "ruff"]
PYTEST = [sys.executable, "-m", "pytest"]
COVERED = [sys.executable, "-m", "slipcover", "-m", "pytest"]
WITHOUT_BROWSER = ["--ignore=tests/browser"]
# What an older server may answer otherwise: every page and list at full size, what
# the database refuses, how its tables come about, search, history.
TESTS = Path(__file__).parent
ON_OLDEST = [
    "test_full_size.py",
    "test_query_counts.py",
    "*/test_constraints.py",
    "*/test_migrations.py",
    "*/test_filters.py",
    "producers/test_search.py",
    "producers/test_history.py",
    "markets/test_expected.py",
]
# What failed last is the business of one run, and so is coverage.
PLAIN = ["-q", "-p", "no:cacheprovider"]
# It would count the branches of the tests too, but knows no pytest as new as ours.
QUIET = {"PYTHONWARNINGS": "ignore:Unable to activate pytest:RuntimeWarning"}


def main() -> int:
    """Run all, the rest too where one fails; return the exit code."""
    browser = ensure()
    if browser:
        os.environ["CHROMIUM"] = browser
    is_private = not os.environ.get("DATABASE_URL")
    database.provide()
    # Two at a time: a run with a browser mostly waits for it. Somebody else's server
    # may have room for one database only.
    beside = [*others(browser)] if is_private else []
    with tempfile.TemporaryFile() as output, ThreadPoolExecutor(1) as pool:
        ran = [(name, pool.submit(run_quietly, output, *one)) for name, *one in beside]
        own = checks(with_browser=bool(browser) and not is_private)
        failed = [name for name, *check in own if not passes(name, *check)]
        failed += [name for name, code in ran if code.result() != 0]
        output.seek(0)
        say(output.read().decode(errors="replace"))
    if os.environ.get("CI") and not browser:
        failed.append("Chromium")
    if failed:
        say(f"Falló: {', '.join(failed)}.")
    return 1 if failed else 0


def checks(*, with_browser):
    """Yield each check: name, command, changes of the environment."""
    yield "ruff check", [*RUFF, "check", "-q"], {}
    yield "ruff format", [*RUFF, "format", "-q", "--check"], {}
    deploy = [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"]
    yield "check --deploy", deploy, {"HTTPS": "1"}
    yield "makemigrations", [*MANAGE, "makemigrations", "--check", "--dry-run"], {}
    yield "pytest", [*COVERED, *([] if with_browser else WITHOUT_BROWSER)], QUIET


def others(browser):
    """Yield the runs beside those checks: in a browser, and on an old PostgreSQL."""
    if browser:
        yield "navegador", [*PYTEST, *PLAIN, "tests/browser"], {}
    if oldest := oldest_programs():
        files = [str(file) for pattern in ON_OLDEST for file in TESTS.glob(pattern)]
        changes = {"PG_BIN": str(oldest)}
        yield "PostgreSQL del sistema", [*PYTEST, *PLAIN, *files], changes


def passes(name, command, changes) -> bool:
    """Return whether a check succeeds."""
    say(f"— {name}")
    environment = {**os.environ, **changes}
    done = subprocess.run(command, env=environment, check=False)  # noqa: S603 - ours
    return done.returncode == 0


def run_quietly(output, command, changes) -> int:
    """Run a command on a database of its own, with its words to a file."""
    environment = {**os.environ, "DATABASE_URL": "", **changes}
    return subprocess.run(  # noqa: S603 - ours
        command, env=environment, stdout=output, stderr=subprocess.STDOUT, check=False
    ).returncode


def oldest_programs():
    """Return the folder of the system's oldest PostgreSQL that we support, if any.

    None if the private server runs on it anyway.
    """
    used, _ = find_programs()
    others = [folder for folder in system_programs() if folder != used]
    majors = {major_version(folder): folder for folder in others}
    supported = [major for major in majors if major >= MIN_MAJOR]
    if not supported:
        say(f"No hay otro PostgreSQL {MIN_MAJOR} o más nuevo con que repetir la suite.")
        return None
    return majors[min(supported)]


if __name__ == "__main__":
    sys.exit(main())
