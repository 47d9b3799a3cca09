"""What the roles may not do is refused to whoever sends it all the same."""

import pytest
from django.contrib.auth import get_user_model

from agroferias.roles import ADMINISTRATION, COORDINATION, EDITING
from markets.models import MarketDay, Notice, ShelfItem
from producers.models import Category, Offering, Producer, Product, Region, Variety
from tests.desk import change_page, filled_in, make_member, open_desk, page
from tests.factories import (
    make_market_day,
    make_offering,
    make_producer,
    make_product,
    make_staff,
    make_variety,
)

User = get_user_model()


@pytest.fixture
def desk(db, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


def log_in(desk, role):
    member = make_member(role)
    desk.force_login(member)
    return member


def stored(row):
    return type(row).objects.filter(pk=row.pk).values().first()


@pytest.mark.parametrize(
    ("role", "model"),
    [
        (EDITING, MarketDay),
        (EDITING, Notice),
        (EDITING, ShelfItem),
        (EDITING, Category),
        (EDITING, Region),
        (EDITING, User),
        (COORDINATION, Region),
        (COORDINATION, User),
        (ADMINISTRATION, Producer),
        (ADMINISTRATION, Product),
        (ADMINISTRATION, MarketDay),
    ],
)
def test_nothing_is_added_past_a_role(desk, role, model):
    log_in(desk, role)
    before = model.objects.count()

    response = desk.post(page(model, "add"), {"name": "Rosa", "slug": "rosa"})

    assert (response.status_code, model.objects.count()) == (403, before)


@pytest.mark.parametrize(
    ("role", "make"),
    [
        (EDITING, make_market_day),
        (EDITING, make_staff),
        (COORDINATION, make_staff),
        (ADMINISTRATION, make_producer),
        (ADMINISTRATION, make_market_day),
    ],
)
def test_nothing_is_changed_or_deleted_past_a_role(desk, role, make):
    row = make()
    data = filled_in(desk.get(change_page(row)))
    log_in(desk, role)
    before = stored(row)

    answers = [
        desk.post(change_page(row), data | {"first_name": "Eva", "name": "Eva"}),
        desk.post(page(row, "delete", row.pk), {"post": "yes"}),
    ]

    assert [response.status_code for response in answers] == [403, 403]
    assert stored(row) == before


def public_rows():
    product = make_product()
    rows = [make_producer(), make_producer(status="archived"), product]
    offering = make_offering(producer=rows[0], product=product)
    return [*rows, offering, make_variety(product=product)]


def test_editors_read_what_is_public_and_change_nothing_of_it(desk):
    rows = public_rows()
    sent = [filled_in(desk.get(change_page(row))) for row in rows]
    before = [stored(row) for row in rows]
    log_in(desk, EDITING)

    for row, data in zip(rows, sent, strict=True):
        shown = desk.get(change_page(row))
        assert shown.status_code == 200
        assert "ask Coordinación" in shown.text
        assert 'name="_save"' not in shown.text
        assert desk.post(change_page(row), data | {"name": "Eva"}).status_code == 403
        delete = page(row, "delete", row.pk)
        assert desk.post(delete, {"post": "yes"}).status_code == 403

    assert [stored(row) for row in rows] == before


@pytest.mark.parametrize("model", [Producer, Offering, Variety], ids=str)
def test_editors_delete_nothing_public_from_a_list(desk, model):
    public_rows()
    log_in(desk, EDITING)
    before = model.objects.count()
    chosen = [*model.objects.values_list("pk", flat=True)]

    data = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}
    response = desk.post(page(model, "changelist"), data)

    assert (response.status_code, model.objects.count()) == (403, before)


@pytest.mark.parametrize("action", ["publish", "archive"])
def test_editors_decide_on_no_status_from_the_list(desk, action):
    draft = make_producer(status="draft", is_example=True)
    log_in(desk, EDITING)
    before = stored(draft)

    data = {"action": action, "_selected_action": [draft.pk]}
    desk.post(page(Producer, "changelist"), data)

    assert stored(draft) == before


@pytest.mark.parametrize("extra", [{"status": "published"}, {"status": "archived"}])
def test_editors_publish_nobody_on_the_page(desk, extra):
    draft = make_producer(status="draft", is_example=True)
    log_in(desk, EDITING)
    data = filled_in(desk.get(change_page(draft)))

    response = desk.post(change_page(draft), data | {"story": "Since 1990."} | extra)

    draft.refresh_from_db()
    assert response.status_code == 302
    assert (draft.story, draft.status) == ("Since 1990.", "draft")


def test_what_was_published_meanwhile_is_not_overwritten(desk):
    draft = make_producer(status="draft", is_example=True)
    log_in(desk, EDITING)
    data = filled_in(desk.get(change_page(draft)))
    Producer.objects.update(status="published")

    response = desk.post(change_page(draft), data | {"story": "Since 1990."})

    draft.refresh_from_db()
    assert response.status_code == 403
    assert (draft.story, draft.status) == ("", "published")


def test_editors_publish_nobody_while_adding(desk):
    log_in(desk, EDITING)
    data = filled_in(desk.get(page(Producer, "add")))
    data |= {"name": "Rosa", "slug": "rosa", "is_example": "on", "region": "1"}

    desk.post(page(Producer, "add"), data | {"status": "published"})

    assert Producer.objects.get().status == "draft"


def test_editors_put_no_product_into_the_catalogue(desk):
    hidden = make_product(is_listed=False)
    data = filled_in(desk.get(page(Product, "add")))
    category = str(hidden.category_id)
    data |= {"name": "Palta", "slug": "palta", "reference_source": "Growers"}
    data |= {f"reference_season_{index}": "2" for index in range(12)}
    log_in(desk, EDITING)
    change = filled_in(desk.get(change_page(hidden)))

    desk.post(change_page(hidden), change | {"name_en": "Corn", "is_listed": "on"})
    desk.post(page(Product, "add"), data | {"category": category, "is_listed": "on"})

    rows = Product.objects.order_by("pk").values_list("name_en", "is_listed")
    assert [*rows] == [("Corn", False), ("", False)]


@pytest.mark.parametrize("name", ["offering", "variety"])
def test_editors_add_nothing_to_what_is_public(desk, name):
    make, model, field = {
        "offering": (make_producer, Offering, "producer"),
        "variety": (make_product, Variety, "product"),
    }[name]
    draft = {"status": "draft"} if name == "offering" else {"is_listed": False}
    public, hidden = make(), make(**draft)
    log_in(desk, EDITING)
    data = filled_in(desk.get(page(model, "add")))
    data |= {"name": "Hass", "unit": "kg", "product": str(make_product().pk)}
    data |= {f"season_{index}": "2" for index in range(12)}

    refused = desk.post(page(model, "add"), data | {field: str(public.pk)})
    added = desk.post(page(model, "add"), data | {field: str(hidden.pk)})

    sentence = "What is public is changed by those who may publish: ask Coordinación."
    assert refused.context["adminform"].form.errors == {field: [sentence]}
    assert added.status_code == 302
    assert getattr(model.objects.get(), field) == hidden


def test_editors_delete_a_draft_that_was_never_public(desk):
    never = make_producer(status="draft")
    once = make_producer(status="draft", published_at="2026-01-01T00:00Z")
    log_in(desk, EDITING)

    answers = [
        desk.post(page(row, "delete", row.pk), {"post": "yes"}).status_code
        for row in (never, once)
    ]

    assert answers == [302, 403]
    assert [*Producer.objects.all()] == [once]


def test_coordination_changes_what_is_public(desk):
    rows = public_rows()[2:]
    log_in(desk, COORDINATION)

    for row in rows:
        data = filled_in(desk.get(change_page(row)))
        assert desk.post(change_page(row), data).status_code == 302
