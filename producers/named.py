"""What is called as somebody types: products, producers, places, varieties, as links.

By the beginnings of names, in one query for all kinds; by their sound and what their
letters have in common, in another one.
"""

from enum import IntEnum
from typing import NamedTuple

from django.db.models import F, IntegerField, QuerySet, TextField, Value
from django.urls import reverse
from django.utils.http import urlencode

from . import search
from .localised import shown_column
from .models import Producer, Product, Region, Variety
from .models.producer_queryset import NAMES as PRODUCER_NAMES
from .models.producer_queryset import PLACES
from .models.product import NAMES as PRODUCT_NAMES
from .models.variety import NAMES as VARIETY_NAMES
from .search import Names, Rank

PER_KIND = 12
# So many rows of a kind are ranked: of those beginning with «familia», any will do.
CANDIDATES = 200
NO = Value("", output_field=TextField())
SHORTEST = 2
SHORTEST_ALIKE = 3


class Kind(IntEnum):
    """What a name is of, in the order in which answers are given."""

    PRODUCT = 0
    PRODUCER = 1
    REGION = 2
    PLACE = 3
    VARIETY = 4


class Named(NamedTuple):
    """One thing by its name, with what or where it is of."""

    rank: float
    kind: Kind
    name: str
    of: str
    slug: str

    @property
    def answer_rank(self) -> float:
        """Its rank, as rows that answer a search have it."""
        return self.rank

    @property
    def is_loose(self) -> bool:
        """Whether what was typed begins no name but a later word; varieties are."""
        return self.rank >= Rank.WORD or self.kind == Kind.VARIETY

    def get_absolute_url(self) -> str:
        """Return where it is shown: its own page, or the list that it narrows."""
        if self.kind == Kind.PLACE:
            query = urlencode({"q": self.name, "region": self.slug})
            return f"{reverse('producers:producer_list')}?{query}"
        view = {
            Kind.PRODUCER: "producers:producer_detail",
            Kind.REGION: "producers:region_detail",
        }.get(self.kind, "producers:product_detail")
        return reverse(view, args=[self.slug])


def named(text: str) -> list[Named]:
    """Return what has a name that begins as typed: products first, then the others.

    All that have a word like it only behind the first follow, in the same order: the
    region Puno comes before «queso de Puno». Public rows, a dozen of a kind; one
    query. Nothing for a single letter.
    """
    if len(text) < SHORTEST:
        return []

    def fits(names):
        return search.begins(text, names)

    def rank(names, _own):
        return search.Ranked(names, Value(text))

    rows = _rows(text, fits, rank)
    return sorted(rows, key=lambda row: (row.is_loose, row.kind, row.rank))


def alike(text: str) -> list[Named]:
    """Return what sounds or is written nearly like text, the most alike first.

    Public rows; rank goes from 0, the same sound, to below 1. Two queries, none for
    less than three letters.
    """
    if sum(one.isalnum() for one in text) < SHORTEST_ALIKE:
        return []

    def fits(names):
        return search.similar(text, names)

    def rank(names, own):
        return search.Distance(names, own, Value(text))

    with search.loosely():
        return _rows(text, fits, rank)


def _rows(text, fits, rank):
    first, *others = [
        source.rows(fits)
        .order_by()
        .annotate(
            rank=rank(source.names, Names(source.own)),
            kind_of_name=Value(int(source.kind), output_field=IntegerField()),
            shown=source.shown,
            of=source.of,
            address=F(source.address),
        )
        .order_by("rank", "shown")
        .values_list("rank", "kind_of_name", "shown", "of", "address")[:PER_KIND]
        for source in _sources(text)
    ]
    rows = first.union(*others).order_by("rank", "kind_of_name", "shown", "of")
    found = [Named(rank, Kind(kind), *rest) for rank, kind, *rest in rows]
    # The province of Cajamarca says no more than its region.
    return [one for one in found if one.name != one.of]


class _Source(NamedTuple):
    """Where the names of one kind are: all of them, the own one, what is shown."""

    kind: Kind
    queryset: QuerySet
    names: Names
    own: object
    shown: object
    of: object
    address: str

    def rows(self, fits):
        """Return the rows that fit, so few that ranking them takes no time."""
        fitting = self.queryset.filter(fits(self.names))
        if self.kind not in {Kind.PRODUCER, Kind.PLACE}:
            return fitting
        few = fitting.order_by().values("pk")[:CANDIDATES]
        return self.queryset.model.objects.filter(pk__in=few).distinct()


def _sources(text):
    products, producers = Product.objects.listed(), Producer.objects.listed()
    name, region, slug = F("name"), F("region__name"), "region__slug"
    product_name = shown_column(Product, "name")
    variety_of = shown_column(Product, "name", path="product__")
    varieties = Variety.objects.filter(product__is_listed=True)
    places = search.Nearest(Value(text), "province", "district", "locality")
    everywhere = Region.objects.all()
    return [
        _Source(Kind.PRODUCT, products, PRODUCT_NAMES, name, product_name, NO, "slug"),
        _Source(Kind.PRODUCER, producers, PRODUCER_NAMES, name, name, region, "slug"),
        _Source(Kind.REGION, everywhere, Names("name"), name, name, NO, "slug"),
        _Source(Kind.PLACE, producers, PLACES, places, places, region, slug),
        _Source(
            Kind.VARIETY,
            varieties,
            VARIETY_NAMES,
            name,
            name,
            variety_of,
            "product__slug",
        ),
    ]
