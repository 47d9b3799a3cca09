"""The cards as drawings: what fits, and what differs."""

from dataclasses import replace

import pytest

from agroferias.poster import Card, card
from agroferias.poster.inks import AIRAMPO, SUN, TINTS
from tests.producers.pictures import as_bytes, draw

LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
FULL = Card(
    name="Papa nativa",
    state="Noviembre: en su punto",
    lines=("En su punto de abril a julio. El resto del año, no hay.",),
    season=(0, 1, 2, 3, 3, 3, 3, 2, 1, 0, 0, 0),
    month=11,
    label="También se llama",
    names=("papita", "papa de altura"),
    drawings=("papa-nativa",) * 4,
    scene="img/scenes/puna.svg",
)


def panel_top(svg):
    """Return how far up the painted panel goes, of its place in the drawing."""
    places = svg.split('<g transform="translate(291.0 ')
    assert len(places) == 2
    return float(places[1].partition(")")[0])


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "Chuño"},
        {"state": ""},
        {"lines": ()},
        {"season": ()},
        {"month": 7},
        {"names": ()},
        {"drawings": ()},
        {"scene": ""},
        {"region": "cusco"},
        {"region": "callao"},
        {"ground": "airampo"},
    ],
    ids=str,
)
def test_whatever_a_card_says_is_seen(changed):
    assert card(replace(FULL, **changed)) != card(FULL)


@pytest.mark.parametrize("ground", TINTS)
def test_the_sun_stands_out_from_every_sky(ground):
    svg = card(replace(FULL, ground=ground))

    sun = SUN if ground in {"airampo", "rocoto"} else AIRAMPO
    assert f'height="630" fill="{TINTS[ground]}"/><circle' in svg
    assert f'r="88.2" fill="{sun}"/>' in svg


def test_long_words_leave_the_panel_where_it_belongs():
    too_much = replace(
        FULL, name=LONG[:60], state=LONG, lines=(LONG * 4, LONG), names=(LONG,) * 4
    )

    assert panel_top(card(too_much)) >= 116
    assert panel_top(card(FULL)) >= 116


def test_a_photo_takes_the_place_of_the_landscape():
    photo = as_bytes(draw((48, 48)))

    with_photo, without = card(FULL, photo), card(FULL)

    assert with_photo.count("data:image/jpeg;base64,") == 1
    assert "data:" not in without
    assert 'preserveAspectRatio="xMidYMid slice"' in without
    assert 'preserveAspectRatio="xMidYMid slice"' not in with_photo
