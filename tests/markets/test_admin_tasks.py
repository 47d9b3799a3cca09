"""What the next market, the shelf and the answers ask of the staff."""

import datetime as dt

import pytest

from markets.models import ShelfItem
from tests.conftest import MONDAY
from tests.desk import (
    change_page,
    front_tasks,
    make_clerk,
    open_desk,
    page,
    rows_to_mend,
)
from tests.factories import (
    BEFORE,
    LIMA,
    SUNDAY,
    make_attendance,
    make_consent,
    make_market_day,
    make_offering,
    make_photo,
    make_producer,
    make_proposal,
    make_shelf_item,
    make_venue,
)

pytestmark = pytest.mark.usefixtures("november")
TODAY = MONDAY.date()
UNCONFIRMED = "The market of Sunday 29 November is not confirmed yet"
RUNNING_OUT = "There are market days for less than 8 weeks: make the next ones"
MIDNIGHT = dt.datetime(2026, 11, 23, tzinfo=LIMA)


@pytest.fixture
def desk(db, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


@pytest.fixture
def market(db):
    """The main market, with a day far ahead."""
    venue = make_venue(is_main=True)
    make_market_day(venue=venue, date=SUNDAY + dt.timedelta(weeks=20))
    return venue


@pytest.fixture
def rosa(db):
    """A producer whose page lacks nothing."""
    producer = make_producer(story="Siembra desde 1990.")
    make_photo(producer=producer)
    make_offering(producer=producer)
    make_consent(producer=producer)
    return producer


def addresses(desk):
    tasks = desk.get("/admin/").context["tasks"]
    return {task.name: task.address for task in tasks}


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("scheduled", {"day": UNCONFIRMED}),
        ("confirmed", {}),
        ("moved", {}),
        ("cancelled", {}),
    ],
)
def test_the_next_market_wants_to_be_confirmed(desk, market, status, told):
    day = make_market_day(venue=market, status=status)

    assert front_tasks(desk) == told
    assert addresses(desk) == dict.fromkeys(told, change_page(day))


def test_who_is_expected_next_is_checked(desk, market, rosa):
    day = make_market_day(venue=market, status="confirmed")
    later = market.market_days.latest("date")
    make_attendance(market_day=day, producer=rosa)
    make_attendance(market_day=later, producer=rosa)

    words = "1 producer of the next market's list not checked"
    assert front_tasks(desk) == {"attendance": words}
    assert addresses(desk) == {"attendance": f"{change_page(day)}#attendances-group"}
    assert 'id="attendances-group"' in desk.get(change_page(day)).text


@pytest.mark.parametrize(
    ("day", "attendance"),
    [("confirmed", "confirmed"), ("confirmed", "absent"), ("cancelled", "expected")],
)
def test_a_list_that_was_checked_or_needs_not_be_is_no_task(
    desk, market, rosa, day, attendance
):
    day = make_market_day(venue=market, status=day)
    make_attendance(market_day=day, producer=rosa, status=attendance)

    assert front_tasks(desk) == {}


@pytest.mark.parametrize(("seconds", "is_told"), [(-1, True), (0, False)])
def test_the_shelf_is_checked_every_day_of_lima(desk, rosa, seconds, is_told):
    checked_at = MIDNIGHT + dt.timedelta(seconds=seconds)
    offering = rosa.offerings.get()
    item = make_shelf_item(offering=offering, checked_at=checked_at)
    make_shelf_item(offering=offering, checked_at=MONDAY)

    words = "1 item on the shelf not checked today"
    assert front_tasks(desk) == ({"shelf": words} if is_told else {})
    if is_told:
        assert rows_to_mend(desk, "shelf") == {item}


def test_another_filter_of_the_shelf_filters_nothing(desk):
    item = make_shelf_item()

    listed = desk.get(page(ShelfItem, "changelist"), {"checked": "never"})

    assert [*listed.context["cl"].result_list] == [item]


def test_answers_of_producers_want_a_decision(desk, rosa):
    make_proposal(producer=rosa, message="Llevo menos palta.")
    make_proposal(producer=rosa, status="replaced")

    words = "1 answer of a producer to be decided on"
    assert front_tasks(desk) == {"proposals": words}
    cards = desk.get(addresses(desk)["proposals"]).context["cards"]
    assert [card.proposal.producer for card in cards] == [rosa]


@pytest.mark.parametrize(
    ("days", "told"), [(55, {"days_ahead": RUNNING_OUT}), (56, {})]
)
def test_days_are_made_eight_weeks_ahead(desk, days, told):
    make_market_day(date=TODAY + dt.timedelta(days=days), status="confirmed")
    make_venue()

    front = desk.get("/admin/")

    assert {one.name: one.words for one in front.context["tasks"]} == told
    assert [one.address for one in front.context["tasks"]] == ["#make-days"] * len(told)
    assert 'id="make-days"' in front.text


TASKS = {
    "day": {"change_marketday"},
    "attendance": {"change_marketday", "change_attendance"},
    "shelf": {"change_shelfitem"},
    "proposals": {"view_proposal", "change_proposal"},
    "days_ahead": {"view_marketday", "add_marketday"},
}


@pytest.mark.parametrize("name", TASKS)
def test_a_task_is_for_those_who_may_mend_it(desk, rosa, name):
    day = make_market_day()
    make_attendance(market_day=day, producer=rosa)
    make_shelf_item(offering=rosa.offerings.get(), checked_at=BEFORE)
    make_proposal(producer=rosa)
    assert {*front_tasks(desk)} == {*TASKS}

    desk.force_login(make_clerk(*TASKS[name]))
    expected = {one for one, needed in TASKS.items() if needed <= TASKS[name]}
    assert {*front_tasks(desk)} == expected

    for missing in TASKS[name]:
        desk.force_login(make_clerk(*TASKS[name] - {missing}))
        assert name not in front_tasks(desk)
