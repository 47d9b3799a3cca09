"""A real Chromium, the site that it looks at, and a guard over what it meets there.

The site is a process of its own with the sample data, started once and shared: these
tests read it only, so nothing needs to be emptied between them.
"""

import os
from contextlib import ExitStack, closing
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright

from tests import chromium

from .demo import demo_site

VIEWPORTS = {
    320: {"width": 320, "height": 568},
    360: {"width": 360, "height": 740},
    390: {"width": 390, "height": 844},
    1280: {"width": 1280, "height": 900},
}
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
]
# What a page does by itself, in seconds: more is a fault even on a busy machine.
TIMEOUT_MS = 10_000
# What the site has to answer first, such as a page that takes several photos.
PAGE_TIMEOUT_MS = 30_000
WORKER_BLOCKED = "Service Worker registration blocked by Playwright"
# What is awaited on a page has as long: it may have to be fetched.
expect.set_options(timeout=TIMEOUT_MS)


@pytest.fixture(scope="session")
def browser():
    executable = chromium.find()
    if executable is None and os.environ.get("CI"):
        pytest.fail(chromium.MISSING)
    if executable is None:
        pytest.skip(chromium.MISSING)
    # Playwright's loop lives in this thread, and Django takes that for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=executable, args=[*ARGUMENTS, *sandbox]
        )
        with closing(launched):
            yield launched


@pytest.fixture(scope="session")
def site(browser, tmp_path_factory):
    with demo_site(tmp_path_factory.mktemp("site")) as started:
        yield started


@pytest.fixture(scope="session")
def staff_site(browser, tmp_path_factory):
    """A site that staff change; for tests that bear what others changed in it."""
    with demo_site(tmp_path_factory.mktemp("staff"), "staff") as started:
        yield started


@pytest.fixture
def open_page(browser, site):
    """Return a function that opens a path of the site in a new window.

    Whatever goes wrong in the windows fails the test at its end: script errors,
    refusals of the content security policy, missing files, other hosts.
    """
    faults = []
    with ExitStack() as windows:

        def open_page(path, *, width=1280, scheme="light", **options):
            context = browser.new_context(
                base_url=site.url,
                viewport=VIEWPORTS[width],
                color_scheme=scheme,
                locale="es-PE",
                reduced_motion="reduce",
                # It would fetch pages behind every test; see test_offline.py.
                **{"service_workers": "block"} | options,
            )
            windows.enter_context(closing(context))
            context.set_default_timeout(TIMEOUT_MS)
            context.set_default_navigation_timeout(PAGE_TIMEOUT_MS)
            page = context.new_page()
            watch(page, site.url, faults)
            page.goto(path)
            return page

        yield open_page

    assert faults == []


def watch(page, site_url, faults):
    """Note in faults what a page must not do; its own address may be a 404."""

    def on_console(message):
        is_404 = "status of 404" in message.text
        is_own = is_404 and message.location["url"] == page.url
        is_own |= message.text == WORKER_BLOCKED
        if message.type in {"error", "warning"} and not is_own:
            faults.append(f"{page.url}: {message.text}")

    def on_request(request):
        if urlsplit(request.url).netloc != urlsplit(site_url).netloc:
            faults.append(f"{page.url} asked for {request.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("request", on_request)
