import datetime as dt
import re

import pytest

from tests.factories import (
    SUNDAY,
    make_attendance,
    make_market_day,
    make_producer,
    make_stall,
    make_venue,
)
from tests.markets.states import at, render_at, text

pytestmark = pytest.mark.django_db

WEEK = dt.timedelta(weeks=1)
TAG = "{% coming_sundays producer %}"
UNCHECKED = "Nadie lo revisó todavía. Mira aquí otra vez antes de salir."


def shown(day, moment=None, **fields):
    """Return the list of one day, of a producer who has stall 7 there."""
    stall = make_stall(venue=day.venue, number=7)
    rosa = make_producer(slug="rosa")
    make_attendance(market_day=day, producer=rosa, stall=stall, **fields)
    return render_at(moment or at(12, days=-6), TAG, producer=rosa)


def test_coming_sundays_are_the_next_four_of_the_producer(ask):
    rosa = make_producer()
    states = ["expected", "confirmed", "absent", "expected", "expected"]
    for number, status in enumerate(states):
        day = make_market_day(
            date=SUNDAY + number * WEEK,
            status="cancelled" if number == 3 else "confirmed",
        )
        make_attendance(market_day=day, producer=rosa, status=status, reason="Lluvia")
    past = make_market_day(date=SUNDAY - WEEK)
    make_attendance(market_day=past, producer=rosa)

    html = ask(TAG, producer=rosa)

    assert re.findall('<li class="(.*?)">', html) == ["yes", "yes", "no", "no"]
    assert text(html) == (
        "NOV 29 Domingo 29 de noviembre: Lo esperamos"
        " DIC 6 Domingo 6 de diciembre: Viene"
        " DIC 13 Domingo 13 de diciembre: No viene Lluvia"
        " DIC 20 Domingo 20 de diciembre: No hay feria A parade takes the avenue."
    )


def test_coming_sundays_of_who_comes_when_they_say_so(ask):
    html = ask(TAG, producer=make_producer())

    assert html.count("<li>") == 1


@pytest.mark.parametrize(
    ("fields", "words", "is_on_plan"),
    [
        ({"status": "confirmed"}, "Viene Puesto 7", True),
        (
            {"status": "scheduled"},
            f"Lo esperamos Todavía sin confirmar. {UNCHECKED} Puesto 7",
            True,
        ),
        (
            {"status": "scheduled", "checked_at": at(18, days=-1)},
            (
                "Lo esperamos Todavía sin confirmar."
                " Revisado el sábado 28 de noviembre, 6 p. m. Puesto 7"
            ),
            True,
        ),
        (
            {"status": "moved", "moved_to": "Parque Castilla"},
            "Viene En otro lugar: Parque Castilla",
            False,
        ),
        (
            {"status": "moved", "closes": dt.time(12)},
            "Viene Puesto 7 Otro horario: 8 a. m. a 12 m.",
            True,
        ),
        (
            {
                "status": "moved",
                "moved_to": "Parque Castilla",
                "closes": dt.time(12),
                "usual_opens": dt.time(8),
                "usual_closes": dt.time(14),
            },
            "Viene En otro lugar: Parque Castilla Otro horario: 8 a. m. a 12 m.",
            False,
        ),
        ({"status": "cancelled"}, "No hay feria A parade takes the avenue.", False),
    ],
)
def test_a_coming_sunday_tells_its_state(fields, words, is_on_plan):
    day = make_market_day(**fields)

    html = shown(day, status="confirmed")

    address = day.get_absolute_url()
    address += "?productor=rosa#plano" if is_on_plan else ""
    assert text(html) == f"NOV 29 Domingo 29 de noviembre: {words}"
    assert f'<a href="{address}">' in html


def test_other_markets_are_named_with_their_day_of_the_week(ask):
    surco = make_venue(slug="surco", name="Feria de Surco")
    day = make_market_day(venue=surco, date=SUNDAY - dt.timedelta(days=1))

    html = shown(day)

    assert text(html) == (
        "NOV 28 Sábado 28 de noviembre: Lo esperamos Todavía sin confirmar."
        f" {UNCHECKED} sábado Puesto 7 Feria de Surco"
    )
    assert '<a href="/ferias/surco/2026-11-28/?productor=rosa#plano">' in html


@pytest.mark.parametrize(
    ("moment", "is_listed"),
    [(at(13, 59), True), (at(14), False), (at(0, days=1), False)],
)
def test_a_sunday_leaves_the_list_when_it_is_over(moment, is_listed):
    html = shown(make_market_day(), moment)

    assert ("Domingo 29" in html) is is_listed
