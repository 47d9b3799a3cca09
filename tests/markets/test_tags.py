import datetime as dt

import pytest
import time_machine
from django.template import Context, Template
from django.utils.translation import override

from markets.schedule import WeekGroup
from markets.templatetags.market_tags import clock
from markets.templatetags.week_tags import week_days
from tests.factories import (
    LIMA,
    SUNDAY,
    make_attendance,
    make_market_day,
    make_producer,
    make_stall,
    make_venue,
)

WEEK = dt.timedelta(weeks=1)


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
    html = ask("{% market_panel %}")

    assert 'class="tolva tolva--hero"' in html
    assert "Todavía sin fecha" in html
    assert "<h1" in html
    assert 'class="facts"' not in html


@pytest.mark.parametrize(
    ("status", "css", "words"),
    [
        ("scheduled", "tolva tolva--hero", "Todavía no lo confirmamos"),
        ("confirmed", "tolva tolva--hero", "Este domingo sí hay feria"),
        ("moved", "tolva tolva--hero tolva--moved", "Solo este domingo: cambiamos"),
        ("cancelled", "tolva tolva--hero tolva--no", "Este domingo no hay feria"),
    ],
)
def test_the_panel_tells_the_state(ask, status, css, words):
    make_market_day(status=status, notice="Ojo con el desfile.")

    html = ask("{% market_panel %}")

    assert f'class="{css}"' in html
    assert words in html
    assert "domingo 29 de noviembre" in html.lower()
    assert "Ojo con el desfile." in html
    assert html.count("<h1") == 1


@pytest.mark.parametrize(
    ("status", "has_facts"),
    [("scheduled", True), ("confirmed", True), ("moved", True), ("cancelled", False)],
)
def test_the_panel_of_a_cancelled_day_gives_no_hours(ask, status, has_facts):
    make_market_day(status=status)

    html = ask("{% market_panel %}")

    assert ('<dl class="facts">' in html) is has_facts
    assert ("8\xa0a.\xa0m." in html) is has_facts


def test_the_panel_of_a_moved_day_strikes_the_usual_place(ask):
    make_market_day(status="moved", moved_to="Parque Castilla")

    html = ask("{% market_panel %}")

    assert "<s>Av. Brasil, cuadra 40</s> <strong>Parque Castilla</strong>" in html


@pytest.mark.parametrize(
    ("status", "words"),
    [("confirmed", "Hoy hay feria"), ("cancelled", "Hoy no hay feria")],
)
def test_the_panel_says_today_on_the_day(ask, status, words):
    make_market_day(status=status)

    with time_machine.travel(dt.datetime(2026, 11, 29, 9, tzinfo=LIMA)):
        html = ask("{% market_panel %}")

    assert words in html


def test_the_panel_says_what_nobody_confirmed_and_when_it_was_checked(ask):
    checked_at = dt.datetime(2026, 11, 21, 18, 30, tzinfo=LIMA)
    day = make_market_day(checked_at=checked_at)

    assert "todavía no los confirmó" in ask("{% market_panel %}")
    assert "21 de noviembre, 6:30\xa0p.\xa0m." in ask("{% market_panel %}")

    day.venue.confirmed_date = SUNDAY
    day.venue.save()
    assert "todavía no los confirmó" not in ask("{% market_panel %}")


@pytest.mark.parametrize(
    ("status", "line"),
    [
        (
            "scheduled",
            (
                "Próxima feria: domingo 29 de noviembre, de 8\xa0a.\xa0m. a"
                " 2\xa0p.\xa0m., Av. Brasil, cuadra 40. Todavía sin confirmar."
            ),
        ),
        (
            "confirmed",
            (
                "Próxima feria: domingo 29 de noviembre, de 8\xa0a.\xa0m. a"
                " 2\xa0p.\xa0m., Av. Brasil, cuadra 40."
            ),
        ),
        ("cancelled", "El domingo 29 de noviembre no hay feria. Hay desfile."),
    ],
)
def test_the_next_line_says_when_and_where(ask, status, line):
    make_market_day(status=status, notice="Hay desfile.")

    assert f"<p>{line}</p>" in ask("{% next_market_line %}")


def test_the_next_line_names_the_other_place(ask):
    make_market_day(status="moved", moved_to="Parque Castilla")

    assert ", Parque Castilla." in ask("{% next_market_line %}")


@pytest.mark.parametrize(
    ("confirmed", "is_said"), [(None, True), (SUNDAY, False)], ids=["not", "confirmed"]
)
def test_the_next_line_says_what_nobody_has_confirmed(ask, confirmed, is_said):
    make_market_day(venue=make_venue(confirmed_date=confirmed))

    line = ask("{% next_market_line %}")

    assert ("Horario y lugar de ejemplo" in line) is is_said


def test_the_next_line_without_a_market_day(ask):
    line = ask("{% next_market_line %}")

    assert "<p>Todavía no hay fecha para la próxima feria.</p>" in line


def test_tags_do_without_a_request(db):
    html = Template("{% load market_tags %}{% next_market_line %}").render(Context())

    assert "<p>Todavía no hay fecha para la próxima feria.</p>" in html


def test_coming_sundays_are_the_next_four_of_the_producer(ask):
    rosa, venue = make_producer(), make_venue()
    states = ["expected", "confirmed", "absent", "expected", "expected"]
    for number, status in enumerate(states):
        day = make_market_day(
            venue=venue,
            date=SUNDAY + number * WEEK,
            status="cancelled" if number == 3 else "scheduled",
        )
        make_attendance(market_day=day, producer=rosa, status=status, reason="Lluvia")
    past = make_market_day(venue=venue, date=SUNDAY - WEEK)
    make_attendance(market_day=past, producer=rosa)

    html = ask("{% coming_sundays producer %}", producer=rosa)

    assert html.count("<li") == 4
    assert [part.split('"')[0] for part in html.split('<li class="')[1:]] == [
        "yes",
        "yes",
        "no",
        "no",
    ]
    assert "<small>Lluvia</small>" in html
    assert "<i>NOV</i> <b>29</b>" in html


def test_coming_sundays_of_who_comes_when_they_say_so(ask):
    html = ask("{% coming_sundays producer %}", producer=make_producer())

    assert html.count("<li>") == 1


def test_stalls_are_of_those_who_come_to_the_next_market(
    ask, django_assert_num_queries
):
    day = make_market_day()
    stall = make_stall(venue=day.venue, number=7)
    with_stall = make_attendance(market_day=day, stall=stall).producer
    without = make_attendance(market_day=day).producer
    absent = make_attendance(market_day=day, status="absent").producer
    producers = [with_stall, without, absent, make_producer()]
    tag = (
        "{% stalls_of producers as stalls %}{% for one in producers %}"
        "{% stall_for stalls one %};{% endfor %}"
    )

    # the next market day, the stalls
    with django_assert_num_queries(2):
        html = ask(tag, producers=producers)

    assert html == "7;None;None;None;"


@pytest.mark.parametrize("status", ["cancelled", None])
def test_nobody_has_a_stall_without_a_market(ask, status):
    rosa = make_producer()
    if status:
        make_attendance(market_day=make_market_day(status=status), producer=rosa)
    tag = "{% stalls_of producers as stalls %}{{ stalls }}"

    assert ask(tag, producers=[rosa]) == "{}"
    assert ask("{% comes_next producer %}", producer=rosa) == "None"


def test_the_attendance_of_the_next_market_is_that_of_the_producer(ask):
    day = make_market_day(venue=make_venue(name="Feria"))
    rosa = make_attendance(market_day=day, producer=make_producer(name="Rosa")).producer
    make_attendance(market_day=day)

    html = ask("{% comes_next producer %}", producer=rosa)

    assert html == "Rosa, Feria, 2026-11-29"
