"""The short text of a market day that staff copy into WhatsApp."""

from django.db.models import Count
from django.utils.translation import gettext as _

from producers.alphabet import by_name
from producers.models import Product
from producers.season import Level

from .models import MarketDay
from .schedule import Phase
from .words import announcement

PRODUCTS_NAMED = 5


def message(day: MarketDay, phase: Phase, address: str) -> str:
    """Return state, date, hours, place and reason, then the best products, the page.

    address: of the day's public page, in full. One query, none if it is cancelled.
    """
    parts = [announcement(day, phase), _best(day), address]
    return "\n".join(part for part in parts if part)


def best_products(day: MarketDay):
    """Return the products at their best on a day, those that most bring first."""
    best = day.offerings().in_month(day.date.month, at_least=max(Level))
    products = Product.objects.filter(offerings__in=best)
    counted = products.annotate(bringer_count=Count("offerings"))
    return counted.order_by("-bringer_count", *by_name())


def best_names(day: MarketDay) -> list[str]:
    """Return the names of a few of the best products; none if it is cancelled."""
    if day.is_cancelled:
        return []
    return [one.shown_name for one in best_products(day)[:PRODUCTS_NAMED]]


def drawn_products(day: MarketDay):
    """Return the products that a day brings and that have a drawing, the best first."""
    offerings = day.offerings()
    products = Product.objects.exclude(drawing="").offered(offerings)
    levelled = products.with_level(day.date.month, offerings)
    return levelled.with_producer_count(offerings).order_by(
        "-level", "-producer_count", *by_name()
    )


def _best(day):
    names = best_names(day)
    if not names:
        return ""
    return _("At its best: {products}.").format(products=", ".join(names))
