"""From a card's address to what it is of: only what the public may see has one."""

import re

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404

from agroferias.bill import BILL_SIZE, at_best, load_of
from markets.agenda import Agenda
from markets.models import MarketDay
from markets.plan import found
from producers.alphabet import by_name
from producers.models import Offering, Producer, Product, Region
from producers.views import PRODUCTS_PER_PAGE

from . import facts, store
from .facts import Subject

DAY = re.compile(r"(?:(?P<venue>.+)-)?(?P<date>\d{4}-\d\d-\d\d)")


def subject_of(kind: str, key: str, agenda: Agenda) -> Subject:
    """Return what a card is of, as it is now; its key may be another than key.

    Raises Http404 for what is not public, or is not at all.
    """
    try:
        find = KINDS[kind]
    except KeyError as error:
        raise Http404 from error
    return find(key, agenda)


def _home(_key, agenda):
    best = at_best(agenda.moment.month)
    return facts.of_home(agenda, best[:BILL_SIZE], load_of(best))


def _site(_key, _agenda):
    return facts.of_site()


def _day(key, agenda):
    named = DAY.fullmatch(key)
    if not named:
        raise Http404
    days = MarketDay.objects.at(named["venue"]).select_related("venue")
    try:
        day = get_object_or_404(days, date=named["date"])
    except ValidationError as error:  # the 31st of February
        raise Http404 from error
    attendances = day.attendances.listed().for_page()
    coming = [one for one in attendances if one.is_coming]
    offerings = day.offerings().for_market_day()
    return facts.of_day(day, agenda, found(offerings, coming, day.date.month))


def _product(key, agenda):
    listed = Product.objects.listed().with_season(Offering.objects.listed())
    product = listed.filter(slug=key).first() or listed.formerly_at(key).first()
    if product is None:
        raise Http404
    photo = product.photos.listed().first()
    return facts.of_product(product, agenda.moment.month, photo)


def _producer(key, agenda):
    producer = Producer.objects.select_related("region").once_at(key).first()
    if producer is None:
        raise Http404
    if not producer.is_listed:
        store.remove("productores", producer.pk)
        raise Http404
    offerings = producer.offerings.active().for_producer()
    photo = producer.photos.listed().first()
    return facts.of_producer(producer, offerings, agenda.moment.month, photo)


def _region(key, agenda):
    region = get_object_or_404(Region, slug=key)
    offerings = Offering.objects.listed().filter(producer__region=region)
    products = Product.objects.listed().offered(offerings)
    best = products.with_level(agenda.moment.month, offerings).order_by(
        "-level", *by_name()
    )
    count = Producer.objects.listed().filter(region=region).count()
    return facts.of_region(region, count, best[:PRODUCTS_PER_PAGE])


KINDS = {
    facts.HOME: _home,
    facts.SITE: _site,
    "ferias": _day,
    "productos": _product,
    "productores": _producer,
    "regiones": _region,
}
