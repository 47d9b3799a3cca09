"""The staff's guide: who reads it, and that it speaks of the screens as they are."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.contrib import admin
from django.urls import reverse
from PIL import Image

from agroferias.guide import TASKS
from agroferias.roles import ROLES, permissions_of
from tests.desk import STORAGES, make_member

PICTURES = Path(settings.BASE_DIR) / "static" / "img" / "guide"
CATALOGUES = [
    Path(settings.BASE_DIR) / "agroferias/locale/es/LC_MESSAGES/django.mo",
    Path(admin.__file__).parent / "locale/es/LC_MESSAGES/django.mo",
]
MAX_BYTES = 25_000
MAX_TOTAL_BYTES = 300_000
ADDRESS = "/admin/guia/"


@pytest.fixture
def html(db, client, settings):
    settings.STORAGES = STORAGES
    client.force_login(make_member("Edición"))
    return client.get(ADDRESS).content.decode()


def test_strangers_are_asked_who_they_are(client, db):
    response = client.get(ADDRESS)

    assert response.url == f"{reverse('admin:login')}?next={ADDRESS}"


@pytest.mark.parametrize("role", ROLES)
def test_every_role_reads_it_and_finds_it(client, db, settings, role):
    settings.STORAGES = STORAGES
    client.force_login(make_member(role))

    front = client.get("/admin/").content.decode()

    assert client.get(ADDRESS).status_code == 200
    # In the header, where it is on every page, and above the day's panel.
    assert front.count(f'href="{ADDRESS}"') == 2


def test_it_is_only_read(client, db):
    client.force_login(make_member("Edición"))

    assert client.post(ADDRESS).status_code == 405


def test_its_contents_are_its_sections(html):
    contents = re.findall(r'<li><a href="#([a-z]+)">(.+?)</a></li>', html)

    assert contents == re.findall(r'<h2 id="([a-z]+)">(.+?)</h2>', html)
    assert len(contents) == 11


def test_every_link_within_it_leads_somewhere(html):
    ids = re.findall(r'id="([a-z]+)"', html)

    assert [to for to in re.findall(r'href="#([a-z]+)"', html) if to not in ids] == []


def test_it_shows_each_picture_that_was_made_and_no_other(html):
    shown = re.findall(r'src="/static/img/guide/([a-z-]+\.webp)"', html)

    assert sorted(shown) == sorted(file.name for file in PICTURES.iterdir())


def test_every_picture_is_described(html):
    figures = re.findall(r"<figure.*?</figure>", html, re.DOTALL)

    assert [one for one in figures if not re.search(r'alt="[^"]{20,}"', one)] == []


def test_the_pictures_are_light():
    sizes = {file.name: file.stat().st_size for file in PICTURES.iterdir()}

    assert {name: size for name, size in sizes.items() if size > MAX_BYTES} == {}
    assert sum(sizes.values()) < MAX_TOTAL_BYTES


def shape(file):
    with Image.open(file) as image:
        return image.size


def test_the_page_keeps_the_place_of_each_picture(html):
    told = re.findall(r'guide/([a-z-]+\.webp)".*?width="(\d+)" height="(\d+)"', html)

    shapes = {name: (int(width), int(height)) for name, width, height in told}
    assert shapes == {file.name: shape(file) for file in PICTURES.iterdir()}


def test_the_words_that_it_takes_from_the_screen_are_those_of_the_screen(html):
    entries = [one for path in CATALOGUES for one in polib.mofile(str(path))]
    screen = {
        text.casefold()
        for entry in entries
        for text in (entry.msgstr, *entry.msgstr_plural.values())
    }

    quoted = re.findall(r"<b>(.+?)</b>", html)

    assert len(quoted) > 50
    assert sorted(one for one in quoted if one.casefold() not in screen) == []


def test_it_tells_what_each_role_may_do(html):
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", html)
    told = [[">Sí<" in cell for cell in re.findall(r"<td>.*?</td>", r)] for r in rows]

    allowed = [permissions_of(role) for role in ROLES]
    assert told == [[task in one for one in allowed] for _label, task in TASKS]
    assert [sum(column) for column in zip(*told, strict=True)] == [1, 7, 1]
