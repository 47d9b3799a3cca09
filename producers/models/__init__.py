"""Who and what: regions, products, producers and what each producer offers."""

from .category import Category, Tint
from .certification import Certification
from .consent import Consent
from .contact import Contact, ContactKind, ProducerContact
from .former_slug import FormerProducerSlug, FormerProductSlug
from .offering import Offering, Unit
from .photo import Photo, ProducerPhoto, ProductPhoto
from .practice import Practice
from .producer import Landscape, Producer
from .product import Product
from .public_change import PublicChange
from .region import NaturalRegion, Region
from .sheet_upload import SheetUpload
from .variety import Variety

__all__ = [
    "Category",
    "Certification",
    "Consent",
    "Contact",
    "ContactKind",
    "FormerProducerSlug",
    "FormerProductSlug",
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
    "PublicChange",
    "Region",
    "SheetUpload",
    "Tint",
    "Unit",
    "Variety",
]
