"""What the staff's guide tells, done by people who have nothing but the screen."""

import json
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from agroferias.bootstrap import PROJECT

from . import journeys
from .journeys import send
from .pages import SUNDAY, day_page

PASSWORD = "papa-huayro-7"
NAME = "Chacra de Rosa"
PUBLIC = "/productores/chacra-de-rosa/"
PRODUCER = "Piñal Cerro Sombrero"
SHEETS = "/admin/producers/producer/sheets/"
EVERYBODY = [
    row["slug"]
    for row in json.loads((PROJECT / "agroferias/sample/producers.json").read_text())
]


@pytest.fixture(scope="module")
def site(browser, staff_site):
    """The site that staff change, with two people who share a role."""
    page = browser.new_page(base_url=staff_site.url)
    journeys.log_in(page, staff_site.account, staff_site.password)
    for name in ("coco", "eva"):
        journeys.make_account(page, name, "Coordinación", PASSWORD)
    page.context.close()
    return staff_site


@pytest.fixture
def log_in(open_page):
    """Return a function that opens the desk on somebody's phone."""

    def log_in(name):
        page = open_page("/admin/", width=journeys.PHONE, timezone_id="America/Lima")
        journeys.log_in(page, name, PASSWORD)
        return page

    return log_in


def test_a_producer_is_published_from_nothing_in_one_sitting(log_in, open_page):
    page = log_in("coco")

    journeys.publish_a_producer(page, NAME)

    expect(page.locator(".messagelist .success")).to_be_in_viewport()
    visitor = open_page(PUBLIC, width=journeys.PHONE)
    expect(visitor.locator("h1")).to_have_text(NAME)
    expect(visitor.locator("figure.photo img")).to_have_attribute(
        "alt", "Las chacras de Rosa, en la ladera"
    )
    said = "En su punto en mayo. También hay en marzo y abril, y en junio y julio."
    expect(visitor.get_by_role("img", name=said)).to_be_visible()


def counts(page):
    """Return how many are expected, confirmed and absent."""
    found = page.locator(".counts__one b").all_inner_texts()
    return [int(text) for text in found]


def test_a_sunday_is_run(log_in, open_page):
    page = log_in("coco")
    send(page.get_by_role("link", name="Abrir la lista del día"))
    expect(page.locator("#list-heading")).to_be_visible()
    count = journeys.ticks(page).count()
    names = [
        row.locator(".tick__who").inner_text() for row in journeys.ticks(page).all()[:4]
    ]
    before = stalls(page, names[2:])

    journeys.run_a_sunday(page)

    expect(page.locator(".messagelist .success").first).to_be_in_viewport()
    assert counts(page)[2] >= 2
    assert sum(counts(page)) == count
    assert counts(page)[0] == 0
    assert stalls(page, names[2:]) == before[::-1]
    message = page.locator("#message-text").input_value()
    assert f"domingo {SUNDAY.day} de" in message
    visitor = open_page(day_page(0), width=journeys.PHONE)
    expect(visitor.locator("main")).to_contain_text(journeys.REASON)


def stalls(page, names):
    rows = [journeys.ticks(page).filter(has_text=name) for name in names]
    return [row.locator("[name$=-stall]").input_value() for row in rows]


def test_eighty_four_producers_are_confirmed_at_once(log_in, open_page):
    date = SUNDAY + timedelta(weeks=2)
    page = log_in("coco")
    journeys.open_day(page, date)
    send(page.get_by_role("link", name="Hojas de cálculo"))
    rows = [(f"{date:%d/%m/%Y}", slug, "esperado") for slug in EVERYBODY]
    journeys.bring_a_sheet(page, [("fecha", "productor", "estado"), *rows])
    send(page.locator(".sheets__button--main"))
    expect(page.locator(".sheets__verdict--good")).to_be_visible()
    journeys.open_day(page, date)
    assert counts(page) == [84, 0, 0]

    page.click(".jump")
    send(page.locator("[name=_confirm_rest]"))

    expect(page.locator(".messagelist")).to_contain_text("84 confirmados.")
    expect(page.locator(".messagelist .success").first).to_be_in_viewport()
    assert counts(page) == [0, 84, 0]


def test_a_sunday_is_cancelled(log_in, open_page):
    page = log_in("coco")
    journeys.open_day(page, SUNDAY + timedelta(weeks=5))

    journeys.cancel_a_sunday(page)

    visitor = open_page(day_page(5), width=journeys.PHONE)
    expect(visitor.locator("main")).to_contain_text("no hay feria", ignore_case=True)
    expect(visitor.locator("main")).to_contain_text("La municipalidad necesita")


def test_a_sheet_with_three_bad_lines_is_mended_and_imported(log_in):
    page = log_in("coco")
    page.goto(SHEETS)
    journeys.bring_a_sheet(page, journeys.BAD_SHEET)
    expect(page.locator(".sheets__line--refused")).to_have_count(3)
    send(page.locator(".sheets__button--main"))
    headers, *bad = journeys.BAD_SHEET
    places = [row[:2] for row in bad]

    mended = [(*place, "borrador", "Cusco", "3100") for place in places]
    journeys.bring_a_sheet(page, [headers, *mended])
    expect(page.locator(".sheets__line--added")).to_have_count(3)
    send(page.locator(".sheets__button--main"))

    expect(page.locator(".sheets__verdict--good")).to_have_text("Importado.")
    page.goto("/admin/producers/producer/?q=ñusta")
    expect(page.locator("#result_list tbody tr")).to_have_count(1)


def test_two_people_who_edit_one_profile_keep_what_both_wrote(log_in):
    coco, eva = log_in("coco"), log_in("eva")
    for page in (coco, eva):
        page.goto(f"/admin/producers/producer/?q={PRODUCER}")
        send(page.locator("#result_list tbody th a").first)
    coco.fill("#id_summary", "Lo que escribió Coco.")
    coco.fill("#id_people", "Familia de Coco")
    send(coco.locator(".save-bar__save"))
    journeys.said(coco)

    eva.fill("#id_summary", "Lo que escribió Eva.")
    eva.fill("#id_district", "Distrito de Eva")
    send(eva.locator(".save-bar__save"))

    panel = eva.locator(".conflict")
    expect(panel.locator("h2")).to_contain_text("coco guardó esto")
    line = panel.locator("tr", has_text="En una frase")
    cells = ["Lo que escribió Coco.", "Lo que escribió Eva."]
    expect(line.locator("td")).to_have_text(cells)
    expect(panel.locator("tr", has_text="Personas")).to_contain_text("Familia de Coco")
    assert typed(eva) == [cells[1], "Familia de Coco", "Distrito de Eva"]
    send(eva.locator(".save-bar__save"))
    journeys.said(eva)
    coco.goto(f"/admin/producers/producer/?q={PRODUCER}")
    send(coco.locator("#result_list tbody th a").first)
    assert typed(coco) == [cells[1], "Familia de Coco", "Distrito de Eva"]


def typed(page):
    fields = ("#id_summary", "#id_people", "#id_district")
    return [page.locator(field).input_value() for field in fields]


def test_a_producer_answers_and_staff_accept(log_in, open_page):
    desk = log_in("coco")
    phone = open_page(journeys.make_link(desk, PRODUCER), width=journeys.PHONE)
    journeys.answer(phone)

    journeys.accept(desk, PRODUCER)

    visitor = open_page("/este-domingo/", width=journeys.PHONE)
    absent = visitor.locator("li", has_text=PRODUCER)
    expect(absent.filter(has_text=journeys.REASON)).to_be_visible()
