"""What a fresh machine lacks before Django can read its settings: folder and key."""

import contextlib
import errno
import fcntl
import os
import re
import secrets
import shutil
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
# PostgreSQL grows by whole WAL segments: with less than one left it stops.
WAL_SEGMENT_BYTES = 16 * 1024 * 1024


class ExpectedError(Exception):
    """What can go wrong on anyone's machine; its text is one sentence in Spanish."""


def var_dir() -> Path:
    """Return settings.VAR_DIR, the folder of all that is made at run time."""
    return Path(os.environ.get("VAR_DIR") or PROJECT / "var").absolute()


@contextlib.contextmanager
def locked(path: Path):
    """Hold the lock file at path alone; wait for whoever holds it now.

    The kernel lets go of it however the process ends.
    """
    lock = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock
    finally:
        os.close(lock)


def keep_secret(path: Path, make) -> tuple[str, bool]:
    """Return the text kept at path, and whether make() has made it just now.

    Only the owner can read the file. An empty one, left by a full disk, counts as
    missing.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with locked(path.parent / "secrets.lock"):
        if path.exists() and (kept := path.read_text().strip()):
            return kept, False
        made = make()
        new = path.with_suffix(".new")
        with os.fdopen(os.open(new, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
            file.write(made + "\n")
        new.replace(path)
        return made, True


def provide_secret_key():
    """Set SECRET_KEY, where it is unset, to one kept in the var folder.

    Only manage.py comes by here: wsgi.py insists on a SECRET_KEY.
    Raises ExpectedError.
    """
    if os.environ.get("SECRET_KEY"):
        return
    path = var_dir() / "secret_key"
    try:
        key, _ = keep_secret(path, lambda: secrets.token_hex(32))
    except OSError as error:
        raise ExpectedError(explain(error, var_dir())) from error
    os.environ["SECRET_KEY"] = key


def explain(failure, folder: Path) -> str:
    """Return one sentence on a failure in folder: an error or a program's output."""
    text = str(failure).strip()
    if _is_disk_full(text, folder):
        return (
            f"No queda espacio en el disco para «{folder}»: "
            "libere espacio y repita la orden."
        )
    # What PostgreSQL calls fatal, apart from its answer to whoever comes too early.
    fatal = re.findall(r"(?:FATAL|PANIC|error):\s*(?!\s|the database system)(.+)", text)
    reason = (fatal or text.splitlines() or ["?"])[-1]
    return (
        f"No se puede usar la carpeta «{folder}» ({reason}): repárela o, "
        "si no importa perder lo que contiene, bórrela, y repita la orden."
    )


def _is_disk_full(text, folder):
    # PostgreSQL has a hint for the write that was cut short without an error.
    signs = (os.strerror(errno.ENOSPC), os.strerror(errno.EDQUOT), "free disk space")
    if any(sign in text for sign in signs):
        return True
    # A server that stopped for want of space may only be seen to go away.
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    return shutil.disk_usage(existing).free < WAL_SEGMENT_BYTES
