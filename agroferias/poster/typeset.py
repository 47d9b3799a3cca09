"""Blocks of a drawing, and text set into a width: it breaks, shrinks, or is cut."""

from collections.abc import Iterable
from typing import NamedTuple

from agroferias import lettering
from agroferias.lettering import EM, STRONG, shape

SHRINK = 0.93
NARROW = 0.96
ELLIPSIS = "…"
# What stands between two names, for one line only.
BETWEEN = " ·"
# Shares of a text's size: its base line, and a stroke through it.
BASE_LINE, STROKE_RISE, STROKE = 0.76, 0.32, 0.09


class Block(NamedTuple):
    """A piece of a drawing, its upper left corner at 0, 0, and the room it takes."""

    svg: str
    width: float
    height: float


NOTHING = Block("", 0, 0)


class Style(NamedTuple):
    """How a text looks. size in pixels; it may shrink to a share of it, smallest."""

    size: float
    fill: str
    face: str = STRONG
    max_lines: int = 1
    leading: float = 1.18
    smallest: float = 0.6
    is_centred: bool = False
    is_struck: bool = False


def at(block: Block, x: float, y: float) -> str:
    """Return a block as SVG, put somewhere."""
    return f'<g transform="translate({x:.1f} {y:.1f})">{block.svg}</g>'


def stacked(blocks: Iterable[tuple[Block, float]]) -> Block:
    """Return blocks below each other, each with its gap above; empty ones take none."""
    shown = [(block, gap) for block, gap in blocks if block.height]
    y, parts = 0, []
    for number, (block, gap) in enumerate(shown):
        y += gap if number else 0
        parts.append(at(block, 0, y))
        y += block.height
    return Block("".join(parts), max((one.width for one, _ in shown), default=0), y)


def beside(first: Block, second: Block, gap: float) -> Block:
    """Return two blocks in a row, their tops at one height."""
    x = first.width + gap
    height = max(first.height, second.height)
    return Block(first.svg + at(second, x, 0), x + second.width, height)


def centred(block: Block, width: float) -> Block:
    """Return a block in the middle of a width; nothing of nothing."""
    if not block.height:
        return block
    return Block(at(block, (width - block.width) / 2, 0), width, block.height)


def text(words: str, width: float, style: Style) -> Block:
    """Return words in at most style.max_lines lines, none wider than width.

    Shrunk until they fit, if style.smallest allows; else long words are broken, and
    what is left over is cut.
    """
    if not words.strip():
        return NOTHING
    lines, size = _fitted(words, width, style)
    outlines = [shape(line.strip(BETWEEN), style.face) for line in lines]
    scale = size / EM
    widest = max(one.right - one.left for one in outlines) * scale
    parts = [
        _line(one, widest, size * (BASE_LINE + number * style.leading), scale, style)
        for number, one in enumerate(outlines)
    ]
    height = size * (1 + (len(lines) - 1) * style.leading)
    return Block(f'<g fill="{style.fill}">{"".join(parts)}</g>', widest, height)


def painted(words: str, palette: str, width: float, height: float) -> Block:
    """Return painted lettering as large as width and height allow."""
    _left, _top, own_width, own_height = lettering.frame(shape(words))
    scale = min(width / own_width, height / own_height)
    svg = f'<g transform="scale({scale:.4f})">{lettering.lettering(words, palette)}</g>'
    return Block(svg, own_width * scale, own_height * scale)


def _line(outline, widest, y, scale, style):
    """One line with its base line at y, a stroke through it if it is struck."""
    width = (outline.right - outline.left) * scale
    x = (widest - width) / 2 if style.is_centred else 0
    svg = (
        f'<path transform="translate({x - outline.left * scale:.1f} {y:.1f})'
        f' scale({scale:.4f})" d="{outline.path}"/>'
    )
    if style.is_struck:
        size = scale * EM
        svg += (
            f'<rect x="{x:.1f}" y="{y - size * STROKE_RISE:.1f}" width="{width:.1f}"'
            f' height="{size * STROKE:.1f}"/>'
        )
    return svg


def _fitted(words, width, style):
    """Return the lines, and the size at which they fit."""
    size, smallest = style.size, style.size * style.smallest
    while True:
        units = width * EM / size
        lines = lettering.lines(words, units, style.face)
        if len(lines) <= style.max_lines and _widest(lines, style.face) <= units:
            return _balanced(words, lines, style.face), size
        if size <= smallest:
            return _cut(words, units, style), size
        size = max(size * SHRINK, smallest)


def _balanced(words, lines, face):
    """Return the same words in as many lines, as narrow as that allows."""
    units = _widest(lines, face)
    while len(lines) > 1:
        units *= NARROW
        narrower = lettering.lines(words, units, face)
        if len(narrower) > len(lines) or _widest(narrower, face) > units:
            break
        lines = narrower
    return lines


def _cut(words, units, style):
    """Return at most so many lines of so many units, whatever the words are."""
    face = style.face
    pieces = [
        piece for word in lettering.words(words) for piece in _pieces(word, units, face)
    ]
    lines = lettering.lines(" ".join(pieces), units, face)
    kept = lines[: style.max_lines]
    if len(kept) < len(lines):
        while kept[-1] and _widest([kept[-1] + ELLIPSIS], face) > units:
            kept[-1] = kept[-1][:-1].rstrip()
        kept[-1] += ELLIPSIS
    return kept


def _pieces(word, units, face):
    """Return a word in pieces of at most units, a letter at least."""
    if _widest([word], face) <= units:
        return [word]
    pieces, taken = [""], 0
    for letter in word:
        # Letter by letter, which is no less than what they take together.
        taken += _widest([letter], face)
        if pieces[-1] and taken > units:
            pieces.append("")
            taken = _widest([letter], face)
        pieces[-1] += letter
    return pieces


def _widest(lines, face):
    outlines = [shape(line, face) for line in lines]
    return max(max(one.right - one.left, one.advance) for one in outlines)
