"""What staff send and print of a market day, made from the record."""

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from markets import share
from markets.models import MarketDay
from markets.plan import found, plan_of
from markets.roster import Roster
from markets.words import long_date

from . import poster
from .day_poster import poster_of

# The shapes of the pictures, as a file's name tells them.
FILE_NAMES = {"square": "cuadrada", "wide": "ancha"}


def urls(site: AdminSite) -> list:
    """Return the addresses of a market day's bulletin, under an admin site's own."""

    def staff(view, *, name, address, cacheable=False):
        def with_site(request, pk, **kwargs):
            return view(request, site, pk, **kwargs)

        wrapped = site.admin_view(with_site, cacheable=cacheable)
        return path(f"markets/marketday/<int:pk>/{address}", wrapped, name=name)

    return [
        staff(page, name="bulletin", address="bulletin/"),
        staff(
            picture,
            name="bulletin_picture",
            address="bulletin/<slug:shape>.jpg",
            cacheable=True,
        ),
        staff(roster, name="roster", address="roster/"),
    ]


@require_safe
def page(request, site, pk):
    """Show what is sent of a market day: a text, two pictures, the list on paper."""
    day = _day_or_404(request, site, pk)
    phase = day.phase(request.agenda.moment)
    address = request.build_absolute_uri(day.get_absolute_url())
    context = site.each_context(request) | {
        "title": _("Bulletin of the week"),
        "subtitle": capfirst(long_date(day.date)),
        "opts": MarketDay._meta,
        "day": day,
        "phase": phase,
        "message": share.message(day, phase, address),
        "pictures": [_shown(day, *one) for one in poster.FORMATS.items()],
    }
    return TemplateResponse(request, "admin/markets/marketday/bulletin.html", context)


@require_safe
def picture(request, site, pk, shape):
    """Give one of a market day's pictures, to be shown or saved; drawn when asked."""
    day = _day_or_404(request, site, pk)
    if shape not in poster.FORMATS:
        raise Http404
    said = poster_of(day, request.agenda, host=request.get_host())
    svg = poster.sheet(said, shape)
    etag = quote_etag(poster.digest(svg))
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(poster.jpeg(svg), content_type="image/jpeg")
        name = _file_name(day, shape)
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response


@require_safe
def roster(request, site, pk):
    """Show the list by stall, to be printed and ticked at the market."""
    day = _day_or_404(request, site, pk)
    attendances = list(day.attendances.for_page())
    coming = [one for one in attendances if one.is_coming]
    offerings = day.offerings().for_market_day()
    shown = Roster(
        day,
        day.phase(request.agenda.moment),
        plan_of(day.venue.stalls.all(), attendances),
        found(offerings, coming, day.date.month),
    )
    context = site.each_context(request) | {
        "roster": shown,
        "address": request.build_absolute_uri(day.get_absolute_url()),
        "moment": request.agenda.moment,
    }
    return TemplateResponse(request, "admin/markets/marketday/roster.html", context)


def _day_or_404(request, site, pk):
    """Return the market day, for who may see it."""
    if not site.get_model_admin(MarketDay).has_view_permission(request):
        raise PermissionDenied
    return get_object_or_404(MarketDay.objects.select_related("venue"), pk=pk)


def _shown(day, shape, form):
    return {
        "shape": shape,
        "file_name": _file_name(day, shape),
        "width": form.width,
        "height": form.height,
    }


def _file_name(day, shape):
    venue = "" if day.venue.is_main else f"{day.venue.slug}-"
    return f"feria-{venue}{day.date}-{FILE_NAMES[shape]}.jpg"
