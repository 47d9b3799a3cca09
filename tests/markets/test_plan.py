import pytest

from markets.models import Attendance, Stall
from markets.plan import TINTS, Found, Place, Zone, found, plan_of
from producers.models import Category, Offering, Producer, Product


def stall(number, row=1, position=None, zone=""):
    return Stall(
        pk=number, number=number, row=row, position=position or number, zone=zone
    )


def comes(producer, at=None, status="expected"):
    return Attendance(
        producer=Producer(pk=producer, name=f"Producer {producer}"),
        stall=at,
        status=status,
    )


def numbers(sides):
    return [
        [[place and place.stall.number for place in row] for row in side]
        for side in sides
    ]


def test_stalls_stand_in_rows_on_two_sides_of_the_street():
    stalls = [
        stall(row * 10 + place, row, place) for row in (4, 2, 3, 1) for place in (2, 1)
    ]

    plan = plan_of(stalls, [])

    assert numbers(plan.sides) == [[[11, 12], [21, 22]], [[31, 32], [41, 42]]]
    assert plan.stall_count == 8


@pytest.mark.parametrize(
    ("rows", "sides"),
    [
        ([1], [[[10]]]),
        ([1, 2], [[[10]], [[20]]]),
        ([1, 2, 3], [[[10], [20]], [[30]]]),
    ],
    ids=str,
)
def test_of_an_odd_number_of_rows_one_more_stands_on_the_first_side(rows, sides):
    plan = plan_of([stall(row * 10, row, 1) for row in rows], [])

    assert numbers(plan.sides) == sides


def test_where_no_stall_stands_there_is_a_gap():
    plan = plan_of([stall(1), stall(4), stall(5, row=2, position=2)], [])

    assert numbers(plan.sides) == [[[1, None, None, 4]], [[None, 5]]]
    assert plan.stall_count == 3


def test_without_stalls_there_is_no_plan():
    plan = plan_of([], [])

    assert plan == ([], [], [])
    assert (plan.stall_count, plan.coming_count) == (0, 0)


def test_a_place_knows_who_stands_there():
    fruit, grain = stall(1, zone="Frutas"), stall(2, zone="Granos")
    rosa = comes(7, fruit)

    plan = plan_of([fruit, grain], [rosa])

    assert plan.sides == [
        [[Place(fruit, "limon", rosa, False), Place(grain, "aji", None, False)]]
    ]


@pytest.mark.parametrize("is_first", [True, False])
def test_a_stall_shows_who_comes_rather_than_who_does_not(is_first):
    one = stall(1)
    rosa, julian = comes(7, one), comes(8, one, "absent")
    rows = [rosa, julian] if is_first else [julian, rosa]

    plan = plan_of([one], rows)

    assert plan.sides[0][0][0].attendance == rosa
    assert plan.absent == [julian]


def test_a_stall_of_one_who_does_not_come_shows_it():
    one = stall(1)
    julian = comes(8, one, "absent")

    plan = plan_of([one], [julian])

    assert plan.sides[0][0][0].attendance == julian
    assert plan.coming_count == 0
    assert plan.zones == [Zone("", "limon", 1, 1, [])]


def test_producers_are_pointed_out():
    stalls = [stall(number) for number in (1, 2, 3)]
    rows = [comes(7, stalls[0]), comes(8, stalls[1])]

    plan = plan_of(stalls, rows, highlighted=[8, 9])

    assert [place.is_highlighted for place in plan.sides[0][0]] == [False, True, False]


def test_zones_come_in_the_order_of_their_numbers_with_who_comes_there():
    fruit = [stall(1, zone="Frutas"), stall(3, zone="Frutas")]
    grain = [stall(2, zone="Granos")]
    rosa, julian, elena = comes(7, fruit[1]), comes(8, grain[0]), comes(9)
    absent = comes(10, fruit[0], "absent")

    plan = plan_of([*grain, *fruit], [rosa, julian, elena, absent])

    assert plan.zones == [
        Zone("Frutas", "limon", 1, 3, [rosa]),
        Zone("Granos", "aji", 2, 2, [julian]),
        Zone("", "card", None, None, [elena]),
    ]
    assert plan.coming_count == 3
    assert plan.absent == [absent]


def test_more_zones_than_inks_begin_again():
    stalls = [stall(number, zone=f"Zone {number}") for number in range(1, 11)]

    plan = plan_of(stalls, [])

    assert [zone.tint for zone in plan.zones] == [*TINTS, *TINTS[:2]]


def test_who_stands_at_a_stall_of_another_venue_is_not_lost():
    plan = plan_of([stall(1, zone="Frutas")], [comes(7, stall(99, zone="Otra"))])

    assert plan.coming_count == 1


FRUIT, DAIRY = Category(pk=1, name="Fruit"), Category(pk=2, name="Dairy")
MANGO = Product(pk=1, name="Mango", category=FRUIT)
PALTA = Product(pk=2, name="Palta", category=FRUIT)
QUESO = Product(pk=3, name="Queso", category=DAIRY)


def offers(producer, product, level):
    season = [0] * 10 + [level, 0]
    return Offering(producer=Producer(pk=producer), product=product, season=season)


def test_what_will_be_found_is_grouped_with_who_brings_it():
    rosa, julian = comes(7, stall(1)), comes(8, stall(2))
    offerings = [
        offers(7, MANGO, 1),
        offers(8, PALTA, 3),
        offers(7, PALTA, 2),
        offers(8, QUESO, 2),
    ]

    groups = found(offerings, [rosa, julian], 11)

    assert groups == [
        (FRUIT, [Found(MANGO, 1, [rosa]), Found(PALTA, 3, [rosa, julian])]),
        (DAIRY, [Found(QUESO, 2, [julian])]),
    ]


def test_when_nothing_will_be_found_there_are_no_groups():
    assert found([], [comes(7)], 11) == []
