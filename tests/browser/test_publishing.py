"""From nothing to a public page on two phones: one writes, another publishes."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from . import journeys
from .conftest import VIEWPORTS
from .demo import demo_site
from .journeys import send
from .test_desk import violations

PHONE = 390
PASSWORD = "papa-huayro-7"
PUBLIC = "/productores/huerta-de-rosa/"
# The rest of the page is Django's, whose lookups have no name while they are empty.
OURS = ".publishing, .save-bar"


@pytest.fixture(scope="module")
def site(browser, tmp_path_factory):
    """A site of our own: the others must not see what changes here."""
    with demo_site(tmp_path_factory.mktemp("publishing"), "publishing") as started:
        yield started


def log_in(open_page, account, password):
    page = open_page("/admin/", width=PHONE)
    journeys.log_in(page, account, password)
    return page


def make_account(page, name, role):
    page.goto("/admin/auth/user/add/")
    page.fill("#id_username", name)
    page.fill("#id_first_name", name.title())
    page.get_by_label(role).check()
    page.fill("#id_password1", PASSWORD)
    page.fill("#id_password2", PASSWORD)
    assert violations(page) == {"light": [], "dark": []}
    send(page.locator("[name=_save]"))
    expect(page.locator(".messagelist .success")).to_be_visible()


def fits(page):
    overflow = "document.documentElement.scrollWidth - window.innerWidth"
    return page.evaluate(overflow) <= 0


def test_a_producer_is_published_from_nothing(open_page, site):
    chief = log_in(open_page, site.account, site.password)
    make_account(chief, "eva", "Edición")
    make_account(chief, "coco", "Coordinación")

    editor = log_in(open_page, "eva", PASSWORD)
    write_and_submit(editor)
    assert editor.request.get(PUBLIC).status == 200

    coordinator = log_in(open_page, "coco", PASSWORD)
    mend(coordinator)
    publish(coordinator)

    visitor = open_page(PUBLIC, width=PHONE)
    expect(visitor.locator("h1")).to_have_text("Huerta de Rosa")
    expect(visitor.locator(".draft-bar")).to_have_count(0)
    visitor.goto("/productores/?q=huerta+de+rosa")
    card = visitor.locator(".producer-card", has_text="Huerta de Rosa")
    expect(card).to_have_count(1)
    editor.reload()
    expect(editor.locator(".why-not")).to_be_visible()
    expect(editor.locator("[name=_save]")).to_have_count(0)


def write_and_submit(page):
    page.goto("/admin/producers/producer/add/")
    page.locator("#id_name").press_sequentially("Huerta de Rosa")
    expect(page.locator("#id_slug")).to_have_value("huerta-de-rosa")
    page.fill("#id_story", "Siembra desde 1990.")
    expect(page.locator("[name=status]")).to_have_count(0)
    send(page.locator("[name=_submit]"))
    expect(page.locator("#publishing-heading")).to_have_text("Por publicar")
    assert fits(page)


def mend(page):
    """Publish too early, follow each link to what is missing, and add it."""
    send(page.locator("#task-waiting"))
    send(page.locator("#result_list a", has_text="Huerta de Rosa"))
    send(page.locator("[name=status][value=published]"))
    expect(page.locator(".field-region .errorlist")).to_be_visible()
    expect(page.locator("#consents-group .errorlist").first).to_be_visible()
    assert violations(page, OURS) == {"light": [], "dark": []}

    page.locator(".checks a[href='#id_region']").click()
    region = page.locator(".field-region .select2-selection--single")
    expect(region).to_be_in_viewport(ratio=1)
    bar = page.locator(".save-bar").bounding_box()
    assert region.bounding_box()["y"] < bar["y"]
    region.click()
    page.locator(".select2-search__field").press_sequentially("cusc")
    page.locator(".select2-results__option", has_text="Cusco").click()

    page.locator(".checks a[href='#consents-group']").click()
    expect(page.locator("#consents-heading")).to_be_in_viewport()
    page.locator("#consents-group .add-row a").click()
    page.fill("#id_consents-0-given_by", "Rosa Quispe")
    page.fill("#id_consents-0-given_date", "01/11/2026")
    page.locator("#id_consents-0-covers input[value=profile]").check()


def publish(page):
    send(page.locator("[name=_preview]"))
    expect(page.locator(".draft-bar")).to_be_visible()
    assert urlsplit(page.url).path == PUBLIC
    assert fits(page)
    assert violations(page) == {"light": [], "dark": []}
    send(page.locator(".draft-bar a"))
    expect(page.locator(".checks").first.locator("a")).to_have_count(0)
    page.set_viewport_size(VIEWPORTS[1280])
    assert violations(page, OURS) == {"light": [], "dark": []}
    page.set_viewport_size(VIEWPORTS[PHONE])
    send(page.locator("[name=status][value=published]"))
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(page.locator("#publishing-heading")).to_have_text("Publicado")
