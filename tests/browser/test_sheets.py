"""Staff bring a spreadsheet on a phone, mend it and see it on the public page."""

import pytest
from playwright.sync_api import expect

from tests.spreadsheets import xlsx

from . import journeys
from .demo import demo_site
from .journeys import send
from .test_desk import violations

PHONE = 360
SHEETS = "/admin/producers/producer/sheets/"
HEADERS = ["dirección", "nombre", "estado", "región", "altitud", "desde"]
GOOD = ["huerta-nueva", "Huerta Ñusta", "borrador", "áncash", "3 100", 2020]
BAD = [
    ["huerta-nueva", "Huerta Ñusta", "borrador", "Atlántida", "3 100", 2020],
    ["otra", "Otra", "visible", "Cusco", "", ""],
    ["mas-alta", "Más alta", "borrador", "Cusco", "alto", ""],
]


@pytest.fixture(scope="module")
def site(browser, tmp_path_factory):
    """A site of our own: the others must not see what changes here."""
    with demo_site(tmp_path_factory.mktemp("sheets"), "sheets") as started:
        yield started


@pytest.fixture
def desk(open_page, site):
    """The page of the producers' spreadsheets, on a phone."""
    page = open_page("/admin/", width=PHONE)
    journeys.log_in(page, site.account, site.password)
    page.goto("/admin/producers/producer/")
    send(page.locator(f"a[href='{SHEETS}']"))
    expect(page.locator("#id_file")).to_be_visible()
    return page


def bring(page, *rows):
    file = {"name": "feria.xlsx", "mimeType": "", "buffer": xlsx(HEADERS, *rows)}
    page.set_input_files("#id_file", [file])
    send(page.locator(".sheets__button--main"))
    expect(page.locator(".sheets__verdict")).to_be_visible()


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


def test_a_sheet_is_refused_mended_and_imported(desk):
    found = [violations(desk), overflow(desk)]
    bring(desk, *BAD)

    refused = desk.locator(".sheets__line--refused")
    expect(refused).to_have_count(len(BAD))
    expect(refused.first).to_contain_text("Línea 2")
    expect(refused.first).to_contain_text("región «Atlántida»")
    expect(desk.locator("[name=shown]")).to_have_count(0)
    found += [violations(desk), overflow(desk)]
    send(desk.locator(".sheets__button--main"))
    bring(desk, GOOD)
    expect(desk.locator(".sheets__line--added")).to_contain_text("Huerta Ñusta")
    expect(desk.locator(".progress").last).to_have_text("1 de 1 líneas leídas")
    found += [violations(desk), overflow(desk)]
    send(desk.locator(".sheets__button--main"))
    expect(desk.locator(".sheets__verdict--good")).to_have_text("Importado.")
    found += [violations(desk), overflow(desk)]
    desk.goto("/productores/huerta-nueva/")

    expect(desk.locator("h1")).to_contain_text("Huerta Ñusta")
    expect(desk.locator("main")).to_contain_text("Áncash")
    assert found == [{"light": [], "dark": []}, 0] * 4


def test_what_is_downloaded_changes_nothing(desk):
    with desk.expect_download() as download:
        desk.click("text=Descargar .xlsx")
    desk.set_input_files("#id_file", download.value.path())
    send(desk.locator(".sheets__button--main"))

    expect(desk.locator(".sheets__verdict")).to_contain_text("no hay nada que importar")
    expect(desk.locator(".sheets__lines")).to_have_count(0)


def test_only_the_last_sign_of_life_is_seen(desk):
    rows = [[f"nueva-{number}", f"Nueva {number}"] for number in range(600)]
    bring(desk, *rows)

    expect(desk.locator(".progress")).to_have_count(4)
    expect(desk.locator(".progress:visible")).to_have_count(1)
    expect(desk.locator(".progress:visible")).to_contain_text(
        "600 de 600 líneas leídas"
    )
