import pytest
from django.contrib.admin.models import LogEntry
from django.utils.html import strip_tags

from producers.models import Offering, Practice, Producer, Product, Region, Variety
from tests.desk import (
    add_row,
    change_page,
    filled_in,
    open_desk,
    page,
    row_errors,
)
from tests.factories import (
    ALL_YEAR,
    make_category,
    make_consent,
    make_offering,
    make_photo,
    make_producer,
    make_product,
    make_region,
    make_variety,
)

SEASON = [0, 0, 1, 3, 3, 2, 1, 0, 0, 0, 0, 0]


@pytest.fixture
def desk(db, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


def names_listed(desk, model, **query):
    """Return the names in a list, in its order."""
    response = desk.get(page(model, "changelist"), query)
    return [row.name for row in response.context["cl"].result_list]


def labels(desk, model, term):
    """Return what an autocomplete for model offers."""
    field = {
        Producer: ("producers", "offering", "producer"),
        Product: ("producers", "offering", "product"),
        Variety: ("producers", "offering", "varieties"),
        Region: ("producers", "producer", "region"),
    }[model]
    query = dict(zip(("app_label", "model_name", "field_name"), field, strict=True))
    answer = desk.get(page(model, "labels"), query | {"term": term}).json()
    return [row["text"] for row in answer["results"]]


@pytest.mark.parametrize("row_count", [1, 30])
def test_producer_list_query_count_is_constant(
    desk, django_assert_num_queries, row_count
):
    for _ in range(row_count):
        make_photo(producer=make_offering().producer)

    # session, user, count, count of all, producers; regions of the filter
    with django_assert_num_queries(6):
        response = desk.get(page(Producer, "changelist"))

    assert len(response.context["cl"].result_list) == row_count


def test_producer_list_shows_photo_or_landscape_and_example(desk):
    make_photo(producer=make_producer(name="Ana"))
    make_producer(name="Beto", landscape="puna", is_example=True)
    make_photo(producer=make_producer(name="Carla"), renditions=[])

    html = desk.get(page(Producer, "changelist")).text

    assert html.count('src="/media/photos/none-480.jpg"') == 1
    assert html.count("landscape--puna") == 1
    assert html.count("landscape--highlands") == 1
    assert html.count('class="mark"') == 1


def test_an_example_says_so_on_its_page_and_when_looked_up(desk):
    example = make_producer(name="Beto", is_example=True)
    real = make_producer(name="Berta")

    pages = [desk.get(change_page(producer)).text for producer in (example, real)]

    assert ["example-note" in html for html in pages] == [True, False]
    assert labels(desk, Producer, "be") == ["Berta", "Beto (example)"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "ñandu"}, ["Ñandú"]),
        ({"q": "nandu"}, ["Ñandú"]),
        ({"q": "QUISPE"}, ["Ñandú"]),
        ({"q": "pisac quispe"}, ["Ñandú"]),
        ({"q": "aguacate"}, ["Zoila"]),
        ({"q": "palta"}, ["Zoila"]),
        ({"q": "palta quispe"}, []),
        ({"practice": "compost"}, ["Zoila"]),
        ({"status__exact": "draft"}, ["Zoila"]),
        ({"is_example__exact": "1"}, ["Ñandú"]),
    ],
    ids=str,
)
def test_producers_are_found(desk, query, found):
    fields = {"people": "Familia Quispe", "district": "Písac", "is_example": True}
    make_producer(name="Ñandú", **fields)
    zoila = make_producer(name="Zoila", status="draft", practices=[Practice.COMPOST])
    palta = make_product(name="Palta", other_names=["aguacate"])
    make_offering(producer=zoila, product=palta, is_active=False)

    assert names_listed(desk, Producer, **query) == found


def test_publishing_many_counts_what_it_did_and_what_it_left(desk):
    drafts = [make_producer(status="draft", is_example=True) for _ in range(2)]
    nowhere = make_producer(name="Rosa", status="draft", region=None)
    chosen = [producer.pk for producer in (*drafts, nowhere, make_producer())]

    data = {"action": "publish", "_selected_action": chosen}
    response = desk.post(page(Producer, "changelist"), data, follow=True)

    said = [strip_tags(one.message) for one in response.context["messages"]]
    assert said == [
        "2 producers published. Undo",
        "Rosa stays as it is. Missing: the region, consent to the profile.",
        "1 was like this already.",
    ]
    assert Producer.objects.get(status="draft") == nowhere
    assert LogEntry.objects.count() == 2


def test_publishing_one_that_is_ready_says_just_that(desk):
    draft = make_consent(producer=make_producer(status="draft")).producer

    data = {"action": "publish", "_selected_action": [draft.pk]}
    response = desk.post(page(Producer, "changelist"), data, follow=True)

    said = [strip_tags(one.message) for one in response.context["messages"]]
    assert said == ["1 producer published. Undo"]


def test_archiving_many_counts_what_it_did(desk):
    archived = make_producer(status="archived")

    for producer in (make_producer(), archived):
        data = {"action": "archive", "_selected_action": [producer.pk]}
        response = desk.post(page(Producer, "changelist"), data, follow=True)

    said = [strip_tags(one.message) for one in response.context["messages"]]
    assert said == ["0 producers archived.", "1 was like this already."]
    assert Producer.objects.filter(status="archived").count() == 2
    assert LogEntry.objects.count() == 1


def test_drafts_have_a_link_to_their_public_page(desk):
    draft = make_producer(slug="rosa", status="draft")

    response = desk.get(change_page(draft))

    assert 'href="/productores/rosa/"' in response.text
    assert desk.get("/productores/rosa/").status_code == 200


@pytest.mark.parametrize("row_count", [1, 30])
def test_product_list_query_count_is_constant(
    desk, django_assert_num_queries, row_count
):
    category = make_category()
    for _ in range(row_count):
        make_offering(product=make_product(category=category))

    # session, user, count, count of all, products; categories of the filter
    with django_assert_num_queries(6):
        response = desk.get(page(Product, "changelist"))

    assert len(response.context["cl"].result_list) == row_count


@pytest.mark.parametrize("row_count", [1, 30])
def test_offering_list_query_count_is_constant(
    desk, django_assert_num_queries, row_count
):
    category = make_category()
    for _ in range(row_count):
        make_offering(product=make_product(category=category))

    # session, user, count, count of all, offerings; categories of the filter
    with django_assert_num_queries(6):
        response = desk.get(page(Offering, "changelist"))

    assert len(response.context["cl"].result_list) == row_count


@pytest.mark.parametrize("row_count", [1, 30])
def test_looking_up_varieties_costs_the_same_for_any_number(
    desk, django_assert_num_queries, row_count
):
    for _ in range(row_count):
        make_variety(name="Hass")

    # session, user, count, varieties with their products
    with django_assert_num_queries(4):
        found = labels(desk, Variety, "hass")

    assert len(found) == min(row_count, 20)


def test_varieties_are_looked_up_with_their_product(desk):
    make_variety(name="Criolla", product=make_product(name="Maíz"))
    make_variety(name="Criolla", product=make_product(name="Ají"))

    assert labels(desk, Variety, "criolla") == ["Criolla · Ají", "Criolla · Maíz"]
    assert labels(desk, Variety, "maiz") == ["Criolla · Maíz"]


@pytest.mark.parametrize("term", ["palta", "AGUACATE", "hass", "persea"])
def test_products_are_found_by_any_name_or_variety(desk, term):
    names = {"other_names": ["aguacate"], "scientific_name": "Persea americana"}
    palta = make_product(name="Palta", drawing="palta-hass", **names)
    make_variety(product=palta, name="Hass")
    make_product(name="Zapallo")

    assert names_listed(desk, Product, q=term) == ["Palta"]


def test_a_product_is_saved_as_its_page_shows_it(desk):
    product = make_product(other_names=["aguacate", "avocado"], drawing="palta-hass")
    product.goes_with.add(make_product())
    product.main_regions.add(make_region())
    address = change_page(product)

    page_before = desk.get(address)
    response = desk.post(address, filled_in(page_before))

    assert response.status_code == 302
    assert 'src="/static/img/products/palta-hass.svg"' in page_before.text
    kept = Product.objects.get(pk=product.pk)
    assert kept.other_names == ["aguacate", "avocado"]
    assert kept.reference_season == ALL_YEAR
    assert kept.goes_with.count() == kept.main_regions.count() == 1


def test_two_new_varieties_of_one_name_are_refused_at_the_second(desk):
    product = make_product()
    data = filled_in(desk.get(change_page(product)))
    add_row(data, "varieties", name="Hass")
    add_row(data, "varieties", name="Hass")

    response = desk.post(change_page(product), data)

    sentence = "The product has this variety already."
    assert row_errors(response, "varieties") == [{}, {"name": [sentence]}]


def test_a_photo_is_shown_where_it_is_edited(desk):
    photo = make_photo()

    html = desk.get(change_page(photo.producer)).text

    thumb = 'class="photo-row__thumb focus-x-50 focus-y-50" src="/media/photos/none'
    assert html.count(thumb) == 1


def test_the_codes_of_a_region_are_not_edited(desk):
    region = make_region()

    response = desk.get(change_page(region))

    fields = response.context["adminform"].form.fields
    assert fields.keys().isdisjoint({"iso_code", "ubigeo"})
    assert desk.get(page(region, "delete", region.pk)).status_code == 403
    assert labels(desk, Region, "ancash") == ["Áncash"]
