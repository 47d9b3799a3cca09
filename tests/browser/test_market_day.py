"""The market day's page as a visitor uses it: the plan, the list, the printed sheet."""

import re

import pytest
from playwright.sync_api import expect

from .pages import day_page

NEXT, SCHEDULED, CANCELLED, MOVED = (day_page(weeks) for weeks in (0, 1, 3, 4))
# The sample's days with everybody: one of the past, one of the future.
PAST = [day_page(weeks) for weeks in (-1, -2, -3)]
STALLS = 84
# Repeats rows of the list until there are so many.
FILL = """(count) => {
  const rows = [...document.querySelectorAll(".roster .rows > li")];
  for (let next = 0; next < count - rows.length; next++)
    rows[next].after(rows[next].cloneNode(true));
}"""
OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"
IS_IN_SIGHT = """(row) => {
  const box = row.getBoundingClientRect();
  const nav = document.querySelector(".nav").getBoundingClientRect();
  const bottom = nav.top > 200 ? nav.top : window.innerHeight;
  return box.top >= 0 && box.bottom <= bottom;
}"""

AT_BOTH_WIDTHS = pytest.mark.parametrize("width", [360, 1280])


def box_of(page, selector):
    return page.locator(selector).bounding_box()


@AT_BOTH_WIDTHS
def test_a_stall_of_the_plan_leads_to_its_row(open_page, width):
    page = open_page(NEXT, width=width)
    stall = page.locator(".stall:not(.stall--absent, .stall--empty)").nth(5)
    number = stall.inner_text()
    name = stall.get_attribute("aria-label").split(", ")[-1]

    stall.click()

    expect(page).to_have_url(re.compile(rf"#f-{number}$"))
    row = page.locator("li:target")
    expect(row.locator("strong")).to_have_text(name)
    expect(row.locator(".placa b")).to_have_text(number)
    page.wait_for_function(IS_IN_SIGHT, arg=row.element_handle())


@AT_BOTH_WIDTHS
def test_an_absent_stall_leads_to_the_reason(open_page, width):
    page = open_page(NEXT, width=width)
    stall = page.locator(".stall--absent").first
    number = stall.inner_text()

    stall.click()

    row = page.locator(".absent li:target")
    expect(row).to_contain_text(f"({number})")
    page.wait_for_function(IS_IN_SIGHT, arg=row.element_handle())


@AT_BOTH_WIDTHS
def test_the_plan_is_walked_with_the_keyboard_from_the_entrance(open_page, width):
    page = open_page(NEXT, width=width)
    stalls = page.locator("a.stall")
    first, second = (stalls.nth(index).inner_text() for index in (0, 1))
    stalls.first.focus()

    page.keyboard.press("Tab")
    expect(stalls.nth(1)).to_be_focused()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(rf"#f-{second}$"))
    assert int(first) < int(second)
    expect(page.locator("li:target .placa b")).to_have_text(second)


def test_the_sea_is_up_on_a_phone_and_to_the_left_on_a_desktop(open_page):
    first, last = "li:nth-child(1) > .stall", "li:nth-child(21) > .stall"
    row = ".plan__side:first-child .plan__row >> nth=0"
    page = open_page(NEXT, width=360)
    entrance, sea = (box_of(page, f"{row} >> {one}") for one in (first, last))

    assert sea["y"] < entrance["y"]
    assert sea["x"] == entrance["x"]

    page.set_viewport_size({"width": 1280, "height": 900})
    entrance, sea = (box_of(page, f"{row} >> {one}") for one in (first, last))

    assert sea["x"] < entrance["x"]
    assert sea["y"] == entrance["y"]


@AT_BOTH_WIDTHS
def test_what_is_found_opens_and_leads_to_its_stalls(open_page, width):
    page = open_page(NEXT, width=width)
    group = page.locator("#habra details").first
    expect(group.locator("ul")).not_to_be_visible()

    group.locator("summary").click()
    link = group.locator(".links a").first
    number = link.inner_text()
    link.click()

    expect(page.locator("li:target .placa b")).to_have_text(number)


@AT_BOTH_WIDTHS
def test_a_product_is_pointed_out_without_javascript(open_page, width):
    page = open_page(NEXT, width=width, java_script_enabled=False)
    group = page.locator("#habra details").first
    group.locator("summary").click()
    product = group.locator("li", has=page.locator(".links")).first
    stalls = product.locator(".links a").all_inner_texts()
    slug = product.locator(".found__name").get_attribute("href").split("/")[2]

    page.goto(f"{NEXT}?producto={slug}")

    sought = page.locator(".stall--sought").all_inner_texts()
    assert sorted(sought) == sorted(stalls)
    expect(page.locator(".answer a")).to_have_count(len(stalls))
    expect(page.locator("[data-print]")).not_to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("path", "words"),
    [
        (NEXT, r"sí hay feria"),
        (SCHEDULED, r"Todavía no confirmamos"),
        (CANCELLED, r"no hay feria"),
        (MOVED, r"Solo el domingo \d+: cambiamos de lugar"),
        (PAST[0], r"La feria ya terminó"),
    ],
)
def test_the_state_is_told_above_the_fold_of_a_phone(open_page, path, words, scheme):
    page = open_page(path, width=360, scheme=scheme)

    chip = page.locator(".tolva--day .tolva__title > p").first
    expect(chip).to_have_text(re.compile(words))
    expect(page.locator(".tolva--day .buttons .btn").first).to_be_in_viewport()
    assert page.evaluate(OVERFLOW) == 0


def test_a_cancelled_sunday_sends_to_the_next_one_and_the_shop(open_page):
    page = open_page(CANCELLED, width=360)
    expect(page.locator("#plano, #vienen, #habra, #llegar")).to_have_count(0)
    expect(page.locator(".tolva--day")).to_contain_text("Mientras, el Agro-Shop")

    page.get_by_role("link", name="Ir al domingo").click()

    expect(page.locator(".tolva--moved")).to_be_visible()


@pytest.mark.parametrize("path", [NEXT, SCHEDULED, CANCELLED, MOVED, *PAST])
def test_a_day_prints_on_one_sheet(open_page, path):
    page = open_page(path)

    printed = page.pdf(format="A4", prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


def test_a_day_with_every_stall_taken_prints_on_one_sheet(open_page):
    page = open_page(NEXT)
    page.evaluate(FILL, STALLS)
    expect(page.locator(".roster .rows > li")).to_have_count(STALLS)

    printed = page.pdf(format="A4", prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


def test_the_days_lead_to_their_pages(open_page):
    page = open_page("/ferias/", width=360)
    assert page.evaluate(OVERFLOW) == 0

    page.locator(".days a").first.click()

    expect(page).to_have_url(re.compile(rf"{NEXT}$"))


def test_the_plan_of_other_numbers_fits_a_narrow_phone(open_page):
    page = open_page(NEXT, width=320)

    boxes = [stall.bounding_box() for stall in page.locator(".stall").all()[:6]]

    assert page.evaluate(OVERFLOW) == 0
    assert min(min(box["width"], box["height"]) for box in boxes) >= 24
