"""The desk's front page on a phone: a task is tapped, done, and gone."""

import pytest
from playwright.sync_api import expect

from . import journeys
from .conftest import VIEWPORTS
from .demo import demo_site
from .journeys import send
from .test_desk import violations

PHONE = 360
OURS = ".front"


@pytest.fixture(scope="module")
def site(browser, tmp_path_factory):
    """A site of our own: the others must not see what changes here."""
    with demo_site(tmp_path_factory.mktemp("front"), "front") as started:
        yield started


@pytest.fixture
def front(open_page, site):
    page = open_page("/admin/", width=PHONE)
    journeys.log_in(page, site.account, site.password)
    expect(page.locator("#tasks-heading")).to_be_visible()
    return page


def save_day(page, status):
    """Decide on the day that the front page shows, on its screen."""
    page.click(f"label.states__one--{status}")
    send(page.locator(".save-bar__save"))
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.goto("/admin/")


def test_a_task_is_done_and_gone(front):
    send(front.locator(".next-day__open").first)
    front.locator(".segments__one--expected").first.click()
    save_day(front, "scheduled")

    assert violations(front, OURS) == {"light": [], "dark": []}
    assert front.locator(".tasks__one").first.bounding_box()["height"] >= 44
    send(front.locator("#task-attendance"))
    expect(front.locator("#list-heading")).to_be_in_viewport()
    send(front.locator("[name=_confirm_rest]"))
    expect(front.locator(".messagelist .success")).to_be_visible()
    front.goto("/admin/")
    expect(front.locator("#task-attendance")).to_have_count(0)

    send(front.locator("#task-day"))
    save_day(front, "confirmed")
    expect(front.locator("#task-day")).to_have_count(0)
    expect(front.locator(".changes__pages a")).to_have_count(1)


def test_a_list_has_what_its_line_counted(front):
    task = front.locator("#task-photo")
    count = task.inner_text().split()[0]
    send(task)

    expect(front.locator(".paginator").first).to_contain_text(f"{count} ")


@pytest.mark.parametrize("width", [320, PHONE, 1280])
def test_the_front_page_fits(front, width):
    front.set_viewport_size(VIEWPORTS[width])

    overflow = "document.documentElement.scrollWidth - window.innerWidth"
    assert front.evaluate(overflow) <= 0
    assert violations(front, OURS) == {"light": [], "dark": []}
