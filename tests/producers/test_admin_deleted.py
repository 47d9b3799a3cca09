"""What was deleted comes back, and nothing else, by who may, and out of sight."""

import pytest

from producers.models import Consent, Offering, Producer, Product, ProductPhoto, Variety
from tests.desk import change_page, filled_in, make_clerk, make_member, open_desk, page
from tests.factories import (
    make_consent,
    make_contact,
    make_offering,
    make_participation,
    make_producer,
    make_product,
    make_product_photo,
    make_shelf_item,
    make_variety,
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("november"),
]


@pytest.fixture
def desk(reference_data, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


@pytest.fixture
def editors_desk(desk):
    desk.force_login(make_member("Edición"))
    return desk


def bring_back(desk, model):
    version = model.history.filter(history_type="-").latest()
    return desk.post(page(model, "deleted"), {"version": version.pk}, follow=True)


def said(response):
    return [str(message) for message in response.context["messages"]]


def removed(desk, rosa, prefix, **typed):
    """Save the page of rosa without its first row of a kind."""
    data = filled_in(desk.get(change_page(rosa))) | {f"{prefix}-0-DELETE": "on"}
    assert desk.post(change_page(rosa), data | typed).status_code == 302


def test_what_was_saved_in_the_same_go_stays_as_it_is(desk):
    rosa = make_producer(status="draft", name="Rosa")
    offering = make_offering(producer=rosa)
    consent = make_consent(producer=rosa, given_date="2026-01-01")
    contact = make_contact(producer=rosa)
    withdrawn = {"consents-0-withdrawn_date": "2026-02-01", "contacts-0-DELETE": "on"}
    removed(desk, rosa, "offerings", name="Otra", **withdrawn)
    desk.force_login(make_member("Edición"))

    bring_back(desk, Offering)

    rosa.refresh_from_db()
    consent.refresh_from_db()
    assert rosa.name == "Otra"
    assert str(consent.withdrawn_date) == "2026-02-01"
    assert [*rosa.offerings.all()] == [offering]
    assert not type(contact).objects.exists()


def test_a_removed_consent_comes_back_with_its_producer_alone(desk):
    rosa = make_producer(status="draft")
    offering, consent = make_offering(producer=rosa), make_consent(producer=rosa)
    removed(desk, rosa, "offerings", **{"consents-0-DELETE": "on"})

    bring_back(desk, Offering)

    assert [*rosa.offerings.all()] == [offering]
    assert not Consent.objects.exists()
    consent = make_consent(producer=rosa)
    rosa.delete()
    bring_back(desk, Producer)
    assert Consent.objects.get() == consent


def test_a_product_comes_back_outside_the_catalogue(desk):
    make_variety(product=make_product(name="Palta", is_listed=True)).product.delete()
    desk.force_login(make_clerk("view_product", "add_product", "add_variety"))

    bring_back(desk, Product)

    palta = Product.objects.get()
    assert (palta.is_listed, palta.varieties.count()) == (False, 1)


@pytest.mark.parametrize(
    ("make", "model"), [(make_offering, Offering), (make_variety, Variety)], ids=str
)
def test_what_the_public_would_see_is_brought_back_by_who_may_publish(
    editors_desk, make, model
):
    make().delete()

    shown = editors_desk.get(page(model, "deleted")).text
    response = bring_back(editors_desk, model)

    assert 'name="version"' not in shown
    assert (response.status_code, model.objects.count()) == (403, 0)
    editors_desk.force_login(make_member("Coordinación"))
    assert 'name="version"' in editors_desk.get(page(model, "deleted")).text
    assert bring_back(editors_desk, model).status_code == 200
    assert model.objects.count() == 1


def test_what_belongs_to_a_draft_is_brought_back_by_an_editor(editors_desk):
    make_offering(producer=make_producer(status="draft")).delete()
    make_product_photo(product=make_product(is_listed=True)).delete()

    response = bring_back(editors_desk, Offering)

    assert said(response) == ["It is back, with all that was deleted with it."]
    assert (Offering.objects.count(), ProductPhoto.objects.count()) == (1, 0)


def test_what_points_to_a_row_that_is_gone_is_named_and_stays_away(desk):
    offering = make_offering(
        producer=make_producer(name="Rosa"), product=make_product(name="Palta")
    )
    name = str(offering)
    offering.delete()
    offering.product.delete()

    response = bring_back(desk, Offering)

    assert said(response) == [
        f"These stay as they are, because of what was changed elsewhere since: {name}"
    ]
    assert response.redirect_chain == [(page(Offering, "deleted"), 302)]
    assert not Offering.objects.exists()


@pytest.mark.parametrize(
    "make", [make_offering, make_participation, make_shelf_item], ids=str
)
def test_what_went_with_its_owner_is_named_at_a_constant_cost(
    desk, make, django_assert_max_num_queries, django_assert_num_queries
):
    row = make()
    model, name = type(row), str(row)
    Producer.objects.all().delete()

    with django_assert_max_num_queries(12) as found:
        assert name in desk.get(page(model, "deleted")).text
    for _number in range(9):
        make()
    Producer.objects.all().delete()
    with django_assert_num_queries(len(found)):
        desk.get(page(model, "deleted"))


def test_a_name_that_nobody_knows_any_more_is_no_error(desk):
    make_offering().producer.delete()
    Producer.history.all().delete()

    assert "(no longer there)" in desk.get(page(Offering, "deleted")).text


def test_former_addresses_come_back_with_their_owner(desk, client):
    for make, folder, public in (
        (make_producer, "productores", {"status": "published"}),
        (make_product, "productos", {"is_listed": True}),
    ):
        row = make(slug="ahora")
        row.former_slugs.create(slug="antes")
        row.delete()
        bring_back(desk, type(row))
        type(row).objects.update(**public)

        assert client.get(f"/{folder}/antes/").url == f"/{folder}/ahora/"


def test_an_editor_brings_a_draft_back_with_its_former_address(editors_desk):
    rosa = make_producer(status="draft")
    rosa.former_slugs.create(slug="antes")
    rosa.delete()

    bring_back(editors_desk, Producer)

    assert [str(one) for one in Producer.objects.get().former_slugs.all()] == ["antes"]
