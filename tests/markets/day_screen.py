"""How staff use the admin's screen of a market day."""

from markets.models import MarketDay
from tests.desk import change_page, filled_in, page
from tests.factories import make_attendance, make_producer, make_stall


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


def at_stall(day, number, name, **fields):
    """Put a producer on the list at a stall with a number."""
    stall = make_stall(venue=day.venue, number=number)
    producer = make_producer(name=name)
    return make_attendance(market_day=day, stall=stall, producer=producer, **fields)


def send_rows(desk, day, **values):
    """Send the screen with some values changed; «0_stall» is the first row's stall."""
    data = filled_in(desk.get(change_page(day)))
    for name, value in values.items():
        number, _, field = name.partition("_")
        is_row = number.isdecimal()
        data[f"attendances-{number}-{field}" if is_row else name] = value
    return desk.post(change_page(day), data)
