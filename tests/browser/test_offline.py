"""A phone that loses its signal: what it still shows, and how soon it is put right."""

import re
import time
from contextlib import closing

import pytest
from django.db import connection, transaction
from django.utils import timezone
from playwright.sync_api import Error, expect

from tests.factories import make_market_day, make_opening_hours, make_venue

from .conftest import TIMEOUT_MS, VIEWPORTS
from .test_axe import violations

KEPT = re.compile(r"^Guardado el \S+ \d+ de \S+ a las? \d+.*m\., sin señal\. Puede")
PATHS = """async () => (await (await caches.open("pages")).keys())
  .map(({url}) => new URL(url).pathname)
  .filter(path => !/^.(en|qu).offline/.test(path)).sort()"""
FILES = """async () => (await (await caches.open("static")).keys()).length"""
OLD_FILE = "/static/css/base.000000000000.css"
OPENED = "() => navigator.serviceWorker.controller !== null"
SAVING = """Object.defineProperty(
  navigator, "connection", {value: {saveData: true}});"""


@pytest.fixture
def phone(browser):
    """Return a function that opens an address on a phone that has a worker."""
    contexts = []

    def open_phone(address, script=""):
        context = browser.new_context(viewport=VIEWPORTS[360], locale="es-PE")
        contexts.append(context)
        context.set_default_timeout(TIMEOUT_MS)
        context.add_init_script(script)
        page = context.new_page()
        page.goto(address)
        page.wait_for_function(OPENED)
        return page

    yield open_phone
    for context in contexts:
        with closing(context):
            context.set_offline(True)


def wait_for_pages(page, count):
    until(lambda: len(page.evaluate(PATHS)) >= count)


def until(condition):
    """Wait until a condition on what the worker has holds: no event tells of it."""
    end = time.monotonic() + TIMEOUT_MS / 1000
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_what_was_kept_is_shown_with_its_time_and_style(phone, site):
    page = phone(f"{site.url}/")
    wait_for_pages(page, 5)
    page.context.set_offline(True)

    for path, heading in (
        ("/", "de"),
        ("/este-domingo/", "Feria del"),
        ("/calendario/", "El año en andenes"),
        ("/agro-shop/", "Agro-Shop"),
    ):
        page.goto(f"{site.url}{path}")
        expect(page.locator("h1")).to_contain_text(heading)
        expect(page.locator("#kept")).to_have_text(KEPT)
        expect(page.locator("#kept")).to_have_css("display", "flex")
        expect(page.locator(".open-badge:visible, #shop-line:visible")).to_have_count(0)
    assert violations(page) == {"light": [], "dark": []}

    page.goto(f"{site.url}/nosotros/")
    expect(page.locator("h1")).to_have_text("Te quedaste sin señal")
    expect(page.locator(".kept-pages li:visible")).to_have_count(4)
    assert violations(page) == {"light": [], "dark": []}
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("h1")).not_to_contain_text("señal")


def test_going_back_without_signal_says_so(phone, site):
    page = phone(f"{site.url}/en/")
    wait_for_pages(page, 5)
    page.goto(f"{site.url}/en/nosotros/")
    page.context.set_offline(True)

    page.go_back()
    expect(page.locator("#kept")).to_be_visible()
    page.goto(f"{site.url}/en/nosotros/")
    expect(page.locator("h1")).to_have_text("You are without signal")
    expect(page.locator(".kept-pages li:visible")).to_have_count(4)


def test_private_pages_are_left_alone(phone, site):
    page = phone(f"{site.url}/")
    wait_for_pages(page, 5)
    page.goto(f"{site.url}/admin/login/")
    page.goto(f"{site.url}/mi-feria/nada/")
    page.goto(f"{site.url}/productores/pinal-cerro-sombrero/")
    kept = [one for one in page.evaluate(PATHS) if not one.startswith("/ferias/")]

    assert kept == ["/", "/agro-shop/", "/calendario/", "/offline/"]
    page.context.set_offline(True)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(f"{site.url}/admin/login/")


def test_who_saves_data_keeps_only_what_was_opened(phone, site):
    page = phone(f"{site.url}/nosotros/", SAVING)

    assert page.evaluate(PATHS) == ["/offline/"]
    page.goto(f"{site.url}/agro-shop/")
    wait_for_pages(page, 2)
    assert page.evaluate(PATHS) == ["/agro-shop/", "/offline/"]


def test_files_of_another_version_are_forgotten(phone, site):
    page = phone(f"{site.url}/", SAVING)
    page.evaluate(
        """async () => {
      const cache = await caches.open("static");
      await cache.put("OLD", new Response("old"));
      await (await navigator.serviceWorker.ready).unregister();
    }""".replace("OLD", OLD_FILE)
    )
    before = page.evaluate(FILES)

    page.reload()
    page.wait_for_function(OPENED)

    old = "async () => await caches.has('static') && !!(await caches.match(OLD))"
    until(lambda: not page.evaluate(old.replace("OLD", repr(OLD_FILE))))
    assert 0 < page.evaluate(FILES) < before


@pytest.fixture
def today(transactional_db):
    """A market day that is held all day long, and a shop."""
    make_opening_hours(venue=make_venue(kind="shop"))
    all_day = {"opens": "00:00", "closes": "23:59:59"}
    return make_market_day(**all_day, date=timezone.localdate(), status="confirmed")


def cancel(day):
    day.status, day.notice = "cancelled", "Hay un desfile."
    day.save()


def expect_cancelled(page):
    expect(page.locator(".tolva--hero .status-no")).to_be_visible()


def test_a_cancelled_sunday_takes_the_place_of_the_kept_one(phone, live_server, today):
    page = phone(f"{live_server.url}/")
    wait_for_pages(page, 5)
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("#kept")).to_have_text(KEPT)
    expect(page.locator(".tolva--hero .status-no")).to_have_count(0)

    cancel(today)
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")

    expect_cancelled(page)
    expect(page.locator("#kept")).to_be_hidden()
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("#kept")).to_have_text(KEPT)
    expect_cancelled(page)


def test_a_slow_answer_takes_the_place_of_the_copy(phone, live_server, today):
    page = phone(f"{live_server.url}/")
    wait_for_pages(page, 5)

    with transaction.atomic(), connection.cursor() as cursor:
        # Until the end of it no page is answered.
        cursor.execute("LOCK TABLE markets_marketday IN ACCESS EXCLUSIVE MODE")
        page.reload()
        expect(page.locator("#kept")).to_have_text(KEPT)
        cancel(today)

    expect_cancelled(page)
    expect(page.locator("#kept")).to_be_hidden()
