"""Home on a phone in every state: all questions answered in the first view.

The site runs in this process, so that its rows and its time are the test's.
"""

import datetime as dt
from contextlib import closing

import pytest
import time_machine
from playwright.sync_api import expect

from markets.models import MarketDay
from tests.factories import SUNDAY, make_market_day
from tests.markets.shop import make_shop, open_usually
from tests.markets.states import at

from .conftest import PAGE_TIMEOUT_MS, TIMEOUT_MS, VIEWPORTS, watch
from .test_axe import violations
from .test_states import PHONE, see_at_once

pytestmark = pytest.mark.django_db(transaction=True)

PLACE = "Puericultorio Pérez Araníbar, Av. del Ejército"
# As long as staff may write it.
NOTICE = ("La municipalidad necesita la avenida para el desfile. " * 6)[:280]
BOTH = {
    "status": "moved",
    "moved_to": PLACE,
    "notice": NOTICE,
    "opens": dt.time(9),
    "usual_opens": dt.time(8),
    "usual_closes": dt.time(14),
}
FACTS = ["h1", "[class^=status-]", ".facts div:nth-child(2)", "#shop-line"]
STATES = {
    "confirmed": ({"status": "confirmed"}, ".status-yes", [*FACTS, ".buttons"]),
    "never checked": ({}, ".status-moved", [*FACTS, ".buttons", ".fine"]),
    "checked": (
        {"checked_at": at(18, days=-7)},
        ".status-moved",
        [*FACTS, ".buttons", ".fine"],
    ),
    "moved": (BOTH, ".status-moved", FACTS),
    "cancelled": (
        {"status": "cancelled", "notice": NOTICE},
        ".status-no",
        ["h1", ".status-no", ".tolva__reason", "#shop-line"],
    ),
}
MONDAY = at(12, days=-6)
AFTERNOON = at(15, days=-4)


@pytest.fixture
def phone(browser, live_server):
    """A phone's window, on a site that has a day and a shop."""
    faults = []
    make_market_day()
    open_usually(make_shop())
    context = browser.new_context(
        base_url=live_server.url,
        viewport=VIEWPORTS[PHONE],
        locale="es-PE",
        reduced_motion="reduce",
        service_workers="block",
    )
    context.set_default_timeout(TIMEOUT_MS)
    context.set_default_navigation_timeout(PAGE_TIMEOUT_MS)
    with closing(context):
        page = context.new_page()
        watch(page, live_server.url, faults)
        yield page
    assert faults == []


def tell(**fields):
    """Let the Sunday be in another state; what is not given is as usual."""
    usual = {
        "status": "scheduled",
        "notice": "",
        "moved_to": "",
        "checked_at": None,
        "opens": dt.time(8),
        "usual_opens": None,
        "usual_closes": None,
    }
    MarketDay.objects.filter(date=SUNDAY).update(**usual | fields)


@time_machine.travel(MONDAY)
def test_each_state_is_seen_at_once_and_axe_finds_nothing(phone):
    # By another clock than the server's it would ask for the page again.
    phone.clock.set_fixed_time(MONDAY)
    for name, (fields, chip, seen) in STATES.items():
        tell(**fields)
        phone.goto("/")

        expect(phone.locator(f".tolva--hero {chip}")).to_be_visible()
        see_at_once(phone, *seen)
        assert violations(phone) == {"light": [], "dark": []}, name


@time_machine.travel(AFTERNOON)
def test_after_a_market_the_next_one_is_seen_at_once(phone):
    phone.clock.set_fixed_time(AFTERNOON)
    make_market_day(date=AFTERNOON.date(), status="confirmed")
    for fields in ({"status": "scheduled"}, BOTH):
        tell(**fields)
        phone.goto("/")

        ended = phone.locator(".tolva__ended")
        expect(ended).to_have_text("La feria de hoy ya terminó.")
        see_at_once(phone, ".tolva__ended", *FACTS)
    assert violations(phone) == {"light": [], "dark": []}
