import datetime as dt
from collections import Counter

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction

from markets.models import (
    Attendance,
    MarketDay,
    OpeningHours,
    Participation,
    ShelfItem,
    Stall,
    Venue,
)
from producers import drawings
from producers.models import Offering, Producer, Product, ProductPhoto, Variety
from tests.factories import LIMA, SUNDAY

MONDAY = dt.datetime(2026, 11, 23, 12, tzinfo=LIMA)
MODELS = [
    *(Product, Variety, Producer, Offering, Venue, Stall, OpeningHours),
    *(Participation, MarketDay, Attendance, ShelfItem),
]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample")]


@pytest.fixture(scope="module")
def sample(django_db_setup, django_db_blocker):
    """Load the sample once for this file; all is rolled back behind it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load()
        yield
        transaction.set_rollback(True)


def rows():
    return {model.__name__: model.objects.count() for model in MODELS}


def load(*arguments, now=MONDAY):
    with time_machine.travel(now):
        call_command("load_sample", *arguments, verbosity=0)


def test_the_sample_is_a_whole_market():
    regions = Producer.objects.values("region").distinct().count()

    found = rows()
    assert (found["Product"], found["Producer"], found["MarketDay"]) == (120, 84, 29)
    assert found["Venue"] == 2
    assert found["Stall"] == 84
    assert found["Participation"] == 84
    assert found["ShelfItem"] == 12
    assert regions >= 17
    assert 400 <= found["Offering"] <= 430


def test_everything_invented_is_marked_as_an_example():
    assert Producer.objects.filter(is_example=False).count() == 0
    assert Producer.objects.listed().count() == 84
    assert ProductPhoto.objects.count() == 0
    assert Venue.objects.filter(confirmed_date__isnull=False).count() == 0


def test_every_row_would_pass_its_form():
    for model in (Product, Producer, Offering, Venue, MarketDay):
        for row in model.objects.all():
            row.clean_fields()
            row.clean()


def test_every_product_has_words_a_source_and_others_that_go_with_it():
    for product in Product.objects.prefetch_related("goes_with", "main_regions"):
        assert product.reference_source, product
        assert product.description, product
        assert product.name_en, product
        assert 1 <= product.goes_with.count() <= 4, product
        assert product not in product.goes_with.all()
    assert Variety.objects.filter(name="").count() == 0


def test_every_drawing_that_a_product_names_exists():
    named = set(Product.objects.exclude(drawing="").values_list("drawing", flat=True))

    assert named <= drawings.names()
    assert len(named) > 60


def test_every_offering_has_varieties_of_its_own_product():
    strangers = [
        (offering, variety)
        for offering in Offering.objects.prefetch_related("varieties")
        for variety in offering.varieties.all()
        if variety.product_id != offering.product_id
    ]

    assert strangers == []


def test_prices_are_those_of_the_day():
    dates = {*Offering.objects.values_list("price_date", flat=True)}

    assert dates == {None, dt.date(2026, 11, 23)}


def test_market_days_are_three_past_and_half_a_year_of_sundays_ahead():
    days = MarketDay.objects.order_by("date")

    assert [day.date for day in days] == [
        SUNDAY + dt.timedelta(weeks=number) for number in range(-3, 26)
    ]
    assert [day.status for day in days[:9]] == [
        *["confirmed"] * 4,
        "scheduled",
        "scheduled",
        "cancelled",
        "moved",
        "scheduled",
    ]
    told = [day.date for day in days if not day.follows_hours]
    assert told == [SUNDAY + dt.timedelta(weeks=n) for n in (-3, -2, -1, 0, 3, 4)]
    assert [day.date for day in days if day.checked_at == MONDAY] == told


def test_the_market_of_the_sample_is_the_main_one():
    assert [*Venue.objects.values_list("slug", "is_main").order_by("pk")] == [
        ("av-brasil", True),
        ("agro-shop", False),
    ]


def test_on_the_first_sunday_some_are_missing_with_a_reason():
    first = MarketDay.objects.get(date=SUNDAY)
    missing = first.attendances.filter(status="absent")

    assert 1 <= missing.count() <= 3
    assert all(row.reason.startswith("Ejemplo: ") for row in missing)
    assert first.attendances.filter(status="expected").count() == 0
    assert first.coming_producers().count() >= 60


def test_who_came_is_known_of_the_past_sundays_and_expected_of_the_others():
    past = Attendance.objects.filter(market_day__date__lt=SUNDAY)
    ahead = Attendance.objects.filter(market_day__date__gt=SUNDAY)

    assert {*past.values_list("status", "follows_rhythm")} == {("confirmed", False)}
    assert {*ahead.values_list("status", "follows_rhythm")} == {("expected", True)}


def test_a_second_load_adds_nothing():
    before = rows()

    load()

    assert rows() == before


def test_a_load_a_week_later_adds_a_sunday():
    before = rows()

    load(now=MONDAY + dt.timedelta(weeks=1))

    added = {name: count - before[name] for name, count in rows().items()}
    assert added["MarketDay"] == 1
    assert added["Attendance"] > 50
    assert sum(added.values()) == added["MarketDay"] + added["Attendance"]
    days = MarketDay.objects.values_list("status", flat=True)
    assert Counter(days) == {
        "confirmed": 4,
        "cancelled": 1,
        "moved": 1,
        "scheduled": 24,
    }


def test_a_load_months_later_confirms_the_sundays_between():
    load(now=MONDAY + dt.timedelta(weeks=40))

    days = MarketDay.objects.filter(date__gt=SUNDAY + dt.timedelta(weeks=25))
    statuses = [*days.order_by("date").values_list("status", flat=True)]
    # Three past ones that were missing, and half a year ahead.
    assert statuses == ["confirmed"] * 3 + ["scheduled"] * 26


def test_a_second_load_leaves_what_the_staff_changed():
    Product.objects.filter(slug="palta").update(description="Nuestra palta.")
    Producer.objects.filter(slug="huerto-agua-de-mayo").update(status="archived")
    MarketDay.objects.filter(date=SUNDAY).update(status="cancelled", notice="Paro.")
    Venue.objects.update(street="Calle 1", confirmed_date=SUNDAY)
    OpeningHours.objects.update(closes=dt.time(21))
    Offering.objects.update(note="Cambiado")
    ShelfItem.objects.update(is_in_stock=False)
    Attendance.objects.update(status="absent", stall=None)

    load()

    assert Producer.objects.get(slug="huerto-agua-de-mayo").status == "archived"
    assert MarketDay.objects.get(date=SUNDAY).status == "cancelled"
    assert {*Venue.objects.values_list("street", flat=True)} == {"Calle 1"}
    assert {*OpeningHours.objects.values_list("closes", flat=True)} == {dt.time(21)}
    assert {*Offering.objects.values_list("note", flat=True)} == {"Cambiado"}
    assert {*ShelfItem.objects.values_list("is_in_stock", flat=True)} == {False}
    assert {*Attendance.objects.values_list("status", flat=True)} == {"absent"}


def test_a_product_under_another_address_is_not_added_again():
    product = Product.objects.order_by("pk").first()
    Product.objects.filter(pk=product.pk).update(slug="otra-direccion")

    load()

    assert Product.objects.filter(name=product.name).count() == 1


def test_a_producer_without_a_usual_stall_is_expected_too():
    Participation.objects.filter(stall__number=1).update(stall=None)

    load(now=MONDAY + dt.timedelta(weeks=1))

    assert MarketDay.objects.count() == 30


def test_two_producers_may_share_a_usual_stall():
    second = Participation.objects.get(stall__number=2)
    Participation.objects.filter(stall__number=1).update(stall=second.stall)

    load(now=MONDAY + dt.timedelta(weeks=1))

    assert MarketDay.objects.count() == 30


def test_a_stall_that_the_staff_removed_is_done_without():
    Participation.objects.filter(stall__number=84).delete()
    Attendance.objects.filter(stall__number=84).delete()
    Stall.objects.filter(number=84).delete()

    load()

    assert Participation.objects.count() == 84
