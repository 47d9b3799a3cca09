import datetime as dt
import re

import pytest
import time_machine
from django.template import Context, Template

from markets.models import MarketDay
from markets.schedule import Phase
from markets.words import announcement
from tests.conftest import MONDAY
from tests.factories import (
    LIMA,
    SUNDAY,
    make_market_day,
    make_notice,
    make_producer,
    make_venue,
)
from tests.markets.states import at, text

pytestmark = pytest.mark.django_db

WEEK = dt.timedelta(weeks=1)
AFTERNOON = "2 p. m."
MORNING = "8 a. m."
EXAMPLE = "Horario y lugar de ejemplo: la feria todavía no los confirmó."
STRIP = "{% market_strip %}"
LINE = "{% next_market_line %}"


@pytest.mark.parametrize(
    ("status", "back"),
    [
        ("confirmed", ""),
        ("scheduled", " Revisado el domingo 22 de noviembre, 6 p. m."),
        ("cancelled", " Todavía no hay fecha para la próxima feria."),
    ],
)
def test_the_next_line_says_all_in_one(ask, status, back):
    checked_at = dt.datetime(2026, 11, 22, 18, tzinfo=LIMA)
    fields = {"notice": "Hay desfile.", "checked_at": checked_at}
    day = make_market_day(status=status, **fields)

    line = ask(LINE).strip()

    said = f"{announcement(day, Phase.AHEAD)}{back}".replace("\xa0", " ")
    assert text(line) == said


def test_the_strip_tells_when_somebody_looked_at_an_unconfirmed_day(ask):
    make_market_day()

    assert "Nadie lo revisó todavía." in text(ask(STRIP))
    MarketDay.objects.update(status="confirmed")
    assert "revisó" not in text(ask(STRIP))


def test_the_next_line_without_a_market_day(ask):
    assert text(ask(LINE)) == "Todavía no hay fecha para la próxima feria."


@pytest.mark.parametrize("coming", [True, False])
@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, ""),
        ({"status": "cancelled"}, "Por eso ese día no viene nadie."),
        (None, "Por eso no hay nadie en la lista."),
    ],
)
def test_the_strip_says_why_nothing_comes(ask, fields, why, coming):
    if fields is not None:
        make_market_day(**fields)

    html = ask("{% market_strip coming=coming %}", coming=coming)

    assert ("Por eso" in html) is (coming and bool(why))
    assert ((why in html) is coming) or not why


def test_the_strip_of_a_day_that_is_held(ask):
    day = make_market_day(status="confirmed")

    html = ask(STRIP)

    assert text(html) == (
        f"Este domingo sí hay feria Domingo 29 de noviembre , {MORNING} a {AFTERNOON} ·"
        f" Av. Brasil, cuadra 40, Magdalena del Mar. {EXAMPLE} Todo sobre ese día"
    )
    assert f'href="{day.get_absolute_url()}"' in html
    assert "/agro-shop/" not in html


def test_the_strip_of_another_place(ask):
    venue = make_venue(is_main=True, confirmed_date=SUNDAY)
    make_market_day(status="moved", moved_to="Parque Castilla", venue=venue)

    html = ask(STRIP)

    assert "<s>Av. Brasil, cuadra 40</s> Parque Castilla. <span>A parade" in html
    assert EXAMPLE not in html


def test_the_strip_of_another_place_and_other_hours(ask):
    usual = {"usual_opens": dt.time(8), "usual_closes": dt.time(14)}
    fields = {"moved_to": "Parque Castilla", "opens": dt.time(9)}
    make_market_day(status="moved", **fields, **usual)

    said = text(ask(STRIP))

    assert said.startswith(
        "Solo este domingo: cambiamos de lugar y de hora Domingo 29 de noviembre ,"
        f" 9 a. m. a {AFTERNOON} · Av. Brasil, cuadra 40 Parque Castilla."
    )


def test_the_strip_of_a_cancelled_day_leads_to_the_shop(ask):
    make_market_day(status="cancelled")
    make_market_day(date=SUNDAY + WEEK)

    html = ask(STRIP)

    assert text(html) == (
        "Este domingo no hay feria Domingo 29 de noviembre A parade takes the avenue."
        f" La siguiente sería el domingo 6 de diciembre a las {MORNING}; todavía sin"
        f" confirmar. {EXAMPLE} Todo sobre ese día Ir al Agro-Shop"
    )
    assert 'href="/agro-shop/"' in html


def test_the_strip_and_the_line_cost_one_query(ask, django_assert_num_queries):
    make_market_day(status="cancelled")

    # the next days
    with django_assert_num_queries(1):
        ask(STRIP + LINE + "{% next_market_headline %}")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("confirmed", "Sí hay feria el domingo 29 de noviembre"),
        ("cancelled", "No hay feria el domingo 29 de noviembre"),
    ],
)
def test_the_headline_is_the_state(ask, status, words):
    make_market_day(status=status)

    assert ask("{% next_market_headline %}") == words


def test_there_is_no_headline_without_a_day(ask):
    assert ask("{% next_market_headline %}") == ""


def test_notices_come_by_gravity_with_words(ask):
    times = {"starts_at": at(0, days=-7), "ends_at": at(0)}
    for level in ("plain", "urgent", "important"):
        make_notice(level=level, message=f"<{level}>", **times)
    make_notice(message="Pasado", starts_at=at(0, days=-9), ends_at=at(0, days=-8))

    html = ask("{% notices %}")

    assert text(html) == (
        "Urgente: &lt;urgent&gt; Importante: &lt;important&gt; Aviso: &lt;plain&gt;"
    )
    assert re.findall(r'class="notice notice--(\w+)"', html) == [
        "urgent",
        "important",
        "plain",
    ]
    assert html.count('<section class="notices" aria-label="Avisos">') == 1


def test_without_notices_there_is_no_banner(ask):
    assert ask("{% notices %}").strip() == ""


def test_tags_do_without_the_middleware(db, rf):
    source = f"{{% load market_tags %}}{{% notices %}}{LINE}{{% coming_sundays one %}}"
    html = Template(source).render(Context({"one": make_producer()}))

    assert text(html) == (
        "Todavía no hay fecha para la próxima feria. No está en la lista de los"
        " próximos domingos: viene cuando avisa."
    )
    for tag in ("{% market_panel %}", STRIP):
        html = Template(f"{{% load market_tags %}}{tag}").render(
            Context({"request": rf.get("/")})
        )
        assert "Todavía sin fecha" in html


def test_a_link_to_home_previews_the_state(client):
    day = make_market_day(status="cancelled", notice="Hay desfile.")

    with time_machine.travel(MONDAY):
        html = client.get("/").text

    (said,) = re.findall(r'<meta property="og:description" content="([^"]*)"', html)
    assert said.startswith(
        f"La feria campesina de Lima. {announcement(day, Phase.AHEAD)}"
    )
