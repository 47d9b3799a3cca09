"""Small pages for other sites to show in a frame: this Sunday, and the shop's hours.

They set no cookie, run no script and may be framed by anybody; nothing in them acts.
"""

from collections.abc import Callable

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from . import status
from .schedule import is_valid_on, week_groups
from .week import coming_special

# How far ahead the shop's frame tells of special hours.
SPECIAL_DAYS = 7
POLICY = {
    "default-src": [NONE],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": ["*"],
    "style-src": [SELF],
}
# What can be framed: the name of its address, its title, its size in pixels.
FRAMES = [
    ("markets:embed_sunday", _("Is there a market this Sunday?"), 340, 260),
    ("markets:embed_shop", _("Hours of the Agro-Shop"), 340, 320),
]


def framed(view: Callable) -> Callable:
    """Let any site show a view in a frame."""
    return require_safe(xframe_options_exempt(csp(POLICY)(view)))


@framed
def sunday(request):
    """Say in a frame whether there is a market, when and where."""
    agenda = request.agenda
    day = agenda.next_day
    context = {"day": day, "chip": status.chip(None, ""), "sunday": agenda.sunday_after}
    if day:
        near = status.is_near(day, agenda.moment)
        context["chip"] = status.chip(day, day.phase(agenda.moment), near=near)
    if day and day.is_cancelled:
        context["back"] = status.return_words(agenda.next_held_after(day))
    return TemplateResponse(request, "markets/embed_sunday.html", context)


@framed
def shop(request):
    """Say in a frame when the shop opens: the week, and the days that differ."""
    venue, today = request.agenda.shop, request.agenda.moment.date()
    context = {"shop": venue}
    if venue:
        hours = [row for row in venue.opening_hours.all() if is_valid_on(row, today)]
        special = venue.special_hours.all()
        context["week"] = week_groups(hours)
        context["special"] = coming_special(today, special, days=SPECIAL_DAYS)
    return TemplateResponse(request, "markets/embed_shop.html", context)


@require_safe
def instructions(request):
    """Show the lines that another site copies, and what they give."""
    frames = [
        {
            "id": name.partition(":")[2],
            "title": title,
            "path": reverse(name),
            "address": request.build_absolute_uri(reverse(name)),
            "width": width,
            "height": height,
        }
        for name, title, width, height in FRAMES
    ]
    return TemplateResponse(request, "markets/embeds.html", {"frames": frames})
