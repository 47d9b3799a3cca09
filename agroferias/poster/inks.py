"""The inks of the market, each named after produce, and what they stand for."""

from typing import NamedTuple

INK, PAPER, WHITE = "#210A30", "#FFFEFA", "#FFFFFF"
SUN, LIME, LAKE, LILAC = "#FFD60A", "#B4EC1C", "#19D3C5", "#D9C2FF"
AIRAMPO, ROCOTO, ORANGE = "#FF2D8E", "#F5281E", "#FF8A1F"
ROAD, QUIET = "#3A1A4F", "#EADCF5"
# The ground and the ink of a state's chip, by its kind.
STATES = {
    "yes": (LIME, INK),
    "no": (WHITE, "#A80F08"),
    "moved": (SUN, INK),
    "over": (LILAC, INK),
}
# The panel's boards and the lines between them.
PANELS = {
    "": (INK, "#34154A"),
    "no": ("#6E0B16", "#8A1A24"),
    "moved": ("#07414F", "#12566A"),
    "short": ("#4A2A00", "#633A06"),
}


class Sky(NamedTuple):
    """What is behind the truck: sky, sun, the hills' file, and words upon them."""

    ground: str
    sun: str
    hills: str
    words: str


DAY = Sky(SUN, AIRAMPO, "img/cerros.svg", INK)
# Without a market, the hills by night and a moon.
NIGHT = Sky("#2B0D40", LILAC, "img/cerros-noche.svg", SUN)


# The paper of a product's card by its tint, as .tint-… in css/cards.css.
TINTS = {
    "limon": LIME,
    "lago": LAKE,
    "zapallo": "#FF9D42",
    "aji": SUN,
    "lila": LILAC,
    "airampo": "#FF7DBA",
    "rocoto": "#FF6A5E",
}
