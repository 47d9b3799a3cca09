import datetime as dt
import re

import pytest
import time_machine
from django.contrib.auth.models import Permission

from producers.models import Offering, Producer, Product
from tests.desk import change_page
from tests.factories import (
    make_certification,
    make_consent,
    make_contact,
    make_offering,
    make_photo,
    make_producer,
    make_product,
    make_region,
    make_staff,
    make_variety,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


@pytest.fixture
def viewer(client, django_user_model):
    """Log somebody in who may see producers, and nothing else."""
    user = django_user_model.objects.create_user("rosa", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_producer"))
    client.force_login(user)
    return client


def test_a_product_page_tells_what_there_is(client, catalogue):
    make_variety(product=catalogue.palta, name="Fuerte")
    catalogue.palta.goes_with.set([catalogue.queso, catalogue.hidden])

    response = client.get("/productos/palta/")

    context = response.context
    assert response.status_code == 200
    assert context["product"] == catalogue.palta
    assert context["product"].season == [1, 0, 0, 1, 2, 3, 3, 2, 1, 2, 3, 2]
    assert (context["month"], context["level"]) == (11, 3)
    assert [str(row.producer) for row in context["offerings"]] == ["Elena", "Rosa"]
    assert [row.name for row in context["varieties"]] == ["Fuerte", "Hass"]
    assert [row.slug for row in context["regions"]] == ["cusco", "piura"]
    assert [*context["goes_with"]] == [catalogue.queso]


def test_a_product_nobody_offers_has_its_usual_season(client, catalogue):
    response = client.get("/productos/mango/")

    product = response.context["product"]
    assert product.season == catalogue.mango.reference_season
    assert product.has_offerings is False
    assert [*response.context["offerings"]] == []
    assert "/productores/borrador/" not in response.text


def test_a_product_page_shows_four_that_go_well_with_it(client):
    palta = make_product(slug="palta")
    palta.goes_with.set([make_product(name=name) for name in "fedcba"])

    response = client.get("/productos/palta/")

    assert [row.name for row in response.context["goes_with"]] == [*"abcd"]


def test_a_product_without_anything_else_has_a_page(client):
    make_product(slug="sal", name="Sal")

    assert client.get("/productos/sal/").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/productos/nada/",
        "/productos/oculto/",
        "/productores/nadie/",
        "/productores/borrador/",
        "/regiones/atlantida/",
        "/temporada/nada/",
        "/temporada/13/",
        "/productos/palta/hass/",
        "/productos/pal%00ta/",
        "/productos/%00/",
        "/productos/ñ/",
        "/productos/%FF%FE/",
        "/productores/../../etc/passwd",
        "/regiones/%2e%2e%2f/",
        f"/productos/{'a' * 10_000}/",
        f"/temporada/{'9' * 5_000}/",
        "/%00",
        "/nada",
    ],
    ids=lambda path: path[:30],
)
def test_what_is_not_there_is_not_found(client, catalogue, path):
    assert client.get(path).status_code == 404


def test_drafts_are_shown_to_staff_who_may_see_them(viewer, catalogue):
    draft = Producer.objects.get(slug="borrador")

    response = viewer.get("/productores/borrador/")

    assert response.status_code == 200
    assert '<meta name="robots" content="noindex">' in response.text
    assert f'<a href="{change_page(draft)}">' in response.text
    assert "private" in response["Cache-Control"]
    assert [row.product for row in response.context["offerings"]] == [catalogue.mango]


def test_a_draft_looks_as_it_will_to_the_public(viewer, catalogue):
    draft = Producer.objects.get(slug="borrador")
    make_photo(producer=draft)
    make_contact(producer=draft, value="912 345 678", is_public=False)
    Producer.objects.filter(pk=draft.pk).update(latitude="-13.5", longitude="-72.1")

    preview = viewer.get("/productores/borrador/").text
    draft.status = Producer.Status.PUBLISHED
    Producer.objects.filter(pk=draft.pk).update(status=draft.status)
    viewer.logout()
    public = viewer.get("/productores/borrador/").text

    bar = re.compile('<aside class="draft-bar".*?</aside>', re.DOTALL)
    head = '<meta name="robots" content="noindex">'
    head += '<link rel="stylesheet" href="/static/css/draft.css">'
    assert bar.search(preview)
    assert head in preview
    # A draft has no card, and nothing is told of it to search engines.
    body = re.compile("</head>.*", re.DOTALL)
    assert (
        bar.sub("", body.search(preview)[0]).split() == body.search(public)[0].split()
    )


def test_a_public_page_is_the_same_for_staff(viewer, catalogue):
    seen_by_staff = viewer.get("/productores/rosa/").text
    viewer.logout()

    assert seen_by_staff == viewer.get("/productores/rosa/").text


def test_drafts_are_hidden_from_staff_who_may_not_see_them(
    client, catalogue, django_user_model
):
    client.force_login(django_user_model.objects.create_user("julia", is_staff=True))

    assert client.get("/productores/borrador/").status_code == 404


def test_drafts_without_region_or_name_have_a_page_for_staff(viewer):
    make_producer(slug="nuevo", name="", region=None, status="draft")

    response = viewer.get("/productores/nuevo/")

    assert response.status_code == 200
    assert [*response.context["neighbours"]] == []


def test_drafts_stay_out_of_the_lists_for_staff_too(client, catalogue):
    client.force_login(make_staff())

    response = client.get("/productores/")

    assert [row.slug for row in response.context["page"]] == ["elena", "julian", "rosa"]


def test_a_published_page_is_for_search_engines(client, catalogue):
    assert "noindex" not in client.get("/productores/rosa/").text


def test_a_producer_page_tells_what_they_bring(client, catalogue):
    rosa = catalogue.rosa
    photo = make_photo(producer=rosa)
    make_consent(producer=rosa, covers=["contact"])
    contact = make_contact(producer=rosa, value="987 654 321")
    make_contact(producer=rosa, value="912 345 678", is_public=False)
    valid = make_certification(producer=rosa, valid_through=dt.date(2026, 11, 23))
    make_certification(producer=rosa, valid_through=dt.date(2026, 11, 22))
    neighbour = make_producer(name="Vecina", region=make_region("Cusco"))

    response = client.get("/productores/rosa/")

    context = response.context
    assert context["producer"] == rosa
    assert context["month"] == 11
    assert [row.product.slug for row in context["offerings"]] == ["palta", "papa"]
    assert [*context["photos"]] == [photo]
    assert [*context["contacts"]] == [contact]
    assert [*context["certifications"]] == [valid]
    assert [*context["neighbours"]] == [neighbour]
    assert 'href="https://wa.me/51987654321"' in response.text
    assert "912" not in response.text


def test_a_producer_page_hides_what_is_paused_or_unlisted(client, catalogue):
    response = client.get("/productores/elena/")

    assert [row.product.slug for row in response.context["offerings"]] == ["palta"]
    assert "/productos/oculto/" not in response.text


def test_a_producer_who_brings_nothing_has_a_page(client):
    make_producer(slug="rosa")

    assert client.get("/productores/rosa/").status_code == 200


def test_three_neighbours_of_the_region_are_shown(client):
    for name in "fedcba":
        make_producer(name=name, slug=name)
    make_producer(name="A0", status="draft")
    make_producer(name="A1", region=make_region("Puno"))

    response = client.get("/productores/b/")

    assert [row.name for row in response.context["neighbours"]] == ["a", "c", "d"]


@pytest.mark.parametrize(
    ("now", "month"),
    [
        ("2026-12-31T23:30:00-05:00", 12),
        ("2027-01-01T00:00:00-05:00", 1),
        ("2026-06-30T23:59:59-05:00", 6),
    ],
)
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/productos/",
        "/productos/palta/",
        "/productores/rosa/",
        "/calendario/",
        "/regiones/cusco/",
        "/buscar/?q=palta",
    ],
)
def test_the_month_is_that_of_lima(client, catalogue, path, now, month):
    with time_machine.travel(dt.datetime.fromisoformat(now)):
        response = client.get(path)

    assert response.context["month"] == month


def test_certifications_are_valid_through_the_day_in_lima(client):
    make_certification(
        producer=make_producer(slug="rosa"), valid_through=dt.date(2026, 12, 31)
    )

    with time_machine.travel(dt.datetime.fromisoformat("2026-12-31T23:30:00-05:00")):
        response = client.get("/productores/rosa/")

    assert response.context["certifications"].count() == 1


@pytest.mark.parametrize("path", ["/productos/papa/", "/productores/rosa/", "/"])
def test_who_comes_is_said_with_the_stall(client, catalogue, path):
    html = client.get(path).text

    assert "PUESTO</i> <b>7</b>" in html


def test_a_page_needs_no_market(client, catalogue):
    catalogue.day.delete()

    for path in ("/", "/productos/palta/", "/productores/rosa/", "/productos/?viene=1"):
        assert client.get(path).status_code == 200


def test_rows_that_are_gone_are_gone_from_the_pages(client, catalogue):
    Offering.objects.all().delete()
    Product.objects.update(is_listed=False)

    assert client.get("/productos/palta/").status_code == 404
    assert [*client.get("/calendario/").context["products"]] == []


def test_an_offering_of_nothing_special_has_no_price(client):
    palta = make_product(slug="palta")
    make_offering(product=palta, price="8.50", price_date=dt.date(2026, 11, 1))
    make_offering(product=palta, price=8, price_date=dt.date(2026, 11, 1))
    make_offering(product=palta)

    html = client.get("/productos/palta/").text

    assert html.count("S/\xa0") == 2
    assert "S/\xa08.50<" in html
    assert "S/\xa08<" in html


def test_who_comes_without_a_product_is_not_said_to_bring_it(client, catalogue):
    # Rosa comes, but her palta ended in September.
    html = client.get("/productos/palta/").text

    assert "PUESTO</i>" not in html
