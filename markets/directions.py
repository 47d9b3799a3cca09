"""The way to a place: links that maps understand, and what a drawing of it may show."""

import re
from typing import NamedTuple
from urllib.parse import quote, urlencode

GOOGLE = "https://www.google.com/maps/dir/"
APPLE = "https://maps.apple.com/"
OPENSTREETMAP = "https://www.openstreetmap.org/"
# Names of streets begin so in Lima.
STREET = re.compile(
    r"(?:av|avenida|jr|jirón|ca|calle|psje|pasaje|malecón|paseo)\b", re.IGNORECASE
)
BLOCK = re.compile(
    r"(?P<name>.+?),?\s+(?:cuadra|cdra|cda)\b\.?\s*(?P<block>\d{1,3})", re.IGNORECASE
)
NUMBER = re.compile(
    r"(?P<name>.+?),?\s+(?:n[.º°]*\s*)?(?P<number>\d{1,5})", re.IGNORECASE
)
# Width of the drawing's words, and of a letter as part of its height.
WIDTH = 300
LETTER = 0.58
LARGEST, SMALLEST = 26, 11


class Map(NamedTuple):
    """A map to open: its name is a trade mark, empty for the phone's own."""

    name: str
    address: str


class Locator(NamedTuple):
    """A place as its record tells it: a street with its block or number, or a name."""

    name: str
    detail: str = ""
    is_street: bool = False
    block: int | None = None
    number: str = ""

    @property
    def blocks(self) -> list[int]:
        """The block with those before and after it, which exist by their numbers."""
        if not self.block:
            return []
        return [one for one in range(self.block - 1, self.block + 2) if one > 0]

    @property
    def font_size(self) -> int:
        """A size at which the name fits across the drawing."""
        return max(SMALLEST, min(LARGEST, int(WIDTH / LETTER / len(self.name))))


def maps(row) -> list[Map]:
    """Return the maps that find a venue or market day, the phone's own first."""
    point = row.map_point
    if not point:
        return []
    return [
        Map("", geo(point)),
        Map("Google Maps", f"{GOOGLE}?{urlencode({'api': 1, 'destination': point})}"),
        Map("OpenStreetMap", _openstreetmap(point)),
        Map("Apple Maps", f"{APPLE}?{urlencode({'daddr': point})}"),
    ]


def geo(point: str) -> str:
    """Return the link that opens the phone's own map (RFC 5870, and Android's ?q=)."""
    centre = point if _is_coordinates(point) else "0,0"
    return f"geo:{centre}?q={quote(point)}"


def locate(place: str, reference: str = "") -> Locator | None:
    """Return what a drawing may show of a place's words; None of no words."""
    place = place.strip()
    if not place:
        return None
    if not STREET.match(place):
        name, _comma, rest = place.partition(", ")
        return Locator(name, rest or reference)
    if found := BLOCK.fullmatch(place):
        block = int(found["block"])
        return Locator(found["name"], reference, is_street=True, block=block)
    if found := NUMBER.fullmatch(place):
        number = found["number"]
        return Locator(found["name"], reference, is_street=True, number=number)
    return Locator(place, reference, is_street=True)


def _is_coordinates(point):
    return re.fullmatch(r"-?[\d.]+,-?[\d.]+", point) is not None


def _openstreetmap(point):
    if _is_coordinates(point):
        latitude, longitude = point.split(",")
        query = urlencode({"mlat": latitude, "mlon": longitude})
        return f"{OPENSTREETMAP}?{query}#map=17/{latitude}/{longitude}"
    return f"{OPENSTREETMAP}search?{urlencode({'query': point})}"
