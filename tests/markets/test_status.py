import datetime as dt

import pytest

from markets import status
from markets.models import Attendance, MarketDay, Venue
from markets.schedule import Phase
from markets.status import Chip, Paint, Presence
from tests.factories import SUNDAY, make_opening_hours, make_venue
from tests.markets.states import at

MOVED = {"status": "moved", "moved_to": "Parque Castilla"}
OTHER_HOURS = {"status": "moved", "closes": dt.time(12)}
USUAL = {"usual_opens": dt.time(8), "usual_closes": dt.time(14)}
BOTH = MOVED | OTHER_HOURS | USUAL


def unsaved_day(**fields):
    venue = fields.pop("venue", Venue(street="Av. Brasil", is_main=True))
    times = {"date": SUNDAY, "opens": dt.time(8), "closes": dt.time(14)}
    return MarketDay(venue=venue, **times | fields)


@pytest.mark.parametrize(
    ("days", "is_near"), [(-7, False), (-6, True), (0, True), (1, False)]
)
def test_this_sunday_is_today_or_one_of_the_next_six_days(days, is_near):
    assert status.is_near(unsaved_day(), at(23, 59, days=days)) is is_near


@pytest.mark.parametrize(
    ("phase", "near", "words"),
    [
        (Phase.AHEAD, True, "este domingo"),
        (Phase.AHEAD, False, "el domingo 29"),
        (Phase.OVER, False, "el domingo 29"),
        (Phase.TODAY, True, "hoy"),
        (Phase.RUNNING, False, "hoy"),
        (Phase.LAST_HOUR, True, "hoy"),
    ],
)
def test_a_day_is_named_from_where_one_stands(phase, near, words):
    assert status.when(unsaved_day(), phase, near=near) == words


def test_a_market_on_a_saturday_is_named_so():
    day = unsaved_day(date=dt.date(2026, 11, 28), status="confirmed")

    words = status.chip(day, Phase.AHEAD, near=True).words

    assert words == "Este sábado sí hay feria"


@pytest.mark.parametrize(
    ("fields", "phase", "chip"),
    [
        ({}, "ahead", ("moved", "clock", "Todavía no confirmamos este domingo")),
        ({}, "today", ("moved", "clock", "La feria de hoy está sin confirmar")),
        ({}, "running", ("moved", "clock", "La feria de hoy está sin confirmar")),
        ({}, "last_hour", ("moved", "clock", "La feria de hoy está sin confirmar")),
        ({}, "over", ("over", "clock", "Nadie la confirmó")),
        (
            {"status": "confirmed"},
            "ahead",
            ("yes", "check", "Este domingo sí hay feria"),
        ),
        ({"status": "confirmed"}, "today", ("yes", "check", "Hoy sí hay feria")),
        (
            {"status": "confirmed"},
            "running",
            ("yes", "check", "Estamos en la avenida hasta las 2\xa0p.\xa0m."),
        ),
        (
            {"status": "confirmed"},
            "last_hour",
            ("moved", "clock", "Última hora: hasta las 2\xa0p.\xa0m."),
        ),
        ({"status": "confirmed"}, "over", ("over", "clock", "La feria ya terminó")),
        ({"status": "cancelled"}, "ahead", ("no", "x", "Este domingo no hay feria")),
        ({"status": "cancelled"}, "running", ("no", "x", "Hoy no hay feria")),
        ({"status": "cancelled"}, "over", ("no", "x", "Este domingo no hubo feria")),
        (MOVED, "ahead", ("moved", "move", "Solo este domingo: cambiamos de lugar")),
        (MOVED, "today", ("moved", "move", "Solo hoy: cambiamos de lugar")),
        (
            MOVED,
            "running",
            ("moved", "move", "Estamos en otro lugar hasta las 2\xa0p.\xa0m."),
        ),
        (
            MOVED,
            "last_hour",
            ("moved", "clock", "Última hora: hasta las 2\xa0p.\xa0m."),
        ),
        (OTHER_HOURS, "ahead", ("moved", "clock", "Solo este domingo: otro horario")),
        (
            BOTH,
            "ahead",
            ("moved", "move", "Solo este domingo: cambiamos de lugar y de hora"),
        ),
        (
            BOTH,
            "running",
            ("moved", "move", "Estamos en otro lugar hasta las 12\xa0m."),
        ),
        (
            OTHER_HOURS,
            "running",
            ("yes", "check", "Estamos en la avenida hasta las 12\xa0m."),
        ),
    ],
)
def test_the_chip_of_each_state(fields, phase, chip):
    assert status.chip(unsaved_day(**fields), Phase(phase), near=True) == Chip(*chip)


def test_the_chip_without_a_day():
    chip = status.chip(None, Phase.AHEAD)

    assert chip == Chip("moved", "clock", "Todavía sin fecha")


def test_another_market_is_not_on_the_avenue():
    day = unsaved_day(status="confirmed", venue=Venue(), closes=dt.time(13))

    words = status.chip(day, Phase.RUNNING).words

    assert words == "Hay feria hasta la 1\xa0p.\xa0m."


@pytest.mark.parametrize(
    ("day", "paint"),
    [
        (None, Paint("", "fire")),
        (unsaved_day(status="confirmed"), Paint("", "fire")),
        (unsaved_day(status="cancelled"), Paint("no", "grape")),
        (unsaved_day(**MOVED), Paint("moved", "sun")),
        (unsaved_day(**OTHER_HOURS), Paint("short", "night")),
        (unsaved_day(**BOTH), Paint("moved", "sun")),
    ],
)
def test_the_panel_wears_the_state(day, paint):
    assert status.paint(day) == paint


@pytest.mark.parametrize(
    ("day_status", "attendance_status", "presence", "words"),
    [
        ("confirmed", "confirmed", Presence.COMES, "Viene este domingo"),
        ("moved", "confirmed", Presence.COMES, "Viene este domingo"),
        ("confirmed", "expected", Presence.EXPECTED, "Lo esperamos este domingo"),
        ("scheduled", "confirmed", Presence.EXPECTED, "Lo esperamos este domingo"),
        ("scheduled", "absent", Presence.ABSENT, "No viene este domingo"),
        ("cancelled", "confirmed", Presence.NO_MARKET, "Este domingo no hay feria"),
        ("cancelled", "absent", Presence.NO_MARKET, "Este domingo no hay feria"),
    ],
)
def test_nobody_is_sure_to_come_before_the_day_is(
    day_status, attendance_status, presence, words
):
    day = unsaved_day(status=day_status)
    one = Attendance.Status(attendance_status)

    chip = status.presence_chip(day, one, Phase.AHEAD, near=True)

    assert status.presence(day, one) == presence
    assert chip.words == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (None, "Todavía no hay fecha para la próxima feria."),
        (
            {"status": "confirmed"},
            "Volvemos el domingo 29 de noviembre a las 8\xa0a.\xa0m.",
        ),
        (
            {"status": "confirmed", "opens": dt.time(13)},
            "Volvemos el domingo 29 de noviembre a la 1\xa0p.\xa0m.",
        ),
        (
            {},
            (
                "La siguiente sería el domingo 29 de noviembre a las 8\xa0a.\xa0m.;"
                " todavía sin confirmar."
            ),
        ),
        (
            MOVED,
            (
                "Volvemos el domingo 29 de noviembre a las 8\xa0a.\xa0m., en otro"
                " lugar: Parque Castilla."
            ),
        ),
        (
            OTHER_HOURS,
            "Volvemos el domingo 29 de noviembre a las 8\xa0a.\xa0m.",
        ),
    ],
)
def test_the_return_promises_no_more_than_is_known(fields, words):
    day = unsaved_day(**fields) if fields is not None else None

    assert status.return_words(day) == words


@pytest.mark.django_db
def test_the_shop_tells_its_hours_of_that_day():
    shop = make_venue(kind="shop", name="Agro-Shop")

    def said(date=SUNDAY):
        return status.shop_words(Venue.objects.shop(), date)

    assert said() == ""
    make_opening_hours(venue=shop, opens=dt.time(10), closes=dt.time(13))
    make_opening_hours(venue=shop, opens=dt.time(15), closes=dt.time(20))
    assert said() == (
        "Mientras, el Agro-Shop atiende ese día de 10\xa0a.\xa0m. a 1\xa0p.\xa0m.,"
        " 3\xa0p.\xa0m. a 8\xa0p.\xa0m."
    )
    assert said(SUNDAY + dt.timedelta(days=1)) == (
        "El Agro-Shop tampoco atiende ese día."
    )
    assert status.shop_words(None, SUNDAY) == ""
