import datetime as dt

import pytest

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
from tests.markets.states import at, render_at, text

pytestmark = pytest.mark.django_db

WEEK = dt.timedelta(weeks=1)
TAG = "{% product_offerings product offerings 11 %}"
ON_THE_PLAN = "Ver sus puestos en el plano"


def bring(day, *, product=None, level=2, stall=None, status="confirmed", **fields):
    """Return an offering of somebody who is on the list of a day."""
    offering = make_offering(
        product=product or make_product(slug="palta"), season=[level] * 12, **fields
    )
    if stall:
        stall = make_stall(venue=day.venue, number=stall)
    make_attendance(
        market_day=day, producer=offering.producer, status=status, stall=stall
    )
    return offering


def show(offering, moment=None):
    rows = [offering]
    moment = moment or at(12, days=-6)
    return render_at(moment, TAG, product=offering.product, offerings=rows)


def test_offerings_are_listed_in_season_first_then_those_who_come(ask):
    palta = make_product()
    day = make_market_day(status="confirmed")
    names = {"out": 0, "out_coming": 0, "in": 1, "in_coming": 3, "best": 3}
    for name, level in names.items():
        producer = make_producer(name=name)
        make_offering(producer=producer, product=palta, season=[1] * 10 + [level] + [1])
        if name.endswith("coming"):
            make_attendance(market_day=day, producer=producer, status="confirmed")
    offerings = palta.offerings.for_product(11)

    html = ask(TAG, product=palta, offerings=offerings)

    order = sorted(names, key=lambda name: html.index(f"<strong><span>{name}<"))
    assert order == ["in_coming", "best", "in", "out_coming", "out"]
    assert html.count("Viene este domingo") == 2
    assert html.count("No está en la lista de ese día") == 3
    assert "En noviembre no tiene" in html


@pytest.mark.parametrize(
    ("day_status", "status", "words"),
    [
        ("scheduled", "confirmed", "Lo esperamos este domingo · Hay"),
        ("confirmed", "confirmed", "Viene este domingo · Hay"),
        ("confirmed", "expected", "Lo esperamos este domingo · Hay"),
        ("confirmed", "absent", "No viene este domingo · Hay"),
        ("moved", "confirmed", "Viene este domingo · Hay"),
        ("cancelled", "confirmed", "<span>Hay</span>"),
    ],
)
def test_offerings_say_as_much_as_is_known(day_status, status, words):
    offering = bring(make_market_day(status=day_status), status=status)

    html = show(offering)

    assert words in html
    assert ("este domingo ·" in html) is (day_status != "cancelled")


@pytest.mark.parametrize(
    ("checked_at", "words"),
    [
        (None, "Nadie lo revisó todavía. Mira aquí otra vez antes de salir."),
        (at(18, days=-7), "Revisado el domingo 22 de noviembre, 6 p. m."),
    ],
)
def test_an_unconfirmed_day_says_when_it_was_checked(checked_at, words):
    offering = bring(make_market_day(checked_at=checked_at))

    assert words in text(show(offering))


def test_the_level_is_that_of_the_days_month():
    """On the last of November the next Sunday is in December."""
    day = make_market_day(status="confirmed", date=SUNDAY + WEEK)
    offering = bring(day, stall=7)
    offering.season = [0] * 10 + [3, 1]

    html = show(offering, at(12, days=1))

    assert "Viene este domingo · Diciembre: Hay poco" in html
    assert "En su punto" not in html


def test_who_comes_without_any_of_it_has_no_stall_to_look_for():
    day = make_market_day(status="confirmed", date=SUNDAY + WEEK)
    offering = bring(day, stall=7)
    offering.season = [0] * 10 + [3, 0]

    html = show(offering, at(12, days=1))

    assert "Viene este domingo · En diciembre no tiene" in html
    assert "PUESTO" not in html
    assert ON_THE_PLAN not in html
    assert "Nadie de la lista de ese día lo trae." in html


def test_stalls_lead_to_the_plan():
    day = make_market_day(status="confirmed")

    html = show(bring(day, stall=7))

    assert "<i>PUESTO</i> <b>7</b>" in html
    assert f'href="{day.get_absolute_url()}?producto=palta#plano"' in html
    assert ON_THE_PLAN in html


def test_at_another_place_stalls_have_no_numbers():
    day = make_market_day(status="moved", moved_to="Parque Castilla")

    html = show(bring(day, stall=7))

    assert "Viene este domingo" in html
    assert "PUESTO" not in html
    assert ON_THE_PLAN not in html
    assert "Ese día los puestos no llevan número." in html
    assert "<s>Av. Brasil, cuadra 40</s> Parque Castilla" in html


def test_a_cancelled_day_sends_to_the_shop():
    html = show(bring(make_market_day(status="cancelled"), stall=7))

    assert text(html).startswith("Este domingo no hay feria Domingo 29 de noviembre")
    assert 'href="/agro-shop/"' in html
    assert "PUESTO" not in html
    assert "lista de ese día" not in html


@pytest.mark.parametrize(
    ("moment", "number"), [(at(13, 59), 7), (at(14), 8), (at(0, days=1), 8)]
)
def test_when_the_day_is_over_the_next_one_counts(moment, number):
    day = make_market_day(status="confirmed")
    offering = bring(day, stall=7)
    next_day = make_market_day(status="confirmed", date=SUNDAY + WEEK, venue=day.venue)
    stall = make_stall(venue=day.venue, number=8)
    make_attendance(market_day=next_day, producer=offering.producer, stall=stall)

    html = show(offering, moment)

    assert f"<i>PUESTO</i> <b>{number}</b>" in html


def test_without_a_day_nobody_is_said_to_come():
    html = show(make_offering())

    assert "Todavía sin fecha" in html
    assert "lista de ese día" not in html
    assert "Viene" not in html


def test_a_product_nobody_offers_says_so(ask):
    html = ask(TAG, product=make_product(), offerings=[])

    assert 'class="rows__none"' in html


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


def test_at_another_place_those_who_come_have_no_stall(ask):
    day = make_market_day(status="moved", moved_to="Parque Castilla")
    stall = make_stall(venue=day.venue, number=7)
    rosa = make_attendance(market_day=day, stall=stall).producer
    tag = "{% stalls_of producers as stalls %}{{ stalls }}"

    assert ask(tag, producers=[rosa]) == f"{{{rosa.pk}: None}}"


COMES = (
    "{% comes_next producer as coming %}"
    '{% include "markets/_comes.html" with coming=coming slug="rosa" only %}'
    "{% if coming.stall %}{{ coming.stall.number }}{% endif %}"
)


@pytest.mark.parametrize(
    ("day", "attendance", "words"),
    [
        (
            {"status": "confirmed"},
            {"status": "confirmed"},
            "Viene este domingo Ver su puesto en el plano 7",
        ),
        (
            {},
            {},
            (
                "Lo esperamos este domingo Todavía sin confirmar. Nadie lo revisó"
                " todavía. Mira aquí otra vez antes de salir. Ver su puesto en el plano"
                " 7"
            ),
        ),
        (
            {"status": "confirmed"},
            {"status": "absent", "reason": "Lluvia"},
            "No viene este domingo Lluvia",
        ),
        (
            {"status": "moved", "moved_to": "Parque Castilla"},
            {"status": "confirmed"},
            (
                "Viene este domingo En otro lugar: Parque Castilla."
                " Ese día los puestos no llevan número."
            ),
        ),
        (
            {"status": "cancelled"},
            {"status": "confirmed"},
            (
                "Este domingo no hay feria A parade takes the avenue."
                " Todavía no hay fecha para la próxima feria. Ir al Agro-Shop"
            ),
        ),
    ],
)
def test_a_producer_says_whether_they_come(ask, day, attendance, words):
    market_day = make_market_day(**day)
    stall = make_stall(venue=market_day.venue, number=7)
    rosa = make_producer()
    make_attendance(market_day=market_day, producer=rosa, stall=stall, **attendance)
    make_attendance(market_day=market_day)

    html = ask(COMES, producer=rosa)

    assert text(html) == words
    is_on_plan = "plano" in words
    assert (f"{market_day.get_absolute_url()}?productor=rosa#plano" in html) is (
        is_on_plan
    )


@pytest.mark.parametrize("has_day", [True, False])
def test_who_is_not_on_the_list_says_nothing(ask, has_day):
    if has_day:
        make_market_day()

    html = ask("{% comes_next producer as one %}{{ one }}", producer=make_producer())

    assert html == "None"


def test_a_cancelled_day_is_said_of_everybody(ask):
    make_market_day(status="cancelled")

    assert "Este domingo no hay feria" in ask(COMES, producer=make_producer())


def test_another_market_is_not_the_next_one(ask):
    day = make_market_day(venue=make_venue(), status="confirmed")
    offering = bring(day, stall=7)

    assert "Todavía sin fecha" in show(offering)
    assert ask("{% comes_next one as two %}{{ two }}", one=offering.producer) == "None"
