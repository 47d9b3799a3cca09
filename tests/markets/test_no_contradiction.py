"""The same state of the next market day, on every page whose answer it changes."""

import datetime as dt
import re

import pytest
import time_machine

from tests.factories import (
    SUNDAY,
    make_attendance,
    make_market_day,
    make_offering,
    make_opening_hours,
    make_producer,
    make_product,
    make_stall,
    make_venue,
)
from tests.markets.states import at, text

pytestmark = pytest.mark.django_db

WEEK = dt.timedelta(weeks=1)
DAY = f"/ferias/{SUNDAY}/"
FOOTER = "footer"
PAGES = [
    "/",
    "/productos/palta/",
    "/productores/rosa/",
    "/buscar/?q=palta",
    "/nada/",
    "/productos/?viene=1",
    "/productores/?viene=1",
    "/ferias/",
    "/agro-shop/",
    "/nosotros/",
    "/calendario/",
    DAY,
]
SHOP, ROSA = "/agro-shop/", "/productores/rosa/"
# Pages about something else, whose footer is enough: all but a cancelled Sunday, on
# which one may go there instead, is no question of the shop's.
BY_FOOTER = [SHOP, "/nosotros/", "/calendario/"]
SAYING = [path for path in PAGES if path not in BY_FOOTER] + [FOOTER]
SAYING_NO = [path for path in PAGES if path not in BY_FOOTER[1:]] + [FOOTER]
# A producer's says whether they come, which is more than that there is a market.
WITHOUT_ROSA = [path for path in SAYING if path != ROSA]
# Pages that show the state in a chip.
WITH_CHIP = PAGES[:7]
WITH_COMES = PAGES[:4]
MOVED = {"status": "moved", "moved_to": "Parque Castilla"}
OTHER_HOURS = {"status": "moved", "closes": dt.time(12)}
USUAL = {"usual_opens": dt.time(8), "usual_closes": dt.time(14)}
YES = re.compile(r"sí hay feria|Sí hay feria|Estamos en la avenida")
NO = re.compile(r"[Nn]o hay feria\b")
COMES = re.compile(r"(Viene|Lo esperamos) (este domingo|hoy)|PUESTO 7|Puesto 7")
UNSURE = re.compile(r"[Ss]in confirmar|no (lo )?confirmamos")


def words_of(html, element):
    """Return the words of an element of which a page has one."""
    (inner,) = re.findall(rf"(?s)<{element}[ >].*?</{element}>", html)
    return text(inner)


@pytest.fixture
def pages(client):
    """Return a function that reads every page, in a state, at a moment.

    The footer, which is the same on all, counts as one page of its own.
    """

    def read(moment, **fields):
        day = make_market_day(**fields)
        palta = make_product(slug="palta", name="Palta")
        rosa = make_producer(slug="rosa", name="Rosa")
        make_offering(product=palta, producer=rosa)
        stall = make_stall(venue=day.venue, number=7)
        make_attendance(market_day=day, producer=rosa, stall=stall, status="confirmed")
        make_opening_hours(venue=make_venue(kind="shop", name="Agro-Shop"))
        with time_machine.travel(moment):
            html = {path: client.get(path).text for path in PAGES}
        (footer,) = {words_of(page, "footer") for page in html.values()}
        read = {path: words_of(page, "main") for path, page in html.items()}
        return read | {FOOTER: footer}

    return read


def saying(pages, regex):
    return [path for path, words in pages.items() if regex.search(words)]


MONDAY = at(12, days=-6)


def test_a_confirmed_sunday_is_on_everywhere(pages):
    read = pages(MONDAY, status="confirmed")

    assert saying(read, NO) == []
    assert saying(read, UNSURE) == []
    assert saying(read, YES) == WITHOUT_ROSA
    told = {*WITHOUT_ROSA, SHOP}
    assert {*saying(read, re.compile("8 a. m. a 2 p. m."))} == told
    assert {*saying(read, re.compile("Av. Brasil, cuadra 40"))} == told
    assert saying(read, COMES) == [*WITH_COMES, "/productores/?viene=1", DAY]


def test_a_cancelled_sunday_is_off_everywhere(pages):
    read = pages(MONDAY, status="cancelled", notice="Hay desfile.")

    assert saying(read, NO) == SAYING_NO
    assert saying(read, re.compile("Hay desfile.")) == SAYING_NO
    assert saying(read, YES) == []
    assert saying(read, UNSURE) == []
    assert saying(read, COMES) == []


def test_an_unconfirmed_sunday_is_promised_nowhere(pages):
    read = pages(MONDAY, status="scheduled")

    assert saying(read, UNSURE) == SAYING
    assert saying(read, NO) == []
    assert saying(read, YES) == []


def test_a_moved_sunday_names_the_other_place_everywhere(pages):
    read = pages(MONDAY, **MOVED)

    assert saying(read, re.compile("Parque Castilla")) == SAYING
    assert saying(read, re.compile("[Cc]ambia(mos)? de lugar")) == WITHOUT_ROSA
    assert saying(read, NO) == []
    assert saying(read, UNSURE) == []
    assert saying(read, re.compile("P(UESTO|uesto) 7|en la avenida")) == []


def test_other_hours_are_told_everywhere(pages):
    read = pages(MONDAY, **OTHER_HOURS)

    assert saying(read, re.compile("8 a. m. a 12 m.")) == SAYING
    assert saying(read, re.compile("8 a. m. a 2 p. m.")) == [SHOP]
    assert saying(read, re.compile("[Oo]tro horario")) == SAYING
    assert saying(read, NO) == []


def test_another_place_and_other_hours_are_told_everywhere(pages):
    read = pages(MONDAY, **MOVED | OTHER_HOURS | USUAL)

    assert saying(read, re.compile("8 a. m. a 12 m.")) == SAYING
    assert saying(read, re.compile("Parque Castilla")) == SAYING
    both = re.compile("[Cc]ambia(mos)? de lugar y de hora")
    assert saying(read, both) == WITHOUT_ROSA
    assert saying(read, NO) == []


@pytest.mark.parametrize(
    ("moment", "chip"),
    [
        (at(23, 59, days=-1), "Este domingo sí hay feria"),
        (at(0), "Hoy sí hay feria"),
        (at(7, 59), "Hoy sí hay feria"),
        (at(8), "Estamos en la avenida hasta las 2 p. m."),
        (at(12, 59), "Estamos en la avenida hasta las 2 p. m."),
        (at(13), "Última hora: hasta las 2 p. m."),
        (at(13, 59), "Última hora: hasta las 2 p. m."),
        (at(14), "El domingo 6 sí hay feria"),
        (at(0, days=1), "Este domingo sí hay feria"),
    ],
)
def test_every_page_turns_at_the_same_minute(pages, moment, chip):
    make_market_day(status="confirmed", date=SUNDAY + WEEK)

    read = pages(moment, status="confirmed")

    is_over = moment >= at(14)
    # The producer's chip is whether they come, while the list is of that day.
    with_chip = [path for path in WITH_CHIP if is_over or path != ROSA]
    assert [path for path in with_chip if chip not in read[path]] == []
    is_today = is_over and moment < at(0, days=1)
    ended = saying(read, re.compile("La feria de hoy ya terminó."))
    assert ended == ([*WITH_CHIP, FOOTER] if is_today else [])


def test_what_nobody_confirmed_is_not_said_to_have_been_held(pages):
    make_market_day(status="confirmed", date=SUNDAY + WEEK)

    read = pages(at(14), status="scheduled")

    told = saying(read, re.compile("Nadie confirmó la feria de hoy."))
    assert told == [*WITH_CHIP, FOOTER]
    assert saying(read, re.compile("ya terminó")) == []


def test_an_extra_day_does_not_hide_the_sunday(pages):
    wednesday = SUNDAY - dt.timedelta(days=4)
    make_market_day(date=wednesday, status="confirmed")

    read = pages(MONDAY, status="cancelled", notice="Hay desfile.")

    told = saying(read, re.compile("No hay feria el domingo 29 de noviembre"))
    assert told == [*WITH_CHIP, FOOTER]
    next_one = saying(read, re.compile("(Este miércoles s|S)í hay feria"))
    assert next_one == [path for path in SAYING if path != DAY]


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (at(23, 59, days=-1), "Viene este domingo"),
        (at(0), "Viene hoy"),
        (at(13, 59), "Viene hoy"),
    ],
)
def test_who_comes_today_is_said_to_on_both_pages(pages, moment, words):
    read = pages(moment, status="confirmed")

    assert words in read["/productos/palta/"]
    assert words in read["/productores/rosa/"]
