"""Offerings go on the shop's shelf from their list, and come off it by the undo."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry

from agroferias.roles import COORDINATION, EDITING
from markets.models import ShelfItem
from tests.bulk import act, said, stored, undo_address
from tests.desk import make_clerk, make_member, open_desk
from tests.factories import make_offering, make_producer, make_shelf_item, make_venue

# Each press of a button is a transaction of its own.
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("november"),
]
LONG_AGO = dt.datetime(2026, 1, 4, 12, tzinfo=dt.UTC)
SHELF = ["venue", "is_in_stock", "checked_at"]


@pytest.fixture
def desk(reference_data, client, settings, tmp_path):
    """The pages as somebody in Coordinación has them."""
    open_desk(client, settings, tmp_path)
    client.force_login(make_member(COORDINATION))
    return client


@pytest.fixture
def shop(reference_data):
    return make_venue(kind="shop", name="Agro-Shop")


def shelved():
    rows = ShelfItem.objects.order_by("pk")
    return [(row.venue, row.offering, row.is_in_stock) for row in rows]


def test_offerings_go_on_the_shelf_and_come_off_again(desk, shop):
    gone = make_shelf_item(venue=shop, is_in_stock=False, checked_at=LONG_AGO)
    new = make_offering()

    response = act(desk, "put_on_shelf", gone.offering, new)

    (words,) = said(response)
    assert words == (
        "2 offerings are on the shelf of Agro-Shop now."
        " 1 of them had been there before. Undo"
    )
    assert shelved() == [(shop, gone.offering, True), (shop, new, True)]
    assert LONG_AGO not in {row.checked_at for row in ShelfItem.objects.all()}
    assert sorted(LogEntry.objects.values_list("action_flag", flat=True)) == [1, 2]

    back = desk.post(undo_address(response), follow=True)

    assert said(back) == ["2 are as before."]
    assert stored(gone, fields=SHELF) == [(shop, False, LONG_AGO)]
    assert ShelfItem.objects.count() == 1


def test_one_that_was_touched_since_stays_on_the_shelf(desk, shop):
    rows = [make_offering(producer=make_producer(name=name)) for name in "AB"]
    address = undo_address(act(desk, "put_on_shelf", *rows))
    item = ShelfItem.objects.get(offering=rows[0])
    item.is_in_stock = False
    item.save()

    response = desk.post(address, follow=True)

    assert said(response) == [
        "1 is as before.",
        f"These stay as they are now: {rows[0]}.",
    ]
    assert shelved() == [(shop, rows[0], False)]


def test_without_a_shop_there_is_a_sentence(desk):
    response = act(desk, "put_on_shelf", make_offering())

    assert said(response) == ["There is no shop yet: add a venue of that kind first."]


def test_of_several_shops_one_is_chosen(desk, shop):
    other = make_venue(kind="shop", name="Otra")
    make_venue(kind="market")
    rows = [make_offering(), make_offering()]

    asked = act(desk, "put_on_shelf", *rows)
    refused = act(desk, "put_on_shelf", *rows, _apply="1", shop="0")
    done = act(desk, "put_on_shelf", *rows, _apply="1", shop=other.pk)

    assert list(asked.context["form"].fields["shop"].queryset) == [shop, other]
    assert asked.context["names"] == [str(row) for row in _as_listed(rows)]
    assert asked.context["held"] == []
    assert list(refused.context["form"].errors) == ["shop"]
    assert said(done) == ["2 offerings are on the shelf of Otra now. Undo"]
    assert shelved() == [(other, row, True) for row in rows]


def _as_listed(rows):
    return sorted(rows, key=lambda row: row.product.name)


@pytest.mark.parametrize("permissions", [["add_shelfitem"], ["change_shelfitem"]])
def test_nobody_fills_the_shelf_without_both_permissions(desk, shop, permissions):
    offering = make_offering()
    desk.force_login(make_clerk("view_offering", *permissions))

    act(desk, "put_on_shelf", offering)

    assert shelved() == []


def test_editors_neither_fill_the_shelf_nor_empty_it(desk, shop):
    offering = make_offering()
    address = undo_address(act(desk, "put_on_shelf", offering))
    desk.force_login(make_member(EDITING))

    act(desk, "put_on_shelf", make_offering())
    response = desk.post(address)

    assert response.status_code == 403
    assert shelved() == [(shop, offering, True)]


def test_who_may_not_delete_takes_no_addition_back(desk, shop):
    offering = make_offering()
    address = undo_address(act(desk, "put_on_shelf", offering))
    desk.force_login(make_clerk("view_shelfitem", "change_shelfitem"))

    desk.post(address)

    assert shelved() == [(shop, offering, True)]


def test_a_check_is_taken_back(desk):
    items = [make_shelf_item(checked_at=LONG_AGO) for _ in range(2)]
    response = act(desk, "check_now", *items)
    assert said(response) == ["2 items checked. Undo"]

    desk.post(undo_address(response))

    assert stored(*items, fields=["checked_at"]) == [(LONG_AGO,)] * 2


def test_query_count_is_constant(desk, shop, django_assert_num_queries):
    make_venue(kind="shop")
    rows = [make_offering() for _number in range(30)]
    act(desk, "put_on_shelf", rows[0])
    addresses = [
        undo_address(act(desk, "put_on_shelf", *chosen, _apply="1", shop=shop.pk))
        for chosen in (rows[:1], rows[1:])
    ]

    for chosen, address in zip((rows[:1], rows), addresses, strict=True):
        # session, user, permissions twice, the list's categories and counts twice,
        # the shops twice and the chosen between two ends of a transaction
        with django_assert_num_queries(13):
            act(desk, "put_on_shelf", *chosen)
        # session, user, permissions twice, versions, newest, before, added, rows
        with django_assert_num_queries(9):
            desk.get(address)
