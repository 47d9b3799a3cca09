"""The two sheets: the truck from behind in a square, and from its side."""

from typing import NamedTuple

from agroferias.lettering import POSTER

from . import parts, truck
from .board import board
from .content import Poster
from .inks import DAY, INK, LIME, NIGHT, PANELS, ROAD, SUN
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
    sun: its centre. Whatever matters is as wide as high in the middle, since
    WhatsApp cuts wide pictures to a square.
    """

    width: int
    height: int
    panel_width: int
    panel_top: int
    panel_bottom: int
    frame: int
    size: int
    sun: tuple[int, int]


FORMATS = {
    "square": Format(1080, 1080, 984, 300, 850, 62, 44, (800, 250)),
    "wide": Format(1200, 630, 618, 116, 500, 44, 30, (205, 190)),
}


def sheet(poster: Poster, shape: str) -> str:
    """Return a poster as one SVG without text elements; shape is a key of FORMATS."""
    form = FORMATS[shape]
    sky = NIGHT if poster.is_cancelled else DAY
    draw = {"square": _from_behind, "wide": _from_the_side}[shape]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{form.width}"'
        f' height="{form.height}" viewBox="0 0 {form.width} {form.height}">'
        f"{_behind(form, sky)}{draw(poster, form, sky)}</svg>"
    )


def panel(poster: Poster, form: Format) -> Block:
    """Return the painted panel, as high as what is written on it."""
    width, frame = form.panel_width, form.frame
    room = form.panel_bottom - form.panel_top - 2.1 * frame
    written = board(poster, width - 2.3 * frame, room, form.size)
    height = written.height + 2.1 * frame
    painted = truck.panel(width, height, PANELS[poster.panel], frame)
    return Block(painted.svg + at(written, 1.15 * frame, 1.05 * frame), width, height)


def _from_behind(poster, form, sky):
    left = (form.width - form.panel_width) / 2
    tailgate = panel(poster, form)
    top = form.panel_bottom - tailgate.height
    bumper = truck.bumper(form.panel_width - 60, BUMPER, poster.plate)
    address = text(poster.address, form.panel_width * 0.56, Style(30, sky.words))
    return (
        at(parts.signature(78, sky.words), left, 22)
        + at(address, form.width - left - address.width, 46)
        + _load(poster, form, top, min(250, (top - 70) * 0.72))
        + at(tailgate, left, top)
        + at(bumper, left + 30, form.panel_bottom)
        + _road(poster, form, form.panel_bottom + BUMPER, form.width - 120)
    )


def _from_the_side(poster, form, sky):
    left = (form.width - form.panel_width) / 2
    side = panel(poster, form)
    top, road = form.panel_bottom - side.height, form.panel_bottom + 24
    cab = left + form.panel_width - 6, road + 16 - CAB[1]
    wheels = "".join(
        parts.picture("img/wheel.svg", left + x, road - 62, WHEEL, WHEEL)
        for x in WHEELS
    )
    return (
        at(parts.signature(62, sky.words), 30, 28)
        + _load(poster, form, top, min(138, top * 0.76))
        + _road(poster, form, road, form.height - 30)
        + at(side, left, top)
        + parts.picture("img/truck-cab.svg", *cab, *CAB)
        + wheels
    )


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


def _load(poster, form, top, size):
    """The heap, behind the panel's upper edge; a truck that stays away is empty."""
    names = () if poster.is_cancelled else poster.drawings
    heap = parts.heap(names, form.panel_width - 30, size)
    return at(heap, (form.width - heap.width) / 2, top - heap.height * 0.91)


def _road(poster, form, top, width):
    """The road, and on it what heads the bill, or when there is a market again."""
    room = form.height - top
    said = _bill(poster, width, form.size)
    words = at(said, (form.width - width) / 2, top + (room - said.height) / 2 + 6)
    return (
        f'<rect y="{top:.1f}" width="{form.width}" height="{room:.1f}" fill="{ROAD}"/>'
        f'<rect y="{top:.1f}" width="{form.width}" height="4" fill="{INK}"/>'
        + (words if said.height else _middle_line(form, top + room / 2))
    )


def _bill(poster, width, size):
    names = " · ".join(one.replace(" ", NBSP) for one in poster.best)
    label = poster.best_label if names else ""
    style = Style(size * 1.05, SUN, POSTER, max_lines=2, leading=1.08, is_centred=True)
    heading = text(label, width, Style(size * 0.62, LIME))
    said = text(poster.back or names, width, style)
    return stacked([(centred(heading, width), 0), (centred(said, width), size * 0.16)])


def _middle_line(form, y):
    return (
        f'<path d="M20 {y:.1f}H{form.width}" stroke="{SUN}" stroke-width="8"'
        ' stroke-dasharray="70 50" opacity=".7"/>'
    )
