"""Moments around SUNDAY, and tags rendered at them."""

import datetime as dt
import re

from django.template import Context, Template
from django.test import RequestFactory

from markets.agenda import Agenda
from tests.factories import LIMA, SUNDAY


def at(hour, minute=0, *, days=0):
    """Return a moment of SUNDAY, or of a day some days after it, in Lima."""
    date = SUNDAY + dt.timedelta(days=days)
    return dt.datetime.combine(date, dt.time(hour, minute), LIMA)


def render_at(moment, tag, **context):
    """Render a tag as a page would that is asked for at a moment."""
    request = RequestFactory().get("/")
    request.agenda = Agenda(moment)
    request.next_market_day = request.agenda.next_day
    source = "{% load market_tags share_tags %}" + tag
    return Template(source).render(Context({"request": request, **context}))


def text(html):
    """Return the words of a piece of HTML, as one line; spaces break."""
    return " ".join(re.sub(r"<svg.*?</svg>|<[^>]*>", " ", html).split())
