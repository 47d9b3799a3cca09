"""Which photos the public sees, and how they are cropped."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from producers.models import ProducerPhoto, ProductPhoto
from producers.photos import focus_classes
from tests.factories import (
    SUNDAY,
    make_consent,
    make_photo,
    make_producer,
    make_product,
    make_product_photo,
    make_staff,
)

pytestmark = pytest.mark.django_db

GIVEN = {"covers": ["portrait"]}
ELSE = {"covers": ["profile", "contact", "coordinates"]}
WITHDRAWN = GIVEN | {"withdrawn_date": SUNDAY}


@pytest.mark.parametrize(
    ("photo", "is_example", "consents", "is_listed"),
    [
        ({"shows_people": False}, False, [], True),
        ({"shows_people": False, "alt_text": ""}, False, [], False),
        ({"shows_people": False, "alt_text": ""}, True, [GIVEN], False),
        ({"shows_people": True}, False, [], False),
        ({"shows_people": True}, False, [GIVEN], True),
        ({"shows_people": True, "alt_text": ""}, False, [GIVEN], False),
        ({"shows_people": True}, False, [ELSE], False),
        ({"shows_people": True}, False, [WITHDRAWN], False),
        ({"shows_people": True}, False, [WITHDRAWN, GIVEN], True),
        ({"shows_people": True}, True, [], True),
        ({"shows_people": True}, True, [WITHDRAWN], True),
        ({"shows_people": False}, False, [WITHDRAWN], True),
    ],
)
def test_no_portrait_is_public_without_consent(photo, is_example, consents, is_listed):
    producer = make_producer(is_example=is_example)
    make_consent(producer=make_producer(), **GIVEN)
    for consent in consents:
        make_consent(producer=producer, **consent)
    make_photo(producer=producer, **photo)

    assert ProducerPhoto.objects.listed().count() == is_listed


def test_a_products_photo_is_public_once_it_says_what_can_be_seen():
    described = make_product_photo()
    silent = make_product_photo(alt_text="")

    assert [*ProductPhoto.objects.listed()] == [described]
    assert [*ProductPhoto.objects.undescribed()] == [silent]


def test_a_new_photo_is_of_people_until_somebody_says_that_it_is_not():
    assert ProducerPhoto().shows_people is True


def show_portrait(client, **fields):
    """Return the page of a producer with two photos, one of them a portrait."""
    producer = make_producer(**fields)
    make_photo(producer=producer, alt_text="Rosa", shows_people=True)
    make_photo(producer=producer, alt_text="Her terraces", position=1)
    return producer, client.get(producer.get_absolute_url()).text


def test_a_producers_page_shows_the_portrait_only_with_consent(client):
    producer, before = show_portrait(client)
    make_consent(producer=producer, covers=["portrait"])

    after = client.get(producer.get_absolute_url()).text

    assert ('alt="Rosa"' in before, 'alt="Her terraces"' in before) == (False, True)
    assert ('alt="Rosa"' in after, 'alt="Her terraces"' in after) == (True, True)


def test_staff_see_of_a_draft_what_the_public_would(client):
    client.force_login(make_staff())

    _producer, page = show_portrait(client, status="draft")

    assert ('alt="Rosa"' in page, 'alt="Her terraces"' in page) == (False, True)


def test_the_card_takes_the_first_photo_that_the_public_may_see(client):
    show_portrait(client)

    page = client.get("/productores/").text

    assert ('alt="Rosa"' in page, 'alt="Her terraces"' in page) == (False, True)


def test_a_products_page_keeps_its_drawing_until_the_photo_is_described(client):
    photo = make_product_photo(product=make_product(drawing="mango"), alt_text="")

    before = client.get(photo.product.get_absolute_url()).text
    ProductPhoto.objects.update(alt_text="Mangoes of Piura")
    after = client.get(photo.product.get_absolute_url()).text

    assert ("none-480.jpg" in before, "Dibujo: " in before) == (False, True)
    assert ("none-480.jpg" in after, "Dibujo: " in after) == (True, False)


@pytest.mark.parametrize(
    ("point", "classes"),
    [
        ((50, 50), "focus-x-50 focus-y-50"),
        ((0, 100), "focus-x-0 focus-y-100"),
        ((34, 35), "focus-x-30 focus-y-40"),
    ],
)
def test_pages_crop_photos_to_their_point(client, point, classes):
    photo = make_photo(focus_x=point[0], focus_y=point[1])
    good = make_product_photo(focus_x=point[0], focus_y=point[1])

    pages = ["/productores/", photo.producer.get_absolute_url()]
    for page in (*pages, good.product.get_absolute_url()):
        assert f'<picture class="picture {classes}">' in client.get(page).text


def test_every_point_has_its_style():
    text = (Path(settings.BASE_DIR) / "static/css/focus.css").read_text()

    rules = re.findall(r"\.(focus-[xy]-\d+) { --(focus-[xy]): (\d+)%; }", text)

    written = {f"{name}-{percent}" for _rule, name, percent in rules}
    wanted = {one for n in range(101) for one in focus_classes(n, n).split()}
    assert {rule for rule, _name, _percent in rules} == written == wanted
