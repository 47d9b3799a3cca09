"""Tables in a .csv, of whatever program: separators, encodings, a byte order mark."""

import codecs
import csv
import io
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from .cells import guard, text_of, unguard
from .reading import MAX_COLUMNS, SheetError

DELIMITERS = ";,\t"
# What a text file has none of.
BINARY = re.compile(r"[\x00-\x08\x0e-\x1f]")
SEPARATOR_LINE = re.compile(r"sep=([;,\t])\r?\n?", re.IGNORECASE)


def read(content: bytes) -> Iterator[list[str]]:
    """Yield the lines of a .csv; raise SheetError where it cannot be read."""
    text = _decoded(content)
    if BINARY.search(text):
        message = _("This is no spreadsheet: choose an .xlsx or a .csv.")
        raise SheetError(message)
    told = SEPARATOR_LINE.match(text)
    if told:
        # Excel's own first line. It counts as one: an empty one takes its place.
        yield []
        text = text[told.end() :]
    delimiter = told[1] if told else _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    yield from _rows(reader, first=2 if told else 1)


def _rows(reader, first):
    number = first
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            message = _("Line {line}: a quotation mark is missing, or one too many.")
            raise SheetError(message.format(line=number)) from error
        yield [unguard(cell, delimited=True) for cell in row[:MAX_COLUMNS]]
        number += 1


def _decoded(content):
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError as error:
                message = _("The file's letters cannot be read: save it as UTF-8.")
                raise SheetError(message) from error
    for encoding in ("utf-8", "windows-1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _delimiter(text):
    """Return the separator of which the first line with something in it has most."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return max(DELIMITERS, key=bare.count)


def written(headers: list[str], rows) -> bytes:
    """Return a .csv that Excel opens with its accents, and evaluates nothing of."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";")
    writer.writerow(headers)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return stream.getvalue().encode("utf-8-sig")


def _cell(value):
    text = text_of(value)
    return guard(text, delimited=True) if isinstance(value, str) else text
