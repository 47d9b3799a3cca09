"""The drawings of products in static/img/products, by name."""

from functools import cache
from pathlib import Path

from django.conf import settings


@cache
def names() -> frozenset[str]:
    """Return the names of the drawings, without their ending.

    Read once a process: a new drawing appears after the next start.
    """
    folder = Path(settings.BASE_DIR) / "static" / "img" / "products"
    return frozenset(path.stem for path in folder.glob("*.svg"))


def choices() -> list[tuple[str, str]]:
    """Return the drawings as form choices, by name."""
    return [(name, name) for name in sorted(names())]


def path(name: str) -> str:
    """Return the static path of a drawing."""
    return f"img/products/{name}.svg"
