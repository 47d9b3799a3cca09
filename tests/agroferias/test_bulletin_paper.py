"""The list of a market day on paper: who comes, where, with what; and its code."""

import re

import pytest
import segno
from django.urls import reverse
from django.utils.html import strip_tags

from markets.models import MarketDay
from markets.templatetags.paper_tags import QUIET
from tests.desk import open_desk
from tests.factories import (
    SUNDAY,
    make_attendance,
    make_market_day,
    make_offering,
    make_producer,
    make_product,
    make_stall,
    make_venue,
)
from tests.markets.reading import words

pytestmark = pytest.mark.usefixtures("november")
ADDRESS = "http://testserver/ferias/2026-11-29/"


@pytest.fixture
def desk(db, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


@pytest.fixture
def day(db):
    venue = make_venue(name="Feria", is_main=True, confirmed_date=SUNDAY)
    return make_market_day(venue=venue, status="confirmed")


def printed(desk, day):
    return desk.get(reverse("admin:roster", args=[day.pk])).text


def bring(day, name, *products, number=None, status="confirmed", **fields):
    """Put a producer on the list, with products in season if their level is not 0."""
    producer = make_producer(name=name)
    stall = make_stall(venue=day.venue, number=number) if number else None
    fields |= {"producer": producer, "stall": stall, "status": status}
    make_attendance(market_day=day, **fields)
    for product, level in products:
        season = [2] * 6 + [level] * 6
        make_offering(
            producer=producer, product=make_product(name=product), season=season
        )
    return producer


def rows(html):
    """Return what each row of the list on paper says."""
    found = re.findall(r"<tr>(<td.*?)</tr>", html)
    cells = [re.findall(r"<t[dh].*?</t[dh]>", one) for one in found]
    return [[strip_tags(cell) for cell in one] for one in cells]


def test_the_list_goes_by_stall_and_says_what_each_one_brings(desk, day):
    bring(day, "Julián", ("Queso", 1), ("Papa", 3), number=12)
    bring(day, "Rosa", ("Palta", 2), ("Mango", 0), number=3, status="expected")
    bring(day, "Elena")

    html = printed(desk, day)

    assert rows(html) == [
        ["", "3", "Rosa to be confirmed", "Palta"],
        ["", "12", "Julián", "Papa, Queso"],
        ["", "—", "Elena", ""],
    ]
    assert "Without a fixed stall" in html


def test_whoever_does_not_come_is_at_the_end_with_the_reason(desk, day):
    bring(day, "Rosa", number=3, status="absent", reason="Huaico")
    bring(day, "Julián", status="absent")

    html = printed(desk, day)

    assert rows(html) == []
    assert words(html, '<section class="absent">', "</section>") == (
        "Not coming this time Rosa (3): Huaico Julián"
    )
    assert "Nobody is on the list yet." in html


def test_the_list_names_who_is_not_published_and_says_so(desk, day):
    producer = bring(day, "Rosa", number=3)
    producer.status = "draft"
    producer.save()

    assert rows(printed(desk, day)) == [["", "3", "Rosa not published", ""]]


def test_no_number_holds_at_another_place(desk, day):
    bring(day, "Rosa", number=3)
    MarketDay.objects.update(status="moved", moved_to="Parque", notice="Desfile.")

    html = printed(desk, day)

    assert rows(html) == [["", "—", "Rosa", ""]]
    assert "At another place: without stall numbers" in html
    assert "to 2\xa0p.\xa0m., Parque. Desfile." in html


def test_a_cancelled_day_has_no_list(desk, day):
    bring(day, "Rosa", number=3)
    MarketDay.objects.update(status="cancelled", notice="Desfile.")

    html = printed(desk, day)

    assert rows(html) == []
    assert words(html, '<header class="head head--cancelled">', "</header>") == (
        "Feria Sunday 29 November There is no market on Sunday 29 November. It "
        "would have been 8 a. m. to 2 p. m., Av. Brasil, cuadra 40, Magdalena del Mar. "
        f"Desfile. {ADDRESS}"
    )


def test_the_head_says_when_and_where_and_how_sure_that_is(desk, day):
    bring(day, "Rosa", number=3)

    html = printed(desk, day)

    assert words(html, '<header class="head head--confirmed">', "</header>") == (
        "Feria Sunday 29 November There is a market on Sunday 29 November. "
        "8 a. m. to 2 p. m., Av. Brasil, cuadra 40, Magdalena del Mar. Nobody has "
        f"checked this list yet. 1 producer. {ADDRESS}"
    )
    assert "Printed on Monday 23 November, 12\xa0noon" in html


def test_the_code_is_that_of_the_printed_address(desk, day):
    html = printed(desk, day)

    path = re.search(r'<path fill="#000" d="([^"]*)"', html)[1]
    dark = {
        (int(y) - QUIET, int(x) - QUIET) for x, y in re.findall(r"M(\d+) (\d+)", path)
    }
    matrix = segno.make_qr(ADDRESS, error="m").matrix
    assert dark == {
        (y, x) for y, row in enumerate(matrix) for x, module in enumerate(row) if module
    }
    assert f"<figcaption>{ADDRESS}</figcaption>" in html
    assert " style=" not in html
