"""What tests of a list's actions need: to choose rows, and to follow the undo."""

import re

from django.utils.html import strip_tags

from tests.desk import page


def act(desk, action, *rows, **data):
    """Choose rows of one model in their list and send an action; return the page."""
    chosen = {"action": action, "_selected_action": [row.pk for row in rows]}
    return desk.post(page(rows[0], "changelist"), chosen | data, follow=True)


def said(response):
    """Return the words of the messages of a page."""
    return [strip_tags(one.message) for one in response.context["messages"]]


def undo_address(response):
    """Return where the undo link of the first message leads."""
    message = next(iter(response.context["messages"])).message
    return re.search('href="(.*?)"', message)[1]


def stored(*rows, fields):
    """Return these fields of each row as they are stored."""
    model = type(rows[0])
    found = model.objects.in_bulk([row.pk for row in rows])
    return [
        tuple(getattr(found[row.pk], name) for name in fields)
        for row in rows
        if row.pk in found
    ]
