"""The desk's front page: what waits for whom, and what was changed by whom."""

import datetime as dt

import pytest
import time_machine
from django.contrib import admin
from django.contrib.auth import get_user_model

from agroferias.roles import ADMINISTRATION, COORDINATION, EDITING
from producers import history
from producers.admin.history import HistoryPages
from producers.models import Category, Producer, Region
from tests.conftest import MONDAY
from tests.desk import (
    change_page,
    filled_in,
    front_tasks,
    make_clerk,
    make_member,
    open_desk,
    page,
)
from tests.factories import (
    BEFORE,
    SUNDAY,
    make_attendance,
    make_category,
    make_certification,
    make_contact,
    make_market_day,
    make_notice,
    make_offering,
    make_participation,
    make_producer,
    make_product,
    make_proposal,
    make_shelf_item,
    make_stall,
    make_variety,
    make_venue,
)

pytestmark = pytest.mark.usefixtures("november")
NOTHING = "Nothing is waiting for you: everything is up to date."
IN_ORDER = [
    *("day", "attendance", "shelf"),
    *("proposals", "days_ahead", "waiting", "consent"),
    *("seal", "season", "photo", "story", "price"),
]


@pytest.fixture
def desk(db, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


@pytest.fixture
def everything(db):
    """All tasks that there are."""
    make_day_with_rows(1)
    make_producer(status="draft", submitted_at=BEFORE)


def make_day_with_rows(count):
    """Make a day of the main market, and rows that everything must be done with."""
    day = make_market_day()
    for _number in range(count):
        make_attendance(market_day=day)
        offering = make_offering(price="8.50", price_date=BEFORE)
        make_shelf_item(offering=offering, checked_at=BEFORE)
        make_certification(valid_through=SUNDAY)
        make_proposal()


def changes(desk):
    return desk.get("/admin/").context["changes"]


def saved_by(user, row, moment=MONDAY):
    """Store a row as if user had saved it on the desk at a moment."""
    row._history_user = user
    with time_machine.travel(moment, tick=False):
        row.save()


def rosa():
    return get_user_model().objects.create_user("rosa")


@pytest.mark.parametrize(
    ("role", "expected"),
    [(COORDINATION, IN_ORDER), (EDITING, []), (ADMINISTRATION, [])],
)
def test_a_role_is_told_of_what_it_may_mend(desk, everything, role, expected):
    desk.force_login(make_member(role))

    front = desk.get("/admin/")

    assert [task.name for task in front.context["tasks"] or []] == expected
    assert ("What remains to be done" in front.text) is (role != EDITING)
    assert ("Changes of the last week" in front.text) is (role != ADMINISTRATION)


def test_the_most_urgent_comes_first_and_leads_to_a_page(desk, everything):
    tasks = desk.get("/admin/").context["tasks"]

    assert [task.name for task in tasks] == IN_ORDER
    assert [task.urgency for task in tasks] == ["now"] * 3 + ["soon"] * 4 + [
        "sometime"
    ] * 5
    pages = [task.address for task in tasks if task.name != "days_ahead"]
    assert {desk.get(address).status_code for address in pages} == {200}


def test_who_has_nothing_to_do_is_told_so(desk):
    front = desk.get("/admin/")

    assert front.context["tasks"] == []
    assert NOTHING in front.text


def test_who_may_mend_nothing_is_told_nothing(desk):
    make_producer()
    desk.force_login(make_clerk("view_user"))

    front = desk.get("/admin/")

    assert (front.context["tasks"], front.context["changes"]) == (None, None)
    assert NOTHING not in front.text


@pytest.fixture
def no_changes(db):
    """No history yet; a migration wrote that of the regions and categories."""
    for model in (Category, Region):
        model.history.all().delete()


@pytest.mark.usefixtures("no_changes")
def test_who_changed_how_much_is_said_of_seven_days(desk):
    user, week = rosa(), dt.timedelta(days=7)
    with time_machine.travel(MONDAY - 2 * week):
        old, new = make_producer(), make_producer()
        offering = make_offering(producer=old, product=make_product())
    saved_by(user, old, MONDAY - week - dt.timedelta(seconds=1))
    assert changes(desk) == ([], [])
    assert "Nobody has changed anything." in desk.get("/admin/").text

    for minutes in (1, 2):
        saved_by(user, new, MONDAY - week + dt.timedelta(minutes=minutes))
    saved_by(user, offering, MONDAY - dt.timedelta(hours=2))
    saved_by(user, old, MONDAY - dt.timedelta(hours=1))
    saved_by(None, new)

    people = changes(desk).people
    assert [(who, words) for who, words, _moment in people] == [
        ("The site itself", "1 producer"),
        ("rosa", "2 producers, 1 offering"),
    ]
    assert [moment for *_words, moment in people] == [
        MONDAY,
        MONDAY - dt.timedelta(hours=1),
    ]


@pytest.mark.usefixtures("no_changes")
def test_many_kinds_of_rows_are_cut_short(desk):
    make_offering()
    make_variety()
    make_market_day()
    make_notice()

    ((_who, words, _moment),) = changes(desk).people

    assert words == "2 categories, 2 products, 1 market day, 1 notice, 1 venue, …"


def test_a_save_on_the_desk_is_among_the_latest(desk):
    producer = make_producer(name="Huerta de Rosa")
    data = filled_in(desk.get(change_page(producer))) | {"story": "Siembra."}
    desk.post(change_page(producer), data)

    (found,) = changes(desk).pages

    assert (found.kind, found.name) == ("producer", "Huerta de Rosa")
    assert found.user == str(get_user_model().objects.get())
    assert found.address == page(producer, "history", producer.pk)
    assert "Huerta de Rosa" in desk.get(found.address).text


def test_what_stands_on_a_page_counts_as_the_page_s(desk):
    user, offering = rosa(), make_offering()
    contact = make_contact(producer=offering.producer)
    attendance = make_attendance()
    for minutes, row in enumerate((attendance, offering, contact, offering.producer)):
        saved_by(user, row, MONDAY - dt.timedelta(minutes=9 - minutes))

    assert [one.address for one in changes(desk).pages] == [
        page(offering.producer, "history", offering.producer.pk),
        page(attendance.market_day, "history", attendance.market_day.pk),
    ]


def test_ten_pages_are_shown_the_latest_first(desk):
    user, producers = rosa(), [make_producer() for _number in range(11)]
    for minutes, producer in enumerate(producers):
        saved_by(user, producer, MONDAY - dt.timedelta(minutes=minutes))

    assert [one.name for one in changes(desk).pages] == [
        str(producer) for producer in producers[:10]
    ]


def test_what_is_gone_leads_to_what_was_deleted(desk):
    producer = make_producer()
    producer._history_user = rosa()
    producer.delete()

    (found,) = changes(desk).pages

    assert found.name == "(no longer there)"
    assert found.address == page(Producer, "deleted")


def test_changes_are_told_to_those_who_may_see_the_rows(desk):
    user = rosa()
    offering, attendance = make_offering(), make_attendance()
    saved_by(user, offering)
    saved_by(user, attendance)
    desk.force_login(make_clerk("view_product"))

    people, pages = changes(desk)
    assert [words for _who, words, _moment in people] == ["1 product"]
    assert pages == []

    # A row that stands on a page that one may not open.
    desk.force_login(make_clerk("view_attendance"))
    people, pages = changes(desk)
    assert [words for _who, words, _moment in people] == ["1 attendance"] * 2
    assert pages == []


@pytest.mark.parametrize(
    "make",
    [
        make_category,
        make_market_day,
        make_notice,
        make_offering,
        make_participation,
        make_producer,
        make_product,
        make_shelf_item,
        make_stall,
        make_variety,
        make_venue,
    ],
)
def test_rows_of_each_page_are_named_in_one_query(db, make, django_assert_num_queries):
    rows = [make(**_apart(make, number)) for number in range(3)]
    desk = admin.site.get_model_admin(type(rows[0]))
    assert isinstance(desk, HistoryPages)
    assert type(rows[0]) in history.tracked()

    with django_assert_num_queries(1):
        names = {desk.label(row) for row in desk.label_queryset()}

    assert len(names) >= 1


def _apart(make, number):
    return {"date": SUNDAY + dt.timedelta(number)} if make is make_market_day else {}


@pytest.mark.parametrize("count", [1, 30])
def test_the_query_count_of_the_front_page_is_constant(
    desk, count, django_assert_num_queries
):
    make_day_with_rows(count)
    for producer in Producer.objects.all():
        saved_by(get_user_model().objects.first(), producer)

    # session, user, next days, last date, best products; venues, their hours and
    # special hours, days on holidays; all tasks; changes a person, pages changed
    # last, the names of the producers; the latest actions
    with django_assert_num_queries(14):
        front = desk.get("/admin/")

    assert len(front_tasks(desk)) == len(IN_ORDER) - 1
    assert len(front.context["changes"].pages) == min(4 * count, 10)
