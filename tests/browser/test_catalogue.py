import re

import pytest
from playwright.sync_api import expect

from . import journeys
from .journeys import send
from .pages import PAGES

APRIL_PAGE = re.compile(r"/productos/\?mes=abril$")
OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"
# What WCAG 2.2 lets be smaller than 24 pixels: a link inside a sentence.
SMALL_TARGETS = """() => {
  const inSentence = (a) => a.matches("p a:not(.btn, .more)");
  const isShown = (e) => e.checkVisibility({visibilityProperty: true});
  const tall = (e) => e.matches(".nav a, .btn, .select") ? 44 : 24;
  const wide = (e) => e.matches("input") ? e.closest("label") ?? e : e;
  return [...document.querySelectorAll("a, button, input, select, summary")]
    .filter((e) => isShown(e) && !inSentence(e) && !e.closest("svg, .skip"))
    .filter((e) => e.type !== "hidden" && !e.matches(".skip"))
    .map((e) => [e, wide(e).getBoundingClientRect()])
    .filter(([e, box]) => box.height < tall(e) - 0.5 || box.width < 23.5)
    .map(([e, box]) => `${e.outerHTML.slice(0, 90)} ${box.width}x${box.height}`);
}"""


AT_BOTH_WIDTHS = pytest.mark.parametrize("width", [360, 1280])


def open_filters(page):
    """Open the sheet of filters, which is always open where there is room."""
    opener = page.locator(".sheet > summary")
    if opener.is_visible():
        opener.click()


def count(page):
    """Return the number that the catalogue announces."""
    return int(page.locator("#results [role=status] strong").inner_text().split()[0])


def mark(page):
    """Leave a mark in the window, which a reload would wipe."""
    page.evaluate("window.mark = 'still here'")


def is_marked(page):
    return page.evaluate("window.mark") == "still here"


@AT_BOTH_WIDTHS
def test_a_month_of_the_strip_shows_its_season(open_page, width):
    page = open_page("/productos/", width=width)
    april = page.locator("#months a").nth(3)
    at_best = april.locator("em").inner_text()

    april.click()

    expect(page).to_have_url(APRIL_PAGE)
    expect(page.locator("#months [aria-current]")).to_contain_text("abril")
    expect(page.locator("h1 .visually-hidden")).to_contain_text("abril")
    expect(page.locator("h2.group small").first).to_have_text(at_best)


@AT_BOTH_WIDTHS
def test_filters_swap_in_place(open_page, width):
    page = open_page("/productos/?mes=junio", width=width)
    before = count(page)
    mark(page)
    open_filters(page)

    page.get_by_label("Frutas").check()
    expect(page).to_have_url(re.compile(r"\?mes=junio&categoria=frutas$"))
    fruits = count(page)
    page.locator("#region").focus()
    page.locator("#region").select_option("junin")
    expect(page).to_have_url(re.compile("categoria=frutas&region=junin"))

    assert is_marked(page)
    assert before > fruits > count(page) > 0
    expect(page.locator("#region")).to_be_focused()
    expect(page.locator("#filter-go")).to_contain_text(str(count(page)))
    labels = page.locator(".chip--remove").all_inner_texts()
    assert [label.split()[0] for label in labels] == ["Junio", "Frutas", "Junín"]


def test_back_returns_to_what_was_chosen_before(open_page):
    page = open_page("/productos/")
    everything = count(page)
    page.get_by_label("Frutas").check()
    expect(page.locator(".chip--remove")).to_have_count(1)

    page.go_back()

    expect(page).to_have_url(re.compile(r"/productos/$"))
    expect(page.locator(".chip--remove")).to_have_count(0)
    expect(page.get_by_label("Frutas")).not_to_be_checked()
    assert count(page) == everything


def test_a_chip_takes_its_filter_away(open_page):
    page = open_page("/productos/?categoria=frutas&region=junin")

    page.get_by_role("link", name="Frutas quitar filtro").click()

    expect(page).to_have_url(re.compile(r"/productos/\?region=junin$"))
    expect(page.get_by_label("Frutas")).not_to_be_checked()


@AT_BOTH_WIDTHS
def test_without_javascript_the_button_filters(open_page, width):
    page = open_page("/productos/", width=width, java_script_enabled=False)
    everything = count(page)
    open_filters(page)

    page.get_by_label("Frutas").check()
    page.locator("#region").select_option("junin")
    page.locator("#filter-go").click()

    expect(page).to_have_url(re.compile("categoria=frutas&region=junin"))
    assert everything > count(page) > 0
    expect(page.locator(".chip--remove")).to_have_count(2)


def test_the_sheet_opens_counts_and_goes(open_page):
    page = open_page("/productos/", width=360)
    form, opener = page.locator("#filters"), page.locator(".sheet > summary")
    mark(page)

    opener.click()
    page.get_by_label("Frutas").check()
    expect(page.locator("#filter-count")).to_have_text("1")
    expect(page.locator("#filter-go")).to_contain_text(f"Ver {count(page)} productos")
    page.locator("#filter-go").click()

    expect(form).not_to_be_visible()
    expect(opener).to_be_focused()
    assert is_marked(page)
    expect(page.locator(".chip--remove")).to_have_count(1)


@pytest.mark.parametrize("has_javascript", [True, False])
def test_the_sheet_closes_without_choosing(open_page, has_javascript):
    page = open_page("/productores/", width=360, java_script_enabled=has_javascript)
    form, opener = page.locator("#filters"), page.locator(".sheet > summary")

    opener.click()
    expect(form).to_be_visible()
    page.get_by_text("Cerrar", exact=True).click()
    expect(form).not_to_be_visible()

    if has_javascript:
        opener.click()
        page.keyboard.press("Escape")
        expect(form).not_to_be_visible()


def test_the_search_box_filters_in_place(open_page):
    page = open_page("/productores/")
    mark(page)

    page.get_by_role("searchbox").fill("quispe")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/productores/\?q=quispe"))
    expect(page.locator(".chip--remove")).to_contain_text("«quispe»")
    assert is_marked(page)
    assert count(page) > 0


@AT_BOTH_WIDTHS
def test_a_product_leads_to_who_grows_it(open_page, width):
    page = open_page("/productos/?q=palta", width=width)

    page.locator(".product-card a", has_text="Palta fuerte").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Palta fuerte")
    grower = page.locator(".rows a").first
    name = grower.locator("strong").inner_text().split("\n")[0]
    grower.click()

    expect(page).to_have_url(re.compile("/productores/.+/"))
    assert page.locator("h1").inner_text() in name
    expect(page.locator(".year-rows")).to_contain_text("Palta fuerte")


@AT_BOTH_WIDTHS
def test_the_directory_leads_to_a_producer(open_page, width):
    page = open_page("/productores/?region=cusco", width=width)
    card = page.locator(".producer-card a").first
    name = card.locator(".producer-card__name").inner_text()

    card.click()

    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.locator(".profile .example")).to_contain_text("Productor de ejemplo")


def test_another_name_finds_a_product(open_page):
    page = open_page("/", width=360)

    send(page.get_by_role("link", name="Buscar"))
    page.get_by_role("searchbox").fill("aguacate")
    send(page.get_by_role("button", name="Buscar"))

    names = page.locator(".product-card__name").all_inner_texts()
    assert sorted(names) == ["Palta Hass", "Palta fuerte"]


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_pages_fit_and_their_targets_can_be_hit(open_page, path):
    page = open_page(path, width=360)
    found = {}
    for width in (320, 360, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        found[width] = (page.evaluate(OVERFLOW), page.evaluate(SMALL_TARGETS))

    assert found == dict.fromkeys(found, (0, []))


def test_the_calendar_prints_on_one_sheet(open_page):
    page = open_page("/calendario/")

    printed = page.pdf(format="A4", prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


# Another month at each width: the site keeps what the first has saved.
@pytest.mark.parametrize(("width", "month"), [(360, "junio"), (1280, "enero")])
def test_a_season_edited_in_the_admin_is_seen_on_the_site(
    open_page, site, width, month
):
    page = open_page("/admin/", width=width)
    journeys.log_in(page, site.account, site.password)
    page.goto("/admin/producers/offering/?q=Sombrero")
    send(page.locator("#result_list tr", has_text="Granadilla").locator("th a"))
    months = page.get_by_role("slider")
    expect(months).to_have_count(12)

    for column in months.all():
        column.press("Home")
    page.get_by_role("slider", name=month.capitalize()).press("End")
    send(page.locator("[name=_save]"))
    page.wait_for_selector("#changelist")

    page.goto("/productores/pinal-cerro-sombrero/")
    year = page.locator(".year-rows a", has_text="Granadilla").locator(".anden")
    expect(year).to_have_attribute(
        "aria-label", f"Temporada: En su punto en {month}. El resto del año, no."
    )
