"""Cells as people read them, and harmless when a spreadsheet opens them."""

import datetime as dt
import re
import unicodedata
from decimal import Decimal

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

DATE_FORMAT = "%d/%m/%Y"
YES, NO = "sí", "no"
# What makes a spreadsheet take a text for a formula, full-width signs included.
# Source: OWASP, CSV Injection, https://owasp.org/www-community/attacks/CSV_Injection
_SIGNS = r"[=+\-@＝＋－＠]"
_START = re.compile(rf"()('*{_SIGNS})")
# In a .csv also after whatever another program may take for the end of a cell.
_ANY_START = re.compile(rf"(\A|[;,\t\r\n][ \"]*)('*{_SIGNS})")
_GUARDED_START = re.compile(rf"()'('*{_SIGNS})")
_GUARDED_ANY_START = re.compile(rf"(\A|[;,\t\r\n][ \"]*)'('*{_SIGNS})")


def guard(text: str, *, delimited: bool = False) -> str:
    """Return text with an apostrophe before what a spreadsheet would evaluate.

    delimited: for a .csv, where a wrong separator splits a text into cells.
    """
    if delimited:
        return _ANY_START.sub(r"\1'\2", text)
    return f"'{text}" if _START.match(text) else text


def unguard(text: str, *, delimited: bool = False) -> str:
    """Return what guard() made its text of; other texts as they are."""
    if delimited:
        return _GUARDED_ANY_START.sub(r"\1\2", text)
    return text[1:] if _GUARDED_START.match(text) else text


def text_of(cell) -> str:
    """Return a cell as it reads: no blanks around, «12» for 12.0, «29/11/2026»."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return YES if cell else NO
    if isinstance(cell, float):
        return f"{round(Decimal(repr(cell)), 6).normalize():f}" if _fits(cell) else "∞"
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, dt.date):
        return cell.strftime(DATE_FORMAT)
    text = ILLEGAL_CHARACTERS_RE.sub("", str(cell))
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _fits(number):
    # Larger ones, and what is no number, are nothing that a column here can mean.
    return abs(number) < 1e15  # noqa: PLR2004 - all digits of a float are exact


def fold(text: str) -> str:
    """Return text without accents, case and repeated blanks, to compare it."""
    split = unicodedata.normalize("NFKD", text)
    plain = "".join(one for one in split if not unicodedata.combining(one))
    return " ".join(plain.casefold().split())
