"""A cheap phone: 320 pixels wide, or text twice as large; no script, or little data."""

from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import expect

from .conftest import VIEWPORTS
from .pages import PAGES

# By more than a pixel of rounding.
OVERFLOW = "Math.max(document.documentElement.scrollWidth - innerWidth, 1)"


def test_nothing_is_cut_at_320_or_with_text_twice_as_large(open_page):
    # A page of 640 at 200 % is 320 wide, too.
    page = open_page("about:blank", width=320)
    wide = {}
    for name, path in PAGES.items():
        page.set_viewport_size(VIEWPORTS[320])
        page.goto(path)
        narrow = page.evaluate(OVERFLOW)
        page.set_viewport_size(VIEWPORTS[360])
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        wide[name] = (narrow, page.evaluate(OVERFLOW))

    assert wide == dict.fromkeys(PAGES, (1, 1))


def test_without_javascript_all_is_said(open_page):
    page = open_page("/", width=320, java_script_enabled=False)

    expect(page.locator(".tolva--hero h1")).to_be_visible()
    expect(page.locator("#kept")).to_be_hidden()
    page.goto("/este-domingo/")
    expect(page.locator("#llegar .locator svg")).to_be_visible()
    first = page.locator("#llegar .maps a").first
    assert first.get_attribute("href").startswith("geo:0,0?q=Av.%20Brasil")
    page.goto("/insertar/")
    expect(page.locator("textarea").first).to_be_visible()
    expect(page.locator("[data-copy]").first).to_be_hidden()


@contextmanager
def served(html):
    """Serve one page at a port of its own, which makes another origin of it."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *arguments):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def elsewhere(browser, site):
    """A page of another origin that frames both of ours, and notes what they fetch."""
    frames = "".join(
        f'<iframe title="{name}" src="{site.url}/insertar/{name}/"></iframe>'
        for name in ("este-domingo", "agro-shop")
    )
    context = browser.new_context(locale="es-PE", service_workers="block")
    with closing(context), served(frames) as address:
        page = context.new_page()
        answers = []

        # Playwright takes no built-in function.
        def note(one):
            answers.append(one)

        page.on("response", note)
        page.goto(address, wait_until="networkidle")
        yield page, answers


def test_another_site_frames_both_for_little(elsewhere, site):
    page, answers = elsewhere
    sunday, shop = (page.frame_locator("iframe").nth(number) for number in (0, 1))

    expect(sunday.locator("h1")).to_have_css("background-color", "rgb(180, 236, 28)")
    expect(shop.locator("dl")).to_contain_text("Domingo")
    expect(shop.locator("h1")).to_have_css("font-size", "20px")
    ours = {one.url: len(one.body()) for one in answers if site.url in one.url}
    # Both pages and their one style.
    assert len(ours) == 3
    assert sum(ours.values()) < 15 * 1024
    assert page.context.cookies() == []
    with page.expect_popup() as opened:
        sunday.locator("a").click()
    expect(opened.value.locator(".tolva--day")).to_be_visible()
    assert opened.value.evaluate("opener") is None
