"""The picture of a page for whoever shows a link to it: what _card.html takes."""

from django import template

from agroferias.cards import facts
from agroferias.cards.links import path_of
from agroferias.poster import FORMATS

register = template.Library()


@register.simple_tag(takes_context=True)
def site_card(context):
    """Return the card of a page that has none of its own."""
    return _named(context, facts.of_site())


@register.simple_tag(takes_context=True)
def home_card(context, bill, load):
    """Return the card that says whether there is a market next."""
    agenda = context["request"].agenda
    return _named(context, facts.of_home(agenda, bill, load))


@register.simple_tag(takes_context=True)
def day_card(context, day, found):
    """Return the card of a market day, with what will be found there."""
    agenda = context["request"].agenda
    return _named(context, facts.of_day(day, agenda, found))


@register.simple_tag(takes_context=True)
def product_card(context, product, month, photo):
    """Return the card of a product with its season."""
    return _named(context, facts.of_product(product, month, photo))


@register.simple_tag(takes_context=True)
def producer_card(context, producer, offerings, month, photos):
    """Return the card of a producer; offerings and photos are those of the page."""
    photo = next(iter(photos), None)
    return _named(context, facts.of_producer(producer, offerings, month, photo))


@register.simple_tag(takes_context=True)
def region_card(context, region, producer_count, products):
    """Return the card of a region; products: what comes from it, the best first."""
    return _named(context, facts.of_region(region, producer_count, products))


def _named(context, subject):
    form = FORMATS["wide"]
    return {
        "address": context["request"].build_absolute_uri(path_of(subject)),
        "alt": facts.alt_text(subject),
        "width": form.width,
        "height": form.height,
    }
