"""Tables in an .xlsx: the first sheet, with the results of its formulas."""

import io
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from .cells import guard, text_of, unguard
from .reading import MAX_COLUMNS, SheetError

# A workbook is a zip, which a few bytes can make gigabytes of.
MAX_UNPACKED = 60 * 1024 * 1024
MAX_PARTS = 500
# An empty line costs little, a million of them still seconds.
LAST_LINE = 100_000
WIDEST = 45


class Unreadable(NamedTuple):
    """A cell with a formula without a result, or with an error for one."""

    formula: str

    def __str__(self):
        return self.formula


def read(content: bytes) -> Iterator[list]:
    """Yield the lines of a workbook; raise SheetError where it cannot be read.

    One by one: a cell costs openpyxl a hundred times what it takes in the file.
    """
    _refuse_bombs(content)
    try:
        yield from _lines(content)
    except SheetError:
        raise
    except Exception as error:
        message = _("This is no workbook that can be read: save it again as .xlsx.")
        raise SheetError(message) from error


def _lines(content):
    results = None
    for index, line in enumerate(_cells(content, data_only=False)):
        if results is None and any(cell.data_type == "f" for cell in line):
            results = islice(_cells(content, data_only=True), index, None)
        yield _merged(line, next(results)) if results else [*map(_value, line)]


def _refuse_bombs(content):
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        message = _("This is no workbook that can be read: save it again as .xlsx.")
        raise SheetError(message) from error
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        message = _("This is a file of another program: save it as .xlsx or .csv.")
        raise SheetError(message)
    # What is declared is the most that zipfile unpacks.
    size = sum(part.file_size for part in parts)
    if size > MAX_UNPACKED or len(parts) > MAX_PARTS:
        raise SheetError(_("The workbook is too large once unpacked: split it."))


def _cells(content, *, data_only):
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=data_only)
    try:
        sheet = book.worksheets[0]
        # Programs declare more than they use, up to the last cell there can be.
        sheet.reset_dimensions()
        for number, line in enumerate(sheet.iter_rows(), start=1):
            if number > LAST_LINE:
                message = _("The sheet goes below line {line}: delete what is empty.")
                raise SheetError(message.format(line=LAST_LINE))
            yield line[:MAX_COLUMNS]
    finally:
        book.close()


def _merged(line, results):
    merged = []
    for cell, result in zip(line, results, strict=True):
        has_result = cell.data_type != "f" or result.value is not None
        merged.append(_value(result) if has_result else Unreadable(str(cell.value)))
    return merged


def _value(cell):
    if cell.data_type == "e":
        return Unreadable(str(cell.value))
    return unguard(cell.value) if isinstance(cell.value, str) else cell.value


class Sheet(NamedTuple):
    """What goes on one sheet of a workbook."""

    title: str
    headers: list[str]
    rows: list[list]


def written(*sheets: Sheet) -> bytes:
    """Return a workbook of these sheets, in which nothing is evaluated."""
    book = Workbook(write_only=True)
    for one in sheets:
        sheet = book.create_sheet(one.title)
        sheet.freeze_panes = "A2"
        for index, width in enumerate(_widths(one), start=1):
            sheet.column_dimensions[get_column_letter(index)].width = width
        sheet.append([_header(sheet, header) for header in one.headers])
        for row in one.rows:
            sheet.append([_cell(sheet, value) for value in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _widths(sheet):
    widths = [len(header) for header in sheet.headers]
    for row in sheet.rows:
        lengths = (len(text_of(value)) for value in row)
        widths = [*map(max, widths, lengths)]
    return [min(width + 3, WIDEST) for width in widths]


def _header(sheet, header):
    cell = WriteOnlyCell(sheet, header)
    cell.font = Font(bold=True, color="210A30")
    cell.fill = PatternFill("solid", fgColor="FFD60A")
    return cell


def _cell(sheet, value):
    if isinstance(value, str):
        value = guard(text_of(value))
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str) and "\n" in value:
        cell.alignment = Alignment(vertical="top")
    if cell.is_date:
        cell.number_format = "dd/mm/yyyy"
    return cell
