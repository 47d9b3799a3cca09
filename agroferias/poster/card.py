"""The card of a product, a producer, a region or the site: the truck, named."""

from base64 import b64encode

from agroferias.lettering import POSTER, TEXT
from producers import peru_map
from producers.season import Level

from . import parts
from .board import fitted
from .content import Card
from .inks import AIRAMPO, DAY, INK, LAKE, LIME, PAPER, SUN, TINTS, WHITE
from .sheet import FORMATS, NBSP, bill, from_the_side, painted_panel, whole
from .typeset import Block, Style, painted, stacked, text

FORM = FORMATS["wide"]
# Of a longer name the painted letters would be too small.
PAINTED_LETTERS = 20
# The frame on the left: a photo, or a landscape.
FRAME = 34, 140, 240
FRAME_TILT = -4
MAP = 12, 110, 264, 384
STEPS = 12


def card(content: Card, photo: bytes = b"") -> str:
    """Return a card as one SVG without text elements, 1200 by 630.

    photo: content.photo as a JPEG, already square; without it the scene is shown.
    """
    ground = TINTS[content.ground]
    sun = SUN if content.ground in {"airampo", "rocoto"} else AIRAMPO
    sky = DAY._replace(ground=ground, sun=sun)
    side = painted_panel(lambda *room: _board(content, *room), FORM)
    names = " · ".join(one.replace(" ", NBSP) for one in content.names)
    said = bill(content.label if names else "", names, FORM)
    truck = from_the_side(side, FORM, sky, names=content.drawings, said=said)
    return whole(_on_the_left(content, photo) + truck, FORM, sky)


def _board(content, width, height):
    def compose(size):
        chip = parts.chip(content.state, content.kind, content.icon, width, size * 0.8)
        lines = [
            (text(one, width, Style(size * 0.8, PAPER, TEXT, max_lines=2)), size * 0.3)
            for one in content.lines
        ]
        return stacked(
            [
                (chip if content.state else Block("", 0, 0), 0),
                (_name(content.name, width, size), size * 0.4),
                *lines,
                (_terrace(content, width, size * 2.2), size * 0.5),
            ]
        )

    return fitted(compose, height, FORM.size)


def _name(name, width, size):
    if len(name) <= PAINTED_LETTERS:
        return painted(name, "fire", width, size * 4)
    return text(name, width, Style(size * 2.2, SUN, POSTER, max_lines=3, leading=1))


def _terrace(content, width, height):
    """The season's twelve steps with the month's marked; nothing without a season."""
    if not content.season:
        return Block("", 0, 0)
    step, unit = width / STEPS, height / Level.PEAK
    bars = "".join(
        f'<rect x="{step * index:.1f}" y="{height - level * unit:.1f}"'
        f' width="{step + 0.5:.1f}" height="{level * unit:.1f}"'
        f' fill="{AIRAMPO if index + 1 == content.month else LIME}"/>'
        for index, level in enumerate(content.season)
    )
    base = f'<rect y="{height:.1f}" width="{width:.1f}" height="4" fill="{LAKE}"/>'
    return Block(bars + base, width, height + 4)


def _on_the_left(content, photo):
    if content.region:
        return _map(content.region)
    if photo:
        data = b64encode(photo).decode()
        size = FRAME[2]
        return _framed(
            f'<image width="{size}" height="{size}"'
            f' href="data:image/jpeg;base64,{data}"/>'
        )
    if content.scene:
        return _framed(parts.cover(content.scene, FRAME[2]))
    return ""


def _framed(inside):
    """A print with a white edge, a little askew, before the hills."""
    x, y, size = FRAME
    edge = size * 0.045
    whole_size = size + 2 * edge
    return (
        f'<g transform="translate({x} {y}) rotate({FRAME_TILT} {size / 2} {size / 2})">'
        f'<rect x="{-edge:.1f}" y="{-edge:.1f}" width="{whole_size:.1f}"'
        f' height="{whole_size + edge * 2:.1f}" rx="4" fill="{WHITE}" stroke="{INK}"'
        f' stroke-width="4"/>{inside}<rect width="{size}" height="{size}" fill="none"'
        f' stroke="{INK}" stroke-width="3"/></g>'
    )


def _map(slug):
    """Peru with one region coloured, and where Lima's market stands."""
    shapes = "".join(_region(one, one.slug == slug) for one in peru_map.shapes())
    x, y, width, height = MAP
    market = 'cx="{}" cy="{}"'.format(*peru_map.MARKET)
    return (
        f'<svg x="{x}" y="{y}" width="{width}" height="{height}"'
        f' viewBox="{peru_map.view_box()}"><g stroke="{INK}" stroke-width="5"'
        f' stroke-linejoin="round">{shapes}</g><circle {market} r="15" fill="{SUN}"'
        f' stroke="{INK}" stroke-width="6"/></svg>'
    )


def _region(shape, is_named):
    fill = AIRAMPO if is_named else PAPER
    if shape.outline:
        return f'<path d="{shape.outline}" fill="{fill}"/>'
    radius = 16 if is_named else 7
    return f'<circle cx="{shape.x}" cy="{shape.y}" r="{radius}" fill="{fill}"/>'
