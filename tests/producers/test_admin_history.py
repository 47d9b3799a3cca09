import re

import pytest
from django.contrib.admin import site
from django.contrib.auth import get_user_model
from django.urls import reverse

from producers import history
from producers.models import Offering, Producer
from tests.desk import (
    add_row,
    change_page,
    filled_in,
    make_clerk,
    open_desk,
    page,
    season_values,
)
from tests.factories import (
    make_attendance,
    make_offering,
    make_producer,
    make_product,
    make_region,
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("november"),
]
VIEW = ["view_producer", "change_producer"]


@pytest.fixture
def desk(reference_data, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


def text(response):
    """Return the words of a page's content."""
    content = response.text.partition('<div id="content"')[2].partition("<footer")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", content.partition(">")[2]).split())


def renamed(desk, producer, name):
    data = filled_in(desk.get(change_page(producer))) | {"name": name}
    desk.post(change_page(producer), data)


def first(row):
    return {"moment": row.history.earliest().history_date.isoformat()}


def test_the_history_says_who_changed_what(desk):
    rosa = make_producer(name="Rosa")
    product = make_product(name="Palta")
    data = filled_in(desk.get(change_page(rosa))) | {"name": "Rosa Quispe"}
    add_row(data, "offerings", product=product.pk, unit="kg", **_all_year(data))
    desk.post(change_page(rosa), data)

    said = text(desk.get(page(rosa, "history", rosa.pk)))

    user = get_user_model().objects.get()
    assert f"{user} Changed · Producer Name Rosa → Rosa Quispe Added" in said
    assert "Added · Offering: Palta Product Palta Season" in said
    assert said.count("Go back to how it was then") == 1
    assert "This is how it is now." in said


def _all_year(data):
    total = data["offerings-TOTAL_FORMS"]
    season = season_values(f"offerings-{total}-season", [2] * 12)
    return {name.split("-", 2)[2]: one for name, one in season.items()}


def test_a_row_that_nobody_changed_says_what_will_be_here(desk):
    rosa = make_producer()
    Producer.history.all().delete()

    assert "Nobody has changed it yet." in text(
        desk.get(page(rosa, "history", rosa.pk))
    )


def test_an_earlier_version_comes_back(desk):
    rosa = make_producer(name="Rosa")
    renamed(desk, rosa, "Otra")

    response = desk.post(page(rosa, "restore", rosa.pk), first(rosa), follow=True)

    rosa.refresh_from_db()
    assert rosa.name == "Rosa"
    assert response.redirect_chain == [(change_page(rosa), 302)]
    assert "This is again as it was then." in response.text


@pytest.mark.parametrize(
    "moment",
    ["", "x", "2026-11-29T08:00:00", "2026-13-29T08:00:00Z", "0001-01-01T00:00:00Z"],
)
def test_a_version_that_never_was_is_not_found(desk, moment):
    rosa = make_producer()

    response = desk.post(page(rosa, "restore", rosa.pk), {"moment": moment})

    assert response.status_code == 404


def test_what_clashes_is_named(desk):
    rosa = make_producer(slug="rosa", name="Rosa")
    data = filled_in(desk.get(change_page(rosa))) | {"slug": "otra"}
    desk.post(change_page(rosa), data)
    make_producer(slug="rosa")

    response = desk.post(page(rosa, "restore", rosa.pk), first(rosa), follow=True)

    assert "because of what was changed elsewhere since: Rosa" in response.text


def test_a_deleted_producer_comes_back(desk):
    rosa = make_producer(name="Rosa")
    offering = make_offering(producer=rosa)
    attendance = make_attendance(producer=rosa)
    desk.post(page(rosa, "delete", rosa.pk), {"post": "yes"})
    assert "Rosa" in text(desk.get(page(Producer, "deleted")))
    version = Producer.history.latest()

    response = desk.post(page(Producer, "deleted"), {"version": version.pk})

    back = Producer.objects.get()
    assert response.url == change_page(back)
    assert (back.name, back.status) == ("Rosa", "draft")
    assert [*back.offerings.all(), *back.attendances.all()] == [offering, attendance]
    assert "Nothing was deleted. What you delete waits here" in text(
        desk.get(page(Producer, "deleted"))
    )


@pytest.mark.parametrize("key", ["", "x", "0", "9" * 30])
def test_what_was_never_deleted_does_not_come_back(desk, key):
    response = desk.post(page(Producer, "deleted"), {"version": key})

    assert response.status_code == 404


def test_what_cannot_come_back_stays_in_the_list(desk):
    rosa = make_producer(slug="rosa", name="Rosa")
    rosa.delete()
    make_producer(slug="rosa")
    version = Producer.history.filter(history_type="-").get()

    response = desk.post(
        page(Producer, "deleted"), {"version": version.pk}, follow=True
    )

    assert response.redirect_chain == [(page(Producer, "deleted"), 302)]
    assert "because of what was changed elsewhere since: Rosa" in response.text


def undo_page(*rows):
    """Archive producers as an action would; return the page that takes it back."""
    for row in rows:
        row.status = "archived"
    history.update_all([*rows], ["status"], reason="Archive")
    link = site.get_model_admin(Producer).undo_link(rows)
    return re.search('href="(.*?)"', link)[1]


def test_an_action_is_shown_and_taken_back(desk):
    rosa = make_producer(name="Rosa", is_example=True)
    julian = make_producer(name="Julián", is_example=True)
    address = undo_page(rosa, julian)

    assert (
        "2 rows become again what they were before: Julián (example) Rosa (example)"
        in text(desk.get(address))
    )
    response = desk.post(address, follow=True)

    assert {one.status for one in Producer.objects.all()} == {"published"}
    assert "2 are as before." in response.text


def test_an_undo_that_was_made_up_is_not_found(desk):
    assert desk.get(page(Producer, "undo", "made:up")).status_code == 404


@pytest.mark.parametrize(
    ("permissions", "name", "method", "status"),
    [
        ([], "history", "get", 403),
        (["view_producer"], "history", "get", 200),
        (["view_producer"], "restore", "post", 403),
        (VIEW, "restore", "get", 405),
        ([], "deleted", "get", 403),
        (["view_producer"], "deleted", "get", 200),
        (["view_producer"], "deleted", "post", 403),
        (["view_producer"], "undo", "post", 403),
    ],
)
def test_pages_are_for_who_may(desk, permissions, name, method, status):
    rosa = make_producer()
    gone = make_producer()
    gone.delete()
    arguments = {"deleted": [], "undo": ["x"]}.get(name, [rosa.pk])
    data = {
        **first(rosa),
        "version": Producer.history.filter(history_type="-").get().pk,
    }
    desk.force_login(make_clerk(*permissions))

    response = getattr(desk, method)(page(Producer, name, *arguments), data)

    assert response.status_code == status


def test_who_may_only_look_sees_no_way_back(desk):
    rosa = make_producer()
    renamed(desk, rosa, "Otra")
    make_producer().delete()
    desk.force_login(make_clerk("view_producer"))

    pages = [page(rosa, "history", rosa.pk), page(Producer, "deleted")]

    assert ["<button" in text_of(desk, one) for one in pages] == [False, False]


def text_of(desk, address):
    content = desk.get(address).text.partition('<div id="content"')[2]
    return content.partition("<footer")[0]


def test_a_page_that_is_not_there_is_not_found(desk):
    assert desk.get(page(Producer, "history", 999)).status_code == 404


def test_the_list_of_the_deleted_is_linked_from_the_list(desk):
    html = desk.get(page(Offering, "changelist")).text

    assert f'href="{page(Offering, "deleted")}"' in html
    assert "Deleted" not in desk.get(reverse("admin:auth_user_changelist")).text


def test_query_count_of_the_deleted_is_constant(desk, django_assert_num_queries):
    make_producer(region=make_region("Puno")).delete()
    desk.get(page(Producer, "deleted"))

    for more in (0, 29):
        for _number in range(more):
            make_producer(region=make_region("Puno")).delete()
        # session, user, the deleted with who did it, their regions
        with django_assert_num_queries(4):
            desk.get(page(Producer, "deleted"))
