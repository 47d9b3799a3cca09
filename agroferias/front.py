"""The desk's front page: what both apps have for whoever looks."""

from markets.admin.front import front as market_front
from markets.admin.subscriber import of_alerts
from markets.admin.tasks import of_markets
from producers.admin.recent import changes_of_week
from producers.admin.tasks import of_producers, to_do


def front(site, request) -> dict:
    """Return the market's panels, what has to be done, and what was changed lately."""
    today, day = request.agenda.moment.date(), request.agenda.next_day
    alerts = of_alerts(request.agenda.moment)
    checks = [*of_markets(today, day), *alerts, *of_producers(today)]
    return market_front(request) | {
        "tasks": to_do(request.user, checks),
        "changes": changes_of_week(site, request),
    }
