"""Every check and test, as `make test` and the README call it."""

import os
import subprocess
import sys
import tempfile

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
WITHOUT_BROWSER = ["--ignore=tests/browser"]


def main() -> int:
    """Run all, the rest too where one fails; return the exit code."""
    browser = ensure()
    if browser:
        os.environ["CHROMIUM"] = browser
    is_private = not os.environ.get("DATABASE_URL")
    database.provide()
    # Beside the others: most of the time one of the two waits for a browser.
    with tempfile.TemporaryFile() as output:
        oldest = start_on_oldest(output) if is_private else None
        failed = [name for name, *check in checks(browser) if not passes(name, *check)]
        if oldest and not ends_well(oldest, output):
            failed.append("PostgreSQL del sistema")
    if os.environ.get("CI") and not browser:
        failed.append("Chromium")
    if failed:
        say(f"Falló: {', '.join(failed)}.")
    return 1 if failed else 0


def checks(browser):
    """Yield each check: name, command, changes of the environment."""
    yield "ruff check", [*RUFF, "check", "-q"], {}
    yield "ruff format", [*RUFF, "format", "-q", "--check"], {}
    deploy = [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"]
    yield "check --deploy", deploy, {"HTTPS": "1"}
    yield "makemigrations", [*MANAGE, "makemigrations", "--check", "--dry-run"], {}
    yield "pytest", [*PYTEST, *([] if browser else WITHOUT_BROWSER)], {}


def passes(name, command, changes) -> bool:
    """Return whether a check succeeds."""
    say(f"— {name}")
    environment = {**os.environ, **changes}
    done = subprocess.run(command, env=environment, check=False)  # noqa: S603 - ours
    return done.returncode == 0


def start_on_oldest(output):
    """Start the suite on the system's oldest PostgreSQL that we support, if any.

    Without the browser; output is a file that takes what it prints.
    """
    used, _ = find_programs()
    others = [folder for folder in system_programs() if folder != used]
    majors = {major_version(folder): folder for folder in others}
    supported = [major for major in majors if major >= MIN_MAJOR]
    if not supported:
        say(f"No hay otro PostgreSQL {MIN_MAJOR} o más nuevo con que repetir la suite.")
        return None
    oldest = min(supported)
    say(f"— pytest, PostgreSQL {oldest}, al mismo tiempo")
    environment = {**os.environ, "PG_BIN": str(majors[oldest]), "DATABASE_URL": ""}
    command = [*PYTEST, "-q", "--no-cov", "-p", "no:cacheprovider", *WITHOUT_BROWSER]
    return subprocess.Popen(  # noqa: S603 - ours
        command, env=environment, stdout=output, stderr=subprocess.STDOUT
    )


def ends_well(process, output) -> bool:
    """Wait for a process, print what it printed, and return whether it succeeded."""
    code = process.wait()
    output.seek(0)
    say("— pytest, PostgreSQL del sistema")
    say(output.read().decode(errors="replace"))
    return code == 0


if __name__ == "__main__":
    sys.exit(main())
