"""The market's posters: pictures to send, composed as SVG and written as JPEG.

Knows nothing of markets or of requests: words, drawings and colours go in.
"""

from .card import card
from .content import Card, Poster
from .picture import digest, jpeg
from .sheet import FORMATS, sheet

__all__ = ["FORMATS", "Card", "Poster", "card", "digest", "jpeg", "sheet"]
