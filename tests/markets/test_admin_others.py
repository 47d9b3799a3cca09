"""Participations, stalls, the shelf, notices, and what every list costs."""

import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone
from django.utils.html import strip_tags

from markets.models import Attendance, Participation, ShelfItem, Stall
from tests.desk import (
    change_page,
    filled_in,
    form_errors,
    make_clerk,
    open_desk,
    page,
)
from tests.factories import (
    make_market_day,
    make_notice,
    make_participation,
    make_shelf_item,
    make_special_hours,
    make_stall,
    make_venue,
)

pytestmark = pytest.mark.usefixtures("november")


@pytest.fixture
def desk(db, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


@pytest.mark.parametrize(
    ("values", "field"),
    [({"rhythm": "nth"}, "nth"), ({"nth": "2"}, "nth"), ({"stall": "x"}, "stall")],
    ids=str,
)
def test_a_participation_says_its_fault_at_the_field(desk, values, field):
    participation = make_participation()
    if "stall" in values:
        values = {"stall": make_stall().pk}
    data = filled_in(desk.get(change_page(participation))) | values

    response = desk.post(change_page(participation), data)

    assert list(form_errors(response)) == [field]


def test_a_participation_takes_a_stall_of_its_venue_on_the_lists_too(desk):
    participation = make_participation()
    day = make_market_day(venue=participation.venue)
    stall = make_stall(venue=participation.venue)
    data = filled_in(desk.get(change_page(participation))) | {"stall": stall.pk}

    desk.post(change_page(participation), data)

    participation.refresh_from_db()
    assert participation.stall == stall
    row = day.attendances.get()
    assert (row.producer, row.stall) == (participation.producer, stall)


def test_a_participation_that_goes_to_another_venue_leaves_the_lists(desk):
    participation = make_participation()
    left = make_market_day(venue=participation.venue)
    joined = make_market_day(venue=make_venue())
    data = filled_in(desk.get(change_page(participation)))
    desk.post(change_page(participation), data)

    desk.post(change_page(participation), data | {"venue": joined.venue_id})

    assert left.attendances.count() == 0
    assert joined.attendances.count() == 1


@pytest.mark.parametrize("way", ["page", "action"])
def test_a_participation_that_ends_leaves_the_lists(desk, way):
    participation = make_participation()
    day = make_market_day(venue=participation.venue)
    desk.post(
        change_page(participation), filled_in(desk.get(change_page(participation)))
    )
    assert day.attendances.count() == 1

    if way == "page":
        address = page(participation, "delete", participation.pk)
        desk.post(address, {"post": "yes"})
    else:
        data = {"action": "delete_selected", "_selected_action": participation.pk}
        desk.post(page(Participation, "changelist"), data | {"post": "yes"})

    assert Attendance.objects.count() == 0


def make_stall_apart():
    return make_stall(position=Stall.objects.count() + 1)


@pytest.mark.parametrize(
    ("make", "model", "clash", "fields"),
    [
        (make_participation, Participation, ["venue", "producer"], ["producer"]),
        (make_stall_apart, Stall, ["venue", "number"], ["number"]),
        (make_stall, Stall, ["venue", "row", "position"], ["position"]),
        (make_shelf_item, ShelfItem, ["venue", "offering"], ["offering"]),
    ],
    ids=["participation", "stall number", "stall place", "shelf item"],
)
def test_what_is_there_already_is_refused_at_its_field(
    desk, make, model, clash, fields
):
    data = filled_in(desk.get(change_page(make())))
    other = make()
    kept = filled_in(desk.get(change_page(other)))

    response = desk.post(
        change_page(other), kept | {name: data[name] for name in clash}
    )

    assert list(form_errors(response)) == fields


def test_a_notice_ends_after_it_begins(desk):
    notice = make_notice()
    data = filled_in(desk.get(change_page(notice))) | {"ends_at_0": "2026-01-01"}

    response = desk.post(change_page(notice), data)

    assert list(form_errors(response)) == ["ends_at"]


@pytest.mark.parametrize(
    ("digits", "found"), [("23", 1), ("9" * 4400, 0)], ids=["one", "huge"]
)
def test_a_number_that_no_stall_has_finds_nothing(desk, digits, found):
    make_stall(number=23)

    response = desk.get(page(Stall, "changelist"), {"q": digits})

    assert response.context["cl"].result_count == found


def test_stalls_are_looked_up_by_number_with_their_venue(desk):
    venue = make_venue(name="Feria de Magdalena")
    make_stall(number=23, venue=venue, position=1)
    make_stall(number=24, venue=venue, position=2)
    query = {"app_label": "markets", "model_name": "participation"}

    address = page(Stall, "labels")
    answer = desk.get(address, query | {"field_name": "stall", "term": "23"}).json()

    assert [row["text"] for row in answer["results"]] == ["23 · Feria de Magdalena"]


LONG_AGO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def is_now(item):
    item.refresh_from_db()
    return timezone.now() - item.checked_at < dt.timedelta(minutes=1)


def test_an_item_that_is_saved_was_looked_at(desk):
    item = make_shelf_item(checked_at=LONG_AGO)

    desk.post(change_page(item), filled_in(desk.get(change_page(item))))

    assert is_now(item)


def test_an_item_that_is_ticked_in_the_list_was_looked_at(desk):
    ticked, left = (make_shelf_item(checked_at=LONG_AGO) for _ in range(2))
    form = desk.get(page(ShelfItem, "changelist")).context["cl"].formset
    data = {
        f"form-{field}": value for field, value in form.management_form.initial.items()
    }
    for number, row in enumerate(form.forms):
        data[f"form-{number}-id"] = row.instance.pk
        if row.instance == left:
            data[f"form-{number}-is_in_stock"] = "on"

    desk.post(page(ShelfItem, "changelist"), data | {"_save": "1"})

    assert is_now(ticked)
    assert not ticked.is_in_stock
    assert not is_now(left)


def test_items_are_checked_as_they_were(desk):
    items = [make_shelf_item(checked_at=LONG_AGO) for _ in range(2)]
    data = {"action": "check_now", "_selected_action": [one.pk for one in items]}

    response = desk.post(page(ShelfItem, "changelist"), data)

    told = [strip_tags(one.message) for one in get_messages(response.wsgi_request)]
    assert told == ["2 items checked. Undo"]
    assert [is_now(one) for one in items] == [True, True]


def test_who_may_only_look_checks_nothing(desk):
    item = make_shelf_item(checked_at=LONG_AGO)
    desk.force_login(make_clerk("view_shelfitem"))
    data = {"action": "check_now", "_selected_action": [item.pk]}

    desk.post(page(ShelfItem, "changelist"), data)

    assert not is_now(item)


def make_day(number):
    return make_market_day(date=dt.date(2026, 1, 4) + dt.timedelta(weeks=number))


# A filter of a relation reads its choices.
QUERY_COUNTS = {
    make_venue: 5,
    make_day: 6,
    make_special_hours: 6,
    make_stall: 7,
    make_participation: 6,
    make_shelf_item: 6,
    make_notice: 5,
}


@pytest.mark.parametrize("row_count", [1, 30])
@pytest.mark.parametrize("make", QUERY_COUNTS, ids=lambda make: make.__name__)
def test_list_query_count_is_constant(desk, django_assert_num_queries, make, row_count):
    for number in range(row_count):
        model = type(make(number) if make is make_day else make())

    # session, user, count, count of all, rows; choices of the filters
    with django_assert_num_queries(QUERY_COUNTS[make]):
        response = desk.get(page(model, "changelist"))

    assert len(response.context["cl"].result_list) == row_count
