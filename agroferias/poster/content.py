from dataclasses import dataclass


@dataclass(frozen=True)
class Poster:
    """What a poster of one market day says and shows. All words may be empty.

    kind: of the state, a key of inks.STATES; icon: a symbol of icons.svg.
    date: painted if it is sure, else written; struck if is_cancelled.
    panel: a key of inks.PANELS; palette: of lettering.PALETTES.
    left_place: where it is not held this time. reasons: whole sentences.
    small_print: what nobody confirmed. back: when there is a market again.
    best: products' names below best_label, the best first.
    drawings: names of files in static/img/products, the best first.
    plate: the date as on a number plate.
    """

    state: str
    date: str
    hours: str
    place: str
    kind: str = "yes"
    icon: str = "check"
    is_sure: bool = True
    is_cancelled: bool = False
    panel: str = ""
    palette: str = "fire"
    district: str = ""
    left_place: str = ""
    reasons: tuple[str, ...] = ()
    small_print: str = ""
    back: str = ""
    best_label: str = ""
    best: tuple[str, ...] = ()
    drawings: tuple[str, ...] = ()
    plate: str = ""
    address: str = ""


@dataclass(frozen=True)
class Card:
    """What a share card of something other than a market day says and shows.

    Only the name is never empty. state, kind and icon: as of a Poster.
    photo: the name of a file; the point of it, in percent, that a crop keeps, follows.
    scene: a file of static/ shown in its place. region: the slug of one on the map.
    season: twelve levels, drawn with month marked, 1 to 12.
    label and names: as best_label and best of a Poster. ground: the sky's colour, a
    key of inks.TINTS.
    """

    name: str
    state: str = ""
    kind: str = "yes"
    icon: str = "check"
    lines: tuple[str, ...] = ()
    season: tuple[int, ...] = ()
    month: int = 0
    photo: str = ""
    focus: tuple[int, int] = (50, 50)
    scene: str = ""
    region: str = ""
    label: str = ""
    names: tuple[str, ...] = ()
    drawings: tuple[str, ...] = ()
    ground: str = "aji"
