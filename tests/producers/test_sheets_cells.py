import csv
import datetime as dt
import io
import re
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producers.models import Practice, Unit
from producers.sheets import delimited, values, workbooks
from producers.sheets.cells import fold, guard, text_of, unguard
from producers.sheets.producer import ProducerSheet
from producers.sheets.resource import CUT
from tests.factories import make_producer, make_staff
from tests.spreadsheets import checked, counts, faults, opened, xlsx

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'=1"]


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.mark.parametrize("text", DANGEROUS, ids=repr)
def test_no_cell_of_a_workbook_is_evaluated(text):
    content = workbooks.written(workbooks.Sheet("x", ["a"], [[text]]))

    assert opened(content) == [["a"], [f"'{text.strip()}"]]


@pytest.mark.parametrize("text", DANGEROUS, ids=repr)
@pytest.mark.parametrize("before", ["", "a;", "a, ", 'a\n"'], ids=repr)
def test_no_cell_of_a_csv_is_evaluated_whatever_separates(text, before):
    content = delimited.written(["a"], [[f"{before}{text.strip()}"]])

    (_header, (cell,)) = csv.reader(
        io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"
    )
    assert cell == f"{before}'{text.strip()}"


def test_negative_numbers_stay_numbers():
    row = [[-10, Decimal("-1.5"), dt.date(2026, 11, 29)]]

    (_headers, cells) = opened(
        workbooks.written(workbooks.Sheet("x", ["a", "b", "c"], row))
    )

    assert cells == [-10, -1.5, dt.datetime(2026, 11, 29)]  # noqa: DTZ001 - no zones
    assert delimited.written(["a"], row) == (
        "\ufeffa\r\n-10;-1.5;29/11/2026\r\n".encode()
    )


@given(st.text(alphabet="a'=+-@;,\t\r\n\" ＝"), st.booleans())
def test_the_guard_is_taken_off_again(text, delimited):
    assert unguard(guard(text, delimited=delimited), delimited=delimited) == text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (True, "sí"),
        (False, "no"),
        (12.0, "12"),
        (0.1 + 0.2, "0.3"),
        (1200.0, "1200"),
        (1e300, "∞"),
        (Decimal("8.50"), "8.50"),
        (dt.date(2026, 11, 29), "29/11/2026"),
        (" a\r\nb\rc\x0b ", "a\nb\nc"),
        (7, "7"),
    ],
    ids=repr,
)
def test_a_cell_reads_as_people_read_it(cell, text):
    assert text_of(cell) == text


def test_accents_case_and_blanks_do_not_matter():
    assert fold("  ÑUSTA  de Áncash ") == fold("ñusta de ancash") == "nusta de ancash"


READ = {
    values.Text(): {" a ": "a", 12.0: "12", None: ""},
    values.WholeNumber(): {
        "": None,
        "12": 12,
        12.0: 12,
        "12,0": 12,
        "−10": -10,
        " 2 350 ": 2350,
    },
    values.DecimalNumber(): {
        "": None,
        "8,5": Decimal("8.5"),
        "8.50": Decimal("8.5"),
        8.5: Decimal("8.5"),
        "0.125": Decimal("0.125"),
        "1,234.50": Decimal("1234.5"),
        "1.234,5": Decimal("1234.5"),
    },
    values.Date(): {
        "": None,
        "29/11/2026": dt.date(2026, 11, 29),
        "29-11-2026": dt.date(2026, 11, 29),
        "2026-11-29": dt.date(2026, 11, 29),
        "2026-11-29 00:00:00": dt.date(2026, 11, 29),
        dt.datetime(2026, 11, 29): dt.date(2026, 11, 29),  # noqa: DTZ001 - no zones
    },
    values.YesNo(): {
        "": None,
        "Sí": True,
        "si": True,
        "X": True,
        True: True,
        "NO": False,
        False: False,
        "0": False,
    },
    values.SeasonLevel(): {None: 0, 2: 2, 3.0: 3, "Mejor": 3, "poco": 1},
    values.Choice(Unit): {"": None, "KILO": "kg", "kg": "kg", "atado": "bunch"},
    values.Choices(Practice): {
        "": [],
        "Semilla propia; andenes": ["terraces", "own_seed"],
        "terraces": ["terraces"],
    },
}


@pytest.mark.parametrize(
    ("value", "cell", "meaning"),
    [
        (value, cell, meaning)
        for value, cells in READ.items()
        for cell, meaning in cells.items()
    ],
)
def test_values_are_forgiving(value, cell, meaning):
    assert value.clean(cell) == meaning


WHOLE = "Write a whole number without points, such as 2350."
DECIMAL = "Write a number such as 8.50, thousands together."
DATE = "Write a date such as 29/11/2026."
REFUSED = [
    (values.WholeNumber(), "2.350", WHOLE),
    (values.WholeNumber(), "1.5", WHOLE),
    (values.WholeNumber(), "doce", WHOLE),
    (values.WholeNumber(), True, WHOLE),
    (values.WholeNumber(), 1e300, WHOLE),
    (values.DecimalNumber(), "1,500", DECIMAL),
    (values.DecimalNumber(), "S/ 8", DECIMAL),
    (values.Date(), "11/29/2026", DATE),
    (values.Date(), "29/11/0026", DATE),
    (values.Date(), "mañana", DATE),
    (values.YesNo(), "quizás", "Write sí or no."),
    (
        values.SeasonLevel(),
        4,
        "Write 0, 1, 2 or 3, or nada, poco, hay or mejor.",
    ),
    (
        values.Choice(Unit),
        "arroba",
        (
            "Write one of: kilo, unidad, atado, bolsa, frasco, botella, docena, "
            "bandeja, porción."
        ),
    ),
    (
        values.Text(),
        workbooks.Unreadable("=A1"),
        "Its formula has no result: write the value itself.",
    ),
]


@pytest.mark.parametrize(("value", "cell", "sentence"), REFUSED)
def test_values_that_mean_nothing_are_refused_in_a_sentence(value, cell, sentence):
    with pytest.raises(ValueError, match=rf"^{re.escape(sentence)}$"):
        value.clean(cell)


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.none()))
def test_no_cell_breaks_a_value(cell):
    for value in READ:
        with suppress(ValueError):
            value.clean(cell)


@pytest.mark.django_db
def test_a_text_too_long_for_a_cell_is_not_changed_by_its_beginning():
    make_producer(slug="larga", story="x" * 40_000, people="Rosa")
    user = make_staff()
    sheet = ProducerSheet(user=user, moment=NOW)
    (whole,) = sheet.rows()
    beginning = whole[sheet.headers.index("historia")]
    headers = ["dirección", "historia", "personas"]

    same, other = (
        checked(ProducerSheet(user=user, moment=NOW), xlsx(headers, ["larga", *cells]))
        for cells in ([beginning, "Luz"], [f"y{beginning}", "Luz"])
    )

    assert (counts(same), counts(other)) == ((0, 1, 0, 0), (0, 0, 0, 1))
    assert [one[3] for one in faults(other)] == [CUT]
