from contextlib import closing

import pytest
from playwright.sync_api import expect

from producers.models import Offering, Product
from tests.desk import change_page, page
from tests.factories import make_offering, make_product, make_staff

SEASON = [0, 0, 1, 2, 3, 3, 2, 1, 0, 0, 0, 0]
TIMEOUT_MS = 10_000
JANUARY, FEBRUARY, MAY, JUNE, DECEMBER = 0, 1, 4, 5, 11


@pytest.fixture
def desk(browser, live_server, reference_data):
    """A window of the browser with a member of staff logged in.

    The test fails at its end if it met an error or its policy refused something.
    """
    staff = make_staff()
    faults = []
    with closing(browser.new_context(base_url=live_server.url)) as context:
        context.set_default_timeout(TIMEOUT_MS)
        window = context.new_page()
        watch(window, faults)
        window.goto("/admin/")
        window.fill("#id_username", staff.username)
        window.fill("#id_password", "secret")
        window.click("[type=submit]")
        window.wait_for_selector("#user-tools")
        yield window
    assert faults == []


def watch(window, faults):
    """Note in faults what a window's console says, and what fails in it."""

    def on_console(message):
        if message.type in {"error", "warning"}:
            faults.append(message.text)

    window.on("console", on_console)
    window.on("pageerror", lambda error: faults.append(str(error)))


def open_offering(desk):
    """Open the page of an offering; return it and its twelve columns."""
    offering = make_offering(season=SEASON)
    desk.goto(change_page(offering))
    return offering, desk.locator("#id_season_0").locator("xpath=../../..").get_by_role(
        "slider"
    )


def save(desk):
    """Save the page and wait until the list is there."""
    desk.click("[name=_save]")
    desk.wait_for_selector("#changelist")


def test_keys_raise_lower_and_move(desk):
    offering, columns = open_offering(desk)
    expect(columns).to_have_count(12)

    columns.nth(JANUARY).focus()
    for key in ("ArrowUp", "ArrowUp", "ArrowRight", "End", "ArrowDown", "ArrowLeft"):
        desk.keyboard.press(key)
    expect(columns.nth(JANUARY)).to_be_focused()
    for key in ("ArrowUp", "ArrowUp", "ArrowLeft", "1"):
        desk.keyboard.press(key)
    expect(columns.nth(DECEMBER)).to_be_focused()
    columns.nth(MAY).focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown"):
        desk.keyboard.press(key)
    save(desk)

    offering.refresh_from_db()
    assert offering.season == [3, 2, 1, 2, 0, 3, 2, 1, 0, 0, 0, 1]


def test_clicks_raise_and_lower(desk):
    offering, columns = open_offering(desk)

    columns.nth(FEBRUARY).locator("[data-step='2']").click()
    columns.nth(MAY).locator("[data-step='1']").click()
    columns.nth(JUNE).locator("[data-step='3']").click()
    save(desk)

    offering.refresh_from_db()
    assert offering.season == [0, 2, 1, 2, 1, 2, 2, 1, 0, 0, 0, 0]


def test_a_column_says_its_month_and_level(desk):
    _offering, columns = open_offering(desk)
    may = columns.nth(MAY)
    labels = desk.locator("#id_season_4 option").all_text_contents()
    month = desk.locator("label[for=id_season_4]").text_content()

    said = {
        name: may.get_attribute(f"aria-{name}")
        for name in ("label", "valuemin", "valuemax", "valuenow", "valuetext")
    }

    assert said == {
        "label": month,
        "valuemin": "0",
        "valuemax": "3",
        "valuenow": "3",
        "valuetext": labels[3],
    }
    may.press("ArrowDown")
    expect(may).to_have_attribute("aria-valuenow", "2")
    expect(may).to_have_attribute("aria-valuetext", labels[2])
    expect(desk.locator(".season__now")).to_have_text(f"{month}: {labels[2]}")


def test_the_tab_key_stops_once_a_season(desk):
    _offering, columns = open_offering(desk)

    columns.nth(JANUARY).focus()
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("Tab")

    expect(desk.locator("#id_unit")).to_be_focused()
    desk.keyboard.press("Shift+Tab")
    expect(columns.nth(FEBRUARY)).to_be_focused()


def test_a_row_that_is_added_has_columns_too(desk):
    mango = make_product(name="Mango")
    producer = make_offering().producer
    desk.goto(change_page(producer))

    desk.locator("#offerings-group .add-row a").click()
    row = desk.locator("#offerings-1")
    expect(row.get_by_role("slider")).to_have_count(12)
    row.locator(".field-product .select2-selection--single").click()
    desk.locator(".select2-search__field:focus").press_sequentially("mang")
    desk.locator(".select2-results__option", has_text="Mango").click()
    row.get_by_role("slider").nth(JANUARY).press("End")
    save(desk)

    season = Offering.objects.get(producer=producer, product=mango).season
    assert season == [3] + [0] * 11


def test_without_javascript_there_are_twelve_named_selects(browser, desk):
    offering = make_offering(season=SEASON)
    base_url = desk.url.removesuffix("/admin/")
    context = browser.new_context(
        base_url=base_url,
        java_script_enabled=False,
        storage_state=desk.context.storage_state(),
    )
    plain = context.new_page()
    plain.goto(change_page(offering))

    selects = plain.locator(".season select")
    expect(selects).to_have_count(12)
    month = plain.locator("label[for=id_season_11]").text_content()
    plain.get_by_label(month).select_option("3")
    save(plain)
    context.close()

    offering.refresh_from_db()
    assert offering.season == [*SEASON[:11], 3]


@pytest.mark.parametrize("width", [360, 1280])
def test_the_columns_fit_and_can_be_hit(desk, width):
    desk.set_viewport_size({"width": width, "height": 780})
    _offering, columns = open_offering(desk)

    boxes = [column.bounding_box() for column in columns.all()]

    assert min(min(box["width"], box["height"]) for box in boxes) >= 24
    assert max(box["x"] + box["width"] for box in boxes) <= width
    overflow = "document.documentElement.scrollWidth - window.innerWidth"
    assert desk.evaluate(overflow) <= 0


def test_the_pages_of_the_desk_break_no_policy(desk):
    producer = make_offering().producer
    addresses = [
        "/admin/",
        page(Product, "changelist"),
        page(Product, "add"),
        change_page(producer),
        page(producer, "history", producer.pk),
        page(producer, "delete", producer.pk),
        "/admin/auth/user/add/",
        "/admin/password_change/",
    ]

    for address in addresses:
        desk.goto(address)
        desk.wait_for_load_state("networkidle")
        assert desk.locator("h1").count() == 1
