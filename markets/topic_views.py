"""Feeds and calendars of one product or one region."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import conditional_page, require_safe

from producers.models import Offering, Product, Region
from producers.told import with_told_at

from . import topic_calendars
from .models import Attendance, MarketDay
from .topic_feeds import ProductNews, RegionNews
from .views import ICS_TYPE

PRODUCT_NEWS = ProductNews()
REGION_NEWS = RegionNews()


@require_safe
@conditional_page
def product_calendar(request, slug):
    """Give a product's coming seasons."""
    product = _product(slug)
    if product is None:
        return _moved(slug, "markets:product_calendar")
    data = topic_calendars.of_product(product, request)
    return HttpResponse(data, content_type=ICS_TYPE)


@require_safe
def product_news(request, slug):
    """Give the news of a product."""
    product = _product(slug)
    if product is None:
        return _moved(slug, "markets:product_news")
    return PRODUCT_NEWS(request, product)


@require_safe
@conditional_page
def region_calendar(request, slug):
    """Give the market days to which the producers of a region come."""
    region = get_object_or_404(Region, slug=slug)
    coming = Attendance.objects.listed().coming().filter(producer__region=region)
    days = MarketDay.objects.for_calendar(request.agenda.moment.date())
    data = topic_calendars.of_region(region, days.bringing(coming), request)
    return HttpResponse(data, content_type=ICS_TYPE)


@require_safe
def region_news(request, slug):
    """Give the news of a region."""
    return REGION_NEWS(request, get_object_or_404(Region, slug=slug))


def _product(slug):
    products = Product.objects.listed().with_season(Offering.objects.listed())
    return with_told_at(products.filter(slug=slug)).first()


def _moved(slug, name):
    renamed = get_object_or_404(Product.objects.listed().formerly_at(slug))
    return redirect(name, renamed.slug, permanent=True)
