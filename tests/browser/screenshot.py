"""`python -m tests.browser.screenshot`, by hand: the README's picture of the home page.

It comes from the site as `make run` serves it, whose address may be given.
"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from agroferias.bootstrap import PROJECT
from tests import chromium

from .conftest import ARGUMENTS, VIEWPORTS

TARGET = PROJECT / "static" / "img" / "screenshot.webp"
QUALITY = 55
LIMIT_BYTES = 80 * 1024


def main(address="http://127.0.0.1:8000") -> int:
    """Take the picture; return the exit code."""
    picture = Image.open(io.BytesIO(photograph(address)))
    picture.save(TARGET, "WEBP", quality=QUALITY, method=6)
    size = Path(TARGET).stat().st_size
    chromium.say(f"{TARGET.relative_to(PROJECT)}: {size:,} bytes")
    return 0 if size <= LIMIT_BYTES else 1


def photograph(address):
    """Return the first view of the home page as a PNG."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=[*ARGUMENTS, "--no-sandbox"]
        )
        page = browser.new_page(
            viewport=VIEWPORTS[1280], locale="es-PE", reduced_motion="reduce"
        )
        page.goto(address, wait_until="networkidle")
        return page.screenshot()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
