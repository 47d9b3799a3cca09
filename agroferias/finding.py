"""What answers a search: products, producers, places, varieties, market days."""

import datetime as dt
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from markets.models import MarketDay
from markets.typed_dates import typed_dates
from producers.alphabet import by_name
from producers.filters import ProducerFilter, ProductFilter
from producers.models import Offering, Producer, Product
from producers.named import Kind, Named, alike, named
from producers.search import Rank, telling_words

FOUND_PRODUCTS = 24
FOUND_PRODUCERS = 12
FOUND_DAYS = 6
GUESSES = 3
# Up to here it sounds the same, and is answered in place of what was typed; up to
# there it is so much alike that it is worth asking, though there are answers.
SAME_SOUND = 0.25
MUCH_ALIKE = 0.45
# So little less alike than the first, another name may as well have been meant.
LITTLE_LESS = 0.15


class Shelf(NamedTuple):
    """Where a search looks: the rows that fit the filters, and the month shown.

    kept: the filters as pairs of the address; chips: the way out of each.
    """

    products: QuerySet
    producers: QuerySet
    offerings: QuerySet
    month: int
    today: dt.date
    kept: list[tuple[str, str]]
    chips: list

    @property
    def query(self) -> str:
        """The filters as a piece of an address."""
        return urlencode(self.kept)


class Group(NamedTuple):
    """The answers of one kind, the best first; order: groups come by it."""

    kind: str
    title: str
    rows: list
    order: int


class Found(NamedTuple):
    """All answers, and names that were perhaps meant.

    instead: the name that is answered in place of what was typed, if nothing was
    found of that.
    """

    groups: list[Group]
    guesses: list[Named]
    instead: str

    @property
    def first(self):
        """The first answer of all, or None."""
        return self.groups[0].rows[0] if self.groups else None


def shelf_of(request, text: str) -> Shelf:
    """Return where to look for text: everywhere, or what the address's filters leave.

    Two queries if there are filters, none otherwise.
    """
    today = request.agenda.moment.date()
    known = ProductFilter.base_filters.keys() - {"q", "orden"}
    data = {name: request.GET.getlist(name) for name in known & request.GET.keys()}
    if not data:
        everywhere = Product, Producer, Offering
        rows = [model.objects.listed() for model in everywhere]
        return Shelf(*rows, month=today.month, today=today, kept=[], chips=[])
    return _narrowed(request, text, today)


def _narrowed(request, text, today):
    day = request.next_market_day
    month = today.month
    if day and request.GET.get("viene") == "1":
        month = day.date.month
    data = request.GET.copy()
    data["q"] = text
    coming = day.offerings() if day else Offering.objects.none()
    products = ProductFilter(data, coming=coming, month=month)
    coming = day.coming_producers() if day else Producer.objects.none()
    producers = ProducerFilter(data, coming=coming)
    chosen = products.without("q")
    kept = [(name, one) for name, value in chosen.items() for one in _list(value)]
    return Shelf(
        products=products.products(chosen),
        producers=producers.producers(producers.without("q")),
        offerings=products.offerings(chosen),
        month=products.month,
        today=today,
        kept=kept,
        # The first is that of q, if there is one.
        chips=products.chips[bool(text) :],
    )


def _list(value):
    return value if isinstance(value, list) else [value]


def find(text: str, shelf: Shelf) -> Found:
    """Return what answers text, or else what answers the name most like it."""
    names = named(text)
    groups = _groups(text, shelf, names)
    if names and (groups or shelf.kept):
        return Found(groups, [], "")
    if groups and len(telling_words(text)) > 1:
        # Every word was found somewhere: «queso de Cajamarca».
        return Found(groups, [], "")
    guesses = _guesses(text)
    if guesses and (not groups or guesses[0].rank <= SAME_SOUND):
        meant, *others = guesses
        others = [one for one in others if _may_be_meant(one, meant)]
        groups = _groups(meant.name, shelf, named(meant.name))
        return Found(groups, others[:GUESSES], meant.name)
    near = [one for one in guesses if one.rank <= MUCH_ALIKE]
    return Found(groups, near[:GUESSES], "")


def _may_be_meant(other, first):
    # «Con aguaymanto» is among the answers for Aguaymanto.
    is_answered = first.name.casefold() in other.name.casefold()
    return not is_answered and other.rank <= first.rank + LITTLE_LESS


def _guesses(text):
    """Return the names that are alike, the most alike first, each once."""
    by_name = {}
    for one in alike(text):
        by_name.setdefault(one.name, one)
    return list(by_name.values())


def _groups(text, shelf, names):
    """Return the groups that have rows: those called so first, each in its order."""
    products, producers = _products(text, shelf, names), _producers(text, shelf, names)
    places = _of(names, Kind.REGION, Kind.PLACE)
    varieties = _of(names, Kind.VARIETY)
    groups = [
        Group("products", _("Products"), products, _order(products)),
        Group("producers", _("Producers"), producers, _order(producers)),
        Group("places", _("Places"), places, _order(places)),
        Group("varieties", _("Varieties"), varieties, Rank.FOUND),
        Group("days", _("Market days"), days_of(text, shelf.today), Rank.EXACT),
    ]
    return sorted((one for one in groups if one.rows), key=lambda one: one.order)


def _order(rows):
    """Return the best rank of rows: those called so are alike, so are those found."""
    best = min((row.answer_rank for row in rows), default=Rank.FOUND)
    return Rank.EXACT if best < Rank.WORD else min(best, Rank.FOUND)


def _of(names, *kinds):
    return [one for one in names if one.kind in kinds]


def _ranks(names, kind):
    return {one.slug: one.rank for one in _of(names, kind)}


def _products(text, shelf, names):
    """Return what answers; what only tells of it where nothing is it."""
    answering = shelf.products.answering(text, _ranks(names, Kind.PRODUCT))
    return _cards(answering, shelf) or _cards(shelf.products.telling_of(text), shelf)


def _cards(products, shelf):
    rows = products.with_level(shelf.month, shelf.offerings).for_cards(shelf.offerings)
    return list(rows.order_by("answer_rank", "-level", *by_name())[:FOUND_PRODUCTS])


def _producers(text, shelf, names):
    ranks = _ranks(names, Kind.PRODUCER)
    rows = shelf.producers.answering(text, ranks).for_cards()
    return list(rows.order_by("answer_rank", *by_name())[:FOUND_PRODUCERS])


def days_of(text: str, today: dt.date) -> list[MarketDay]:
    """Return the market days on the dates that text names, if it names any."""
    dates = typed_dates(text, today)
    if dates is None:
        return []
    days = MarketDay.objects.between(*dates).with_coming_count()
    return list(days[:FOUND_DAYS])
