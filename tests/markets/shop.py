"""The shop as it usually opens, and what its badge says on a page."""

import datetime as dt
import html
import re
from typing import NamedTuple

import time_machine

from tests.factories import LIMA, make_opening_hours, make_venue

TUESDAY, SUNDAY, MONDAY = 1, 6, 0
TAGS = re.compile(r"<[^>]*>")
BADGE = re.compile(
    r'id="open-now" data-live data-now="(?P<now>[^"]*)"'
    r' data-changes-at="(?P<at>[^"]*)">'
    r'\s*<p class="open-badge open-badge--(?P<state>\w+)">'
    r"\s*<svg.*?</svg>(?P<words>.*?)</p>"
    r"\s*(?:<p>(?P<today>.*?)</p>)?\s*</div>",
    re.DOTALL,
)


class Shown(NamedTuple):
    """A badge as it stands on a page; changes is a time of its day, or a date."""

    state: str
    words: str
    today: str
    changes: str


def at(day, time="12:00"):
    """Return a moment of November 2026, whose 23rd is a Monday, in Lima."""
    time = dt.time.fromisoformat(time)
    return dt.datetime.combine(dt.date(2026, 11, day), time, LIMA)


def make_shop(**fields):
    """Return a shop without hours."""
    names = {"slug": "agro-shop", "name": "Agro-Shop", "district": "Lince"}
    return make_venue(**{"kind": "shop", "street": "", **names, **fields})


def open_usually(shop):
    """Open a shop from Tuesday to Saturday, 9 to 20, and on Sunday, 10 to 17."""
    for day in range(TUESDAY, SUNDAY):
        open_on(shop, day, "09:00", "20:00")
    open_on(shop, SUNDAY, "10:00", "17:00")


def open_on(shop, day, opens, closes, **fields):
    """Open a shop on a day of the week, 0 to 6, at written times."""
    times = (dt.time.fromisoformat(time) for time in (opens, closes))
    names = ("opens", "closes")
    make_opening_hours(
        venue=shop, day_of_week=day, **dict(zip(names, times, strict=True)), **fields
    )


def page_at(client, moment, path="/agro-shop/"):
    """Return a page as it is at a moment, with plain spaces."""
    with time_machine.travel(moment, tick=False):
        response = client.get(path)
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


def badge_at(client, moment, path="/agro-shop/"):
    """Return what the badge of a page says at a moment."""
    found = BADGE.search(page_at(client, moment, path))
    assert dt.datetime.fromisoformat(found["now"]) == moment
    changes = dt.datetime.fromisoformat(found["at"])
    is_midnight = changes.time() == dt.time.min
    return Shown(
        found["state"],
        html.unescape(found["words"]),
        html.unescape(found["today"] or ""),
        f"{changes:%d}" if is_midnight else f"{changes:%H:%M}",
    )


def text_of(markup):
    """Return the words of a piece of a page, each gap one space."""
    return " ".join(TAGS.sub(" ", markup).split())


def part(page, start, end):
    """Return the words of a page from a mark to the next one after it."""
    return text_of(page.split(start, 1)[1].split(end, 1)[0])


def hrefs(page, label):
    """Return where the links with a label lead."""
    links = re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', page, re.DOTALL)
    return [href for href, inside in links if text_of(inside) == label]
