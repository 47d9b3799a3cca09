"""From what a card says to a JPEG."""

from io import BytesIO

from django.core.files.storage import default_storage
from PIL import Image, ImageOps

from agroferias.poster import Card, Poster, card, jpeg, sheet

# Pixels of a photo's side: twice what the card shows at its own size.
PHOTO_SIDE = 480


def drawn(facts: Card | Poster) -> bytes:
    """Return a card as a JPEG of 1200 by 630 pixels that WhatsApp shows."""
    if isinstance(facts, Poster):
        return jpeg(sheet(facts, "wide"))
    return jpeg(card(facts, _square(facts.photo, facts.focus)))


def _square(name, focus):
    """Return a stored photo as a square JPEG around its point; nothing without one."""
    if not name or not default_storage.exists(name):
        return b""
    with default_storage.open(name) as file, Image.open(file) as photo:
        point = tuple(percent / 100 for percent in focus)
        square = ImageOps.fit(photo, (PHOTO_SIDE, PHOTO_SIDE), centering=point)
    buffer = BytesIO()
    square.convert("RGB").save(buffer, "JPEG", quality=92)
    return buffer.getvalue()
