from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producers.terrace import hill, terrace

SEASON = (0, 0, 0, 1, 2, 3, 3, 2, 1, 0, 0, 0)
seasons = st.tuples(*[st.integers(0, 3)] * 12)


def parsed(svg):
    return ET.fromstring(svg)  # noqa: S314 - our own


def paths(svg):
    return {path.get("class"): path.get("d") for path in parsed(svg)}


def test_terrace_steps_as_high_as_each_level():
    svg = terrace(SEASON, 6, 34)

    steps = (
        "M0 32V32H10V32H20V32H30V22H40V12H50V2H60V2H70V12H80V22H90V32H100V32H110V32"
        "H120V32"
    )
    assert paths(svg) == {
        "anden__band": "M50 0h10v34h-10z",
        "anden__mass": f"{steps}z",
        "anden__now": "M50 32V2h10V32z",
        "anden__line": steps,
    }


def test_hill_steps_as_high_as_each_level():
    svg = hill(SEASON, 12)

    steps = (
        "M0 30V30H10V30H20V30H30V20H40V10H50V0H60V0H70V10H80V20H90V30H100V30H110V30"
        "H120V30"
    )
    assert paths(svg) == {
        "hill__mass": f"{steps}z",
        "hill__now": "M110 30V30h10V30z",
        "hill__line": steps,
    }


@pytest.mark.parametrize("svg", [terrace(SEASON, 6, 36), hill(SEASON, 6)])
def test_drawings_are_hidden_from_screen_readers(svg):
    root = parsed(svg)

    assert root.get("aria-hidden") == "true"
    assert root.get("focusable") == "false"
    assert root.get("style") is None


@given(seasons, st.integers(1, 12), st.integers(8, 200))
def test_every_season_makes_a_well_formed_drawing(season, month, height):
    root = parsed(terrace(season, month, height))

    assert root.get("viewBox") == f"0 0 120 {height}"
    assert len(root) == 4
