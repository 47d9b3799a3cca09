"""The posters, as real pictures, and the room that their words take."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from agroferias.lettering import POSTER, STRONG
from agroferias.poster import FORMATS, Poster, digest, jpeg, sheet
from agroferias.poster.inks import INK, PANELS, SUN
from agroferias.poster.parts import heap
from agroferias.poster.sheet import panel
from agroferias.poster.typeset import NOTHING, Style, stacked, text
from producers import drawings

HELD = Poster(
    state="Este domingo sí hay feria",
    date="29 de noviembre",
    hours="8\xa0a.\xa0m. a 2\xa0p.\xa0m.",
    place="Av. Brasil, cuadra 40",
    district="Magdalena del Mar, Lima",
    small_print="Horario y lugar de ejemplo: la feria todavía no los confirmó.",
    best_label="En su punto",
    best=("Palta fuerte", "Mango", "Choclo", "Fresa", "Papa amarilla"),
    drawings=tuple(sorted(drawings.names()))[:12],
    plate="DOM-29",
    address="agroferias.example/ferias/2026-11-29/",
)
STATES = {
    "confirmed": HELD,
    "scheduled": replace(HELD, kind="moved", icon="clock", is_sure=False),
    "moved": replace(
        HELD,
        kind="moved",
        icon="move",
        panel="moved",
        palette="sun",
        left_place="Av. Brasil, cuadra 40",
        place="Puericultorio Pérez Araníbar",
        reasons=("Solo este domingo cambiamos de lugar.",),
    ),
    "other hours": replace(HELD, kind="moved", panel="short", palette="night"),
    "cancelled": replace(
        HELD,
        kind="no",
        icon="x",
        is_cancelled=True,
        panel="no",
        palette="grape",
        hours="",
        place="",
        district="",
        best=(),
        reasons=("La avenida está ocupada por un desfile.",),
        back="Volvemos el domingo 6 de diciembre a las 8\xa0a.\xa0m.",
    ),
    "over": replace(HELD, kind="over", icon="clock"),
    "nothing in season": replace(HELD, best=(), drawings=()),
}
DRAWING = 'viewBox="0 0 200 200"'
LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
TOO_MUCH = replace(
    STATES["moved"],
    state=f"Solo este domingo {LONG}",
    place=f"{LONG} {LONG} " * 4,
    left_place=LONG * 3,
    district=LONG * 2,
    reasons=("Muchas razones. " * 20, LONG * 4),
    small_print=LONG * 3,
    best=(LONG,) * 5,
    address=LONG * 4,
    plate="DOMINGO-29",
)


def opened(data):
    return Image.open(BytesIO(data)).convert("RGB")


def near(colour, ink):
    """Whether a pixel has an ink, as far as JPEG keeps it."""
    wanted = [int(ink[at : at + 2], 16) for at in (1, 3, 5)]
    return all(abs(one - two) < 16 for one, two in zip(colour, wanted, strict=True))


@pytest.mark.parametrize("shape", FORMATS)
@pytest.mark.parametrize("state", STATES)
def test_every_state_is_a_jpeg_that_whatsapp_shows(state, shape):
    data = jpeg(sheet(STATES[state], shape))

    assert data[:3] == b"\xff\xd8\xff"
    assert opened(data).size == {"square": (1080, 1080), "wide": (1200, 630)}[shape]
    assert 30_000 < len(data) < 300_000


@pytest.mark.parametrize("shape", FORMATS)
def test_no_two_states_look_alike(shape):
    digests = {digest(sheet(poster, shape)) for poster in STATES.values()}

    assert len(digests) == len(STATES)
    assert digest(sheet(HELD, shape)) == digest(sheet(replace(HELD), shape))


def test_a_picture_too_heavy_is_written_with_less_quality():
    svg = sheet(HELD, "square")

    best, small = jpeg(svg), jpeg(svg, max_bytes=150_000)

    assert len(small) <= 150_000 < len(best)
    assert opened(small).size == (1080, 1080)


def test_what_cannot_be_light_enough_is_as_light_as_can_be():
    svg = sheet(HELD, "wide")

    assert 0 < len(jpeg(svg, max_bytes=1)) < len(jpeg(svg, max_bytes=150_000))


@pytest.mark.parametrize("state", STATES)
def test_the_panel_and_the_sky_wear_the_colours_of_the_state(state):
    poster = STATES[state]
    form = FORMATS["wide"]
    picture = opened(jpeg(sheet(poster, "wide")))

    # Between the board's frame and its edge; and above the hills, at the right.
    left = (form.width - form.panel_width) // 2
    edge = picture.getpixel((left + 7, form.panel_bottom - form.frame * 2 + 6))
    sky = picture.getpixel((form.width - 30, 30))

    assert near(edge, PANELS[poster.panel][0])
    assert near(sky, "#2B0D40" if poster.is_cancelled else SUN)


def test_a_truck_that_stays_away_carries_nothing():
    held, cancelled = (
        sheet(replace(STATES["cancelled"], is_cancelled=one), "square")
        for one in (False, True)
    )

    assert (held.count(DRAWING), cancelled.count(DRAWING)) == (12, 0)
    # The stroke through the date.
    assert (held.count("rotate(-3 "), cancelled.count("rotate(-3 ")) == (0, 1)


def test_a_date_that_nobody_confirmed_is_not_painted():
    painted, written = sheet(HELD, "wide"), sheet(STATES["scheduled"], "wide")

    assert painted.count('class="lettering"') == 1
    assert written.count('class="lettering"') == 0


@pytest.mark.parametrize("shape", FORMATS)
def test_pictures_need_no_font_of_the_machine_and_no_other_file(shape):
    svg = sheet(HELD, shape)

    assert re.findall(r"<text|<image|font-family|href=\"[^#]", svg) == []


@pytest.mark.parametrize("shape", FORMATS)
@pytest.mark.parametrize(
    "poster", [*STATES.values(), TOO_MUCH], ids=[*STATES, "too much"]
)
def test_the_panel_holds_whatever_it_says(poster, shape):
    form = FORMATS[shape]

    board = panel(poster, form)

    assert board.width == form.panel_width
    assert board.height <= form.panel_bottom - form.panel_top


@pytest.mark.parametrize("shape", FORMATS)
def test_words_that_never_end_make_no_picture_too_heavy(shape):
    assert len(jpeg(sheet(TOO_MUCH, shape))) < 300_000


def test_what_matters_of_the_wide_picture_is_in_its_middle_square():
    form = FORMATS["wide"]

    assert form.panel_width <= form.height


@given(
    words=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60),
    width=st.integers(120, 900),
    max_lines=st.integers(1, 3),
    face=st.sampled_from([POSTER, STRONG]),
)
@settings(max_examples=40)
def test_no_text_is_wider_or_has_more_lines_than_it_may(words, width, max_lines, face):
    style = Style(40, INK, face, max_lines)

    block = text(words, width, style)

    assert block.width <= width
    assert block.height <= 40 * (1 + (max_lines - 1) * style.leading)
    assert block.svg.count("<path") <= max_lines


def test_text_shrinks_before_it_breaks_and_breaks_before_it_is_cut():
    style = Style(40, INK, max_lines=2)

    short = text("Av. Brasil", 400, style)
    shrunk = text("Av. Brasil, cuadra 40, frente al parque, puerta", 400, style)
    broken = text(LONG, 480, style)

    assert short.height == 40
    assert 40 < shrunk.height < 40 * (1 + style.leading)
    assert broken.svg.count("<path") == 2


def test_lines_of_one_text_are_of_like_length():
    style = Style(40, INK, max_lines=2, smallest=1)
    words = "Volvemos el domingo 6 de diciembre"

    block = text(words, 600, style)

    whole = text(words, 2000, style).width
    assert block.svg.count("<path") == 2
    assert block.width < whole * 0.62


def test_what_a_no_break_space_holds_stays_on_one_line():
    words = "Hasta las 2\xa0p.\xa0m."
    style = Style(40, INK, max_lines=2, smallest=1)

    block = text(words, text("Hasta las 2", 2000, style).width + 1, style)

    assert block.width == text("Hasta las", 2000, style).width
    assert block.svg.count("<path") == 2


def test_nothing_takes_no_room():
    assert text(" ", 100, Style(40, INK)) == NOTHING
    assert stacked([]) == NOTHING
    assert stacked([(NOTHING, 10), (NOTHING, 10)]) == NOTHING
    assert heap((), 100, 20) == NOTHING


@pytest.mark.parametrize(
    ("count", "in_front"), [(1, 1), (4, 4), (5, 4), (6, 5), (12, 8)]
)
def test_a_heap_has_more_in_front_than_behind(count, in_front):
    names = HELD.drawings[:count]

    load = heap(names, 900, 180)

    assert load.svg.count(DRAWING) == count
    # Those in front are the larger ones.
    assert load.svg.count('width="180.0"') == in_front
    assert load.width == 900


def test_every_drawing_can_be_loaded():
    load = heap(sorted(drawings.names()), 4000, 180)

    assert load.svg.count(DRAWING) == len(drawings.names()) > 80
