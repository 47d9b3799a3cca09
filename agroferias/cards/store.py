"""The cards that were drawn, kept as files until what they say changes.

Below settings.PRIVATE_ROOT: some show people, so that no server but the site may hand
them out, after asking whether they are still public.
"""

import contextlib
import fcntl
import os
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language


def kept(kind: str, owner: str, version: str, draw: Callable[[], bytes]) -> bytes:
    """Return the file of a version, drawn if there is none yet.

    Several who ask at once wait for one drawing. The language's other versions go.
    """
    folder = _folder(kind, owner)
    path = folder / f"{get_language()}-{version}.jpg"
    with contextlib.suppress(FileNotFoundError):
        return path.read_bytes()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _locked(folder):
        if not path.exists():
            _write(path, draw())
            _remove_others(path)
        return path.read_bytes()


def remove(kind: str, owner: str | int):
    """Remove all the files of a card."""
    folder = _folder(kind, owner)
    if not folder.exists():
        return
    with _locked(folder):
        for path in folder.glob("*.jpg"):
            path.unlink()


def _folder(kind, owner):
    return Path(settings.PRIVATE_ROOT) / "cards" / kind / str(owner or "one")


def _write(path, data):
    # Whole or not at all: whoever reads does not wait for the lock.
    unfinished = path.with_suffix(".part")
    unfinished.write_bytes(data)
    unfinished.replace(path)


def _remove_others(path):
    for other in path.parent.glob(f"{get_language()}-*.jpg"):
        if other != path:
            other.unlink()


@contextlib.contextmanager
def _locked(folder):
    """Hold a folder; its lock ends with the process, however that ends."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
