"""`python -m tests.browser.guide_pictures`, by hand: the pictures of the staff's guide.

It walks the journeys of the tests on a site of its own with the sample data, as
somebody with the role Coordinación, and writes what the guide shows of them.
"""

import io
import sys
import tempfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from agroferias.bootstrap import PROJECT
from tests import chromium, database

from . import journeys
from .conftest import ARGUMENTS, TIMEOUT_MS
from .demo import demo_site
from .pages import SUNDAY

FOLDER = PROJECT / "static" / "img" / "guide"
VIEWPORT = {"width": journeys.PHONE, "height": 650}
# Sharp enough on a phone, small enough for its network.
SIZE = (480, 800)
QUALITIES = (40, 30, 20, 10)
LIMIT_BYTES = 24_000
TOP_PX = 12
PASSWORD = "papa-huayro-7"
PRODUCER = "Piñal Cerro Sombrero"


def main() -> int:
    """Take all pictures again; return the exit code."""
    database.provide()
    for old in FOLDER.glob("*.webp"):
        old.unlink()
    with (
        tempfile.TemporaryDirectory() as folder,
        demo_site(Path(folder), "guide") as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=[*ARGUMENTS, "--no-sandbox"]
        )
        with closing(browser):
            walk(window(browser, site), window(browser, site), site)
    sizes = [file.stat().st_size for file in FOLDER.glob("*.webp")]
    chromium.say(f"{len(sizes)}: {sum(sizes):,} bytes, {max(sizes):,} at most")
    return 0


def window(browser, site):
    """Return a page of a phone in Lima, signed in to nothing."""
    context = browser.new_context(
        base_url=site.url,
        viewport=VIEWPORT,
        device_scale_factor=2,
        locale="es-PE",
        timezone_id="America/Lima",
        reduced_motion="reduce",
    )
    context.set_default_timeout(TIMEOUT_MS)
    return context.new_page()


def walk(page, phone, site):
    """Do with a page, and a producer's phone, what the guide has pictures of."""
    journeys.log_in(phone, site.account, site.password)
    journeys.make_account(phone, "coco", "Coordinación", PASSWORD)
    journeys.log_in(page, "coco", PASSWORD)
    journeys.publish_a_producer(page, "Chacra de Rosa", see)
    page.locator(".object-tools .historylink").click()
    see(page, "historial", ".saves")
    journeys.from_the_front(page, "Boletín de la semana")
    page.wait_for_load_state("load")
    see(page, "boletin", ".bulletin")
    journeys.open_day(page, SUNDAY + timedelta(weeks=1))
    journeys.run_a_sunday(page, see)
    journeys.open_day(page, SUNDAY + timedelta(weeks=2))
    journeys.cancel_a_sunday(page, see)
    page.goto("/admin/producers/producer/sheets/")
    journeys.bring_a_sheet(page, journeys.BAD_SHEET)
    see(page, "hoja-revisar", ".sheets__verdict")
    phone.goto(journeys.make_link(page, PRODUCER))
    journeys.answer(phone)
    journeys.accept(page, PRODUCER, see)


def see(page, name, at=None):
    """Keep a picture of the screen, with what is at its top."""
    place = page.locator(at).first if at else page.locator("#content-start")
    box = place.evaluate("one => one.getBoundingClientRect().top + scrollY")
    page.evaluate(f"scrollTo(0, {box - TOP_PX})")
    # What was typed last is not what the picture is about.
    page.evaluate("document.activeElement.blur()")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.thumbnail(SIZE, Image.Resampling.LANCZOS)
    (FOLDER / f"{name}.webp").write_bytes(small(picture))


def small(picture):
    """Return a picture as a light WebP, as good as it can be."""
    for quality in QUALITIES:
        stream = io.BytesIO()
        picture.save(stream, "WEBP", quality=quality, method=6)
        if stream.tell() <= LIMIT_BYTES:
            break
    return stream.getvalue()


if __name__ == "__main__":
    sys.exit(main())
