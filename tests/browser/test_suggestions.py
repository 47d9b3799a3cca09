"""The search box as one types into it, with a keyboard and with a finger."""

import re

from playwright.sync_api import expect

PALTA = re.compile(r"/productos/palta-hass/$")


def test_what_is_typed_is_suggested_and_the_keys_go_through_it(open_page):
    page = open_page("/buscar/")
    box = page.get_by_role("searchbox")

    box.press_sequentially("aguac")
    first = page.locator(".suggestions a").first
    expect(first).to_contain_text("Palta Hass")
    box.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".suggestions a")).to_have_count(0)

    box.press_sequentially("at")
    expect(first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(PALTA)


def test_suggestions_fit_a_phone_and_close_by_a_tap_beside_them(open_page):
    page = open_page("/buscar/", width=360)

    page.get_by_role("searchbox").press_sequentially("pa")
    links = page.locator(".suggestions a")
    expect(links.first).to_be_visible()
    heights = links.evaluate_all("all => all.map(a => a.offsetHeight)")
    assert min(heights) >= 44
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.locator("footer").click(position={"x": 5, "y": 5})
    expect(links).to_have_count(0)


def test_enter_searches_and_a_misspelling_is_understood(open_page):
    page = open_page("/buscar/", width=360)

    page.get_by_role("searchbox").fill("aguaimanto")
    page.keyboard.press("Enter")

    expect(page.locator(".meant").first).to_contain_text("Aguaymanto")
    expect(page.locator("#products + .product-grid a").first).to_contain_text(
        "Aguaymanto"
    )
    expect(page.locator(".suggestions a")).to_have_count(0)
