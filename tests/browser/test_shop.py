"""The badge of the shop turns by itself, at the minute: on clocks that are moved.

The site runs in this process, so that its time travels with the test's.
"""

from contextlib import closing

import pytest
import time_machine
from playwright.sync_api import expect

from tests.factories import make_market_day, make_special_hours
from tests.markets.shop import at, make_shop, open_usually

from .conftest import TIMEOUT_MS, VIEWPORTS, watch
from .test_axe import violations

pytestmark = pytest.mark.django_db(transaction=True)

PATHS = pytest.mark.parametrize("path", ["/agro-shop/", "/"], ids=["shop", "home"])
FIVE_MINUTES = "Cierra en 5 minutos, a las 8 p. m."
CLOSED = "Cerrado · abre mañana a las 9 a. m."
SET_HIDDEN = """(hidden) => {
  Object.defineProperty(document, "hidden", {value: hidden, configurable: true});
  document.dispatchEvent(new Event("visibilitychange"));
}"""


class Window:
    """A page of the site, whose clock is moved together with the site's."""

    def __init__(self, page, traveller):
        self.page, self.traveller = page, traveller
        self.badge = page.locator(".open-badge")
        self.asked = []
        page.on("request", self._note)

    def _note(self, request):
        if request.resource_type == "fetch":
            self.asked.append(request.url)

    def move_to(self, moment):
        """Let time pass for the site and the page, none of it by waiting."""
        self.traveller.move_to(moment)
        self.page.clock.fast_forward((moment.timestamp() - self._now()) * 1000)

    def _now(self):
        return self.page.evaluate("Date.now()") / 1000


@pytest.fixture
def shop(transactional_db):
    shop = make_shop(street="Jr. Lima 123")
    open_usually(shop)
    return shop


@pytest.fixture
def open_at(browser, live_server):
    """Return a function that opens a path at a moment, on both clocks."""
    faults = []
    context = browser.new_context(
        base_url=live_server.url,
        viewport=VIEWPORTS[360],
        locale="es-PE",
        service_workers="block",
    )
    context.set_default_timeout(TIMEOUT_MS)
    with closing(context), time_machine.travel(at(24)) as traveller:

        def open_at(path, moment, *, guarded=True):
            traveller.move_to(moment)
            page = context.new_page()
            if guarded:
                watch(page, live_server.url, faults)
            page.clock.install(time=moment)
            page.goto(path)
            return Window(page, traveller)

        yield open_at

    assert faults == []


@PATHS
def test_the_badge_turns_at_the_minute_it_should(open_at, shop, path):
    window = open_at(path, at(24, "19:56"))
    expect(window.badge).to_have_text(FIVE_MINUTES)

    window.move_to(at(24, "19:59:50"))
    expect(window.badge).to_have_text(FIVE_MINUTES)
    assert window.asked == []
    window.move_to(at(24, "20:00:01"))

    expect(window.badge).to_have_text(CLOSED)
    assert len(window.asked) == 1


def test_it_goes_on_turning_and_the_week_with_it(open_at, shop):
    window = open_at("/agro-shop/", at(24, "08:59"))
    expect(window.badge).to_have_text("Cerrado · abre hoy a las 9 a. m.")

    window.move_to(at(24, "09:00:01"))
    expect(window.badge).to_have_text("Abierto ahora · cierra a las 8 p. m.")
    window.move_to(at(24, "19:00:01"))
    expect(window.badge).to_have_text("Cierra en una hora, a las 8 p. m.")
    window.move_to(at(25, "00:00:01"))

    expect(window.badge).to_have_text("Cerrado · abre hoy a las 9 a. m.")
    expect(window.page.locator("tr.today th")).to_contain_text("Miércoles")


def test_a_page_that_is_not_looked_at_asks_when_it_is_again(open_at, shop):
    window = open_at("/agro-shop/", at(24, "19:56"))
    window.page.evaluate(SET_HIDDEN, True)

    window.move_to(at(24, "20:10"))
    assert window.asked == []
    expect(window.badge).to_have_text(FIVE_MINUTES)
    window.page.evaluate(SET_HIDDEN, False)

    expect(window.badge).to_have_text(CLOSED)


def test_without_signal_it_keeps_its_words_and_tries_again(open_at, shop):
    window = open_at("/agro-shop/", at(24, "19:56"), guarded=False)
    window.page.context.set_offline(True)
    with window.page.expect_event("requestfailed"):
        window.move_to(at(24, "20:00:01"))
    expect(window.badge).to_have_text(FIVE_MINUTES)
    assert len(window.asked) == 1

    window.page.context.set_offline(False)
    window.move_to(at(24, "20:01:10"))

    expect(window.badge).to_have_text(CLOSED)


def test_a_wrong_clock_of_the_phone_does_not_matter(open_at, shop):
    window = open_at("/agro-shop/", at(24, "19:56"))
    window.page.clock.install(time=at(25, "03:00"))
    window.page.reload()
    # With such a clock it asks at once: the answer belongs to this moment.
    window.page.wait_for_load_state("networkidle")
    expect(window.badge).to_have_text(FIVE_MINUTES)

    window.traveller.move_to(at(24, "20:00:01"))
    window.page.clock.fast_forward("04:02")

    expect(window.badge).to_have_text(CLOSED)


@pytest.mark.parametrize(
    "time", ["12:00", "19:30", "20:30"], ids=["open", "closing", "closed"]
)
def test_axe_finds_nothing_in_any_state(open_at, shop, time):
    make_special_hours(venue=shop, reason="Inventario")
    market = make_shop(slug="feria", kind="market", is_main=True)
    make_market_day(venue=market, status="cancelled", notice="Hay un desfile.")

    assert_accessible(open_at("/agro-shop/", at(24, time)).page)


def test_axe_finds_nothing_without_hours_or_shop(open_at):
    assert_accessible(open_at("/agro-shop/", at(24)).page)
    make_shop()
    assert_accessible(open_at("/agro-shop/", at(24)).page)


def assert_accessible(page):
    for width in (360, 1280):
        page.set_viewport_size(VIEWPORTS[width])
        assert violations(page) == {"light": [], "dark": []}, width
