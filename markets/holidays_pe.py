"""Peru's public holidays, as dates for staff to decide on."""

import datetime as dt
from typing import NamedTuple


class Holiday(NamedTuple):
    """A public holiday with its name in Spanish."""

    date: dt.date
    name: str


def public_holidays(first_date: dt.date, last_date: dt.date) -> list[Holiday]:
    """Return the holidays from first_date to last_date, both included, by date.

    Source: the holidays library, for the whole country.
    """
    # 14 MB on the disk: read where it is asked for, not when the server starts.
    import holidays  # noqa: PLC0415

    years = range(first_date.year, last_date.year + 1)
    named = holidays.PE(years=years, language="es")
    return [
        Holiday(date, name)
        for date, name in sorted(named.items())
        if first_date <= date <= last_date
    ]
