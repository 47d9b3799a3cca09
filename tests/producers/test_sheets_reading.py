import datetime as dt
import io
import tracemalloc
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from producers.sheets import delimited, reading, workbooks
from producers.sheets.cells import text_of
from producers.sheets.reading import Line, SheetError, Table, read
from tests.spreadsheets import csv, saved, xlsx

NO_WORKBOOK = "This is no workbook that can be read: save it again as .xlsx."
ROWS = [["nombre", "región"], ["Ñusta", "Áncash"], ["Julián", "Junín"]]
BOOK = xlsx(*ROWS)
TABLE = Table(ROWS[0], [Line(2, ROWS[1]), Line(3, ROWS[2])], [])


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


def refusal(content, name=""):
    with pytest.raises(SheetError) as caught:
        read(content, name)
    return str(caught.value)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "windows-1252"]
)
def test_accents_survive_every_separator_and_encoding(delimiter, encoding):
    content = csv(*ROWS, delimiter=delimiter, encoding=encoding)

    assert read(content) == TABLE


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_utf_16_of_both_orders_is_read(mark):
    encoding = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"

    assert read(mark + csv(*ROWS, encoding=encoding)) == TABLE


def test_bytes_that_windows_has_no_letter_for_are_taken_as_latin_1():
    assert read(b"nombre\nRosa\x81\xf1\n").lines == [Line(2, ["Rosa\x81ñ"])]


def test_a_workbook_is_read():
    assert read(xlsx(*ROWS)) == TABLE


def test_the_first_line_of_excel_names_the_separator():
    content = b"sep=,\r\nnombre,nota\r\nRosa,a;b\r\n"

    assert read(content) == Table(["nombre", "nota"], [Line(3, ["Rosa", "a;b"])], [])


def test_quotes_hold_separators_line_ends_and_quotes():
    content = '"nombre";"nota"\n"Rosa; Julián";"dijo ""sí""\nhoy"\nElena;x\n'.encode()

    assert read(content).lines == [
        Line(2, ["Rosa; Julián", 'dijo "sí"\nhoy']),
        Line(3, ["Elena", "x"]),
    ]


def test_separators_within_quotes_do_not_count():
    assert read(b'"a,b,c";d\n1;2\n').headers == ["a,b,c", "d"]


def test_empty_lines_are_skipped_and_counted():
    content = csv(["", ""], ["nombre", "nota"], ["", " "], ["Rosa", "x"])

    assert read(content) == Table(["nombre", "nota"], [Line(4, ["Rosa", "x"])], [])


def test_a_workbook_skips_empty_lines_too():
    content = xlsx(["nombre"], [None], ["  "], ["Rosa"])

    assert read(content).lines == [Line(4, ["Rosa"])]


@pytest.mark.parametrize("content", [b"", b"\n\n", b" ; ;\n", xlsx()])
def test_nothing_is_said_to_be_nothing(content):
    assert refusal(content) == "The file is empty."


@pytest.mark.parametrize("content", [b"nombre\nRo\x00sa\n", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_text_is_refused(content):
    assert refusal(content) == "This is no spreadsheet: choose an .xlsx or a .csv."


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b'nombre;nota\nRosa;"sin fin\n', 2),
        (b'nombre;nota\nRosa;x\nElena;"a"b"\n', 3),
        (b'sep=;\nnombre;nota\n"a"b;x\n', 3),
        (b'nombre\nRosa\n"' + b"x" * 200_000, 3),
    ],
)
def test_broken_quotes_are_named_with_their_line(content, line):
    sentence = f"Line {line}: a quotation mark is missing, or one too many."

    assert refusal(content) == sentence


@pytest.mark.parametrize("content", [b"\xff\xfea", b"\xef\xbb\xbf\xff\xff"])
def test_a_mark_that_the_rest_belies_is_refused(content):
    sentence = "The file's letters cannot be read: save it as UTF-8."

    assert refusal(content) == sentence


def test_an_old_workbook_is_to_be_saved_anew():
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600) == (
        "This is a workbook of an old Excel, or one with a password: "
        "save it as .xlsx, without a password."
    )


def test_a_name_that_says_otherwise_is_told():
    assert read(csv(*ROWS), "hoja.XLSX").notes == [
        "The file is called .xlsx and is a text: it was read as .csv."
    ]
    assert read(xlsx(*ROWS), "hoja.csv").notes == [
        "The file is called .csv and is a workbook: it was read as .xlsx."
    ]
    assert read(xlsx(*ROWS), "hoja.xlsx").notes == []


def test_a_zip_of_something_else_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("content.xml", "<office/>")

    assert refusal(stream.getvalue()) == (
        "This is a file of another program: save it as .xlsx or .csv."
    )


@pytest.mark.parametrize("keep", [40, 400, -30])
def test_half_a_workbook_is_refused(keep):
    assert refusal(xlsx(*ROWS)[:keep]) == NO_WORKBOOK


def replaced(content, name, text):
    """Return a workbook with another text for one of its parts."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w") as new,
    ):
        for one in old.namelist():
            new.writestr(one, text if one == name else old.read(one))
    return stream.getvalue()


def test_entities_that_grow_are_refused():
    lines = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    bomb = f'<!DOCTYPE x [<!ENTITY e0 "lol">{lines}]><worksheet>&e9;</worksheet>'

    content = replaced(xlsx(*ROWS), "xl/worksheets/sheet1.xml", bomb)

    assert refusal(content) == NO_WORKBOOK


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_one_long_entity_of_many_uses_is_refused(part, encoding):
    """expat itself stops entities that grow only from 8 MB and a factor of 100 on."""
    with zipfile.ZipFile(io.BytesIO(BOOK)) as archive:
        text = archive.read(part).decode()
    start = text.index("<w", text.find("?>") + 1)
    entity = f'<!DOCTYPE w [<!ENTITY e "{"x" * 1000}">]>'
    root, _end, rest = text[start:].partition(">")
    xml = f"{entity}{root}><!--{'x' * 1000}-->&e;{rest}"

    content = replaced(BOOK, part, xml.encode(encoding))

    assert refusal(content) == NO_WORKBOOK


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(workbooks, "MAX_UNPACKED", 1000)

    assert refusal(xlsx(*ROWS)) == (
        "The workbook is too large once unpacked: split it."
    )


def test_a_workbook_is_not_read_beyond_what_is_too_much(monkeypatch):
    monkeypatch.setattr(reading, "MAX_LINES", 100)
    empty = "<row><c/></row>" * 20_000
    filled = '<row><c t="str"><v>x</v></c></row>' * 20_000
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(BOOK)) as archive:
        start, end, rest = archive.read(part).decode().partition("</sheetData>")
    content = replaced(BOOK, part, start + empty + filled + end + rest)

    tracemalloc.start()
    assert refusal(content) == "The file has more than 100 lines: split it."
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 6 * len(content)


def test_too_many_bytes_lines_or_depth_are_refused(monkeypatch):
    monkeypatch.setattr(reading, "MAX_LINES", 1)
    assert refusal(csv(*ROWS)) == "The file has more than 1 lines: split it."
    monkeypatch.setattr(workbooks, "LAST_LINE", 2)
    assert refusal(xlsx(*ROWS)) == (
        "The sheet goes below line 2: delete what is empty."
    )
    monkeypatch.setattr(reading, "MAX_BYTES", 10)
    assert refusal(csv(*ROWS)) == "The file is larger than 10 MB."


def test_cells_keep_what_the_workbook_means():
    date = dt.datetime(2026, 11, 29)  # noqa: DTZ001 - a workbook knows no zones

    content = xlsx(["a"], [12, 12.5, date, True, None, "'=1"])

    assert read(content).lines == [Line(2, [12, 12.5, date, True, None, "=1"])]


def test_formulas_give_their_results_or_say_that_they_have_none():
    content = xlsx(["a", "b", "c"], ["x", "=1+1", "=A1"])
    sheet = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read(sheet).decode()
    assert "<f>1+1</f><v" in text
    text = text.replace("<f>1+1</f><v />", "<f>1+1</f><v>2</v>")
    text = text.replace("<f>1+1</f><v></v>", "<f>1+1</f><v>2</v>")

    (line,) = read(replaced(content, sheet, text)).lines

    assert line.cells == ["x", 2, workbooks.Unreadable("=A1")]
    assert str(line.cells[2]) == "=A1"


def test_errors_of_a_workbook_are_no_text():
    book = Workbook()
    book.active.append(["a"])
    book.active.append(["#N/A"])
    book.active["A2"].data_type = "e"

    assert read(saved(book)).lines == [Line(2, [workbooks.Unreadable("#N/A")])]


def test_a_password_or_a_missing_sheet_is_refused():
    content = replaced(xlsx(*ROWS), "xl/workbook.xml", "<workbook/>")

    assert refusal(content) == NO_WORKBOOK


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_a_sentence(content):
    for start in (b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", b"a;b\n"):
        with suppress(SheetError):
            assert all(line.number > 1 for line in read(start + content).lines)


@given(st.data())
def test_a_workbook_with_any_wrong_byte_is_a_table_or_a_sentence(data):
    content = bytearray(BOOK)
    for _ in range(3):
        index = data.draw(st.integers(0, len(content) - 1))
        content[index] = data.draw(st.integers(0, 255))

    with suppress(SheetError):
        assert read(bytes(content)).headers


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_what_is_written_is_read_again(cells):
    headers = ["x", *(str(index) for index in range(len(cells)))]

    content = delimited.written(headers, [["x", *cells]])

    (line,) = read(content).lines
    assert [text_of(one) for one in line.cells] == ["x", *map(text_of, cells)]
