import datetime as dt

import pytest
from django.utils.translation import override

from markets.schedule import WeekGroup
from markets.templatetags.week_tags import week_days
from producers.clock import clock
from tests.factories import (
    SUNDAY,
    make_market_day,
    make_opening_hours,
    make_special_hours,
    make_venue,
)
from tests.markets.states import at, render_at, text

pytestmark = pytest.mark.django_db

WEEK = dt.timedelta(weeks=1)
PARADE = "Hay desfile."
AFTERNOON = "2 p. m."
MORNING = "8 a. m."
EXAMPLE = "Horario y lugar de ejemplo: la feria todavía no los confirmó."
PANEL = "{% market_panel %}"
STRIP = "{% market_strip %}"
LINE = "{% next_market_line %}"


@pytest.mark.parametrize(
    ("time", "written"),
    [
        (dt.time(8), "8 a. m."),
        (dt.time(8, 5), "8:05 a. m."),
        (dt.time(12), "12 m."),
        (dt.time(12, 30), "12:30 p. m."),
        (dt.time(13, 30), "1:30 p. m."),
        (dt.time(23, 59), "11:59 p. m."),
        (dt.time(0), "12 a. m."),
        (dt.time(0, 15), "12:15 a. m."),
    ],
)
def test_clock_writes_times_as_lima_does(time, written):
    assert clock(time) == written.replace(" ", "\xa0")


def test_clock_speaks_the_language_of_the_page():
    with override("en"):
        assert clock(dt.time(12)) == "12\xa0noon"


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [(6, 6, "Domingo"), (1, 5, "Martes a sábado"), (0, 6, "Lunes a domingo")],
)
def test_days_of_a_week_are_named(first, last, name):
    assert week_days(WeekGroup(first, last, ())) == name


def test_the_panel_without_a_market_day(ask):
    html = ask(PANEL)

    assert 'class="tolva tolva--hero"' in html
    assert text(html) == "Todavía sin fecha Feria de productores Lo que hay Agro-Shop"
    assert html.count("<h1") == 1


@pytest.mark.parametrize(
    ("fields", "css", "words", "is_lettered"),
    [
        ({}, "tolva tolva--hero", "Todavía no confirmamos este domingo", False),
        (
            {"status": "confirmed"},
            "tolva tolva--hero",
            "Este domingo sí hay feria",
            True,
        ),
        (
            {"status": "moved", "moved_to": "Parque Castilla"},
            "tolva tolva--hero tolva--moved",
            "Solo este domingo: cambiamos de lugar",
            True,
        ),
        (
            {"status": "moved", "closes": dt.time(12)},
            "tolva tolva--hero tolva--short",
            "Solo este domingo: otro horario",
            True,
        ),
        (
            {"status": "cancelled"},
            "tolva tolva--hero tolva--no",
            "Este domingo no hay feria",
            True,
        ),
    ],
)
def test_the_panel_tells_the_state(ask, fields, css, words, is_lettered):
    make_market_day(**fields | {"notice": PARADE})

    html = ask(PANEL)

    assert f'class="{css}"' in html
    assert text(html).startswith(f"{words} Domingo 29 de noviembre")
    assert html.count(PARADE) == 1
    assert ('class="lettering"' in html) is is_lettered
    assert html.count("<h1") == 1


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (at(23, 59, days=-7), "El domingo 29 sí hay feria"),
        (at(0, days=-6), "Este domingo sí hay feria"),
        (at(23, 59, days=-1), "Este domingo sí hay feria"),
        (at(0), "Hoy sí hay feria"),
        (at(7, 59), "Hoy sí hay feria"),
        (at(8), "Estamos en la avenida hasta las 2\xa0p.\xa0m."),
        (at(12, 59), "Estamos en la avenida hasta las 2\xa0p.\xa0m."),
        (at(13), "Última hora: hasta las 2\xa0p.\xa0m."),
        (at(13, 59), "Última hora: hasta las 2\xa0p.\xa0m."),
        (at(14), "El domingo 6 sí hay feria"),
        (at(23, 59), "El domingo 6 sí hay feria"),
        (at(0, days=1), "Este domingo sí hay feria"),
    ],
)
def test_the_panel_turns_at_its_minute(moment, words):
    make_market_day(status="confirmed")
    make_market_day(status="confirmed", date=SUNDAY + WEEK)

    html = render_at(moment, PANEL)

    assert f"</svg>{words}</p>" in html


@pytest.mark.parametrize(
    ("status", "moment", "is_said"),
    [
        ("confirmed", at(12, 59), False),
        ("confirmed", at(13), True),
        ("confirmed", at(14), False),
        ("scheduled", at(13), False),
        ("cancelled", at(13), False),
    ],
)
def test_the_last_hour_warns_that_the_last_is_sold(status, moment, is_said):
    make_market_day(status=status)

    assert ("Queda una hora o menos." in render_at(moment, PANEL)) is is_said


@pytest.mark.parametrize(
    ("status", "moment", "is_said"),
    [
        ("confirmed", at(13, 59), False),
        ("confirmed", at(14), True),
        ("confirmed", at(23, 59), True),
        ("confirmed", at(0, days=1), False),
        ("cancelled", at(14), False),
    ],
)
@pytest.mark.parametrize("tag", [PANEL, STRIP, LINE])
def test_a_market_just_over_is_said_to_be(tag, status, moment, is_said):
    make_market_day(status=status)

    html = render_at(moment, tag)

    assert ("La feria de hoy ya terminó." in html) is is_said


def test_the_panel_of_a_cancelled_day_sends_on(ask):
    make_market_day(status="cancelled")
    held = make_market_day(date=SUNDAY + WEEK, status="confirmed")
    shop = make_venue(kind="shop", name="Agro-Shop", confirmed_date=SUNDAY)
    make_opening_hours(venue=shop, opens=dt.time(10), closes=dt.time(17))

    html = ask(PANEL)

    assert 'class="struck"' in html
    assert text(html) == (
        "Este domingo no hay feria Domingo 29 de noviembre A parade takes the avenue."
        f" Volvemos el domingo 6 de diciembre a las {MORNING} Mientras, el Agro-Shop"
        f" atiende ese día de 10 a. m. a 5 p. m. {EXAMPLE}"
        " Agro-Shop: cerrado ahora Si cambia, avísame por correo"
        " Ir al domingo 6 Agro-Shop"
    )
    assert f'href="{held.get_absolute_url()}"' in html
    assert 'href="/agro-shop/"' in html
    assert "viene=1" not in html


@pytest.mark.parametrize(
    ("shop_confirmed", "market_confirmed", "is_said"),
    [(SUNDAY, SUNDAY, False), (None, SUNDAY, True), (SUNDAY, None, True)],
)
def test_a_cancelled_day_says_whose_hours_nobody_confirmed(
    ask, shop_confirmed, market_confirmed, is_said
):
    venue = make_venue(is_main=True, confirmed_date=market_confirmed)
    make_market_day(status="cancelled", venue=venue)
    shop = make_venue(kind="shop", confirmed_date=shop_confirmed)
    make_opening_hours(venue=shop)

    assert (EXAMPLE in ask(PANEL)) is is_said


def test_a_shop_that_is_closed_that_day_says_so(ask):
    make_market_day(status="cancelled")
    shop = make_venue(kind="shop", name="Agro-Shop")
    make_special_hours(venue=shop)

    assert "El Agro-Shop tampoco atiende ese día." in ask(PANEL)


def test_a_shop_without_hours_says_nothing_of_them(ask):
    make_market_day(status="cancelled")
    make_venue(kind="shop", name="Agro-Shop")

    html = ask(PANEL)

    assert "atiende" not in html
    assert "Todavía no hay fecha para la próxima feria." in html
    assert "Lo que hay" in html


def test_the_panel_of_a_moved_day_strikes_the_usual_place(ask):
    make_market_day(status="moved", moved_to="Parque Castilla")

    html = ask(PANEL)

    assert "<s>Av. Brasil, cuadra 40</s> <strong>Parque Castilla</strong>" in html


def test_the_panel_of_other_hours_says_that_they_are_of_one_day(ask):
    make_market_day(status="moved", closes=dt.time(12))

    assert f"{MORNING} a 12 m. solo ese día" in text(ask(PANEL))


@pytest.mark.parametrize(
    ("status", "words"),
    [("scheduled", "Nadie lo revisó todavía."), ("confirmed", "")],
)
def test_a_day_that_nobody_checked_says_so(ask, status, words):
    make_market_day(status=status)

    assert ("Nadie lo revisó todavía." in ask(PANEL)) is bool(words)


def test_the_panel_says_what_nobody_confirmed_and_when_it_was_checked(ask):
    day = make_market_day(checked_at=at(18, 30, days=-8))

    assert EXAMPLE in ask(PANEL)
    assert "21 de noviembre, 6:30\xa0p.\xa0m." in ask(PANEL)
    assert "Nadie lo revisó" not in ask(PANEL)

    day.venue.confirmed_date = SUNDAY
    day.venue.save()
    assert EXAMPLE not in ask(PANEL)
