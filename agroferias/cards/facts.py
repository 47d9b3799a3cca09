"""What each card says, and the version that follows from it.

Each is told by what its page has read already, so that a page names its card's
address without drawing it.
"""

from collections.abc import Iterable
from hashlib import blake2s
from typing import NamedTuple

from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from agroferias.day_poster import Cargo, poster_of
from agroferias.poster import Card, Poster
from markets.agenda import Agenda
from markets.models import MarketDay
from markets.share import PRODUCTS_NAMED
from producers.models import Producer, Product, Region
from producers.months import MONTHS
from producers.photos import thumbnail
from producers.season import Level, level_label, season_sentence

# Raise it when the drawing changes and no fact does.
LOOK = 1
NAMED = 4
# One row on the truck.
LOAD_SIZE = 4
SIGNS = {
    Level.NONE: ("over", "clock"),
    Level.LITTLE: ("moved", "leaf"),
    Level.YES: ("yes", "check"),
    Level.PEAK: ("yes", "check"),
}
HOME, SITE = "inicio", "sitio"
NAME = "Agroferias Campesinas"


class Subject(NamedTuple):
    """What a card is of: its place in the address, and what it says.

    owner: tells rows of one kind apart, whatever their address is.
    """

    kind: str
    key: str
    owner: str
    facts: Card | Poster


def version(subject: Subject) -> str:
    """Return twelve digits that differ whenever what is drawn does."""
    told = repr((LOOK, get_language(), subject.facts))
    return blake2s(told.encode(), digest_size=6).hexdigest()


def alt_text(subject: Subject) -> str:
    """Return what is written on a card."""
    facts = subject.facts
    if isinstance(facts, Poster):
        parts = [facts.state, facts.date, facts.hours, facts.place]
    else:
        parts = [facts.name, facts.state, *facts.lines]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def of_site() -> Subject:
    """Return the card of every page that has none of its own."""
    line = _("The weekly farmers' market of Lima: what there is, and who grows it.")
    load = ("papa-nativa", "palta-fuerte", "choclo", "granadilla")
    return Subject(SITE, "feria", "", Card(NAME, lines=(line,), drawings=load))


def of_home(agenda: Agenda, bill: Iterable[Product], load: Iterable[Product]):
    """Return the card of the next market day; the site's while there is none.

    bill, load: of the home page, the best first.
    """
    day, facts = agenda.next_day, of_site().facts
    if day:
        names = tuple(one.shown_name for one in bill)[:PRODUCTS_NAMED]
        cargo = Cargo(names, tuple(one.drawing for one in load))
        facts = poster_of(day, agenda, cargo=cargo)
    return Subject(HOME, "feria", "", facts)


def of_day(day: MarketDay, agenda: Agenda, groups: Iterable) -> Subject:
    """Return the card of a market day that came with its venue.

    groups: what will be found, as markets.plan.found() has it. Like of_home(), no
    query but the agenda's of a cancelled day.
    """
    key = str(day.date) if day.venue.is_main else f"{day.venue.slug}-{day.date}"
    facts = poster_of(day, agenda, cargo=_cargo(groups))
    return Subject("ferias", key, str(day.pk), facts)


def of_product(product: Product, month: int, photo=None) -> Subject:
    """Return the card of a product with its season, in month; no query."""
    level = product.season[month - 1]
    kind, icon = SIGNS[level]
    state = _("{month}: {level}").format(
        month=capfirst(str(MONTHS[month])), level=_lower(level_label(level))
    )
    facts = Card(
        name=product.shown_name,
        state=state,
        kind=kind,
        icon=icon,
        lines=(season_sentence(product.season),),
        season=tuple(product.season),
        month=month,
        label=_("Also called") if product.other_names else "",
        names=tuple(product.other_names[:NAMED]),
        drawings=(product.drawing,) * LOAD_SIZE if product.drawing else (),
        ground=product.tint,
        **_photographed(photo),
    )
    return Subject("productos", product.slug, str(product.pk), facts)


def of_producer(
    producer: Producer, offerings: Iterable, month: int, photo=None
) -> Subject:
    """Return the card of a producer that came with its region; no query.

    offerings: with their products; those of the season in month come first.
    photo: one that is public.
    """
    offerings = sorted(offerings, key=lambda one: -one.season[month - 1])
    products = [one.product for one in offerings]
    state, kind, icon = str(producer.get_kind_display()), "yes", "people"
    if producer.is_example:
        state, kind, icon = _("Invented, to show the site"), "moved", "alert"
    facts = Card(
        name=producer.name,
        state=state,
        kind=kind,
        icon=icon,
        lines=(producer.place,),
        # Also where there is a photo, should its file be missing.
        scene=f"img/scenes/{producer.landscape}.svg",
        label=_("Brings"),
        names=tuple(one.shown_name for one in products[:NAMED]),
        drawings=_drawings(products),
        ground="lila",
        **_photographed(photo),
    )
    return Subject("productores", producer.slug, str(producer.pk), facts)


def of_region(region: Region, producer_count: int, products: Iterable) -> Subject:
    """Return the card of a region, with what its producers bring; no query."""
    products = list(products)
    count = ngettext("{count} producer", "{count} producers", producer_count)
    facts = Card(
        name=region.name,
        state=", ".join(str(label) for label in region.natural_region_labels),
        icon="leaf",
        lines=(count.format(count=producer_count),),
        region=region.slug,
        label=_("What comes from {region}").format(region=region.name),
        names=tuple(one.shown_name for one in products[:NAMED]),
        drawings=_drawings(products),
        ground="limon",
    )
    return Subject("regiones", region.slug, str(region.pk), facts)


def _cargo(groups):
    """The best of what will be found; of the same level, what most bring."""
    products = [one for _category, found in groups for one in found]
    products.sort(key=lambda one: (-one.level, -len(one.bringers), one.product.slug))
    best = [one.product.shown_name for one in products if one.level == Level.PEAK]
    drawings = [one.product.drawing for one in products if one.product.drawing]
    return Cargo(tuple(best[:PRODUCTS_NAMED]), tuple(drawings))


def _photographed(photo):
    if photo is None:
        return {}
    smallest = thumbnail(photo.renditions)
    name = smallest["name"] if smallest else photo.image.name
    return {"photo": name, "focus": (photo.focus_x, photo.focus_y)}


def _drawings(products):
    return tuple(one.drawing for one in products if one.drawing)[:LOAD_SIZE]


def _lower(words):
    return words[:1].lower() + words[1:]
