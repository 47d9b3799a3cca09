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
