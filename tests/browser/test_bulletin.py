"""Staff send the week's bulletin from a phone, and print the list."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from . import journeys
from .journeys import send
from .pages import SUNDAY
from .test_desk import violations

PHONE = 360
STALLS = 84
CLIPBOARD = ["clipboard-read", "clipboard-write"]


@pytest.fixture
def bulletin(open_page, site):
    """The bulletin of the next market day, on a phone, from the desk's front page."""
    page = open_page("/admin/", width=PHONE, permissions=CLIPBOARD)
    journeys.log_in(page, site.account, site.password)
    send(page.get_by_role("link", name="Boletín de la semana"))
    expect(page.get_by_role("heading", name="Boletín de la semana")).to_be_visible()
    return page


@pytest.fixture
def paper(bulletin):
    """The list to print."""
    send(bulletin.get_by_role("link", name="Lista para imprimir"))
    expect(bulletin.locator(".head h1")).to_be_visible()
    return bulletin


def test_the_text_is_copied_with_one_tap(bulletin, site):
    bulletin.get_by_role("button", name="Copiar").click()

    expect(bulletin.locator(".message__copy")).to_have_text("Copiado")
    copied = bulletin.evaluate("navigator.clipboard.readText()")
    assert copied == bulletin.locator("#message-text").input_value()
    assert copied.endswith(f"\n{site.url}/ferias/{SUNDAY}/")


@pytest.mark.parametrize(
    ("name", "shape", "size"),
    [
        ("Descargar la cuadrada", "cuadrada", (1080, 1080)),
        ("Descargar la ancha", "ancha", (1200, 630)),
    ],
)
def test_a_picture_is_downloaded_with_one_tap(bulletin, name, shape, size):
    with bulletin.expect_download() as started:
        bulletin.get_by_role("link", name=name).click()

    assert started.value.suggested_filename == f"feria-{SUNDAY}-{shape}.jpg"
    data = Path(started.value.path()).read_bytes()
    assert Image.open(BytesIO(data)).size == size
    assert len(data) < 300_000


def test_the_pictures_are_seen_before_they_are_sent(bulletin):
    widths = bulletin.eval_on_selector_all(
        ".bulletin__picture img", "all => all.map(one => one.naturalWidth)"
    )

    assert widths == [1080, 1200]
    assert bulletin.evaluate("document.documentElement.scrollWidth") == PHONE


def test_axe_finds_nothing_on_the_bulletin(bulletin):
    assert violations(bulletin) == {"light": [], "dark": []}


def test_axe_finds_nothing_on_the_list_to_print(paper):
    assert violations(paper) == {"light": [], "dark": []}
    assert paper.evaluate("document.documentElement.scrollWidth") == PHONE


def test_the_button_prints(paper):
    paper.evaluate("window.print = () => { document.title = 'printed' }")
    paper.get_by_role("button", name="Imprimir").click()

    expect(paper).to_have_title("printed")


def test_a_full_market_fits_on_two_sheets(paper):
    paper.evaluate(
        """count => {
            const body = document.querySelector("tbody");
            const rows = [...document.querySelectorAll("tbody tr:not(.group)")];
            for (let index = rows.length; index < count; index++)
                body.append(rows[index % rows.length].cloneNode(true));
        }""",
        STALLS,
    )

    sheets = paper.pdf(prefer_css_page_size=True)

    assert paper.locator("tbody tr:not(.group)").count() == STALLS
    assert len(re.findall(rb"/Type\s*/Page\b", sheets)) == 2
