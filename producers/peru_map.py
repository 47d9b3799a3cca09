"""The map of Peru: outlines of the regions, and where a coordinate falls on it."""

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

DATA_FILE = Path(__file__).parent / "data" / "peru_map.json"
# Callao is too small for an outline of its own: a dot beside Lima's coast.
CALLAO = ("callao", (158, 478))
# Where Lima's market stands, in units of the map.
MARKET = (169, 486)


class Shape(NamedTuple):
    """One region on the map: its SVG path, empty for Callao, and its label's place."""

    slug: str
    outline: str
    x: int
    y: int


@cache
def view_box() -> str:
    """Return the map's viewBox."""
    return " ".join(str(number) for number in _data()["view_box"])


@cache
def shapes() -> tuple[Shape, ...]:
    """Return the 25 regions by slug, Callao last so that its dot lies on top."""
    regions = _data()["regions"].items()
    return (
        *(Shape(slug, region["outline"], *region["label"]) for slug, region in regions),
        Shape(CALLAO[0], "", *CALLAO[1]),
    )


def project(latitude: float, longitude: float) -> tuple[int, int]:
    """Return the map's x and y of a place in degrees, as peru_map.json says."""
    return round((float(longitude) + 81.4) * 39.4), round((0.05 - float(latitude)) * 40)


@cache
def label_points() -> dict[str, tuple[float, float]]:
    """Return the latitude and longitude of each region's label, to a tenth of a degree.

    By slug; as peru_map.json says, read backwards.
    """
    return {
        shape.slug: (round(0.05 - shape.y / 40, 1), round(shape.x / 39.4 - 81.4, 1))
        for shape in shapes()
    }


@cache
def _data():
    return json.loads(DATA_FILE.read_text(encoding="utf-8"))
