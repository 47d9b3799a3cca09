import pytest
from axe_playwright_python.sync_playwright import Axe

from .conftest import VIEWPORTS
from .pages import PAGES

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What the colours can break: the rest is in the dark as it is in the light.
COLOURS = ["color-contrast", "link-in-text-block"]
axe = Axe()


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_axe_finds_nothing(open_page, path):
    page = open_page(path)

    for width in (360, 1280):
        page.set_viewport_size(VIEWPORTS[width])
        assert violations(page) == {"light": [], "dark": []}, width


@pytest.mark.parametrize("path", ["/productos/", "/productores/"])
def test_axe_finds_nothing_in_the_open_sheet(open_page, path):
    page = open_page(path, width=360)
    page.locator(".sheet > summary").click()

    assert violations(page, ".sheet") == {"light": [], "dark": []}


def violations(page, context=None):
    """Return the rules broken in light and in dark, each with where."""
    found = {}
    for scheme, rules in (("light", RULES), ("dark", COLOURS)):
        page.emulate_media(color_scheme=scheme)
        options = {"runOnly": rules, "resultTypes": ["violations"]}
        broken = axe.run(page, context, options).response["violations"]
        found[scheme] = [
            (rule["id"], [node["target"] for node in rule["nodes"]]) for rule in broken
        ]
    return found
