import pytest

from producers import peru_map
from producers.models import Region

# Degrees, rounded; source: any atlas.
CAPITALS = {
    "tumbes": (-3.57, -80.46),
    "piura": (-5.19, -80.63),
    "loreto": (-3.75, -73.25),
    "lima": (-12.05, -77.04),
    "cusco": (-13.52, -71.97),
    "madre-de-dios": (-12.59, -69.19),
    "tacna": (-18.01, -70.25),
    "callao": (-12.06, -77.14),
}


def box():
    return [int(number) for number in peru_map.view_box().split()]


def test_shapes_are_the_regions_of_the_database(db):
    slugs = [shape.slug for shape in peru_map.shapes()]

    assert len(slugs) == 25
    assert sorted(slugs) == sorted(Region.objects.values_list("slug", flat=True))


def test_callao_is_drawn_last_and_has_no_outline():
    without = [shape.slug for shape in peru_map.shapes() if not shape.outline]

    assert without == ["callao"]
    assert peru_map.shapes()[-1].slug == "callao"


@pytest.mark.parametrize("shape", peru_map.shapes(), ids=lambda shape: shape.slug)
def test_labels_stand_on_the_map(shape):
    left, top, width, height = box()

    assert left < shape.x < left + width
    assert top < shape.y < top + height


@pytest.mark.parametrize("slug", CAPITALS)
def test_a_projected_capital_falls_on_the_map(slug):
    left, top, width, height = box()

    x, y = peru_map.project(*CAPITALS[slug])

    assert left < x < left + width
    assert top < y < top + height


def test_the_market_stands_in_lima():
    x, y = peru_map.project(-12.09, -77.06)

    assert abs(x - peru_map.MARKET[0]) < 5
    assert abs(y - peru_map.MARKET[1]) < 5
