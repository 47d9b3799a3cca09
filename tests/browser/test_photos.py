"""Staff give a producer photos from a phone: several, described, ordered, cropped."""

import pytest
from playwright.sync_api import expect

from tests.producers.pictures import as_bytes, draw

from . import journeys
from .demo import demo_site
from .journeys import send
from .test_axe import RULES, axe

SECTION = "#photos-group"
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def site(browser, tmp_path_factory):
    """A site of our own: the others must not see what changes here."""
    with demo_site(tmp_path_factory.mktemp("photos"), "photos") as started:
        yield started


@pytest.fixture
def log_in(open_page, site):
    """Return a function that opens the desk's page of the n-th producer of the list."""

    def log_in(index, **options):
        page = open_page("/admin/", width=360, **options)
        page.set_viewport_size(PHONE)
        journeys.log_in(page, site.account, site.password)
        page.goto("/admin/producers/producer/?status__exact=published")
        send(page.locator("#result_list tbody th a").nth(index))
        return page

    return log_in


def picture(name, corner, size=(1200, 900)):
    content = as_bytes(draw(size, corner=corner))
    return {"name": name, "mimeType": "image/jpeg", "buffer": content}


def add(page, *names):
    page.set_input_files("[name=photos-added]", [picture(f"{n}.jpg", n) for n in names])
    send(page.locator(".photos__send"))
    expect(page.locator(".messagelist .warning")).to_be_visible()


def rows(page):
    return page.locator(".photo-row")


def texts(page):
    return rows(page).locator("[name$=-alt_text]")


def expect_texts(page, *names):
    """Wait until the rows have these texts, in this order."""
    expect(texts(page)).to_have_count(len(names))
    for index, name in enumerate(names):
        expect(texts(page).nth(index)).to_have_value(name)


def describe(page, *names):
    expect(texts(page)).to_have_count(len(names))
    for index, name in enumerate(names):
        texts(page).nth(index).fill(name)


def expect_seen(images):
    """Wait until images are there, so that nothing on the page moves any more."""
    for image in images.all():
        image.scroll_into_view_if_needed()
        expect(image).not_to_have_js_property("naturalWidth", 0)


def violations(page):
    options = {"runOnly": RULES, "resultTypes": ["violations"], "preload": False}
    found = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        broken = axe.run(page, SECTION, options).response["violations"]
        found[scheme] = [
            (rule["id"], [node["target"] for node in rule["nodes"]]) for rule in broken
        ]
    return found


def test_photos_go_from_the_phone_to_the_public_page(log_in):
    page = log_in(0)
    public = page.locator(".object-tools .viewsitelink").get_attribute("href")
    add(page, "red", "blue")
    expect(page.locator(SECTION)).to_be_in_viewport()
    describe(page, "Rojo", "Azul")

    rows(page).nth(1).locator("summary").click()
    photo = rows(page).nth(1).locator(".focus__photo")
    expect_seen(photo.locator("img"))
    box = photo.bounding_box()
    photo.click(position={"x": box["width"] * 0.2, "y": box["height"] * 0.1})
    for axis, percent in (("x", "20"), ("y", "10")):
        point = rows(page).nth(1).locator(f"[name$=-focus_{axis}]")
        expect(point).to_have_value(percent)
    rows(page).nth(1).locator("[data-move='-1']").press("Enter")
    expect_texts(page, "Azul", "Rojo")
    send(page.locator("[name=_save]"))
    page.goto(public)

    shown = page.locator("figure.photo img")
    assert [one.get_attribute("alt") for one in shown.all()] == ["Azul", "Rojo"]
    classes = page.locator("figure.photo picture").first.get_attribute("class")
    assert classes == "picture focus-x-20 focus-y-10"


def test_photos_are_put_in_order_by_keyboard_and_by_dragging(log_in):
    page = log_in(1)
    add(page, "red", "lime", "blue")
    describe(page, "A", "B", "C")
    say = page.locator(".photos__say")

    down = rows(page).nth(0).locator("[data-move='1']")
    down.focus()
    page.keyboard.press("Enter")

    expect_texts(page, "B", "A", "C")
    expect(rows(page).nth(1).locator("[data-move='1']")).to_be_focused()
    expect(say).to_have_text("Foto 2 de 3. Guarda para conservar el orden.")
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    expect_texts(page, "B", "C", "A")

    drag(page, rows(page).nth(2), onto=rows(page).nth(0))
    expect_texts(page, "A", "B", "C")
    expect(say).to_have_text("Foto 1 de 3. Guarda para conservar el orden.")
    drag(page, rows(page).nth(0), onto=rows(page).nth(1))
    expect_texts(page, "B", "A", "C")

    send(page.locator("[name=_continue]"))
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect_texts(page, "B", "A", "C")


def drag(page, row, *, onto):
    """Take a row by its handle and let it go over another one."""
    expect_seen(rows(page).locator("img:visible"))
    handle = row.locator("[data-handle]")
    handle.hover(position={"x": 20, "y": 20})
    left = handle.bounding_box()["x"] + 20
    page.mouse.down()
    expect(page.locator(".photos--sorting")).to_be_visible()
    box = onto.bounding_box()
    is_above = box["y"] < row.bounding_box()["y"]
    far_side = box["y"] + (5 if is_above else box["height"] - 5)
    page.mouse.move(left, far_side, steps=5)
    page.mouse.up()
    expect(page.locator(".photos--sorting")).to_have_count(0)


def test_the_point_is_set_by_touch_keys_and_sliders(log_in):
    page = log_in(2)
    add(page, "red")
    row = rows(page).first
    row.locator("summary").click()
    point, crop = row.locator("[data-point]"), row.locator(".focus__crop picture")

    point.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    expect(crop).to_have_class("picture focus-x-40 focus-y-60")
    row.locator("[name$=-focus_x]").focus()
    page.keyboard.press("End")
    expect(crop).to_have_class("picture focus-x-100 focus-y-60")
    point.press("ArrowRight")
    expect(page.locator(".photos__say")).to_have_text(
        "Punto al 100 por ciento desde la izquierda y al 60 por ciento desde arriba."
    )
    position = crop.locator("img").evaluate(
        "one => getComputedStyle(one).objectPosition"
    )
    assert position == "100% 60%"


def test_the_section_fits_a_phone_and_axe_finds_nothing_in_it(log_in):
    page = log_in(3)
    add(page, "red", "blue")
    for row in rows(page).all():
        row.locator("summary").click()

    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert violations(page) == {"light": [], "dark": []}
    low = [
        (one.get_attribute("class"), one.bounding_box()["height"])
        for one in page.locator(f"{SECTION} button, {SECTION} summary").all()
        if one.is_visible() and one.bounding_box()["height"] < 44
    ]
    assert low == []

    send(page.locator("[name=_continue]"))
    expect(page.locator(".photo-row--wrong")).to_have_count(2)
    assert violations(page) == {"light": [], "dark": []}


def test_all_of_it_works_without_javascript(log_in):
    page = log_in(4, java_script_enabled=False)
    page.set_input_files(
        "[name=photos-added]", [picture("a.jpg", "red"), picture("b.jpg", "blue")]
    )
    send(page.locator("[name=_continue]"))
    describe(page, "A", "B")
    for index, place in enumerate(("2", "1")):
        rows(page).nth(index).locator("[name$=-position]").fill(place)
    send(page.locator("[name=_continue]"))

    expect(page.locator(".messagelist .success")).to_be_visible()
    expect_texts(page, "B", "A")
