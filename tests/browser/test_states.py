"""Staff change the next market day; visitors with a phone see it everywhere at once."""

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from . import journeys
from .demo import demo_site
from .journeys import send

PHONE = 360
# The bar of navigation covers the rest of the first view.
SEEN_HEIGHT = 740 - 60
REASON = "La municipalidad necesita la avenida."
PLACE = "Parque Castilla, Lince"
PRODUCT = "/productos/pina/"


@pytest.fixture(scope="module")
def site(browser, tmp_path_factory):
    """A site of our own: the others must not see what changes here."""
    with demo_site(tmp_path_factory.mktemp("states"), "states") as started:
        yield started


@pytest.fixture
def date(open_page):
    """The date of the next market day, where the short address leads."""
    page = open_page("/este-domingo/", width=PHONE)
    found = re.search(r"/ferias/(\d{4}-\d{2}-\d{2})/$", page.url)
    return dt.date.fromisoformat(found[1])


@pytest.fixture
def staff(open_page, site, date):
    """Return a function by which staff give the next market day another state."""
    page = open_page("/admin/", width=PHONE)
    journeys.log_in(page, site.account, site.password)

    def change(state, *, notice="", moved_to=""):
        page.goto(f"/admin/markets/marketday/?q={date:%d/%m/%Y}")
        send(page.locator("#result_list tbody th a"))
        page.locator(f"label.states__one--{state}").click()
        page.fill("[name=notice]", notice)
        page.fill("[name=moved_to]", moved_to)
        send(page.locator(".save-bar__save"))
        if state in {"moved", "cancelled"}:
            preview = page.locator("#preview")
            expect(preview).to_contain_text(notice)
            page.check("[name=published]")
            send(page.locator(".save-bar__save"))
        expect(page.locator(".messagelist .success")).to_be_visible()

    return change


def everywhere(page, date):
    """Return the words of all that tells of the next market day, by its name.

    Of pages what is above their footer, which says it on each; the shop's own subject
    is another one.
    """
    told = {}
    day = f"/ferias/{date}/"
    for path in ("/", PRODUCT, day, "/buscar/?q=palta", "/nada/", "/agro-shop/"):
        page.goto(path)
        part = "footer" if path == "/agro-shop/" else "main"
        told[path] = page.locator(part).inner_text()
    for path in ("/ferias/novedades.atom", "/ferias/agenda.ics", f"{day}agenda.ics"):
        answer = page.request.get(path)
        assert answer.status == 200
        told[path] = answer.text()
    return told


def see_at_once(page, *selectors):
    """Assert that a phone shows these without scrolling."""
    for selector in selectors:
        box = page.locator(f".tolva--hero {selector}").first.bounding_box()
        assert box["y"] + box["height"] <= SEEN_HEIGHT, selector


def test_a_normal_sunday(open_page, staff, date):
    staff("confirmed")

    page = open_page("/", width=PHONE)

    expect(page.locator(".tolva--hero .status-yes")).to_be_visible()
    expect(page.locator("h1")).to_contain_text(str(date.day))
    facts = page.locator(".tolva--hero .facts")
    expect(facts).to_contain_text("8 a. m. a 2 p. m.")
    expect(facts).to_contain_text("Av. Brasil, cuadra 40")
    facts = [".facts strong", ".facts div:nth-child(2)", "#shop-line"]
    see_at_once(page, ".status-yes", "h1", *facts)
    page.goto(PRODUCT)
    expect(page.locator(".strip .status-yes")).to_be_visible()
    page.goto(f"/ferias/{date}/")
    expect(page.locator(".tolva .status-yes")).to_be_visible()
    expect(page.locator("#plano")).to_be_visible()


def test_a_moved_sunday(open_page, staff, date):
    staff("moved", notice=REASON, moved_to=PLACE)

    page = open_page("/", width=PHONE)

    panel = page.locator(".tolva--hero")
    expect(panel.locator(".status-moved")).to_contain_text("lugar")
    expect(panel.locator(".facts s")).to_have_text("Av. Brasil, cuadra 40")
    expect(panel.locator(".facts")).to_contain_text(PLACE)
    see_at_once(page, ".status-moved", "h1", ".facts div:nth-child(2)", "#shop-line")
    told = everywhere(page, date)
    assert [path for path, text in told.items() if "Parque Castilla" not in text] == []
    assert "SUMMARY:Cambia de lugar" in told["/ferias/agenda.ics"]
    page.goto(f"/ferias/{date}/")
    expect(page.locator("#plano")).to_have_count(0)


def test_a_cancelled_sunday(open_page, staff, date):
    staff("cancelled", notice=REASON)

    page = open_page("/", width=PHONE)

    panel = page.locator(".tolva--hero")
    expect(panel.locator(".status-no")).to_contain_text("no hay feria")
    expect(panel.locator("h1.struck")).to_contain_text(str(date.day))
    expect(panel).to_contain_text(REASON)
    expect(panel).to_contain_text("Agro-Shop")
    see_at_once(page, ".status-no", "h1", ".tolva__reason", ".buttons", "#shop-line")
    told = everywhere(page, date)
    # The whole calendar tells of the other Sundays, too.
    assert "SUMMARY:No hay" in told.pop("/ferias/agenda.ics")
    assert [path for path, text in told.items() if "o hay feria" not in text] == []
    assert [path for path, text in told.items() if "í hay feria" in text] == []
    event = told[f"/ferias/{date}/agenda.ics"]
    assert "STATUS:CANCELLED" in event
    # Confirmed it was from the beginning; moved and cancelled are two changes.
    assert "SEQUENCE:2" in event
