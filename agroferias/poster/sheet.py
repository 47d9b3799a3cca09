"""The two sheets: the truck from behind in a square, and from its side."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from agroferias.lettering import POSTER

from . import parts, truck
from .board import board
from .content import Poster
from .inks import DAY, INK, LIME, NIGHT, PANELS, ROAD, SUN, Sky
from .typeset import Block, Style, at, centred, stacked, text

NBSP = "\xa0"
HILLS = 1280, 420
BUMPER = 74
WHEEL = 78
# Where the wheels stand along the panel, two behind and one below the cab.
WHEELS = (34, 122, 500)
CAB = 288, 317
SUN_RADIUS = 0.14


class Format(NamedTuple):
    """A sheet in pixels, and the truck's panel in its middle.

    panel_top: how far up the panel may grow. size: of the panel's plain words.
    road_width: of the words on the road. sun: its centre. Whatever matters is as
    wide as high in the middle, since WhatsApp cuts wide pictures to a square.
    """

    width: int
    height: int
    panel_width: int
    panel_top: int
    panel_bottom: int
    frame: int
    size: int
    road_width: int
    sun: tuple[int, int]


FORMATS = {
    "square": Format(1080, 1080, 984, 300, 850, 62, 44, 960, (800, 250)),
    "wide": Format(1200, 630, 618, 116, 500, 44, 30, 600, (205, 190)),
}


def sheet(poster: Poster, shape: str) -> str:
    """Return a poster as one SVG without text elements; shape is a key of FORMATS."""
    form = FORMATS[shape]
    sky = NIGHT if poster.is_cancelled else DAY
    draw = {"square": _from_behind, "wide": _poster_from_the_side}[shape]
    return whole(draw(poster, form, sky), form, sky)


def whole(svg: str, form: Format, sky: Sky) -> str:
    """Return a whole sheet: what is drawn, before the sky and the hills."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{form.width}"'
        f' height="{form.height}" viewBox="0 0 {form.width} {form.height}">'
        f"{_behind(form, sky)}{svg}</svg>"
    )


def panel(poster: Poster, form: Format) -> Block:
    """Return the painted panel, as high as what is written on it."""

    def written(width, height):
        return board(poster, width, height, form.size)

    return painted_panel(written, form, poster.panel)


def painted_panel(
    written: Callable[[float, float], Block], form: Format, kind: str = ""
) -> Block:
    """Return a panel as high as what written makes of a width and a height on it.

    kind: a key of inks.PANELS.
    """
    width, frame = form.panel_width, form.frame
    room = form.panel_bottom - form.panel_top - 2.1 * frame
    block = written(width - 2.3 * frame, room)
    height = block.height + 2.1 * frame
    painted = truck.panel(width, height, PANELS[kind], frame)
    return Block(painted.svg + at(block, 1.15 * frame, 1.05 * frame), width, height)


def from_the_side(
    side: Block, form: Format, sky: Sky, *, names: Sequence[str], said: Block
) -> str:
    """Return the truck with its panel, the market's name, and words on the road.

    names: of the drawings it carries, the best first.
    """
    left = (form.width - form.panel_width) / 2
    top, road = form.panel_bottom - side.height, form.panel_bottom + 24
    cab = left + form.panel_width - 6, road + 16 - CAB[1]
    wheels = "".join(
        parts.picture("img/wheel.svg", left + x, road - 62, WHEEL, WHEEL)
        for x in WHEELS
    )
    return (
        at(parts.signature(62, sky.words), 30, 28)
        + _load(names, form, top, min(138, top * 0.76))
        + _road(said, form, road)
        + at(side, left, top)
        + parts.picture("img/truck-cab.svg", *cab, *CAB)
        + wheels
    )


def bill(label: str, words: str, form: Format) -> Block:
    """Return words for the road, below a label."""
    width, size = form.road_width, form.size
    style = Style(size * 1.05, SUN, POSTER, max_lines=2, leading=1.08, is_centred=True)
    heading = text(label, width, Style(size * 0.62, LIME))
    said = text(words, width, style)
    return stacked([(centred(heading, width), 0), (centred(said, width), size * 0.16)])


def _from_behind(poster, form, sky):
    left = (form.width - form.panel_width) / 2
    tailgate = panel(poster, form)
    top = form.panel_bottom - tailgate.height
    bumper = truck.bumper(form.panel_width - 60, BUMPER, poster.plate)
    address = text(poster.address, form.panel_width * 0.56, Style(30, sky.words))
    return (
        at(parts.signature(78, sky.words), left, 22)
        + at(address, form.width - left - address.width, 46)
        + _load(_names(poster), form, top, min(250, (top - 70) * 0.72))
        + at(tailgate, left, top)
        + at(bumper, left + 30, form.panel_bottom)
        + _road(_bill(poster, form), form, form.panel_bottom + BUMPER)
    )


def _poster_from_the_side(poster, form, sky):
    side, said = panel(poster, form), _bill(poster, form)
    return from_the_side(side, form, sky, names=_names(poster), said=said)


def _behind(form, sky):
    """The sky with its sun, or moon, and the terraced hills."""
    width = form.width * 1.18
    height = width * HILLS[1] / HILLS[0]
    place = (form.width - width) / 2, form.panel_bottom + 40 - height
    return (
        f'<rect width="{form.width}" height="{form.height}" fill="{sky.ground}"/>'
        f'<circle cx="{form.sun[0]}" cy="{form.sun[1]}"'
        f' r="{form.height * SUN_RADIUS:.1f}" fill="{sky.sun}"/>'
        + parts.picture(sky.hills, *place, width, height)
    )


def _names(poster):
    """What the truck carries; one that stays away is empty."""
    return () if poster.is_cancelled else poster.drawings


def _load(names, form, top, size):
    """The heap, behind the panel's upper edge."""
    heap = parts.heap(names, form.panel_width - 30, size)
    return at(heap, (form.width - heap.width) / 2, top - heap.height * 0.91)


def _road(said, form, top):
    """The road, and on it what heads the bill, or when there is a market again."""
    room = form.height - top
    words = at(said, (form.width - said.width) / 2, top + (room - said.height) / 2 + 6)
    return (
        f'<rect y="{top:.1f}" width="{form.width}" height="{room:.1f}" fill="{ROAD}"/>'
        f'<rect y="{top:.1f}" width="{form.width}" height="4" fill="{INK}"/>'
        + (words if said.height else _middle_line(form, top + room / 2))
    )


def _bill(poster, form):
    names = " · ".join(one.replace(" ", NBSP) for one in poster.best)
    return bill(poster.best_label if names else "", poster.back or names, form)


def _middle_line(form, y):
    return (
        f'<path d="M20 {y:.1f}H{form.width}" stroke="{SUN}" stroke-width="8"'
        ' stroke-dasharray="70 50" opacity=".7"/>'
    )
