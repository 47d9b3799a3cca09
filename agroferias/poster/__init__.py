"""The market's posters: pictures to send, composed as SVG and written as JPEG.

Knows nothing of markets or of requests: words, drawings and colours go in.
"""

from .content import Poster
from .picture import digest, jpeg
from .sheet import FORMATS, sheet

__all__ = ["FORMATS", "Poster", "digest", "jpeg", "sheet"]
