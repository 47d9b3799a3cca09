"""When what a page of the catalogue tells was last written, by the rows' versions."""

from django.db.models import Max, OuterRef, Subquery
from django.db.models.functions import Greatest

from .models import Offering, Producer, ProducerPhoto, Product, ProductPhoto, Region

# {whose page: the rows that it shows, and the column that names whose they are}
PARTS = {
    Product: [(Product, "id"), (Offering, "product"), (ProductPhoto, "product")],
    Producer: [(Producer, "id"), (Offering, "producer"), (ProducerPhoto, "producer")],
    Region: [(Region, "id"), (Producer, "region")],
}


def with_told_at(rows):
    """Add told_at to a queryset of Product, Producer or Region, by slug.

    Rows that went count as well. Null if nothing was ever written of any.
    """
    written = (_latest(model, column) for model, column in PARTS[rows.model])
    return rows.annotate(told_at=Greatest(*written)).order_by("slug")


def _latest(model, column):
    versions = model.history.filter(**{column: OuterRef("pk")}).order_by()
    if model is Region:
        # They come with a migration: their first version is of the day of setting up.
        versions = versions.exclude(history_type="+")
    latest = versions.values(column).annotate(latest=Max("history_date"))
    return Subquery(latest.values("latest"))
