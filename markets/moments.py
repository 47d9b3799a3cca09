"""When the pages begin to say something else though nobody changes anything."""

import datetime as dt

from .agenda import Agenda
from .models import MarketDay, Notice
from .open_now import badge
from .schedule import DAY, LAST_HOUR, LIMA, periods_on, special_on


def true_until(moment: dt.datetime) -> dt.datetime:
    """Return the soonest moment after the given one at which any page may differ.

    A market begins, nears its end or is over, a notice comes or goes, the shop's
    badge changes; midnight in Lima at the latest, when every date is another day's.
    """
    agenda = Agenda(moment)
    changes = [_midnight(agenda.moment), *_of_days(agenda), *_of_notices(agenda)]
    if agenda.shop:
        changes.append(_of_shop(agenda))
    return min(one for one in changes if one > agenda.moment)


def _midnight(moment):
    return dt.datetime.combine(moment.date() + DAY, dt.time.min, LIMA)


def _of_days(agenda):
    today = agenda.moment.date()
    # Last night's may not be over.
    for day in MarketDay.objects.filter(date__range=(today - DAY, today)):
        opens, closes = day.held
        yield from (opens, closes - LAST_HOUR, closes)


def _of_notices(agenda):
    moment = agenda.moment
    ahead = Notice.objects.filter(ends_at__gte=moment, starts_at__lt=_midnight(moment))
    for starts_at, ends_at in ahead.values_list("starts_at", "ends_at"):
        # It is shown at its last moment, too.
        yield from (starts_at, ends_at + dt.timedelta.resolution)


def _of_shop(agenda):
    hours = agenda.shop.opening_hours.all()
    special = agenda.shop.special_hours.all()
    today = agenda.moment.date()
    periods = periods_on(today, hours, special)
    named = next(iter(special_on(today, special)), None)
    return badge(agenda.moment, agenda.shop_opening, periods, named).changes_at
