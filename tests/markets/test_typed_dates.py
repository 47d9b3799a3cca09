import datetime as dt

import pytest

from markets.typed_dates import typed_dates

TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    "text",
    [
        "29 de noviembre",
        "29 noviembre",
        "29 nov.",
        "domingo 29 de noviembre de 2026",
        "29/11",
        "29-11-26",
        "29/11/2026",
        "2026-11-29",
        "november 29",
        "este domingo",
        "Domingo",
        "this Sunday",
        "feria del domingo",
        "mercado 29/11",
    ],
)
def test_a_date_is_read_however_it_is_written(text):
    sunday = dt.date(2026, 11, 29)
    assert typed_dates(text, TODAY) == (sunday, sunday)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("hoy", (2026, 11, 23), (2026, 11, 23)),
        ("mañana", (2026, 11, 24), (2026, 11, 24)),
        ("lunes", (2026, 11, 23), (2026, 11, 23)),
        ("miércoles", (2026, 11, 25), (2026, 11, 25)),
        ("noviembre", (2026, 11, 1), (2026, 11, 30)),
        ("septiembre", (2027, 9, 1), (2027, 9, 30)),
        ("set", (2027, 9, 1), (2027, 9, 30)),
        ("january", (2027, 1, 1), (2027, 1, 31)),
        ("ferias", (2026, 11, 23), (2026, 12, 23)),
        # Just now, and long ago
        ("1 noviembre", (2026, 11, 1), (2026, 11, 1)),
        ("4/1", (2027, 1, 4), (2027, 1, 4)),
        ("4/1/26", (2026, 1, 4), (2026, 1, 4)),
    ],
)
def test_words_and_months_are_dates_too(text, first, last):
    assert typed_dates(text, TODAY) == (dt.date(*first), dt.date(*last))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "palta",
        "de",
        "ma",
        "29",
        "5 palta",
        "palta 5",
        "palta hass",
        "29/2",
        "31/11/2026",
        "1/13",
        "1/1/99999",
        f"{'9' * 60}/11/{'9' * 30}",
        "29 noviembre palta",
        "29 11 26 1",
        "29 noviembre palta 2",
        "29 de noviembre%",
        "²/\x0011",
    ],
    ids=ascii,
)
def test_anything_else_is_no_date(text):
    assert typed_dates(text, TODAY) is None
