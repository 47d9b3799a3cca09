import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import resolve
from django.utils.translation import override

from producers import drawings
from producers.models import (
    Category,
    NaturalRegion,
    Offering,
    Practice,
    Producer,
    ProducerContact,
    Region,
)
from tests.factories import (
    make_category,
    make_certification,
    make_consent,
    make_contact,
    make_offering,
    make_photo,
    make_producer,
    make_product,
    make_region,
    make_variety,
)

pytestmark = pytest.mark.django_db


def test_only_published_producers_are_listed():
    for status in Producer.Status:
        make_producer(slug=status.value, status=status)

    assert [row.slug for row in Producer.objects.listed()] == ["published"]
    assert [row.slug for row in Producer.objects.all() if row.is_listed] == [
        "published"
    ]


def test_offerings_are_listed_when_all_they_belong_to_is_public():
    listed = make_offering()
    make_offering(is_active=False)
    make_offering(producer=make_producer(status="draft"))
    make_offering(producer=make_producer(status="archived"))
    make_offering(product=make_product(is_listed=False))

    assert [*Offering.objects.listed()] == [listed]


def test_a_drafts_offerings_are_active_before_they_are_listed():
    kept = make_offering(producer=make_producer(status="draft"))
    make_offering(is_active=False)
    make_offering(product=make_product(is_listed=False))

    assert [*Offering.objects.active()] == [kept]


def test_offerings_in_a_month_reach_the_level():
    peak = make_offering(season=[3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
    little = make_offering(season=[1, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])

    assert {*Offering.objects.in_month(1)} == {peak, little}
    assert {*Offering.objects.in_month(1, at_least=2)} == {peak}
    assert {*Offering.objects.in_month(12)} == {peak}
    assert {*Offering.objects.in_month(6)} == set()


@pytest.mark.parametrize("month", [0, 13, -1])
def test_offerings_in_no_month_are_an_error(month):
    with pytest.raises(ValueError, match="not a month"):
        Offering.objects.in_month(month)


def test_offerings_of_a_product_begin_with_the_best(django_assert_num_queries):
    palta = make_product()
    for name, level in (("Ana", 1), ("Berta", 3), ("Carla", 3), ("Diana", 0)):
        make_offering(
            producer=make_producer(name=name), product=palta, season=[level, *[1] * 11]
        )

    with django_assert_num_queries(2):
        rows = [*palta.offerings.for_product(1)]
        names = [(row.producer.name, row.producer.region.name) for row in rows]
        assert [[*row.varieties.all()] for row in rows] == [[]] * 4

    assert [name for name, _region in names] == ["Berta", "Carla", "Ana", "Diana"]


def test_offerings_of_a_producer_are_by_product(django_assert_num_queries):
    rosa = make_producer(name="Rosa")
    for name in ("Queso", "Palta"):
        make_offering(producer=rosa, product=make_product(name=name))

    with django_assert_num_queries(2):
        rows = [*rosa.offerings.for_producer()]
        texts = [(f"{row.product} · {rosa}", [*row.varieties.all()]) for row in rows]

    assert texts == [("Palta · Rosa", []), ("Queso · Rosa", [])]


def test_cards_show_what_the_public_may_see_of_a_producer(django_assert_num_queries):
    rosa = make_producer(name="Rosa")
    palta = make_offering(producer=rosa, product=make_product(name="Palta"))
    apio = make_offering(producer=rosa, product=make_product(name="Apio"))
    make_offering(producer=rosa, is_active=False)
    make_offering(producer=rosa, product=make_product(is_listed=False))
    photo = make_photo(producer=rosa)
    make_photo(producer=rosa, shows_people=True)

    with django_assert_num_queries(3):
        (card,) = Producer.objects.listed().for_cards()

    assert card.shown_offerings == [apio, palta]
    assert card.shown_photos == [photo]


def test_producers_offering_something_are_found_once():
    rosa = make_producer()
    make_offering(producer=rosa)
    make_offering(producer=rosa)
    make_producer()

    assert [*Producer.objects.offering(Offering.objects.listed())] == [rosa]
    assert [*Producer.objects.offering(Offering.objects.none())] == []


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        (
            {"locality": "Vicos", "district": "Marcará", "province": "Carhuaz"},
            "Vicos, Carhuaz, Cusco",
        ),
        ({"district": "Pisac", "province": "Calca"}, "Pisac, Calca, Cusco"),
        ({"district": "Cusco", "province": "Cusco"}, "Cusco"),
        ({}, "Cusco"),
    ],
    ids=str,
)
def test_place_goes_from_near_to_far_without_repeats(fields, place):
    assert make_producer(**fields).place == place


def test_practices_are_named_in_their_order():
    rosa = make_producer(practices=["terraces", "compost"])

    assert rosa.practice_labels == [Practice.TERRACES.label, Practice.COMPOST.label]


def test_every_row_has_an_address_that_leads_to_it():
    rows = [make_producer(slug="rosa"), make_product(slug="palta"), make_region("Puno")]

    addresses = [row.get_absolute_url() for row in rows]

    assert addresses == ["/productores/rosa/", "/productos/palta/", "/regiones/puno/"]
    assert [resolve(address).url_name for address in addresses] == [
        "producer_detail",
        "product_detail",
        "region_detail",
    ]


def test_rows_are_called_by_their_names():
    variety = make_variety(product=make_product(name="Palta"), name="Hass")
    photo = make_photo(producer=make_producer(name="Rosa"))
    contact = make_contact(value="987654321")
    seal = make_certification(scheme="SGP Cusco")

    assert [str(row) for row in (variety, variety.product, photo.producer)] == [
        "Hass",
        "Palta",
        "Rosa",
    ]
    assert str(photo) == photo.alt_text
    assert str(make_photo(alt_text="")) == "foto sin su texto"
    assert str(contact) == "WhatsApp: 987654321"
    assert str(seal) == "SGP Cusco"
    assert str(make_category(name="Frutas secas")) == "Frutas secas"
    assert str(make_region("Cusco")) == "Cusco"


def test_the_migration_brings_25_regions_and_9_categories():
    categories = Category.objects.order_by("position")

    assert Region.objects.count() == 25
    assert [row.position for row in categories] == [*range(1, 10)]
    with override("en"):
        assert str(categories[0]) == "Fruit"


def test_natural_regions_are_named_in_their_order():
    labels = make_region("La Libertad").natural_region_labels

    assert labels == [region.label for region in NaturalRegion]


def test_regions_count_the_producers_that_the_public_sees():
    cusco, puno = make_region("Cusco"), make_region("Puno")
    make_producer(region=cusco)
    make_producer(region=cusco)
    make_producer(region=cusco, status="draft")
    make_producer(region=puno, status="archived")

    counts = dict(
        Region.objects.with_producer_count().values_list("slug", "producer_count")
    )

    assert (counts["cusco"], counts["puno"], counts["lima"]) == (2, 0, 0)
    assert len(counts) == 25


def test_origins_of_a_product_come_most_first():
    palta = make_product()
    for region in ("Puno", "Cusco", "Cusco"):
        make_offering(product=palta, producer=make_producer(region=make_region(region)))
    make_offering(producer=make_producer(region=make_region("Lima")))
    make_offering(product=palta, is_active=False)

    origins = Region.objects.with_producers_of(Offering.objects.listed(), palta)

    assert [(row.name, row.producer_count) for row in origins] == [
        ("Cusco", 2),
        ("Puno", 1),
    ]


@pytest.mark.parametrize(
    ("days", "is_valid"), [(-1, True), (0, True), (1, False)], ids=str
)
def test_certifications_are_valid_on_their_last_day(days, is_valid):
    last = dt.date(2026, 11, 29)
    seal = make_certification(valid_through=last)

    valid = seal.producer.certifications.valid_on(last + dt.timedelta(days=days))

    assert [*valid] == ([seal] if is_valid else [])


def test_contacts_are_listed_in_their_order_if_they_may_be_public():
    rosa = make_producer()
    make_consent(producer=rosa, covers=["contact"])
    second = make_contact(producer=rosa, position=2)
    first = make_contact(producer=rosa, position=1)
    make_contact(producer=rosa, is_public=False)

    assert [*rosa.contacts.listed()] == [first, second]


@pytest.mark.parametrize(
    ("kind", "value", "href"),
    [
        ("whatsapp", "987 654 321", "https://wa.me/51987654321"),
        ("whatsapp", "+34 612 345 678", "https://wa.me/34612345678"),
        ("phone", "01 460-1234", "tel:+5114601234"),
        ("email", "rosa@example.org", "mailto:rosa@example.org"),
        ("website", "https://example.org/rosa", "https://example.org/rosa"),
        ("facebook", "http://facebook.com/rosa", "http://facebook.com/rosa"),
    ],
)
def test_contacts_open_with_a_link(kind, value, href):
    contact = ProducerContact(kind=kind, value=value)

    contact.clean()

    assert contact.href == href


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("whatsapp", "ask Rosa"),
        ("whatsapp", "12"),
        ("phone", ""),
        ("email", "rosa at example"),
        ("website", "javascript:alert(1)"),
        ("instagram", "@rosa"),
    ],
)
def test_contacts_that_lead_nowhere_are_refused_at_their_value(kind, value):
    with pytest.raises(ValidationError) as caught:
        ProducerContact(kind=kind, value=value).clean()

    assert [*caught.value.message_dict] == ["value"]


def test_a_bad_telephone_number_has_no_link():
    assert ProducerContact(kind="phone", value="123").href == ""


def test_drawings_are_named_after_their_files():
    names = drawings.names()

    assert "papa-nativa" in names
    assert drawings.choices() == [(name, name) for name in sorted(names)]
    assert drawings.path("papa-nativa") == "img/products/papa-nativa.svg"
