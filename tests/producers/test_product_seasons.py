import pytest
from django.core.exceptions import ValidationError

from producers.fields import (
    SEASON_EMPTY_MESSAGE,
    SEASON_SHAPE_MESSAGE,
    SeasonField,
)
from producers.models import Offering, Product
from tests.factories import make_offering, make_producer, make_product

pytestmark = pytest.mark.django_db

JANUARY = [3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
MARCH = [0, 1, 3, 2, 0, 0, 0, 0, 0, 0, 0, 0]
BOTH = [3, 1, 3, 2, 0, 0, 0, 0, 0, 0, 0, 0]
PEAK = [3] * 12


def seasons(offerings=None):
    """Return {name: (season, has_offerings)} of every product."""
    offerings = Offering.objects.listed() if offerings is None else offerings
    rows = Product.objects.with_season(offerings)
    return {row.name: (row.season, row.has_offerings) for row in rows}


def hide_everything_from_the_public(product):
    make_offering(product=product, season=PEAK, is_active=False)
    for status in ("draft", "archived"):
        make_offering(
            product=product, season=PEAK, producer=make_producer(status=status)
        )


def test_a_season_is_the_maximum_month_by_month():
    palta = make_product(name="Palta")
    make_offering(product=palta, season=JANUARY)
    make_offering(product=palta, season=MARCH)

    assert seasons() == {"Palta": (BOTH, True)}


def test_a_season_is_of_what_the_public_sees():
    palta = make_product(name="Palta")
    make_offering(product=palta, season=JANUARY)
    hide_everything_from_the_public(palta)

    assert seasons() == {"Palta": (JANUARY, True)}


def test_without_offerings_it_is_the_reference_season():
    palta = make_product(name="Palta", reference_season=MARCH)
    hide_everything_from_the_public(palta)

    assert seasons() == {"Palta": (MARCH, False)}


def test_an_unlisted_product_has_no_public_offering():
    make_offering(
        product=make_product(name="Oculto", is_listed=False, reference_season=MARCH),
        season=PEAK,
    )

    assert seasons() == {"Oculto": (MARCH, False)}
    assert [*Product.objects.listed()] == []


def test_a_season_is_of_the_given_offerings_alone():
    palta = make_product(name="Palta", reference_season=MARCH)
    make_offering(product=palta, season=PEAK)

    assert seasons(Offering.objects.none()) == {"Palta": (MARCH, False)}


def test_seasons_cost_one_query(django_assert_num_queries):
    for _ in range(3):
        make_offering()

    with django_assert_num_queries(1):
        cards = [*Product.objects.for_cards(Offering.objects.listed())]

    assert [(row.has_offerings, row.producer_count) for row in cards] == [(True, 1)] * 3


def test_producers_are_counted_over_the_given_offerings():
    palta = make_product()
    make_offering(product=palta)
    make_offering(product=palta)
    hide_everything_from_the_public(palta)

    counted = Product.objects.with_producer_count(Offering.objects.listed()).get()

    assert counted.producer_count == 2


def test_products_offered_are_found_once():
    palta = make_product()
    make_offering(product=palta)
    make_offering(product=palta)
    make_product()

    assert [*Product.objects.offered(Offering.objects.listed())] == [palta]


@pytest.mark.parametrize("month", range(1, 13))
def test_levels_are_those_of_the_season(month):
    palta = make_product(name="Palta")
    make_offering(product=palta, season=JANUARY)
    make_offering(product=palta, season=MARCH)
    make_product(name="Mango", reference_season=MARCH)

    listed = Offering.objects.listed()
    rows = Product.objects.with_level(month, listed).with_season(listed)

    assert {row.name: row.level for row in rows} == {
        "Palta": BOTH[month - 1],
        "Mango": MARCH[month - 1],
    }


def test_groups_are_peak_then_some_then_none():
    for level in range(4):
        make_product(name=str(level), reference_season=[level, *[1] * 11])

    rows = Product.objects.with_level(1, Offering.objects.none()).with_group()

    assert {row.name: row.group for row in rows} == {"3": 0, "2": 1, "1": 1, "0": 2}


def make_changing(**levels):
    """Make products named after (December, January) levels."""
    for name, (december, january) in levels.items():
        make_product(
            name=name, reference_season=[january, *[1] * 10, december], is_listed=True
        )


def test_leaving_products_begin_with_the_steepest_fall():
    make_changing(b=(3, 0), a=(3, 0), c=(2, 0), d=(3, 1), e=(1, 1), f=(0, 3))

    rows = Product.objects.leaving(12, Offering.objects.none())

    assert [(row.name, row.level, row.next_level) for row in rows] == [
        ("a", 3, 0),
        ("b", 3, 0),
        ("c", 2, 0),
        ("d", 3, 1),
    ]


def test_arriving_products_begin_with_the_steepest_rise():
    make_changing(b=(0, 3), a=(0, 3), c=(0, 2), d=(1, 3), e=(1, 1), f=(3, 0))

    rows = Product.objects.arriving(12, Offering.objects.none())

    assert [(row.name, row.level, row.next_level) for row in rows] == [
        ("a", 0, 3),
        ("b", 0, 3),
        ("c", 0, 2),
        ("d", 1, 3),
    ]


def test_changes_are_of_the_offerings_too():
    palta = make_product(name="Palta", reference_season=MARCH)
    make_offering(product=palta, season=JANUARY)

    rows = Product.objects.changing(1, Offering.objects.listed())

    assert [(row.level, row.next_level) for row in rows] == [(3, 1)]


@pytest.mark.parametrize(
    ("season", "message"),
    [
        ([2] * 11, SEASON_SHAPE_MESSAGE),
        ([4, *[1] * 11], SEASON_SHAPE_MESSAGE),
        ([0] * 12, SEASON_EMPTY_MESSAGE),
    ],
    ids=str,
)
def test_the_field_refuses_what_is_no_season(season, message):
    with pytest.raises(ValidationError) as caught:
        SeasonField().clean(season, None)

    assert caught.value.messages == [message]


def test_the_field_takes_a_season():
    assert SeasonField().clean(JANUARY, None) == JANUARY


def test_the_field_migrates_without_what_is_always_the_same():
    _name, path, args, kwargs = SeasonField(verbose_name="year").deconstruct()

    assert (path, args, kwargs) == (
        "producers.fields.SeasonField",
        [],
        {"verbose_name": "year"},
    )
