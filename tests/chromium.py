"""Where the browser of tests/browser is, and how to get one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# The shell is the same browser without a window: each page takes a quarter of the time.
SHELL = "chromium-headless-shell"
NAMES = (
    *(SHELL, "chromium", "chromium-browser"),
    *("google-chrome", "google-chrome-stable"),
)
MAC_APPS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
# Below its folder of downloads, whose names differ between releases.
PLAYWRIGHT_PATTERNS = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
)
INSTALL_TIMEOUT_S = 300
MISSING = (
    "Sin Chromium no se hicieron las pruebas de navegador (tests/browser): instálelo, "
    "en Debian con «apt install chromium», o indique su ruta en CHROMIUM=."
)


def say(text):
    """Print text at once: other programs write to the same terminal."""
    print(text, flush=True)  # noqa: T201 - a program's output


def find() -> str | None:
    """Return the path of a Chromium that runs, None if there is none.

    The CHROMIUM variable alone if it is set.
    """
    if wanted := os.environ.get("CHROMIUM"):
        candidates = [wanted]
    else:
        on_path = (shutil.which(name) for name in NAMES)
        candidates = [*filter(None, on_path), *MAC_APPS, *_from_playwright()]
    return next(filter(_runs, candidates), None)


def ensure() -> str | None:
    """Return what find() does, after trying to install a Chromium if there is none.

    Prints one line if that fails.
    """
    ways = [] if os.environ.get("CHROMIUM") else _ways_to_install()
    found = find()
    for command in ways:
        if found:
            break
        say("Instalando Chromium para las pruebas de navegador…")
        _succeeds(command, timeout=INSTALL_TIMEOUT_S)
        found = find()
    if not found:
        say(MISSING)
    return found


def _ways_to_install():
    if os.geteuid() == 0 and shutil.which("apt-get"):
        install = "apt-get install -y --no-install-recommends"
        either = f"{install} {SHELL} || {install} chromium"
        yield ["sh", "-c", f"apt-get update; {either}"]
    yield [sys.executable, "-m", "playwright", "install", "chromium"]


def _from_playwright():
    home = Path.home()
    folders = [home / ".cache/ms-playwright", home / "Library/Caches/ms-playwright"]
    if chosen := os.environ.get("PLAYWRIGHT_BROWSERS_PATH"):
        folders = [Path(chosen)]
    for folder in folders:
        for pattern in PLAYWRIGHT_PATTERNS:
            yield from map(str, sorted(folder.glob(pattern), reverse=True))


def _runs(path):
    # Ubuntu's chromium-browser may be a note that says to install a snap.
    return _succeeds([path, "--version"], timeout=30)


def _succeeds(command, timeout):
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(  # noqa: S603 - our own argument lists, no shell of others
            command,
            check=False,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=timeout,
            env=environment,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
