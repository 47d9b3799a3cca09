"""Dates as people type them: «29 de noviembre», 29/11, «este domingo», «november»."""

import calendar
import datetime as dt
import re
import unicodedata

from producers.months import MONTH_SLUGS

SMALL_WORDS = frozenset(
    ("el", "la", "del", "de", "en", "para", "este", "esta", "proximo")
) | {"this", "next", "the", "of"}
MARKET_WORDS = frozenset(
    ["feria", "ferias", "mercado", "mercados", "market", "markets"]
)
MARKET_DAYS_AHEAD = 30
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            ("lunes", "monday"),
            ("martes", "tuesday"),
            ("miercoles", "wednesday"),
            ("jueves", "thursday"),
            ("viernes", "friday"),
            ("sabado", "saturday"),
            ("domingo", "sunday"),
        )
    )
    for name in names
}
FROM_TODAY = {"hoy": 0, "today": 0, "manana": 1, "tomorrow": 1}
# The least letters that tell one month from the others, in both languages.
MONTH_LETTERS = 3
# A date without its year is the coming one, unless it was only just now.
JUST_NOW = dt.timedelta(days=60)


def typed_dates(text: str, today: dt.date) -> tuple[dt.date, dt.date] | None:
    """Return the first and last date that text names, or None if it names no date.

    A month without a day is all its days, and «feria» the month to come. Nothing
    else may be there.
    """
    words = [word for word in _words(text) if word not in SMALL_WORDS]
    if words and not set(words) - MARKET_WORDS:
        return today, today + dt.timedelta(days=MARKET_DAYS_AHEAD)
    words = [word for word in words if word not in MARKET_WORDS]
    if len(words) == 1 and words[0] in WEEKDAYS:
        days = (WEEKDAYS[words[0]] - today.weekday()) % 7
        return _one(today + dt.timedelta(days=days))
    if len(words) == 1 and words[0] in FROM_TODAY:
        return _one(today + dt.timedelta(days=FROM_TODAY[words[0]]))
    words = [word for word in words if word not in WEEKDAYS] or words
    if len(words) == 1 and (month := _month(words[0])):
        return _all_of(month, today)
    return _written(words, today)


def _words(text):
    letters = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(one for one in letters if not unicodedata.combining(one))
    return re.findall(r"[a-z]+|[0-9]+", plain) if _is_date(plain) else []


def _is_date(plain):
    return re.fullmatch(r"[a-z0-9 ,./-]*", plain) is not None


def _month(word):
    """Return the month of a whole name, or of one cut short: «nov», «set»."""
    if len(word) < MONTH_LETTERS:
        return None
    english = list(calendar.month_name)
    names = [(number, slug) for number, slug in MONTH_SLUGS.items()]
    names += [(number, english[number].lower()) for number in MONTH_SLUGS]
    names += [(9, "septiembre")]
    return next((number for number, name in names if name.startswith(word)), None)


def _written(words, today):
    """Read «29 noviembre 2026», «november 29», «29 11 26» and «2026 11 29»."""
    if len(words) not in {2, 3}:
        return None
    if words[0].isdigit() and len(words[0]) == 4:  # noqa: PLR2004 - a year comes first
        words = words[::-1]
    if not words[0].isdigit():
        words = [words[1], words[0], *words[2:]]
    day, month, *year = words
    number = int(month) if month.isdigit() else _month(month)
    if not day.isdigit() or not number or not all(one.isdigit() for one in year):
        return None
    if year:
        return _valid(_full(int(year[0])), number, int(day))
    return _coming(number, int(day), today)


def _full(year):
    return year + 2000 if year < 100 else year  # noqa: PLR2004 - «26»


def _valid(year, month, day):
    try:
        return _one(dt.date(year, month, day))
    except (ValueError, OverflowError):
        return None


def _coming(month, day, today):
    this = _valid(today.year, month, day)
    if this is None or this[0] >= today - JUST_NOW:
        return this
    return _valid(today.year + 1, month, day)


def _all_of(month, today):
    year = today.year if month >= today.month else today.year + 1
    last = calendar.monthrange(year, month)[1]
    return dt.date(year, month, 1), dt.date(year, month, last)


def _one(date):
    return date, date
