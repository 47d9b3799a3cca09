"""Words as SVG outlines, drawn once and kept: painted lettering, and plain text."""

import re
from functools import cache, lru_cache
from hashlib import blake2s
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

FONTS = Path(__file__).parent / "fonts"
POSTER, TEXT, STRONG = "poster", "text", "strong"
# Each face: its file, and where it stands on the file's axes.
FACES = {
    POSTER: ("sansita-swashed-900.ttf", {}),
    TEXT: ("figtree-var.ttf", {"wght": 600}),
    STRONG: ("figtree-var.ttf", {"wght": 800}),
}
# Drawing units an em; outlines are rounded to whole units.
EM = 160
OUTLINE = 15
DROP = (7, 9)
# Any space but the one that holds «8 a. m.» together.
BREAKS = re.compile(r"[^\S\xa0]+")


# Drawn three times: the shadow, the line around, the cut gradient.
SVG = (
    '<svg class="lettering" viewBox="{} {} {} {}" width="{}" height="{}"'
    ' aria-hidden="true" focusable="false"><defs>'
    '<linearGradient id="g{}" gradientUnits="userSpaceOnUse"'
    ' x1="0" x2="0" y1="{}" y2="0">{}</linearGradient>'
    '<path id="t{}" d="{}"/></defs>'
    '<g stroke-linejoin="round" stroke-width="{}">'
    '<use href="#t{}" x="{}" y="{}" stroke="{}" fill="{}"/>'
    '<use href="#t{}" stroke="{}" fill="{}"/></g>'
    '<use href="#t{}" fill="url(#g{})"/></svg>'
)


class Palette(NamedTuple):
    """A cut gradient as (offset, colour) from cap height down, its line, its shadow."""

    stops: tuple[tuple[str, str], ...]
    outline: str
    shadow: str


def _cut(first, second, third, fourth):
    return (("18%", first), ("46%", second), ("54%", third), ("92%", fourth))


PALETTES = {
    "fire": Palette(
        _cut("#FFF04D", "#FFC400", "#FF7A1A", "#FF2D8E"), "#FFFEFA", "#19D3C5"
    ),
    "leaf": Palette(
        _cut("#F4FF7A", "#B4EC1C", "#4FD26B", "#19D3C5"), "#FFFEFA", "#FF2D8E"
    ),
    "grape": Palette(
        _cut("#FFC2E0", "#FF6BB5", "#E0218A", "#B06BFF"), "#FFFEFA", "#FFD60A"
    ),
    "paper": Palette((("0%", "#FFFEFA"),), "#210A30", "#FF2D8E"),
    "sun": Palette(
        _cut("#FFF9C2", "#FFE83D", "#FFC400", "#FF8A1F"), "#210A30", "#FF2D8E"
    ),
    "night": Palette(
        _cut("#FFFEFA", "#FFE9F4", "#FFD0E8", "#FFF04D"), "#210A30", "#FF2D8E"
    ),
}


class Outline(NamedTuple):
    """A shaped line of text: its path, its ink's box and its advance, in units."""

    path: str
    left: int
    top: int
    right: int
    bottom: int
    advance: int


@lru_cache(maxsize=2048)
def lettering(text: str, palette: str) -> SafeString:
    """Return text as an SVG of one line, hidden from screen readers.

    Put the same words beside it, visually hidden. The ids inside depend on text
    and palette only. Raises KeyError for a palette that is not in PALETTES.
    """
    outline, inks = shape(text), PALETTES[palette]
    key = blake2s(f"{text}/{palette}".encode(), digest_size=4).hexdigest()
    left, top, width, height = frame(outline)
    return format_html(
        SVG,
        *(left, top, width, height, width, height),
        *(key, cap_top(), _stops(inks)),
        *(key, outline.path, OUTLINE),
        *(key, *DROP, inks.shadow, inks.shadow),
        *(key, inks.outline, inks.outline),
        *(key, key),
    )


@lru_cache(maxsize=4096)
def shape(text: str, face: str = POSTER) -> Outline:
    """Return the outline of one line of text, kerned, in units of 1/EM of its size.

    What the face has no letter for, such as an emoji, is left out.
    """
    font = _font(face)
    scale = EM / font.face.upem
    pen, boxes, x = _PathPen(scale), [], 0
    for info, position in _glyphs(text, font):
        pen.origin = (x + position.x_offset, position.y_offset)
        font.draw_glyph_with_pen(info.codepoint, pen)
        box = font.get_glyph_extents(info.codepoint)
        if box.width:
            boxes.append((x + box.x_bearing, box.y_bearing, box.width, box.height))
        x += position.x_advance
    boxes = boxes or [(0, 0, x, 0)]
    return Outline(
        path="".join(pen.commands),
        left=round(min(box[0] for box in boxes) * scale),
        top=round(-max(box[1] for box in boxes) * scale),
        right=round(max(box[0] + box[2] for box in boxes) * scale),
        bottom=round(-min(box[1] + box[3] for box in boxes) * scale),
        advance=round(x * scale),
    )


def lines(text: str, width: float, face: str = POSTER) -> list[str]:
    """Return the words of text in lines of at most width units, where words allow."""
    broken = []
    for word in words(text) or [text]:
        longer = f"{broken[-1]} {word}" if broken else word
        if broken and shape(longer, face).advance <= width:
            broken[-1] = longer
        else:
            broken.append(word)
    return broken


def words(text: str) -> list[str]:
    """Return the words of a text; what a no-break space holds together is one."""
    return [word for word in BREAKS.split(text) if word]


@cache
def cap_top() -> int:
    """Return the y of a tall letter's top: above the base line, so negative."""
    return shape("h").top


def frame(outline: Outline) -> tuple[int, int, int, int]:
    """Return the left, top, width and height that outline, line and shadow take."""
    margin = OUTLINE // 2 + 1
    left, top = outline.left - margin, min(outline.top, cap_top()) - margin
    width = outline.right - outline.left + 2 * margin + DROP[0]
    height = max(outline.bottom, 0) - top + margin + DROP[1]
    return left, top, width, height


@cache
def _font(face):
    name, axes = FACES[face]
    font = hb.Font(hb.Face(hb.Blob.from_file_path(str(FONTS / name))))
    font.set_variations(axes)
    return font


def _glyphs(text, font):
    """The glyphs of a text with their positions, kerned, in the font's units."""
    buffer = hb.Buffer()
    # Marked-safe text is a subclass of str, which HarfBuzz refuses.
    buffer.add_str("".join(text))
    buffer.guess_segment_properties()
    hb.shape(font, buffer, {"kern": True, "liga": True})
    # Without a letter, HarfBuzz has no list of positions at all.
    both = zip(buffer.glyph_infos, buffer.glyph_positions or [], strict=True)
    return [one for one in both if one[0].codepoint]


def _stops(palette):
    return format_html_join("", '<stop offset="{}" stop-color="{}"/>', palette.stops)


class _PathPen:
    """Collects SVG path commands; names and arguments are fontTools' pen protocol."""

    def __init__(self, scale):
        self.scale = scale
        self.origin = (0, 0)
        self.commands = []
        self._here = self._start = (0, 0)

    def _add(self, letter, *points):
        """Add a relative command: shorter by a third than an absolute one."""
        (x0, y0), scale = self.origin, self.scale
        units = [(round((x0 + x) * scale), round(-(y0 + y) * scale)) for x, y in points]
        here_x, here_y = self._here
        steps = " ".join(f"{x - here_x} {y - here_y}" for x, y in units)
        self.commands.append(letter + steps.replace(" -", "-"))
        self._here = units[-1]

    def moveTo(self, point):  # noqa: N802 - the pen protocol's names
        self._add("m", point)
        self._start = self._here

    def lineTo(self, point):  # noqa: N802
        self._add("l", point)

    def qCurveTo(self, *points):  # noqa: N802
        self._add("q", *points)

    def curveTo(self, *points):  # noqa: N802
        self._add("c", *points)

    def closePath(self):  # noqa: N802
        self.commands.append("z")
        self._here = self._start
