"""What the desk's front page says of the market, as far as a user may know it."""

from django.db.models import Max

from markets import share
from markets.models import MarketDay, Venue

from .holidays import decisions


def front(request) -> dict:
    """Return the next market day, its message, how far days exist, the holidays."""
    user, moment = request.user, request.agenda.moment
    context = {}
    if user.has_perm("markets.view_marketday"):
        days = MarketDay.objects.of_main_market()
        context["last_date"] = days.aggregate(last=Max("date"))["last"]
        context |= {"may_schedule": user.has_perm("markets.add_marketday")}
        context |= _next(request, moment) | {"shows_market": True}
    if user.has_perm("markets.view_venue"):
        venues = Venue.objects.all()
        context["holidays"] = decisions(user, moment.date(), venues)
    return context


def _next(request, moment):
    day = request.agenda.next_day
    if day is None:
        return {"day": None}
    phase = day.phase(moment)
    address = request.build_absolute_uri(day.get_absolute_url())
    return {"day": day, "phase": phase, "message": share.message(day, phase, address)}
