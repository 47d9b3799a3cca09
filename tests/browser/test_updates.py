"""A producer answers from a phone in the field; staff decide; then the public reads."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from . import journeys
from .conftest import VIEWPORTS
from .demo import demo_site
from .journeys import send
from .test_desk import violations

PRODUCER = "Piñal Cerro Sombrero"
NOTHING = {"light": [], "dark": []}
SUNDAY = "/este-domingo/"


@pytest.fixture(scope="module")
def site(browser, tmp_path_factory):
    """A site of our own: the others must not see what changes here."""
    with demo_site(tmp_path_factory.mktemp("updates"), "updates") as started:
        yield started


@pytest.fixture
def desk(open_page, site):
    """Staff's phone, at the list of personal links."""
    page = open_page("/admin/", width=360)
    journeys.log_in(page, site.account, site.password)
    page.goto("/admin/markets/updatelink/")
    return page


def photo():
    buffer = io.BytesIO()
    Image.effect_noise((1200, 900), 60).convert("RGB").save(buffer, "jpeg")
    return {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


def is_too_wide(page):
    width = (
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return page.evaluate(width) > 0


@pytest.mark.parametrize(("width", "has_scripts"), [(360, False), (390, True)])
def test_an_answer_goes_from_the_field_to_the_public_page(
    desk, open_page, width, has_scripts
):
    address = journeys.make_link(desk, PRODUCER)
    reason = f"Huaico en la carretera, {has_scripts}"

    phone = open_page(address, width=width, java_script_enabled=has_scripts)
    phone.click(".choice--no")
    phone.fill("[name=reason]", reason)
    phone.locator(".level").first.locator(".choice").nth(3).click()
    phone.fill("[name=message]", "El domingo siguiente sí voy.")
    phone.set_input_files("[name=photo]", photo())
    send(phone.locator(".update__send button"))
    expect(phone.locator(".sent")).to_contain_text(reason)
    public = open_page(SUNDAY)
    expect(public.locator("main")).not_to_contain_text(reason)

    desk.goto("/admin/markets/proposal/")
    card = desk.locator(".proposal").filter(has_text=PRODUCER)
    expect(card).to_contain_text("El domingo siguiente sí voy.")
    card.get_by_label("Qué se ve").fill("Piñas recién cosechadas")
    send(card.locator("[name=accept]"))

    expect(desk.locator(".messagelist .success")).to_contain_text(PRODUCER)
    public.reload()
    expect(public.locator("main")).to_contain_text(reason)
    phone.goto(address)
    expect(phone.locator(".update__before")).to_contain_text("Aceptamos")


def test_a_fault_keeps_what_was_typed(desk, open_page):
    phone = open_page(journeys.make_link(desk, PRODUCER), width=360)
    expect(phone.locator("[name=reason]")).to_be_hidden()
    phone.click(".choice--no")
    phone.locator(".choices--why .choice").first.click()
    phone.set_input_files(
        "[name=photo]", {"name": "a.pdf", "mimeType": "image/jpeg", "buffer": b"%PDF"}
    )
    send(phone.locator(".update__send button"))

    expect(phone.locator(".errorlist")).to_contain_text("JPEG")
    assert phone.locator("[name=comes][value=no]").is_checked()
    assert phone.locator("[name=why]").first.is_checked()
    assert violations(phone) == NOTHING


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_and_nothing_is_too_wide(desk, open_page, width):
    address = journeys.make_link(desk, PRODUCER)
    desk.set_viewport_size(VIEWPORTS[width])
    assert (violations(desk), is_too_wide(desk)) == (NOTHING, False)

    phone = open_page(address, width=width)
    assert (violations(phone), is_too_wide(phone)) == (NOTHING, False)
    phone.click(".choice--no")
    phone.locator(".choices--why .choice").first.click()
    assert violations(phone) == NOTHING
    phone.locator(".level").first.locator(".choice").nth(1).click()
    phone.set_input_files("[name=photo]", photo())
    send(phone.locator(".update__send button"))
    expect(phone).to_have_url(re.compile("/gracias/$"))
    assert (violations(phone), is_too_wide(phone)) == (NOTHING, False)
    phone.goto("/mi-feria/nada/")
    assert (violations(phone), is_too_wide(phone)) == (NOTHING, False)

    for path in ("markets/proposal/", "markets/updatelink/"):
        desk.goto(f"/admin/{path}")
        assert (violations(desk), is_too_wide(desk)) == (NOTHING, False), path


def test_every_key_is_big_enough_for_a_thumb(desk, open_page):
    phone = open_page(journeys.make_link(desk, PRODUCER), width=360)
    phone.click(".choice--no")

    keys = phone.locator(".choice, .update__send button, input[type=file], textarea")
    boxes = [key.bounding_box() for key in keys.all()]

    assert len(boxes) > 10
    assert min(box["height"] for box in boxes) >= 44
    assert min(box["width"] for box in boxes) >= 44
