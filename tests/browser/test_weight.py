import pytest

from .pages import PAGES

BUDGET_BYTES = 120 * 1024
WEIGHED = ["home", "products", "product-drawn", "producer", "calendar", "producers"]
WEIGHED += ["day", "days", "shop"]


@pytest.mark.parametrize("name", WEIGHED)
def test_the_first_view_is_light(open_page, name):
    page = open_page("about:blank", width=360)

    sizes = weigh(page, PAGES[name])

    assert 0 < sum(sizes) <= BUDGET_BYTES


def weigh(page, path):
    """Open a page with nothing cached; return the bytes of each answer on the wire."""
    wire = page.context.new_cdp_session(page)
    sizes = []
    wire.on(
        "Network.loadingFinished",
        lambda event: sizes.append(event["encodedDataLength"]),
    )
    wire.send("Network.enable")
    page.goto(path, wait_until="networkidle")
    return sizes
