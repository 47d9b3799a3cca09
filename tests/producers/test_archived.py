import pytest

from producers.models import Producer
from tests.factories import (
    make_consent,
    make_offering,
    make_producer,
    make_region,
    make_staff,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

ROSA = "/productores/rosa/"


def make_archived(**fields):
    defaults = {"slug": "rosa", "name": "Rosa Quispe", "status": "archived"}
    return make_producer(**defaults | fields)


def names(response):
    return [row.name for row in response.context["neighbours"]]


def test_the_address_of_one_who_left_says_so_and_who_is_near(client):
    make_archived(is_example=True)
    for name, region in (
        ("Ana", "Tumbes"),
        ("Beto", "Puno"),
        ("Carla", "Cusco"),
        ("Delia", "Cusco"),
    ):
        make_producer(name=name, region=make_region(region))

    response = client.get(ROSA)

    assert response.status_code == 410
    # Those of Cusco, then one of a region that is highlands too.
    assert names(response) == ["Carla", "Delia", "Beto"]
    assert "Rosa Quispe" in response.text
    assert 'action="/buscar/"' in response.text
    assert '<meta name="robots" content="noindex">' in response.text


@pytest.mark.parametrize(
    ("consent", "is_named"),
    [
        ({}, True),
        ({"withdrawn_date": "2026-12-01"}, False),
        ({"covers": ["portrait"]}, False),
        (None, False),
    ],
    ids=str,
)
def test_who_left_is_named_while_consent_holds(client, consent, is_named):
    producer = make_archived(people="Familia Quispe")
    if consent is not None:
        make_consent(producer=producer, **consent)

    html = client.get(ROSA).text

    assert ("Rosa Quispe" in html) is is_named
    assert "Familia" not in html


def test_one_from_nowhere_has_anybody_near(client):
    make_archived(region=None)
    make_producer(name="Beto")
    make_producer(name="Ana")

    response = client.get(ROSA)

    assert (response.status_code, names(response)) == (410, ["Ana", "Beto"])


def test_the_page_stands_where_nobody_else_is_left(client):
    make_archived()

    response = client.get(ROSA)

    assert (response.status_code, names(response)) == (410, [])


def test_staff_read_what_the_public_reads(client):
    make_archived()
    client.force_login(make_staff())

    assert client.get(ROSA).status_code == 410


def test_one_who_is_a_draft_again_is_not_found(client):
    make_archived(status="draft", published_at="2026-01-01T00:00Z")

    assert client.get(ROSA).status_code == 404


def test_no_other_page_leads_to_one_who_left(client):
    offering = make_offering(producer=make_archived())
    pages = ["/", "/productores/", "/buscar/?q=rosa", "/regiones/cusco/"]
    pages += ["/productos/", offering.product.get_absolute_url()]

    assert [path for path in pages if ROSA in client.get(path).text] == []


@pytest.mark.parametrize("row_count", [1, 30])
def test_query_count_of_the_page_is_constant(
    client, django_assert_num_queries, row_count
):
    make_archived()
    for _ in range(row_count):
        make_offering()

    # who is there, who was; neighbours with offerings and photos; stalls; notices,
    # next days
    with django_assert_num_queries(7):
        response = client.get(ROSA)

    assert len(names(response)) == min(row_count, 3)
    assert Producer.objects.count() == row_count + 1
