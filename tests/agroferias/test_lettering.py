from xml.etree import ElementTree as ET

import pytest
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from agroferias.lettering import PALETTES, _PathPen, cap_top, lettering, lines, shape


def parsed(svg):
    return ET.fromstring(svg)  # noqa: S314 - our own


def ids(svg):
    return [element.get("id") for element in parsed(svg).iter() if element.get("id")]


@pytest.mark.parametrize("palette", PALETTES)
def test_every_palette_paints_a_word(palette):
    root = parsed(lettering("Palta", palette))

    colours = [stop.get("stop-color") for stop in root.iter("stop")]
    assert colours == [colour for _offset, colour in PALETTES[palette].stops]
    assert root.get("aria-hidden") == "true"
    assert root.get("style") is None


def test_an_unknown_palette_is_an_error():
    with pytest.raises(KeyError, match="mud"):
        lettering("Palta", "mud")


def test_ids_differ_by_text_and_palette():
    painted = [
        lettering("Palta", "fire"),
        lettering("Palta", "leaf"),
        lettering("Papa", "fire"),
    ]

    every = [one for svg in painted for one in ids(svg)]
    assert len(every) == 6
    assert len(set(every)) == 6
    assert ids(lettering("Palta", "fire")) == ids(painted[0])


@pytest.mark.parametrize(
    "text",
    ['<b>&"', "</svg><script>", "Ñusta & Hijos", "año 2026", "«maíz»", "🥑", "\u200b"],
)
def test_any_text_makes_a_well_formed_drawing(text):
    svg = lettering(text, "fire")

    assert parsed(svg).tag == "svg"
    assert "<script>" not in svg


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12))
def test_every_text_makes_a_well_formed_drawing(text):
    left, top, width, height = parsed(lettering(text, "fire")).get("viewBox").split()

    assert int(width) > 0
    assert int(height) > 0
    assert (int(left), int(top)) <= (int(left) + int(width), 0)


@pytest.mark.parametrize("text", ["", " "])
def test_no_ink_takes_no_path(text):
    outline = shape(text)

    assert outline.path == ""
    assert (outline.left, outline.bottom) == (0, 0)
    assert outline.right == outline.advance


def test_kerning_draws_letters_together():
    apart = shape("T").advance + shape("o").advance

    assert shape("To").advance < apart


def test_an_outline_is_as_wide_as_its_ink():
    short, long = shape("Palta"), shape("Palta fuerte")

    assert 0 < short.right - short.left < long.right - long.left
    assert short.top <= cap_top() < 0


def test_tails_hang_below_the_base_line():
    assert shape("y").bottom > 0
    assert shape("h").bottom <= 5


def test_safe_text_is_drawn_like_any_other():
    assert shape(mark_safe("Palta")) == shape("Palta")


def test_fonts_may_have_cubic_curves():
    # The font at hand has none, but HarfBuzz wants the method before it draws.
    pen = _PathPen(scale=0.5)

    pen.moveTo((10, 20))
    pen.curveTo((20, 40), (40, 40), (50, 20))
    pen.closePath()

    assert pen.commands == ["m5-10", "c5-10 15-10 20 0", "z"]


def test_lines_are_broken_at_words_only():
    assert lines("Ají panca seco", 10) == ["Ají", "panca", "seco"]
    assert lines("Ají panca", 10_000) == ["Ají panca"]
    assert lines("", 100) == [""]
