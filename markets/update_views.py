"""The pages behind a producer's personal link: they ask no password, and give little.

The token in the address is all that is needed, so no cookie takes part: there is
nothing that another site could do in the producer's name, and CSRF tokens, which want
a cookie and a Referer, would only keep old telephones out.
"""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import NamedTuple

from django.core.cache import cache
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from .agenda import Agenda
from .models import MarketDay, UpdateLink
from .proposals import (
    DayGoneError,
    LinkClosedError,
    TooManyAnswersError,
    has_sent_enough,
    send,
)
from .status import is_near
from .update_form import CappedUpload, UpdateForm


class Stop(NamedTuple):
    """A page instead of the form: its status, and what it says."""

    status: int
    heading: str
    words: str


UNKNOWN = Stop(
    404,
    _("This link leads nowhere"),
    _("Perhaps a piece of it is missing. Open it from the message that brought it."),
)
CLOSED = Stop(
    410,
    _("This link works no more"),
    _("You have a newer one, or it was withdrawn. Write to the market for another."),
)
EXPIRED = Stop(
    410,
    _("This link ran out"),
    _("They last two months. Write to the market: you get another at once."),
)
ENOUGH = Stop(
    429,
    _("That is enough for today"),
    _("We have what you sent. You can change it again tomorrow."),
)

TRIED = Stop(
    429,
    _("That is enough for today"),
    _("If something does not work, write to the market, or try again tomorrow."),
)
# Answers that are refused are not stored, but their photos take time to look at.
TRIES_A_DAY = 60
DAY_SECONDS = 24 * 60 * 60


def personal(view: Callable) -> Callable:
    """Give a view the UpdateLink of the address's token, if it works.

    Nothing of it is kept, found or told to another site.
    """

    @csrf_exempt
    @wraps(view)
    def wrapper(request, token):
        link = UpdateLink.objects.by_token(token)
        today = request.agenda.moment.date()
        if link and link.works(today):
            response = view(request, link)
        else:
            response = _stop(request, _why_not(link, today))
        response["Cache-Control"] = "private, no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return wrapper


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def update(request, link):
    """Ask a producer whether they come and what they have; let the answer wait."""
    agenda = request.agenda
    if request.method == "POST" and (stop := _too_much(link, agenda.moment.date())):
        return _stop(request, stop)
    day = asked_day(agenda)
    waiting = _waiting(link)
    form = _form(request, link, day, waiting)
    if form.is_bound and form.is_valid() and (sent := _sent(request, link, form)):
        return sent
    context = {
        "producer": link.producer,
        "form": form,
        "day": day,
        "cancelled": agenda.next_day if agenda.next_day != day else None,
        "is_near": bool(day) and is_near(day, agenda.moment),
        "phase": day and day.phase(agenda.moment),
        "month": agenda.moment.month,
        "waiting": waiting,
        "decided": link.producer.proposals.decided().for_cards().first(),
    }
    return TemplateResponse(request, "markets/update.html", context)


@personal
@require_safe
def update_sent(request, link):
    """Thank a producer, and say back what waits for staff."""
    proposal = _waiting(link)
    if proposal is None:
        return redirect(link)
    context = {"proposal": proposal, "link": link}
    return TemplateResponse(request, "markets/update_sent.html", context)


def _too_much(link, today):
    """Return the page instead of one more answer today; None if it may come."""
    if has_sent_enough(link, today):
        return ENOUGH
    # As far as this process remembers: that is enough against whoever never stops.
    key = f"update-tries-{link.nonce}-{today}"
    tries = cache.get(key, 0) + 1
    cache.set(key, tries, DAY_SECONDS)
    return TRIED if tries > TRIES_A_DAY else None


def asked_day(agenda: Agenda) -> MarketDay | None:
    """Return the main market's next day that is held, which is what to ask about."""
    day = agenda.next_day
    return agenda.next_held_after(day) if day and day.is_cancelled else day


def _form(request, link, day, waiting):
    given = {
        "day": day,
        "offerings": link.producer.offerings.for_producer(),
        "month": request.agenda.moment.month,
        "waiting": waiting,
    }
    if request.method != "POST":
        return UpdateForm(**given)
    cap = CappedUpload(request)
    # Before anything reads the body.
    request.upload_handlers.insert(0, cap)
    files = request.FILES
    return UpdateForm(request.POST, files, is_too_heavy=cap.is_full, **given)


def _sent(request, link, form):
    """Send what was said; return the page that follows, None for the form again."""
    try:
        send(link=link, answer=form.answer(), moment=request.agenda.moment)
    except TooManyAnswersError:
        return _stop(request, ENOUGH)
    except LinkClosedError:
        return _stop(request, CLOSED)
    except DayGoneError:
        form.refuse_day()
        return None
    return redirect("markets:update_sent", link.token)


def _waiting(link):
    return link.producer.proposals.waiting().for_cards().first()


def _why_not(link: UpdateLink | None, today: dt.date) -> Stop:
    if link is None:
        return UNKNOWN
    is_open = link.revoked_at is None
    return EXPIRED if is_open and link.is_expired(today) else CLOSED


def _stop(request, stop):
    context = {"stop": stop}
    return TemplateResponse(
        request, "markets/update_stop.html", context, status=stop.status
    )
