import datetime as dt

import pytest

from markets.models import (
    Attendance,
    MarketDay,
    Participation,
    ShelfItem,
    Stall,
)
from tests.desk import (
    add_row,
    change_page,
    filled_in,
    form_errors,
    open_desk,
    page,
    row_errors,
)
from tests.factories import (
    make_attendance,
    make_market_day,
    make_notice,
    make_participation,
    make_producer,
    make_shelf_item,
    make_stall,
    make_venue,
)

SUNDAY, MONDAY = 6, 0


@pytest.fixture
def desk(db, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


def send_attendances(desk, day, *rows):
    """Add rows to a market day's list and send it."""
    data = filled_in(desk.get(change_page(day)))
    for row in rows:
        add_row(data, "attendances", **{"status": "expected"} | row)
    return desk.post(change_page(day), data)


def test_attendances_are_saved(desk):
    day = make_market_day()
    stall = make_stall(venue=day.venue)

    response = send_attendances(
        desk,
        day,
        {"producer": make_producer().pk, "stall": stall.pk},
        {"producer": make_producer().pk},
        {"producer": make_producer().pk},
    )

    assert response.status_code == 302
    assert day.attendances.count() == 3


def test_a_producer_comes_once(desk):
    day = make_market_day()
    producer = make_producer()

    response = send_attendances(
        desk, day, {"producer": producer.pk}, {"producer": producer.pk}
    )

    sentence = "The producer is on the list of that day."
    assert row_errors(response, "attendances") == [{}, {"producer": [sentence]}]


def test_a_stall_is_for_one_producer(desk):
    taken = make_stall()
    day = make_market_day(venue=taken.venue)
    rows = [{"producer": make_producer().pk, "stall": taken.pk} for _ in range(2)]

    response = send_attendances(desk, day, *rows)

    sentence = "Another producer has this stall that day."
    assert row_errors(response, "attendances") == [{}, {"stall": [sentence]}]


def test_the_stall_of_one_who_does_not_come_is_free(desk):
    taken = make_stall()
    day = make_market_day(venue=taken.venue)
    rows = [{"producer": make_producer().pk, "stall": taken.pk} for _ in range(2)]

    response = send_attendances(desk, day, rows[0] | {"status": "absent"}, rows[1])

    assert response.status_code == 302


def test_a_stall_that_is_taken_already_is_refused_at_its_field(desk):
    stall = make_stall()
    day = make_market_day(venue=stall.venue)
    make_attendance(market_day=day, stall=stall)

    row = {"producer": make_producer().pk, "stall": stall.pk}
    response = send_attendances(desk, day, row)

    sentence = "Another producer has this stall that day."
    assert row_errors(response, "attendances") == [{}, {"stall": [sentence]}]


def test_a_stall_stands_at_the_venue_of_the_day(desk):
    row = {"producer": make_producer().pk, "stall": make_stall().pk}

    response = send_attendances(desk, make_market_day(), row)

    sentence = "This stall is at another venue."
    assert row_errors(response, "attendances") == [{"stall": [sentence]}]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"closes": "07:00"}, "closes"),
        ({"moved_to": "Parque Castilla, Lince"}, "moved_to"),
        ({"date": "31/31/2026"}, "date"),
        ({"date": "2026-12-06"}, "date"),
    ],
    ids=str,
)
def test_a_market_day_says_its_fault_at_the_field(desk, values, field):
    day = make_market_day()
    make_market_day(venue=day.venue, date=dt.date(2026, 12, 6))
    data = filled_in(desk.get(change_page(day))) | values

    response = desk.post(change_page(day), data)

    assert list(form_errors(response)) == [field]


@pytest.mark.parametrize(
    ("values", "sequence"),
    [({"status": "cancelled"}, 1), ({"checked_at_0": "2026-11-27"}, 0), ({}, 0)],
    ids=str,
)
def test_what_the_public_sees_raises_the_sequence(desk, values, sequence):
    day = make_market_day()
    data = filled_in(desk.get(change_page(day))) | {"checked_at_1": "18:00"} | values
    data |= {"checked_at_0": "2026-11-27"}

    response = desk.post(change_page(day), data)

    day.refresh_from_db()
    assert response.status_code == 302
    assert day.sequence == sequence


@pytest.mark.parametrize("q", ["29/11", "2026-11-29", "magdalena"])
def test_market_days_are_found_by_date_and_venue(desk, q):
    day = make_market_day(venue=make_venue(name="Feria de Magdalena"))
    make_market_day(date=dt.date(2026, 12, 6))

    response = desk.get(page(MarketDay, "changelist"), {"q": q})

    assert list(response.context["cl"].result_list) == [day]


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


def test_a_participation_takes_a_stall_of_its_venue(desk):
    participation = make_participation()
    stall = make_stall(venue=participation.venue)
    data = filled_in(desk.get(change_page(participation))) | {"stall": stall.pk}

    desk.post(change_page(participation), data)

    participation.refresh_from_db()
    assert participation.stall == stall


@pytest.mark.parametrize(
    ("make", "model", "clash", "fields"),
    [
        (make_participation, Participation, ["venue", "producer"], ["producer"]),
        (make_stall, Stall, ["venue", "number"], ["number"]),
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


def test_stalls_are_looked_up_by_number_with_their_venue(desk):
    venue = make_venue(name="Feria de Magdalena")
    make_stall(number=23, venue=venue, position=1)
    make_stall(number=24, venue=venue, position=2)
    query = {"app_label": "markets", "model_name": "attendance", "field_name": "stall"}

    answer = desk.get(page(Stall, "labels"), query | {"term": "23"}).json()

    assert [row["text"] for row in answer["results"]] == ["23 · Feria de Magdalena"]


# A filter of a relation reads its choices.
QUERY_COUNTS = {
    make_venue: 5,
    make_market_day: 6,
    make_stall: 7,
    make_participation: 6,
    make_shelf_item: 6,
    make_notice: 5,
}


@pytest.mark.parametrize("row_count", [1, 30])
@pytest.mark.parametrize("make", QUERY_COUNTS, ids=lambda make: make.__name__)
def test_list_query_count_is_constant(desk, django_assert_num_queries, make, row_count):
    for _ in range(row_count):
        model = type(make())

    # session, user, count, count of all, rows; choices of the filters
    with django_assert_num_queries(QUERY_COUNTS[make]):
        response = desk.get(page(model, "changelist"))

    assert len(response.context["cl"].result_list) == row_count


def test_a_market_day_shows_how_many_are_on_its_list(desk):
    day = make_market_day()
    for _ in range(2):
        make_attendance(market_day=day)

    response = desk.get(page(MarketDay, "changelist"))

    assert Attendance.objects.count() == 2
    assert '<td class="field-attendance_count">2</td>' in response.text
