"""What stands on a poster beside the truck: drawings, icons, a chip, a signature."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from django.conf import settings

from agroferias.lettering import POSTER
from producers import drawings

from .inks import STATES
from .typeset import Block, Style, at, beside, text

OUTERMOST = re.compile(r'<svg[^>]*viewBox="([^"]*)"[^>]*>(.*)</svg>', re.DOTALL)
SYMBOL = re.compile(r'<symbol id="([^"]*)"[^>]*><path d="([^"]*)"')
ICON_BOX = 24
# So few stand in one row; of more, the front row takes one or two above half.
ONE_ROW = 4
FRONT_TILTS, BACK_TILTS = (-6, 6), (-13, 11)
NAME = "Agroferias Campesinas"


def picture(name: str, x: float, y: float, width: float, height: float) -> str:
    """Return a file of static/ as SVG, fitted into a box."""
    inside, view_box = _file(name)
    return (
        f'<svg x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
        f' viewBox="{view_box}">{inside}</svg>'
    )


def cover(name: str, size: float) -> str:
    """Return a file of static/ as SVG, filling a square from its middle."""
    inside, view_box = _file(name)
    return (
        f'<svg width="{size:.1f}" height="{size:.1f}" viewBox="{view_box}"'
        f' preserveAspectRatio="xMidYMid slice">{inside}</svg>'
    )


def icon(name: str, size: float, colour: str) -> Block:
    """Return one of the icons of icons.svg."""
    svg = (
        f'<path transform="scale({size / ICON_BOX:.3f})" d="{_icons()[name]}"'
        f' fill="none" stroke="{colour}" stroke-width="2.5" stroke-linecap="round"'
        ' stroke-linejoin="round"/>'
    )
    return Block(svg, size, size)


def with_icon(name: str, block: Block, size: float, colour: str) -> Block:
    """Return a text of some size with an icon before its first line, if it has one."""
    if not block.height:
        return block
    # The middle of the icon at the middle of the line's capitals.
    drop = size * 0.16
    lowered = Block(at(block, 0, drop), block.width, block.height + drop)
    return beside(icon(name, size * 1.15, colour), lowered, size * 0.4)


def chip(words: str, kind: str, icon_name: str, width: float, size: float) -> Block:
    """Return a state's words in its colours, after its icon."""
    ground, ink = STATES[kind]
    margin = size * 0.55
    style = Style(size, ink, max_lines=2)
    said = text(words, width - size * 2.1 - margin, style)
    wide, high = said.width + size * 2.1 + margin, said.height + margin
    mark = icon(icon_name, size * 1.2, ink)
    svg = (
        f'<rect width="{wide:.1f}" height="{high:.1f}" rx="{min(high / 2, size):.1f}"'
        f' fill="{ground}"/>'
        + at(mark, margin, (high - mark.height) / 2)
        + at(said, margin + size * 1.55, margin / 2 + size * 0.06)
    )
    return Block(svg, wide, high)


def heap(names: Sequence[str], width: float, size: float) -> Block:
    """Return drawings heaped up, the best in front; nothing without any.

    size: of one in front. The panel is to hide the lower edge.
    """
    if not names:
        return Block("", 0, 0)
    in_front = len(names) if len(names) <= ONE_ROW else (len(names) + 4) // 2
    front, back = names[:in_front], names[in_front:]
    lift = size * 0.56 if back else 0
    height = size * 1.08 + lift
    rows = _row(back, width, size * 0.88, height - lift, BACK_TILTS)
    rows += _row(front, width, size, height, FRONT_TILTS)
    return Block(rows, width, height)


def signature(size: float, ink: str) -> Block:
    """Return the market's mark and name."""
    edge = f'<rect width="{size}" height="{size}" rx="{size * 0.23:.1f}" fill="{ink}"/>'
    inside = picture("img/mark.svg", 3, 3, size - 6, size - 6)
    style = Style(size * 0.48, ink, POSTER, max_lines=2, leading=0.98)
    name = text(NAME, size * 3.4, style)
    return beside(Block(edge + inside, size, size), name, size * 0.24)


def _row(names, width, size, bottom, tilts):
    """Drawings side by side, overlapping if they must, standing on bottom."""
    step = min(size * 0.86, (width - size) / max(len(names) - 1, 1))
    left = (width - step * (len(names) - 1) - size) / 2
    parts = []
    for number, name in enumerate(names):
        x, sinks = left + step * number, size * 0.05 * (number % 2)
        drawn = picture(drawings.path(name), x, bottom - size + sinks, size, size)
        turn = f"{tilts[number % 2]} {x + size / 2:.1f} {bottom - size / 2:.1f}"
        parts.append(f'<g transform="rotate({turn})">{drawn}</g>')
    return "".join(parts)


@cache
def _file(name):
    """A drawing without its outermost element, and its view box."""
    view_box, inside = OUTERMOST.search(_read(name)).groups()
    return inside, view_box


@cache
def _icons():
    return dict(SYMBOL.findall(_read("img/icons.svg")))


def _read(name):
    path = Path(settings.BASE_DIR) / "static" / name
    return path.read_text(encoding="utf-8")
