import json
from io import BytesIO

import pytest
from django.template import Context, Template
from PIL import Image

from tests import app_icons
from tests.factories import make_market_day
from tests.markets.states import at, render_at

INK = (0x21, 0x0A, 0x30, 255)


def told(client):
    """Return what the worker is told of the site, and the script that it runs."""
    first, second = client.get("/sw.js").text.splitlines()
    return json.loads(first.removeprefix("self.told = ").removesuffix(";")), second


def test_the_manifest_makes_the_site_installable(client):
    response = client.get("/manifest.webmanifest")

    described = response.json()
    assert response.headers["Content-Type"] == "application/manifest+json"
    assert described["start_url"] == described["scope"] == described["id"] == "/"
    assert described["display"] == "minimal-ui"
    icons = [
        (one["sizes"], one["type"], one.get("purpose")) for one in described["icons"]
    ]
    assert icons == [
        ("any", "image/svg+xml", None),
        ("192x192", "image/png", "any"),
        ("512x512", "image/png", "any"),
        ("192x192", "image/png", "maskable"),
        ("512x512", "image/png", "maskable"),
    ]
    urls = [one["url"] for one in described["shortcuts"]]
    assert urls == ["/este-domingo/", "/productos/", "/agro-shop/"]


def test_the_icons_are_those_that_the_code_draws(tmp_path):
    app_icons.write(tmp_path / "icons")

    for drawn in (tmp_path / "icons").iterdir():
        stored = app_icons.FOLDER / drawn.name
        with Image.open(drawn) as one, Image.open(stored) as other:
            assert one.tobytes() == other.tobytes(), drawn.name


def test_a_maskable_icon_has_nothing_but_ink_out_of_its_circle():
    for name, data in app_icons.pictures().items():
        with Image.open(BytesIO(data)) as picture:
            size, pixels = picture.width, picture.convert("RGBA").load()
        assert name.endswith(f"-{size}.png")
        outside = {
            pixels[x, y]
            for x in range(size)
            for y in range(size)
            if (x + 0.5 - size / 2) ** 2 + (y + 0.5 - size / 2) ** 2 > (size * 0.4) ** 2
        }
        assert (outside == {INK}) == ("app-1" not in name and "app-5" not in name)


def test_the_worker_knows_the_site(client):
    response = client.get("/sw.js")
    known, script = told(client)

    assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-cache"
    assert script == 'importScripts("/static/js/worker.js");'
    assert known["languages"] == [
        {
            "home": f"{prefix}/",
            "sunday": f"{prefix}/este-domingo/",
            "days": f"{prefix}/ferias/",
            "calendar": f"{prefix}/calendario/",
            "shop": f"{prefix}/agro-shop/",
            "offline": f"{prefix}/offline/",
        }
        for prefix in ("/en", "/qu", "")
    ]
    assert known["private"] == [
        *("/admin/", "/media/", "/mi-feria/"),
        *("/avisos/", "/en/avisos/", "/qu/avisos/"),
    ]
    assert known["static"] == "/static/"


@pytest.mark.django_db
def test_each_language_is_installed_as_itself(client):
    spanish = client.get("/manifest.webmanifest").json()
    english = client.get("/en/manifest.webmanifest").json()

    assert (spanish["lang"], spanish["start_url"]) == ("es-PE", "/")
    assert (english["lang"], english["start_url"]) == ("en", "/en/")
    assert [one["name"] for one in english["shortcuts"]][:2] == [
        "This Sunday",
        "Season",
    ]
    assert 'href="/en/manifest.webmanifest"' in client.get("/en/nosotros/").text
    assert '<html lang="en">' in client.get("/en/offline/").text


@pytest.mark.django_db
def test_the_last_page_says_nothing_of_the_market(client, november):
    page = client.get("/").text
    make_market_day(status="confirmed")

    last = client.get("/offline/").text

    assert "29 de noviembre" in client.get("/").text
    assert "noviembre" not in last
    assert 'id="kept" hidden data-worker="/sw.js"' in page
    assert 'id="kept" hidden' not in last


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (9, "a las 9"),
        (13, "a la 1"),
    ],
)
def test_a_page_knows_when_it_was_made(hour, words):
    html = render_at(at(hour, 10), "{% load offline_tags %}{% kept_copy %}")

    assert f"Guardado el domingo 29 de noviembre {words}:10\xa0" in html


def test_a_page_made_without_the_clock_says_nothing(rf):
    template = Template("{% load offline_tags %}{% kept_copy %}")

    assert template.render(Context({"request": rf.get("/")})).strip() == ""
