import datetime as dt
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markets.open_now import badge
from markets.schedule import LIMA, WEEK, opening_at, periods_on, special_on
from tests.factories import make_special_hours
from tests.markets.shop import (
    MONDAY,
    SUNDAY,
    TUESDAY,
    at,
    badge_at,
    make_shop,
    open_on,
    open_usually,
)

pytestmark = pytest.mark.django_db

OPENS_TODAY = "Cerrado · abre hoy a las 9 a. m."
OPEN = "Abierto ahora · cierra a las 8 p. m."
TODAY = "Hoy martes: 9 a. m. a 8 p. m."
UNTIL = "Hoy martes hasta las 8 p. m."


@pytest.fixture
def shop():
    return make_shop()


@pytest.fixture
def usual(shop):
    open_usually(shop)
    return shop


def special(shop, first, last=None, opens=None, closes=None, **fields):
    """Give a shop special hours on days of November, closed if without times."""
    times = [time and dt.time.fromisoformat(time) for time in (opens, closes)]
    return make_special_hours(
        venue=shop,
        first_date=at(first).date(),
        last_date=at(last or first).date(),
        is_closed=opens is None,
        opens=times[0],
        closes=times[1],
        **fields,
    )


@pytest.mark.usefixtures("usual")
@pytest.mark.parametrize("path", ["/agro-shop/", "/"])
@pytest.mark.parametrize(
    ("day", "time", "expected"),
    [
        (24, "08:59:59", ("closed", OPENS_TODAY, TODAY, "09:00")),
        (24, "09:00", ("open", OPEN, f"{UNTIL} Te quedan 11 horas.", "09:01")),
        (24, "17:00:01", ("open", OPEN, f"{UNTIL} Te quedan 3 horas.", "17:01")),
        (24, "17:01", ("open", OPEN, f"{UNTIL} Te quedan 2 horas.", "18:01")),
        (24, "18:01", ("open", OPEN, f"{UNTIL} Te queda 1 hora.", "19:00")),
        (24, "18:59", ("open", OPEN, f"{UNTIL} Te queda 1 hora.", "19:00")),
        (
            24,
            "19:00",
            ("closing", "Cierra en una hora, a las 8 p. m.", UNTIL, "19:05"),
        ),
        (
            24,
            "19:04:59",
            ("closing", "Cierra en una hora, a las 8 p. m.", UNTIL, "19:05"),
        ),
        (
            24,
            "19:36:10",
            ("closing", "Cierra en 25 minutos, a las 8 p. m.", UNTIL, "19:40"),
        ),
        (
            24,
            "19:59:59",
            ("closing", "Cierra en 5 minutos, a las 8 p. m.", UNTIL, "20:00"),
        ),
        (
            24,
            "20:00",
            (
                "closed",
                "Cerrado · abre mañana a las 9 a. m.",
                "Hoy martes atendió hasta las 8 p. m.",
                "25",
            ),
        ),
        (
            29,
            "16:15",
            (
                "closing",
                "Cierra en 45 minutos, a las 5 p. m.",
                "Hoy domingo hasta las 5 p. m.",
                "16:20",
            ),
        ),
        (
            28,
            "23:59:59",
            (
                "closed",
                "Cerrado · abre mañana a las 10 a. m.",
                "Hoy sábado atendió hasta las 8 p. m.",
                "29",
            ),
        ),
        (
            29,
            "17:00",
            (
                "closed",
                "Cerrado · abre el martes a las 9 a. m.",
                "Hoy domingo atendió hasta las 5 p. m.",
                "30",
            ),
        ),
        (
            23,
            "12:00",
            (
                "closed",
                "Cerrado · abre mañana a las 9 a. m.",
                "Hoy lunes: cerrado.",
                "24",
            ),
        ),
    ],
)
def test_the_badge_tells_the_week_on_home_and_on_the_shops_page(
    client, path, day, time, expected
):
    assert badge_at(client, at(day, time), path) == expected


@pytest.mark.parametrize(
    ("last", "opens"),
    [
        (24, "mañana a las 9 a. m."),
        (25, "el jueves a las 9 a. m."),
        (29, "el martes 1 de diciembre a las 9 a. m."),
    ],
)
def test_a_closing_today_says_why_and_until_when(client, usual, last, opens):
    special(usual, 24, last, reason="feriado.")

    shown = badge_at(client, at(24, "10:00"))

    words = f"Cerrado hoy: feriado · abre {opens}"
    assert shown == ("closed", words, "Hoy martes: cerrado.", "25")


def test_closed_for_weeks_it_names_the_date(client, usual):
    row = special(usual, 20, reason="Vacaciones")
    row.last_date = dt.date(2026, 12, 8)
    row.save()

    shown = badge_at(client, at(24, "10:00"))

    assert shown.words == (
        "Cerrado hoy: Vacaciones · abre el miércoles 9 de diciembre a las 9 a. m."
    )


def test_closed_with_no_day_of_opening_ahead(client, shop):
    special(shop, 24, reason="Mudanza")

    assert badge_at(client, at(24)) == (
        "closed",
        "Cerrado hoy: Mudanza",
        "Hoy martes: cerrado.",
        "25",
    )


def test_a_closing_tomorrow_moves_the_next_opening(client, usual):
    special(usual, 25, reason="Feriado")

    shown = badge_at(client, at(24, "21:00"))

    assert shown.words == "Cerrado · abre el jueves a las 9 a. m."


def test_special_hours_take_the_place_of_the_weeks(client, usual):
    special(usual, 24, opens="10:00", closes="13:00", reason="Feriado")

    assert badge_at(client, at(24, "09:30")) == (
        "closed",
        "Cerrado · abre hoy a las 10 a. m.",
        "Hoy martes: 10 a. m. a 1 p. m.",
        "10:00",
    )
    assert badge_at(client, at(24, "10:00")) == (
        "open",
        "Abierto ahora · cierra a la 1 p. m.",
        "Hoy martes hasta la 1 p. m. Te quedan 3 horas.",
        "10:01",
    )
    assert badge_at(client, at(24, "13:00")).today == (
        "Hoy martes atendió hasta la 1 p. m."
    )


def test_several_periods_a_day_are_told_one_after_the_other(client, shop):
    open_on(shop, TUESDAY, "09:00", "12:00")
    open_on(shop, TUESDAY, "16:00", "20:30")

    in_both = "Hoy martes: 9 a. m. a 12 m., 4 p. m. a 8:30 p. m."
    assert badge_at(client, at(24, "08:00")).today == in_both
    assert badge_at(client, at(24, "11:30")) == (
        "closing",
        "Cierra en 30 minutos, a las 12 m.",
        "Hoy martes hasta las 12 m. Después, 4 p. m. a 8:30 p. m.",
        "11:35",
    )
    assert badge_at(client, at(24, "12:00")) == (
        "closed",
        "Cerrado · abre hoy a las 4 p. m.",
        "Hoy martes: 4 p. m. a 8:30 p. m.",
        "16:00",
    )


def test_a_night_past_midnight_belongs_to_its_evening(client, shop):
    open_on(shop, TUESDAY, "18:00", "02:00")

    assert badge_at(client, at(24, "23:30")) == (
        "open",
        "Abierto ahora · cierra a las 2 a. m.",
        "Hoy martes hasta las 2 a. m. Te quedan 2 horas.",
        "25",
    )
    assert badge_at(client, at(25, "00:00")) == (
        "open",
        "Abierto ahora · cierra a las 2 a. m.",
        "Hoy miércoles hasta las 2 a. m. Te quedan 2 horas.",
        "00:01",
    )
    assert badge_at(client, at(25, "02:00")) == (
        "closed",
        "Cerrado · abre el martes a las 6 p. m.",
        "Hoy miércoles: cerrado.",
        "26",
    )


def test_open_for_days_it_names_the_day_of_its_closing(client, shop):
    open_on(shop, MONDAY, "00:00", "00:00")
    open_on(shop, TUESDAY, "00:00", "18:00")

    assert badge_at(client, at(23, "09:30")) == (
        "open",
        "Abierto ahora · cierra mañana a las 6 p. m.",
        "Hoy lunes atiende; cierra mañana a las 6 p. m.",
        "10:01",
    )
    assert badge_at(client, at(22)).today == "Hoy domingo: cerrado."


def test_open_day_and_night(client, shop):
    for day in range(7):
        open_on(shop, day, "00:00", "00:00")

    assert badge_at(client, at(24)) == (
        "open",
        "Abierto ahora · día y noche",
        "Hoy martes: todo el día.",
        "25",
    )


def test_without_hours_they_are_to_be_confirmed(client, shop):
    assert badge_at(client, at(24)) == ("unknown", "Horario por confirmar", "", "25")


def test_after_the_last_day_with_hours_the_next_are_to_be_confirmed(client, shop):
    open_on(shop, SUNDAY, "10:00", "17:00", valid_through=at(29).date())

    assert badge_at(client, at(29, "18:00")) == (
        "unknown",
        "Horario por confirmar",
        "Hoy domingo atendió hasta las 5 p. m.",
        "30",
    )


WEEK_HOURS = [
    SimpleNamespace(
        day_of_week=day,
        opens=dt.time(*opens),
        closes=dt.time(*closes),
        valid_from=None,
        valid_through=None,
    )
    for day, opens, closes in [
        (0, (9, 10), (13, 0)),
        (0, (16, 0), (16, 7)),
        (1, (18, 0), (2, 30)),
        (3, (0, 0), (0, 0)),
        (4, (0, 0), (23, 59)),
    ]
]
CLOSED_ON_MONDAY = SimpleNamespace(
    first_date=at(30).date(),
    last_date=at(30).date(),
    is_closed=True,
    opens=None,
    shown_reason="Feriado",
)


def badge_of(moment):
    special = [CLOSED_ON_MONDAY]
    today = moment.date()
    row = next(iter(special_on(today, special)), None)
    opening = opening_at(moment, WEEK_HOURS, special)
    return badge(moment, opening, periods_on(today, WEEK_HOURS, special), row)


@given(
    seconds=st.integers(0, int(2 * WEEK.total_seconds()) - 1),
    share=st.floats(0, 1, exclude_max=True),
)
def test_the_words_hold_until_the_moment_they_change(seconds, share):
    now = badge_of(at(22, "00:00").astimezone(LIMA) + dt.timedelta(seconds=seconds))
    span = now.changes_at - now.moment

    # Just short of the change at the latest.
    later = badge_of(now.moment + min(span * share, span - dt.timedelta.resolution))

    assert span > dt.timedelta()
    assert later[:3] == now[:3]
    assert later.changes_at == now.changes_at
