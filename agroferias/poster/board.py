"""What is written on the truck's panel."""

from collections.abc import Callable

from agroferias.lettering import POSTER, TEXT

from . import parts
from .content import Poster
from .inks import INK, LAKE, LIME, PAPER, QUIET, SUN, WHITE
from .typeset import Block, Style, painted, stacked, text

SHRINK = 0.94


def board(poster: Poster, width: float, height: float, size: float) -> Block:
    """Return all that the panel says in at most width and height.

    size: of its plain words, which shrink until all of it fits; the rest follows.
    """
    return fitted(lambda size: _board(poster, width, size), height, size)


def fitted(compose: Callable[[float], Block], height: float, size: float) -> Block:
    """Return what compose makes of the first size, from size down, that is low enough.

    Each size is SHRINK of the one before; what compose makes must shrink with it.
    """
    block = compose(size)
    while block.height > height:
        size *= SHRINK
        block = compose(size)
    return block


def _board(poster, width, size):
    chip = parts.chip(poster.state, poster.kind, poster.icon, width, size * 0.92)
    date, gap = _date(poster, width, size), size * 0.45
    reasons = [(_reason(one, width, size), size * 0.4) for one in poster.reasons]
    facts = [
        (_fact("clock", poster.hours, width, size), gap),
        (_place(poster, width, size), size * 0.35),
    ]
    small_print = _small_print(poster.small_print, width, size * 0.62)
    return stacked([(chip, 0), (date, gap), *facts, *reasons, (small_print, gap)])


def _date(poster, width, size):
    """The date, painted if it is sure, with a stroke through it if it is off."""
    if not poster.is_sure:
        style = Style(size * 2.1, PAPER, POSTER, max_lines=2, leading=1)
        return text(poster.date, width, style)
    block = painted(poster.date, poster.palette, width, size * 4.2)
    if not poster.is_cancelled:
        return block
    return block._replace(svg=block.svg + _stroke(block.width, block.height))


def _stroke(width, height):
    thick = height * 0.1
    return (
        f'<g transform="rotate(-3 {width / 2:.1f} {height / 2:.1f})"><rect'
        f' y="{(height - thick) / 2:.1f}" width="{width:.1f}" height="{thick:.1f}"'
        f' rx="{thick / 3:.1f}" fill="{WHITE}" stroke="{INK}"'
        f' stroke-width="{thick / 4:.1f}"/></g>'
    )


def _reason(words, width, size):
    return text(words, width, Style(size * 0.72, PAPER, TEXT, max_lines=3))


def _fact(icon, words, width, size):
    block = text(words, _after_icon(width, size), Style(size, PAPER, max_lines=2))
    return parts.with_icon(icon, block, size, LIME)


def _place(poster, width, size):
    """Where it is held; above it, struck, where it is not held this time."""
    room, small = _after_icon(width, size), size * 0.78
    is_other = bool(poster.left_place)
    strong = Style(size, SUN if is_other else PAPER, max_lines=3)
    left = Style(small, QUIET, TEXT, is_struck=True)
    said = stacked(
        [
            (text(poster.left_place, room, left), 0),
            (text(poster.place, room, strong), size * 0.25),
            (text(poster.district, room, Style(small, PAPER, TEXT)), size * 0.12),
        ]
    )
    return parts.with_icon("pin", said, size, LIME)


def _small_print(words, width, size):
    block = text(words, _after_icon(width, size), Style(size, QUIET, TEXT, max_lines=2))
    return parts.with_icon("alert", block, size, LAKE)


def _after_icon(width, size):
    return width - size * 1.55
