"""Draws the icons of the installed site: `python -m tests.app_icons`."""

import sys
from pathlib import Path

import resvg_py

from agroferias.offline import ICON_SIZES

FOLDER = Path(__file__).resolve().parent.parent / "static" / "img" / "app"
# iPhones read no manifest for it; they round the corners themselves.
TOUCH_SIZE = 180
INK = "#210A30"
# The terraces and the sun of static/img/mark.svg.
DRAWING = (
    '<circle cx="32.5" cy="16" r="8.5" fill="#FF2D8E"/>'
    '<path d="M5 43V33H11V26H17V19H25V26H31V33H37V37H43V43Z" fill="#FFD60A"/>'
    '<path d="M5 43V39H21V35H31V39H43V43Z" fill="#19D3C5"/>'
)
# Phones cut a maskable icon to any shape; a circle of 80 % of its width is safe.
SAFE_SCALE = 0.66


def svg(*, is_maskable: bool) -> str:
    """Return the icon: a rounded plate, or full to the edges and safe to cut."""
    if not is_maskable:
        return _framed(f'<rect width="48" height="48" rx="11" fill="{INK}"/>{DRAWING}')
    # The drawing's own middle is at 24, 25.2.
    move = f"translate(24 24) scale({SAFE_SCALE}) translate(-24 -25.2)"
    return _framed(
        f'<rect width="48" height="48" fill="{INK}"/>'
        f'<g transform="{move}">{DRAWING}</g>'
    )


def pictures() -> dict[str, bytes]:
    """Return the PNG files by name."""
    drawn = {
        f"app{'-maskable' * is_maskable}-{size}.png": _png(size, is_maskable)
        for size in ICON_SIZES
        for is_maskable in (False, True)
    }
    return drawn | {f"app-touch-{TOUCH_SIZE}.png": _png(TOUCH_SIZE, is_maskable=True)}


def write(folder: Path = FOLDER):
    """Write all files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in pictures().items():
        (folder / name).write_bytes(data)


def _framed(inside):
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">{inside}</svg>'


def _png(size, is_maskable):
    drawing = svg(is_maskable=is_maskable)
    return bytes(resvg_py.svg_to_bytes(svg_string=drawing, width=size, height=size))


if __name__ == "__main__":
    write(*map(Path, sys.argv[1:]))
