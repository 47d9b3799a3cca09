"""Drafts, and the buttons of a producer's page."""

from tests.desk import change_page, filled_in
from tests.factories import make_consent, make_producer


def make_draft(**fields):
    return make_producer(**{"name": "Rosa", "status": "draft"} | fields)


def make_ready(**fields):
    """Return a draft that nothing keeps from being published."""
    return make_consent(producer=make_draft(**fields)).producer


def press(desk, producer, **button):
    """Send the page as it is, by one of its buttons; return what comes after it."""
    data = filled_in(desk.get(change_page(producer)))
    response = desk.post(change_page(producer), data | button, follow=True)
    producer.refresh_from_db()
    return response
