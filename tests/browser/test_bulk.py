"""Many rows at once on a phone: choose, look, do, and take it back."""

import pytest
from playwright.sync_api import expect

from . import journeys
from .demo import demo_site
from .journeys import send
from .test_desk import violations

CHOSEN = 3
CLEAN = {"light": [], "dark": []}


@pytest.fixture(scope="module")
def site(browser, tmp_path_factory):
    """A site of our own: the others must not see what changes here."""
    with demo_site(tmp_path_factory.mktemp("bulk"), "bulk") as started:
        yield started


@pytest.fixture
def log_in(open_page, site):
    """Return a function that opens the desk on a phone of a width."""

    def log_in(width):
        page = open_page("/admin/", width=width)
        journeys.log_in(page, site.account, site.password)
        return page

    return log_in


def choose(page, action):
    """Tick the first rows of a list and send an action."""
    for row in page.locator(".action-select").all()[:CHOSEN]:
        row.check()
    page.select_option("[name=action]", action)
    send(page.locator(".actions button"))


def seasons(page):
    """Return what the list's first rows say of the year."""
    titles = page.locator("#result_list tbody .season-strip title")
    return titles.all_text_contents()[:CHOSEN]


def fits(page):
    overflow = "document.documentElement.scrollWidth - window.innerWidth"
    return page.evaluate(overflow) <= 0


@pytest.mark.parametrize("width", [360, 390])
def test_the_usual_season_is_set_and_taken_back(log_in, width):
    page = log_in(width)
    # Of one product, whose usual season no two of its producers keep.
    page.goto("/admin/producers/offering/?q=aguaymanto")
    before = seasons(page)
    choose(page, "set_usual_season")

    done = page.locator(".messagelist .success")
    expect(done).to_contain_text("temporada usual")
    after = seasons(page)
    assert len(set(after)) == 1
    assert after != before
    undo = done.locator("a")
    assert undo.bounding_box()["height"] >= 44
    send(undo)
    expect(page.locator(".bulk__names li").first).to_be_visible()
    assert fits(page)
    assert violations(page) == CLEAN
    send(page.locator(".bulk button"))

    expect(page.locator(".messagelist .success")).to_contain_text("como antes")
    page.goto("/admin/producers/offering/?q=aguaymanto")
    assert seasons(page) == before


def test_a_region_is_looked_at_before_it_is_set(log_in):
    page = log_in(360)
    page.goto("/admin/producers/producer/?status__exact=published")
    choose(page, "set_region")

    expect(page.locator(".bulk__names li")).to_have_count(CHOSEN)
    assert fits(page)
    assert violations(page) == CLEAN
    send(page.locator(".bulk button"))
    expect(page.locator(".bulk .errorlist")).to_be_visible()
    assert violations(page) == CLEAN
    send(page.locator(".bulk__buttons a"))
    expect(page.locator("#result_list")).to_be_visible()
    assert page.url.endswith("?status__exact=published")
    choose(page, "set_region")
    page.select_option("[name=region]", label="Puno")
    send(page.locator(".bulk button"))

    done = page.locator(".messagelist .success")
    expect(done).to_contain_text("3 productores ya tienen la región.")
    send(done.locator("a"))
    send(page.locator(".bulk button"))
    expect(page.locator(".messagelist .success")).to_contain_text("3 están como antes")
