"""axe finds nothing on the pages, and the parts of pages, that we add to the admin."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from . import journeys
from .conftest import VIEWPORTS
from .pages import SUNDAY
from .test_desk import violations

PRODUCER = "/admin/producers/producer"
NAME = "Huerto de Luz"
FAR = SUNDAY + dt.timedelta(weeks=18)
NOTHING = {"light": [], "dark": []}
# Of Django's own pages only our sections: its lookups have no name while they are
# empty, and its lists name their search box by a title alone.
PAGES = {
    "front": ("/admin/", ".front, .front-guide"),
    "guide": ("/admin/guia/", None),
    "day": ("{day}/change/", None),
    "bulletin": ("{day}/bulletin/", None),
    "roster": ("{day}/roster/", None),
    "day-sheets": ("{day}/sheets/", None),
    "day-history": ("{day}/history/", None),
    "sheets": (f"{PRODUCER}/sheets/", None),
    "publishing": ("{producer}/change/", ".publishing, .save-bar, #photos-group"),
    "history": ("{producer}/history/", None),
    "deleted": (f"{PRODUCER}/deleted/", None),
    "proposals": ("/admin/markets/proposal/", None),
    "links": ("/admin/markets/updatelink/", None),
}


@pytest.fixture(scope="module")
def site(staff_site):
    return staff_site


@pytest.fixture(scope="module")
def places(browser, site):
    """The addresses of a day and of a producer with a photo and some history."""
    page = browser.new_page(base_url=site.url, viewport=VIEWPORTS[journeys.PHONE])
    journeys.log_in(page, site.account, site.password)
    journeys.publish_a_producer(page, NAME)
    producer = page.url.partition("/change/")[0]
    journeys.open_day(page, SUNDAY)
    day = page.url.partition("/change/")[0]
    cookies = page.context.cookies()
    page.context.close()
    return {"day": day, "producer": producer, "cookies": cookies}


@pytest.fixture
def desk(open_page, places):
    """Return a function that opens a page of the desk on a phone."""

    def desk(path, width=journeys.PHONE):
        state = {"cookies": places["cookies"], "origins": []}
        return open_page(path.format(**places), width=width, storage_state=state)

    return desk


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_what_we_add(desk, name):
    path, part = PAGES[name]

    page = desk(path)

    expect(page.locator(part or "h1").first).to_be_visible()
    assert "/login/" not in page.url
    assert violations(page, part) == NOTHING
    assert overflow(page) == 0


def test_axe_finds_nothing_where_two_people_saved(desk):
    first, second = desk("{producer}/change/"), desk("{producer}/change/")
    for page, text in ((first, "Uno."), (second, "Otro.")):
        page.fill("#id_summary", text)
        journeys.send(page.locator(".save-bar__save"))

    expect(second.locator(".conflict")).to_be_visible()
    assert violations(second, ".conflict") == NOTHING
    assert overflow(second) == 0


def test_axe_finds_nothing_where_hours_ask_first(desk):
    page = desk(f"/admin/markets/specialhours/add/?first_date={FAR}&last_date={FAR}")
    page.select_option("#id_venue", label="Feria de la Av. Brasil")
    page.fill("#id_reason", "Desfile.")
    journeys.send(page.locator("[name=_continue]"))
    expect(page.locator("#preview")).to_be_visible()
    assert page.input_value("#id_reason") == "Desfile."
    assert violations(page, "#preview") == NOTHING
    assert overflow(page) == 0

    page.check("#id_published")
    journeys.send(page.locator("[name=_continue]"))
    special = page.url
    page.locator(".messagelist a", has_text="No hay feria").click()
    page.goto(page.url.replace("change", "history"))
    journeys.send(page.locator("[name=moment]"))
    expect(page.locator("[name=published]")).to_be_visible()
    assert violations(page) == NOTHING
    assert overflow(page) == 0

    # As it was, for whoever reads the site next.
    page.goto(special.replace("change", "delete"))
    journeys.send(page.locator("#content [type=submit]"))
