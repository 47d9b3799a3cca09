from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import conditional_page, require_safe

from producers.pages import page_of

from . import ics, plain
from .models import MarketDay
from .plan import found, plan_of
from .roster import Roster
from .week import coming_special, week_of

DAYS_PER_PAGE = 12
# How far ahead the shop's page tells of special hours.
SPECIAL_DAYS = 60
# As long may a bot go on telling what it read.
TEXT_SECONDS = 60
TEXT_TYPE = "text/plain; charset=utf-8"
ICS_TYPE = "text/calendar; charset=utf-8"


@require_safe
@never_cache
def this_sunday(request):
    """Lead to the next market day that is not over; a short address to share."""
    return redirect(request.next_market_day or "markets:day_list")


@require_safe
@cache_control(max_age=TEXT_SECONDS, public=True)
def this_sunday_text(request):
    """Say all of the next market in plain text: for bots and the simplest phones."""
    address = request.build_absolute_uri(reverse("markets:this_sunday"))
    return HttpResponse(plain.text(request.agenda, address), content_type=TEXT_TYPE)


@require_safe
def day_list(request):
    """Show the coming market days, and the past ones with how many came."""
    moment = request.agenda.moment
    past = MarketDay.objects.over(moment)
    page, exists = page_of(
        past.with_coming_count(),
        request.GET.get("pagina"),
        size=DAYS_PER_PAGE,
        total=past.count(),
    )
    coming = MarketDay.objects.not_over(moment).with_coming_count()
    context = {
        "coming": coming[:DAYS_PER_PAGE],
        "page": page,
        "page_exists": exists,
        "moment": moment,
    }
    return TemplateResponse(
        request, "markets/day_list.html", context, status=200 if exists else 404
    )


@require_safe
def day_detail(request, date, venue=None):
    """Show one market day: whether, when and where, who comes, and with what."""
    day = _day_or_404(date, venue)
    address = day.get_absolute_url()
    if request.path != address:
        # Not for good: another market may become the main one.
        query = request.GET.urlencode()
        return redirect(f"{address}?{query}" if query else address)
    attendances = list(day.attendances.listed().for_page())
    offerings = list(day.offerings().for_market_day())
    coming = [one for one in attendances if one.is_coming]
    sought = _sought(request, attendances, offerings)
    context = {
        "day": day,
        "phase": day.phase(request.agenda.moment),
        "plan": plan_of(day.venue.stalls.all(), attendances, sought),
        "found": found(offerings, coming, day.date.month),
    }
    context["roster"] = Roster(**context, sought=sought)
    return TemplateResponse(request, "markets/day_detail.html", context)


@require_safe
@conditional_page
def calendar_file(request):
    """Give the calendar that people subscribe to."""
    days = MarketDay.objects.for_calendar(request.agenda.moment.date())
    return HttpResponse(ics.calendar(days, request), content_type=ICS_TYPE)


@require_safe
@conditional_page
def day_calendar(request, date, venue=None):
    """Give one market day as a calendar file."""
    day = _day_or_404(date, venue)
    response = HttpResponse(ics.calendar([day], request), content_type=ICS_TYPE)
    name = f"feria-{day.date}.ics"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def shop(request):
    """Show the shop: open now or when next, its week, its shelf."""
    agenda = request.agenda
    context = {"shop": agenda.shop}
    if agenda.shop:
        today = agenda.moment.date()
        special = agenda.shop.special_hours.all()
        context |= {
            "opening": agenda.shop_opening,
            "week": week_of(today, agenda.shop.opening_hours.all(), special),
            "special": coming_special(today, special, days=SPECIAL_DAYS),
            "shelf": agenda.shop.shelf_items.in_stock(),
            "moment": agenda.moment,
        }
    return TemplateResponse(request, "markets/shop.html", context)


def _day_or_404(date, venue):
    days = MarketDay.objects.at(venue).select_related("venue")
    return get_object_or_404(days, date=date)


def _sought(request, attendances, offerings):
    """Return the producers that ?productor= or ?producto= asks to be pointed out."""
    producer, product = (request.GET.get(name) for name in ("productor", "producto"))
    bring = {one.producer_id for one in offerings if one.product.slug == product}
    are = {one.producer_id for one in attendances if one.producer.slug == producer}
    return bring | are
