"""The truck: its painted panel, and the bumper with the number plate."""

from .inks import AIRAMPO, INK, LAKE, ORANGE, ROCOTO, SUN, WHITE
from .typeset import Block, Style, at, text

BOARD = 47
# filete.svg, whose corners these are, is drawn for a frame of so many units.
FRAME_UNITS = 48
LINE = f'stroke="{INK}" stroke-width="4"'


def panel(width: float, height: float, colours: tuple[str, str], frame: float) -> Block:
    """Return the painted panel: boards, a double line, four studs."""
    ground, line = colours
    boards = "".join(
        f'<path d="M0 {y}H{width:.0f}" stroke="{line}" stroke-width="2"/>'
        for y in range(BOARD, int(height), BOARD)
    )
    svg = (
        f'<rect width="{width:.1f}" height="{height:.1f}" rx="{frame * 0.22:.1f}"'
        f' fill="{ground}" stroke="{INK}" stroke-width="3"/>{boards}'
        f"{_fillet(width, height, frame)}"
    )
    return Block(svg, width, height)


def bumper(width: float, height: float, plate: str) -> Block:
    """Return the striped bumper with its lamps and the number plate."""
    box = f'width="{width:.1f}" height="{height:.1f}"'
    sign = number_plate(plate, height * 0.92)
    svg = (
        f'<svg {box}><rect {box} fill="{WHITE}"/>{_stripes(width, height)}</svg>'
        f'<rect {box} fill="none" {LINE}/>{_lamps(width, height)}'
        + at(sign, (width - sign.width) / 2, (height - sign.height) / 2)
    )
    return Block(svg, width, height)


def number_plate(words: str, height: float) -> Block:
    """Return a number plate of Lima with a few letters."""
    number = text(words, height * 4, Style(height * 0.6, INK))
    width, band, round_ = number.width + height * 0.5, height * 0.34, height * 0.14
    city = text("LIMA", width, Style(height * 0.24, INK))
    box = f'width="{width:.1f}" height="{height:.1f}" rx="{round_:.1f}"'
    head = (
        f"M0 {band:.1f}V{round_:.1f}Q0 0 {round_:.1f} 0H{width - round_:.1f}"
        f"Q{width:.1f} 0 {width:.1f} {round_:.1f}V{band:.1f}z"
    )
    svg = (
        f'<rect {box} fill="{WHITE}"/><path d="{head}" fill="{SUN}"/>'
        f'<rect {box} fill="none" {LINE}/>'
        + at(city, (width - city.width) / 2, height * 0.07)
        + at(number, (width - number.width) / 2, height * 0.42)
    )
    return Block(svg, width, height)


def _fillet(width, height, frame):
    """The yellow and the turquoise line, and a stud in each corner."""
    scale = frame / FRAME_UNITS
    right, bottom = width / scale - 12, height / scale - 12
    outer = _notched(12, right, bottom, 22)
    inner = _notched(24, right - 12, bottom - 12, 20)
    studs = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7"/>'
        for x in (18, right - 6)
        for y in (18, bottom - 6)
    )
    return (
        f'<g transform="scale({scale:.3f})"><g fill="none">'
        f'<path d="{outer}" stroke="{SUN}" stroke-width="5.5"/>'
        f'<path d="{inner}" stroke="{LAKE}" stroke-width="3.5"/></g>'
        f'<g fill="{AIRAMPO}">{studs}</g></g>'
    )


def _notched(start, right, bottom, notch):
    """A box from start, start on, with its corners bitten off in a curve."""
    return (
        f"M{start} {start + notch}q{notch} 0 {notch} {-notch}H{right - notch:.1f}"
        f"q0 {notch} {notch} {notch}V{bottom - notch:.1f}"
        f"q{-notch} 0 {-notch} {notch}H{start + notch}q0 {-notch} {-notch} {-notch}z"
    )


def _stripes(width, height):
    step = height * 0.72
    lean = step * 0.45
    paths = "".join(
        f'<path d="M{step * number:.1f} {height:.1f}l{lean:.1f} {-height:.1f}'
        f'h{step / 2:.1f}l{-lean:.1f} {height:.1f}z"/>'
        for number in range(-1, int(width / step) + 2)
    )
    return f'<g fill="{ROCOTO}">{paths}</g>'


def _lamps(width, height):
    return "".join(
        _lamp(width / 2 + side * height * away, height / 2, height * 0.24, colour)
        for away, colour in ((1.75, "#E0160D"), (2.55, ORANGE))
        for side in (-1, 1)
    )


def _lamp(x, y, radius, colour):
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{colour}" {LINE}/>'
        f'<circle cx="{x - radius * 0.3:.1f}" cy="{y - radius * 0.35:.1f}"'
        f' r="{radius * 0.2:.1f}" fill="{WHITE}"/>'
    )
