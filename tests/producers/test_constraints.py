import datetime as dt

import pytest
from django.apps import apps
from django.db import IntegrityError

from producers.models import Offering, Product
from tests.factories import (
    LIMA,
    make_consent,
    make_offering,
    make_photo,
    make_producer,
    make_product,
    make_product_photo,
    make_variety,
)

pytestmark = pytest.mark.django_db

LEVEL_FOUR = [4, *[1] * 11]
NOT_A_LEVEL = [-1, *[1] * 11]
NOTHING_KNOWN = [None, *[1] * 11]
SEASONS = {
    "twelve_levels": [[2] * 11, [2] * 13, LEVEL_FOUR, NOT_A_LEVEL, NOTHING_KNOWN],
    "not_empty": [[0] * 12, []],
}
BAD_SEASONS = [(rule, season) for rule, bad in SEASONS.items() for season in bad]

LONG_AGO = dt.datetime(2026, 1, 1, tzinfo=LIMA)

REFUSED = {
    "producers_product_season_has_source": [
        lambda: make_product(reference_source=""),
    ],
    "producers_variety_once_per_product": [
        lambda: make_variety(product=make_variety(name="Hass").product, name="Hass"),
    ],
    "producers_offering_once_per_producer": [
        lambda: make_offering(**_pair(make_offering())),
        lambda: make_offering(**_pair(make_offering(is_active=False))),
    ],
    "producers_offering_price_has_date": [
        lambda: make_offering(price=8),
    ],
    "producers_offering_price_not_negative": [
        lambda: make_offering(price="-0.01", price_date=dt.date(2026, 11, 1)),
    ],
    "producers_producer_published_has_name_and_region": [
        lambda: make_producer(name=""),
        lambda: make_producer(region=None),
    ],
    "producers_producer_submitted_is_draft": [
        lambda: make_producer(submitted_at=LONG_AGO),
        lambda: make_producer(submitted_at=LONG_AGO, status="archived"),
    ],
    "producers_producer_altitude_range": [
        lambda: make_producer(altitude_m=-101),
        lambda: make_producer(altitude_m=7001),
    ],
    "producers_producer_coordinates_in_peru": [
        lambda: make_producer(latitude="-12.05"),
        lambda: make_producer(longitude="-77.05"),
        lambda: make_producer(latitude="12.05", longitude="-77.05"),
        lambda: make_producer(latitude="-12.05", longitude="77.05"),
        lambda: make_producer(latitude="-77.05", longitude="-12.05"),
        lambda: make_producer(latitude="-18.5", longitude="-70"),
    ],
    "producers_consent_covers_something": [
        lambda: make_consent(covers=[]),
    ],
    "producers_consent_withdrawn_after_given": [
        lambda: make_consent(
            given_date=dt.date(2026, 11, 2), withdrawn_date=dt.date(2026, 11, 1)
        ),
    ],
    "producers_producerphoto_focus_inside": [
        lambda: make_photo(focus_x=101),
        lambda: make_photo(focus_y=101),
    ],
    "producers_productphoto_focus_inside": [
        lambda: make_product_photo(focus_x=101),
        lambda: make_product_photo(focus_y=101),
    ],
}
CASES = [(name, make) for name, makers in REFUSED.items() for make in makers]


def _pair(offering):
    return {"producer": offering.producer, "product": offering.product}


def test_every_named_constraint_has_a_test():
    seasons = [
        f"producers_{model}_season_{rule}"
        for model in ("offering", "product")
        for rule in SEASONS
    ]

    names = [
        constraint.name
        for model in apps.get_app_config("producers").get_models()
        for constraint in model._meta.constraints
    ]

    assert sorted(names) == sorted([*REFUSED, *seasons])


@pytest.mark.parametrize(("name", "make"), CASES, ids=[name for name, _ in CASES])
def test_the_database_refuses_what_breaks_a_rule(name, make):
    with pytest.raises(IntegrityError, match=rf'"{name}"'):
        make()


@pytest.mark.parametrize(("rule", "season"), BAD_SEASONS, ids=str)
def test_offering_seasons_are_checked_by_the_database(rule, season):
    with pytest.raises(IntegrityError, match=f'"producers_offering_season_{rule}"'):
        make_offering(season=season)


@pytest.mark.parametrize(("rule", "season"), BAD_SEASONS, ids=str)
def test_product_seasons_are_checked_by_the_database(rule, season):
    with pytest.raises(IntegrityError, match=f'"producers_product_season_{rule}"'):
        make_product(reference_season=season)


def test_a_season_is_never_missing():
    offering = make_offering()

    with pytest.raises(IntegrityError, match="not-null"):
        Offering.objects.filter(pk=offering.pk).update(season=None)


def test_a_usual_season_is_never_missing():
    product = make_product()

    with pytest.raises(IntegrityError, match="not-null"):
        Product.objects.filter(pk=product.pk).update(reference_season=None)


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [("-18.35", "-70.2"), ("-0.04", "-75.2"), ("-4.6", "-81.3"), ("-12.5", "-68.7")],
    ids=["south", "north", "west", "east"],
)
def test_coordinates_reach_to_the_borders(latitude, longitude):
    producer = make_producer(latitude=latitude, longitude=longitude)

    producer.full_clean()


@pytest.mark.parametrize("altitude_m", [-100, 0, 7000])
def test_altitudes_include_their_ends(altitude_m):
    make_producer(altitude_m=altitude_m).full_clean()


def test_drafts_may_lack_name_and_region():
    draft = make_producer(name="", region=None, status="draft", slug="rosa")

    assert str(draft) == "rosa"
    assert draft.place == ""


def test_a_price_may_be_zero_and_a_date_stand_alone():
    gift = make_offering(price=0, price_date=dt.date(2026, 11, 1))
    unpriced = make_offering(price_date=dt.date(2026, 11, 1))

    assert (gift.price, unpriced.price) == (0, None)


def test_a_consent_may_end_on_the_day_it_was_given():
    consent = make_consent(withdrawn_date=dt.date(2026, 11, 29))

    assert consent.given_date == consent.withdrawn_date
    assert str(consent) == "Rosa, 2026-11-29"


def test_varieties_of_different_products_may_share_a_name():
    names = {make_variety(name="Criolla").name, make_variety(name="Criolla").name}

    assert names == {"Criolla"}
