import pytest
from django.utils import timezone

from producers.models import FormerProducerSlug, FormerProductSlug, Producer
from producers.sheets.producer import ProducerSheet
from tests.desk import change_page, filled_in, form_errors, open_desk, page, sent
from tests.factories import make_category, make_producer, make_product, make_staff
from tests.spreadsheets import csv, imported

pytestmark = pytest.mark.usefixtures("november")
KINDS = pytest.mark.parametrize(
    ("make", "folder", "former"),
    [
        (make_producer, "productores", FormerProducerSlug),
        (make_product, "productos", FormerProductSlug),
    ],
    ids=["producer", "product"],
)


@pytest.fixture
def desk(db, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


def give_address(desk, row, slug):
    address = change_page(row)
    response = desk.post(address, filled_in(desk.get(address)) | {"slug": slug})
    row.refresh_from_db()
    return response


@KINDS
def test_every_former_address_leads_to_the_present_one(desk, make, folder, former):
    row = make(slug="a")
    for slug in ("b", "c"):
        give_address(desk, row, slug)

    for old in ("a", "b"):
        response = desk.get(f"/{folder}/{old}/?mes=junio&q=%C3%B1")

        present = f"/{folder}/c/?mes=junio&q=%C3%B1"
        assert (response.status_code, response.url) == (301, present)
    assert desk.get(f"/{folder}/a/").url == f"/{folder}/c/"
    assert desk.head(f"/{folder}/a/").status_code == 301
    assert desk.get(f"/{folder}/c/").status_code == 200


@KINDS
def test_an_address_taken_back_is_nobodys_former_one(desk, make, folder, former):
    row = make(slug="a")
    for slug in ("b", "a"):
        give_address(desk, row, slug)

    assert desk.get(f"/{folder}/a/").status_code == 200
    assert desk.get(f"/{folder}/b/").url == f"/{folder}/a/"
    assert [str(one) for one in former.objects.all()] == ["b"]


@KINDS
def test_whoever_takes_a_former_address_has_it(desk, make, folder, former):
    row, other = make(slug="a"), make(slug="z")
    give_address(desk, row, "b")

    give_address(desk, other, "a")

    assert desk.get(f"/{folder}/a/").status_code == 200
    assert desk.get(f"/{folder}/z/").url == f"/{folder}/a/"
    assert [one.slug for one in former.objects.all()] == ["z"]


def test_one_who_is_added_takes_a_former_address(desk):
    make_producer(slug="b").former_slugs.create(slug="a")
    data = filled_in(desk.get(page(Producer, "add"))) | {"slug": "a", "name": "Ana"}

    desk.post(page(Producer, "add"), data)

    assert Producer.objects.get(slug="a").is_draft
    assert FormerProducerSlug.objects.count() == 0
    desk.logout()
    assert desk.get("/productores/a/").status_code == 404


def test_an_address_that_moved_from_one_to_another_leads_to_the_latter(desk):
    first, second = make_producer(slug="a"), make_producer(slug="z")
    give_address(desk, first, "b")
    give_address(desk, second, "a")
    give_address(desk, second, "y")

    assert desk.get("/productores/a/").url == "/productores/y/"


@pytest.mark.parametrize(
    ("status", "answer"), [("draft", 404), ("archived", 410)], ids=str
)
def test_the_former_address_of_a_hidden_producer_does_not_lead_to_it(
    client, db, status, answer
):
    hidden = make_producer(slug="secreto", status=status)
    hidden.former_slugs.create(slug="a")

    response = client.get("/productores/a/")

    assert response.status_code == answer
    assert "secreto" not in response.text


def test_the_former_address_of_a_hidden_product_does_not_lead_to_it(client, db):
    make_product(slug="b", is_listed=False).former_slugs.create(slug="a")

    assert client.get("/productos/a/").status_code == 404


def test_where_somebody_lives_nobody_else_is_looked_for(client, db):
    # Two who saved at once could leave both.
    make_producer(slug="b").former_slugs.create(slug="a")
    make_producer(slug="a", status="archived")

    assert client.get("/productores/a/").status_code == 410


@KINDS
def test_the_page_says_that_the_old_address_stays(desk, make, folder, former):
    sentence = "the old address keeps leading here for good"
    hidden = {"status": "draft"} if make is make_producer else {"is_listed": False}

    pages = [desk.get(change_page(row)).text for row in (make(), make(**hidden))]

    assert [sentence in html for html in pages] == [True, False]


@KINDS
def test_an_address_that_is_taken_is_refused_and_kept_out(desk, make, folder, former):
    make(slug="a")
    row = make(slug="b")

    response = give_address(desk, row, "a")

    assert list(form_errors(response)) == ["slug"]
    assert (row.slug, former.objects.count()) == ("b", 0)


def test_a_product_that_is_added_has_no_former_address(desk):
    data = filled_in(desk.get(page(make_product(), "add")))
    data |= {"name": "Palta", "slug": "palta", "reference_source": "Growers"}
    data |= {"category": sent(make_category().pk)}
    data |= {f"reference_season_{index}": "2" for index in range(12)}

    response = desk.post("/admin/producers/product/add/", data)

    assert response.status_code == 302
    assert FormerProductSlug.objects.count() == 0


@pytest.mark.django_db
def test_a_new_producer_of_a_file_has_the_address_that_was_anothers():
    renamed = make_producer(slug="nueva")
    FormerProducerSlug.objects.create(slug="vieja", owner=renamed)
    sheet = ProducerSheet(user=make_staff(), moment=timezone.now())

    imported(sheet, csv(["dirección", "nombre"], ["vieja", "Rosa"]))

    assert FormerProducerSlug.objects.count() == 0
