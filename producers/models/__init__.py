"""Who and what: regions, products, producers and what each producer offers."""

from .contact import Contact, ContactKind
from .offering import Offering, Unit
from .photo import Photo, ProducerPhoto, ProductPhoto
from .producer import (
    Certification,
    Consent,
    Landscape,
    Practice,
    Producer,
    ProducerContact,
)
from .product import Category, Product, Tint, Variety
from .region import NaturalRegion, Region

__all__ = [
    "Category",
    "Certification",
    "Consent",
    "Contact",
    "ContactKind",
    "Landscape",
    "NaturalRegion",
    "Offering",
    "Photo",
    "Practice",
    "Producer",
    "ProducerContact",
    "ProducerPhoto",
    "Product",
    "ProductPhoto",
    "Region",
    "Tint",
    "Unit",
    "Variety",
]
