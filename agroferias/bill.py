"""What heads the home page's bill, and its card's."""

from producers.alphabet import by_name
from producers.models import Offering, Product
from producers.season import Level

BILL_SIZE = 6
LOAD_SIZE = 13


def at_best(month: int) -> list[Product]:
    """Return products at their best in month, those of most producers first.

    As ProductQuerySet.for_cards() has them, enough for bill and load; one query.
    """
    offerings = Offering.objects.listed()
    products = Product.objects.listed().for_cards(offerings)
    best = products.with_level(month, offerings).filter(level=Level.PEAK)
    return list(best.order_by("-producer_count", *by_name())[: 2 * LOAD_SIZE])


def load_of(products: list[Product]) -> list[Product]:
    """Return what the truck carries of at_best()."""
    return [product for product in products if product.drawing][:LOAD_SIZE]
