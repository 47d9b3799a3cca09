"""The staff's pages for regions, products, producers and their offerings."""

from .offering import OfferingAdmin
from .producer import ProducerAdmin
from .product import CategoryAdmin, ProductAdmin, RegionAdmin, VarietyAdmin

__all__ = [
    "CategoryAdmin",
    "OfferingAdmin",
    "ProducerAdmin",
    "ProductAdmin",
    "RegionAdmin",
    "VarietyAdmin",
]
