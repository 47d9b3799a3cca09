"""Staff tick through the list of a market day on a phone, before the market opens."""

import pytest
from playwright.sync_api import expect

from . import journeys
from .demo import demo_site
from .journeys import send
from .test_axe import RULES, axe

PHONE = 360
DECIDE_FIRST = 3


@pytest.fixture(scope="module")
def site(browser, tmp_path_factory):
    """A site of our own: the others must not see what changes here."""
    with demo_site(tmp_path_factory.mktemp("desk"), "desk") as started:
        yield started


@pytest.fixture
def desk(open_page, site):
    """The screen of a day that nobody confirmed yet, on a phone."""
    page = open_page("/admin/", width=PHONE)
    journeys.log_in(page, site.account, site.password)
    page.goto("/admin/markets/marketday/?status__exact=scheduled&o=1")
    send(page.locator("#result_list tbody th a").first)
    expect(page.locator("#list-heading")).to_be_visible()
    return page


def rows(page):
    return page.locator(".ticks").first.locator(".tick")


def stall(page, producer):
    """Return the field of the stall of a producer, wherever the row stands now."""
    return rows(page).filter(has_text=producer).locator("[name$=-stall]")


def save(page):
    send(page.locator(".save-bar__save"))
    expect(page.locator(".messagelist .success")).to_be_visible()


def violations(page, context=None):
    """Return the rules broken in light and in dark, each with where."""
    # The policy of the page refuses what axe would do with its style sheets.
    options = {"runOnly": RULES, "resultTypes": ["violations"], "preload": False}
    found = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        broken = axe.run(page, context, options).response["violations"]
        found[scheme] = [
            (rule["id"], [node["target"] for node in rule["nodes"]]) for rule in broken
        ]
    return found


def test_a_list_is_ticked_through_on_a_phone(desk):
    count = rows(desk).count()
    for row in rows(desk).all()[:DECIDE_FIRST]:
        row.locator(".segments__one--absent").click()
        row.locator("[name$=-reason]").fill("Huaico en la carretera.")
    first, second = (
        rows(desk).nth(index).locator(".tick__who").inner_text()
        for index in (DECIDE_FIRST, DECIDE_FIRST + 1)
    )
    numbers = [stall(desk, name).input_value() for name in (first, second)]
    for name, number in zip((second, first), numbers, strict=True):
        stall(desk, name).fill(number)
    desk.click(".jump")
    send(desk.locator("[name=_confirm_rest]"))

    expect(desk.locator(".messagelist .success")).to_be_visible()
    confirmed, absent = desk.locator(
        ".counts__one--confirmed b, .counts__one--absent b"
    ).all_inner_texts()
    assert (confirmed, absent) == (str(count - DECIDE_FIRST), str(DECIDE_FIRST))
    assert [stall(desk, name).input_value() for name in (second, first)] == numbers


def test_each_fault_is_one_tap_away(desk):
    desk.click("label.states__one--cancelled")
    rows(desk).nth(1).locator("[name$=-stall]").fill("999")
    send(desk.locator(".save-bar__save"))

    links = desk.locator(".faults a")
    expect(links).to_have_count(2)
    assert violations(desk) == {"light": [], "dark": []}
    links.first.click()
    expect(desk.locator("[name=notice]")).to_be_in_viewport()
    expect(desk.locator(".field--wrong .errorlist")).to_be_in_viewport()
    links.last.click()
    expect(desk.locator(".tick__errors")).to_be_in_viewport()


def test_axe_finds_nothing_on_the_screen_and_in_its_preview(desk):
    assert violations(desk) == {"light": [], "dark": []}

    desk.click("label.states__one--cancelled")
    desk.fill("[name=notice]", "La municipalidad necesita la avenida.")
    send(desk.locator(".save-bar__save"))

    expect(desk.locator("#preview")).to_be_visible()
    assert violations(desk) == {"light": [], "dark": []}
    desk.check("[name=published]")
    save(desk)
