"""A file's bytes as a table, judged by what is in it and not by its name."""

import warnings
from typing import NamedTuple

from django.utils.translation import gettext as _

MAX_BYTES = 10 * 1024 * 1024
MAX_LINES = 20_000
MAX_COLUMNS = 100
OLE = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"


class SheetError(Exception):
    """A file that cannot be read; its text is a sentence for whoever chose it."""


class Line(NamedTuple):
    """A line and its number in the file, as a spreadsheet counts."""

    number: int
    cells: list


class Table(NamedTuple):
    """The first line, the lines with something in them, and what to say of the file."""

    headers: list[str]
    lines: list[Line]
    notes: list[str]


def read(content: bytes, name: str = "") -> Table:
    """Return the table in a file; name is only what its owner calls it.

    Raises SheetError, and nothing else, for whatever is not a table.
    """
    # They ask this module for its classes.
    from . import delimited, workbooks  # noqa: PLC0415

    if len(content) > MAX_BYTES:
        raise SheetError(_("The file is larger than 10 MB."))
    if content.startswith(OLE):
        raise SheetError(
            _(
                "This is a workbook of an old Excel, or one with a password: "
                "save it as .xlsx, without a password."
            )
        )
    is_workbook = content.startswith(ZIP)
    lines = workbooks.read(content) if is_workbook else delimited.read(content)
    with warnings.catch_warnings():
        # Of what openpyxl leaves out: looks, checks of a cell and the like.
        warnings.simplefilter("ignore")
        table = _table(lines)
    return table._replace(notes=_notes(is_workbook, name.lower()))


def _notes(is_workbook, name):
    if is_workbook and name.endswith(".csv"):
        return [_("The file is called .csv and is a workbook: it was read as .xlsx.")]
    if not is_workbook and name.endswith((".xlsx", ".xls")):
        return [_("The file is called .xlsx and is a text: it was read as .csv.")]
    return []


def _table(lines):
    headers, kept = None, []
    for number, cells in enumerate(lines, start=1):
        if all(cell is None or str(cell).strip() == "" for cell in cells):
            continue
        if headers is None:
            headers = [str(cell or "").strip() for cell in cells]
            continue
        if len(kept) == MAX_LINES:
            message = _("The file has more than {count} lines: split it.")
            raise SheetError(message.format(count=MAX_LINES))
        kept.append(Line(number, cells))
    if headers is None:
        raise SheetError(_("The file is empty."))
    return Table(headers, kept, [])
