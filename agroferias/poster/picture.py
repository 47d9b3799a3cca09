"""From SVG to a JPEG that WhatsApp shows."""

from hashlib import blake2s
from io import BytesIO

import resvg_py
from PIL import Image

# WhatsApp shows no preview of a picture above about 300 kB.
MAX_BYTES = 300_000
QUALITIES = (86, 80, 72, 62, 50, 40, 30)


def digest(svg: str) -> str:
    """Return what differs whenever the picture does."""
    return blake2s(svg.encode(), digest_size=16).hexdigest()


def jpeg(svg: str, *, max_bytes: int = MAX_BYTES) -> bytes:
    """Return a drawing without text elements as a JPEG of at most max_bytes.

    As good as that allows, which for any of the posters is the best or the second.
    """
    png = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True)
    with Image.open(BytesIO(png)) as picture:
        flat = picture.convert("RGB")
    for quality in QUALITIES:
        written = _written(flat, quality)
        if len(written) <= max_bytes:
            break
    return written


def _written(picture, quality):
    file = BytesIO()
    # Full colour for each pixel: halved, the edges of neon on ink would smear.
    picture.save(file, "JPEG", quality=quality, subsampling=0, optimize=True)
    return file.getvalue()
