"""What profiles, seals and prices ask of the staff, and the lists that mend it."""

import datetime as dt

import pytest

from producers.models import Offering, Producer
from tests.conftest import MONDAY
from tests.desk import front_tasks, make_clerk, open_desk, page, rows_to_mend
from tests.factories import (
    make_certification,
    make_consent,
    make_offering,
    make_photo,
    make_producer,
    make_product,
)

pytestmark = pytest.mark.usefixtures("november")
TODAY = MONDAY.date()
MAY_PUBLISH = ["change_producer", "publish_producer", "view_consent"]


@pytest.fixture
def desk(db, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


def make_whole(**fields):
    """Return a public producer whose page lacks nothing."""
    producer = make_producer(**{"story": "Siembra desde 1990."} | fields)
    make_photo(producer=producer)
    make_offering(producer=producer)
    make_consent(producer=producer)
    return producer


def days(count):
    return TODAY + dt.timedelta(days=count)


def test_a_whole_profile_asks_for_nothing(desk):
    make_whole()

    assert front_tasks(desk) == {}


LACKING = {
    "photo": (lambda one: one.photos.all().delete(), "a photo"),
    "story": (lambda one: Producer.objects.update(story=""), "a story"),
    "season": (
        lambda one: one.offerings.all().delete(),
        "a product and its season",
    ),
    "consent": (lambda one: one.consents.all().delete(), "consent to it"),
}


@pytest.mark.parametrize("part", LACKING)
def test_a_public_profile_without_a_part_is_told_of(desk, part):
    take_away, words = LACKING[part]
    lacking = make_whole()
    take_away(lacking)
    make_whole()
    make_producer(status="draft")
    make_producer(status="archived")

    assert front_tasks(desk) == {part: f"1 public profile without {words}"}
    assert rows_to_mend(desk, part) == {lacking}


def test_what_is_not_on_sale_is_no_season(desk):
    paused, hidden = make_whole(), make_whole()
    paused.offerings.update(is_active=False)
    hidden.offerings.update(product=make_product(is_listed=False))

    assert rows_to_mend(desk, "season") == {paused, hidden}


def test_a_consent_that_was_withdrawn_or_to_something_else_is_none(desk):
    withdrawn, other = make_whole(), make_whole()
    withdrawn.consents.update(withdrawn_date=days(10))
    other.consents.update(covers=["contact"])

    assert rows_to_mend(desk, "consent") == {withdrawn, other}


def test_an_example_needs_no_consent(desk):
    make_whole(is_example=True).consents.all().delete()

    assert front_tasks(desk) == {}


def test_no_other_part_can_be_lacking(db):
    with pytest.raises(KeyError):
        Producer.objects.lacking("shoes")


@pytest.mark.parametrize("query", [{"lacks": "shoes"}, {"seal": "old"}])
def test_another_value_of_a_filter_filters_nothing(desk, query):
    producer = make_producer()

    listed = desk.get(page(Producer, "changelist"), query)

    assert [*listed.context["cl"].result_list] == [producer]


@pytest.mark.parametrize(
    ("valid_for", "is_told"), [(-1, True), (0, True), (60, True), (61, False)]
)
def test_a_seal_is_told_of_sixty_days_before_it_ends(desk, valid_for, is_told):
    producer = make_whole()
    make_certification(producer=producer, valid_through=days(valid_for))
    make_certification(producer=make_producer(status="draft"), valid_through=TODAY)

    words = "1 producer whose seal has expired, or will within 60 days"
    assert front_tasks(desk) == ({"seal": words} if is_told else {})
    if is_told:
        assert rows_to_mend(desk, "seal") == {producer}


def test_a_renewed_seal_is_told_of_no_more(desk):
    renewed, other = make_whole(), make_whole()
    for producer in (renewed, other):
        make_certification(producer=producer, scheme="SGP", valid_through=days(-5))
    make_certification(producer=renewed, scheme="sgp", valid_through=days(300))
    make_certification(producer=other, scheme="Organic", valid_through=days(300))

    assert rows_to_mend(desk, "seal") == {other}


@pytest.mark.parametrize(("age", "is_told"), [(30, False), (31, True)])
def test_a_price_is_old_after_thirty_days(desk, age, is_told):
    offering = make_whole().offerings.get()
    price = {"price": "8.50", "price_date": days(-age)}
    Offering.objects.filter(pk=offering.pk).update(**price)
    make_offering(producer=make_producer(status="draft"), **price)
    make_offering(producer=offering.producer, is_active=False, **price)
    make_offering(producer=offering.producer, price_date=days(-age))

    words = "1 price seen more than 30 days ago"
    assert front_tasks(desk) == ({"price": words} if is_told else {})
    if is_told:
        assert rows_to_mend(desk, "price") == {offering}


def test_another_price_filter_filters_nothing(desk):
    offering = make_offering()

    listed = desk.get(page(Offering, "changelist"), {"price": "new"})

    assert [*listed.context["cl"].result_list] == [offering]


@pytest.mark.parametrize("missing", MAY_PUBLISH)
def test_public_profiles_are_the_task_of_those_who_may_mend_them(desk, missing):
    make_certification(valid_through=TODAY)
    make_producer(status="draft", submitted_at=MONDAY)
    told = {"waiting", "consent", "seal", "season", "photo", "story"}

    desk.force_login(make_clerk(*MAY_PUBLISH))
    assert {*front_tasks(desk)} == told

    desk.force_login(make_clerk(*{*MAY_PUBLISH} - {missing}))
    assert desk.get("/admin/").context["tasks"] is None


@pytest.mark.parametrize("missing", ["change_offering", "publish_producer"])
def test_prices_are_the_task_of_those_who_may_mend_them(desk, missing):
    make_offering(price="8.50", price_date=days(-31))
    needed = {"change_offering", "publish_producer"}

    desk.force_login(make_clerk(*needed))
    assert {*front_tasks(desk)} == {"price"}

    desk.force_login(make_clerk(*needed - {missing}))
    assert desk.get("/admin/").context["tasks"] is None


def test_the_filters_can_show_how_many_rows_each_finds(desk):
    make_certification(producer=make_whole(), valid_through=TODAY)

    listed = desk.get(page(Producer, "changelist"), {"_facets": "True"})
    prices = desk.get(page(Offering, "changelist"), {"_facets": "True"})

    assert "Expired, or will within 60 days (1)" in listed.text
    assert "a photo (0)" in listed.text
    assert "Public, seen more than 30 days ago (0)" in prices.text
