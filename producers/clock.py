"""How a time of day is written: the one place that knows «8 a. m.»."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

NOON = 12
NBSP = "\xa0"


def clock(time: dt.time | dt.datetime) -> str:
    """Return a time as Lima writes it: «8 a. m.», «12 m.», «1:30 p. m.»."""
    minutes = f":{time.minute:02}" if time.minute else ""
    hour = f"{time.hour % NOON or NOON}{minutes}"
    if time.hour == NOON and not time.minute:
        return _("{hour} noon").format(hour=hour).replace(" ", NBSP)
    message = _("{hour} a. m.") if time.hour < NOON else _("{hour} p. m.")
    return message.format(hour=hour).replace(" ", NBSP)


def hours(opens: dt.time, closes: dt.time) -> str:
    """Return two times as people say them: «8 a. m. a 2 p. m.»."""
    return _("{opens} to {closes}").format(opens=clock(opens), closes=clock(closes))


def dated(moment: dt.datetime | None) -> str | None:
    """Return a moment as a list shows it: «29/11/2026, 8 a. m.»; None stays None."""
    if moment is None:
        return None
    local = timezone.localtime(moment)
    return f"{date_format(local, 'SHORT_DATE_FORMAT')}, {clock(local)}"
