import pytest
from django.contrib.admin.models import LogEntry

from producers import photos
from producers.models import Offering, Producer
from tests.desk import (
    add_row,
    change_page,
    filled_in,
    form_errors,
    open_desk,
    page,
    row_errors,
    season_values,
    sent,
)
from tests.factories import (
    ALL_YEAR,
    make_offering,
    make_producer,
    make_product,
    make_region,
    make_variety,
)
from tests.producers.pictures import make_upload, upload

SEASON = [0, 0, 1, 3, 3, 2, 1, 0, 0, 0, 0, 0]


@pytest.fixture
def desk(db, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


def new_producer(desk, **values):
    """Return what the empty form for a producer would send, with some values."""
    data = filled_in(desk.get(page(Producer, "add")))
    values = {"name": "Rosa Quispe", "slug": "rosa-quispe"} | values
    return data | {name: sent(value) for name, value in values.items()}


def test_a_producer_is_added_with_all_that_belongs_to_it(desk):
    product = make_product()
    variety = make_variety(product=product)
    data = new_producer(
        desk,
        status="published",
        region=make_region().pk,
        practices=["compost", "terraces"],
    )
    values = {"product": product.pk, "varieties": [variety.pk], "unit": "kg"}
    add_row(data, "offerings", **values, **season_values("season", SEASON))
    add_row(data, "photos", image=make_upload(), alt_text="Rosa", position="0")
    add_row(data, "contacts", kind="phone", value="987 654 321", position="0")
    given = {"given_by": "Rosa Quispe", "given_date": "2026-11-01"}
    add_row(data, "consents", **given, covers=["profile", "portrait"])
    seal = {"scheme": "SGP Cusco", "valid_through": "2027-11-01"}
    add_row(data, "certifications", **seal)

    response = desk.post(page(Producer, "add"), data)

    producer = Producer.objects.get()
    assert response.url == change_page(producer)
    assert producer.practices == ["compost", "terraces"]
    assert producer.offerings.get().season == SEASON
    assert producer.offerings.get().varieties.get() == variety
    assert producer.photos.get().width == 1200
    assert producer.contacts.get().value == "987 654 321"
    assert producer.consents.get().covers == ["profile", "portrait"]
    assert producer.certifications.get().scheme == "SGP Cusco"


def test_what_a_page_shows_is_what_it_saves(desk):
    offering = make_offering(season=SEASON, price="8.50", price_date="2026-11-01")
    offering.varieties.add(make_variety(product=offering.product))
    producer = offering.producer
    before = Producer.objects.filter(pk=producer.pk).values().get()
    address = change_page(producer)

    response = desk.post(address, filled_in(desk.get(address)))

    assert response.status_code == 302
    assert Producer.objects.filter(pk=producer.pk).values().get() == before
    assert Offering.objects.get().season == SEASON
    assert Offering.objects.get().varieties.count() == 1
    assert LogEntry.objects.get().get_change_message() == "No fields changed."


def test_a_row_added_and_left_empty_is_no_row(desk):
    data = new_producer(desk)
    values = {"unit": "kg", "is_active": "on"} | season_values("season", [0] * 12)
    add_row(data, "offerings", **values)
    add_row(data, "photos", position="0", shows_people="on")

    response = desk.post(page(Producer, "add"), data)

    assert response.status_code == 302
    assert Offering.objects.count() == 0


@pytest.mark.parametrize(
    ("values", "field"), [({"name": "Rosa"}, "region"), ({"region": "x"}, "name")]
)
def test_publishing_takes_a_name_and_a_region(desk, values, field):
    if "region" in values:
        values = {"name": "", "region": make_region().pk}
    data = new_producer(desk, status="published", story="Sowing since 1990.", **values)

    response = desk.post(page(Producer, "add"), data)

    assert list(form_errors(response)) == [field]
    # The buttons send the status, and are still there.
    del data["status"]
    assert filled_in(response) == {name: one for name, one in data.items() if one}
    assert Producer.objects.count() == 0


def test_a_refused_form_keeps_its_rows_and_asks_for_the_photo_again(desk):
    product = make_product()
    data = new_producer(desk, status="published")
    row = {"product": product.pk, "unit": "bunch", "note": "Small ones"}
    add_row(data, "offerings", **row, **season_values("season", SEASON))
    add_row(data, "photos", image=make_upload(), alt_text="Rosa", position="3")
    add_row(data, "photos", image=upload(b"text"), alt_text="A text", position="4")

    response = desk.post(page(Producer, "add"), data)

    kept = filled_in(response)
    assert list(form_errors(response)) == ["region"]
    del data["status"]
    typed = {key: one for key, one in data.items() if "image" not in key}
    assert {key: kept[key] for key in typed} == typed
    assert row_errors(response, "photos") == [
        {"image": ["Choose the file again: browsers do not keep it."]},
        {"image": [str(photos.WRONG_FORMAT)]},
    ]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"altitude_m": "9000"}, "altitude_m"),
        ({"latitude": "-13.5"}, "latitude"),
        ({"latitude": "40", "longitude": "-72"}, "latitude"),
        ({"joined_year": "1990"}, "joined_year"),
        ({"practices": ["magic"]}, "practices"),
        ({"slug": "rosa quispe"}, "slug"),
    ],
    ids=str,
)
def test_a_fault_is_said_at_its_field(desk, values, field):
    response = desk.post(page(Producer, "add"), new_producer(desk, **values))

    assert list(form_errors(response)) == [field]


def test_two_new_offerings_of_one_product_are_refused_at_the_second(desk):
    product = make_product()
    data = new_producer(desk)
    for _ in range(2):
        values = {"product": product.pk, "unit": "kg"}
        add_row(data, "offerings", **values, **season_values("season", ALL_YEAR))

    response = desk.post(page(Producer, "add"), data)

    sentence = "The producer offers this product already."
    assert row_errors(response, "offerings") == [{}, {"product": [sentence]}]
    assert Producer.objects.count() == 0


def test_a_product_that_is_offered_already_is_refused_at_its_row(desk):
    offering = make_offering()
    address = change_page(offering.producer)
    data = filled_in(desk.get(address))
    values = {"product": offering.product.pk, "unit": "kg"}
    add_row(data, "offerings", **values, **season_values("season", ALL_YEAR))

    response = desk.post(address, data)

    sentence = "The producer offers this product already."
    assert row_errors(response, "offerings") == [{}, {"product": [sentence]}]


def test_several_products_and_varieties_are_added_at_once(desk):
    first = make_product()
    data = new_producer(desk)
    for product in (first, make_product()):
        values = {"product": product.pk, "unit": "kg"}
        add_row(data, "offerings", **values, **season_values("season", ALL_YEAR))
    names = filled_in(desk.get(change_page(first)))
    for name in ("Hass", "Fuerte"):
        add_row(names, "varieties", name=name)

    desk.post(page(Producer, "add"), data)
    desk.post(change_page(first), names)

    assert Producer.objects.get().offerings.count() == 2
    assert first.varieties.count() == 2


def test_a_row_marked_to_go_is_no_obstacle_to_others_of_the_form(desk):
    products = [make_product(), make_product()]
    producer = make_producer()
    for product in products:
        make_offering(producer=producer, product=product)
    data = filled_in(desk.get(change_page(producer)))
    data |= {"offerings-0-DELETE": "on"}

    response = desk.post(change_page(producer), data)

    assert response.status_code == 302
    assert producer.offerings.get().product == products[1]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"season": [0] * 12}, "season"),
        ({"season": [4] * 12}, "season"),
        ({"price": "8.50"}, "price_date"),
        ({"price": "-1", "price_date": "2026-11-01"}, "price"),
        ({"product": ""}, "product"),
    ],
    ids=str,
)
def test_a_fault_of_an_offering_is_said_at_its_field(desk, values, field):
    data = new_producer(desk)
    row = {"product": make_product().pk, "unit": "kg"} | values
    season = row.pop("season", ALL_YEAR)
    add_row(data, "offerings", **row, **season_values("season", season))

    response = desk.post(page(Producer, "add"), data)

    assert [list(errors) for errors in row_errors(response, "offerings")] == [[field]]


def test_a_variety_belongs_to_the_product_of_its_offering(desk):
    maize, potato = make_product(name="Maize"), make_product(name="Potato")
    white = make_variety(product=maize, name="White")
    data = new_producer(desk)
    values = {"product": potato.pk, "varieties": [white.pk], "unit": "kg"}
    add_row(data, "offerings", **values, **season_values("season", ALL_YEAR))

    response = desk.post(page(Producer, "add"), data)

    sentence = "White is no variety of Potato."
    assert row_errors(response, "offerings") == [{"varieties": [sentence]}]


def test_a_consent_covers_something_and_ends_after_it_began(desk):
    data = new_producer(desk)
    given = {"given_by": "Rosa", "given_date": "2026-11-02"}
    add_row(data, "consents", **given)
    withdrawn = {"withdrawn_date": "2026-11-01", "covers": ["profile"]}
    add_row(data, "consents", **given, **withdrawn)

    response = desk.post(page(Producer, "add"), data)

    errors = [list(errors) for errors in row_errors(response, "consents")]
    assert errors == [["covers"], ["withdrawn_date"]]


def test_a_cooperative_with_many_offerings_is_saved_whole(desk):
    producer = make_producer()
    for _ in range(60):
        make_offering(producer=producer)
    data = filled_in(desk.get(change_page(producer)))
    assert sum(len(v) if isinstance(v, list) else 1 for v in data.values()) > 1000

    response = desk.post(change_page(producer), data | {"people": "Sixty families"})

    producer.refresh_from_db()
    assert (response.status_code, producer.people) == (302, "Sixty families")
    assert producer.offerings.count() == 60
