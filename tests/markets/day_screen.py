"""How staff use the admin's screen of a market day."""

from markets.models import MarketDay
from tests.desk import change_page, filled_in, page


def send(desk, day, **values):
    data = filled_in(desk.get(change_page(day)))
    return desk.post(change_page(day), data | values)


def send_and_agree(desk, day, **values):
    """Send the screen, tick the box of the preview that comes back, send it again."""
    form = send(desk, day, **values).context["adminform"].form
    digest = form["published"].field.widget.digest
    return send(desk, day, published=digest, **values)


def add(desk, **values):
    data = filled_in(desk.get(page(MarketDay, "add")))
    data |= {"date": "2026-12-06", "opens": "08:00", "closes": "14:00"}
    return desk.post(page(MarketDay, "add"), data | values)


def stored(day):
    return MarketDay.objects.get(pk=day.pk)
