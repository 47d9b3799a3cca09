"""How often the list of a market day asks the database, and what it writes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from markets.models import Attendance
from tests.desk import change_page, filled_in, open_desk
from tests.factories import make_market_day, make_producer, make_stall, make_venue
from tests.markets.day_screen import at_stall, send_rows

pytestmark = pytest.mark.usefixtures("november")
TICKED = {"status": "confirmed", "reason": "Typed"}
# Of a save, by whether a row is changed.
COUNTS = {False: 30, True: 33}


@pytest.fixture
def desk(db, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


@pytest.fixture
def day(db):
    return make_market_day(venue=make_venue(name="Feria", is_main=True))


@pytest.mark.parametrize("row_count", [1, 30])
def test_the_query_count_of_the_screen_is_constant(
    desk, day, django_assert_num_queries, row_count
):
    for number in range(1, row_count + 1):
        at_stall(day, number, f"Producer {number}")

    # session, user; day, and as it is stored; rows, stalls, producers; best products
    with django_assert_num_queries(8):
        response = desk.get(change_page(day))

    (rows,) = (one.formset for one in response.context["inline_admin_formsets"])
    assert len(rows.initial_forms) == row_count


@pytest.mark.parametrize("ticked", [{}, TICKED], ids=["nothing", "each row"])
def test_saving_the_screen_asks_as_often_for_thirty_rows_as_for_one(desk, day, ticked):
    counts = []
    for first, last in ((1, 1), (2, 30)):
        for number in range(first, last + 1):
            at_stall(day, number, f"Producer {number}")
        values = {
            f"attendances-{row}-{name}": value
            for row in range(last)
            for name, value in ticked.items()
        }
        data = filled_in(desk.get(change_page(day))) | values
        with CaptureQueriesContext(connection) as captured:
            response = desk.post(change_page(day), data)
        assert response.status_code == 302
        counts.append(len(captured))

    assert counts == [COUNTS[bool(ticked)]] * 2
    assert day.attendances.filter(**ticked).count() == 30


def test_rows_that_are_ticked_have_a_version_each(desk, day):
    rosa = at_stall(day, 7, "Rosa")
    julian = at_stall(day, 8, "Julián")
    make_stall(venue=day.venue, number=9)
    elena = make_producer(name="Elena")

    values = {"0_status": "confirmed", "2_producer": elena.pk, "2_stall": "9"}
    send_rows(desk, day, **values, **{"1_DELETE": "on"})

    versions = Attendance.history.order_by("history_id")
    told = versions.values_list("id", "history_type", "status", "history_user")
    new = day.attendances.get(producer=elena)
    (user,) = {one[3] for one in told[2:]}
    assert user == rosa.history.latest().history_user_id is not None
    assert sorted(one[:3] for one in told[2:]) == sorted(
        [
            (rosa.pk, "~", "confirmed"),
            (julian.pk, "-", "expected"),
            (new.pk, "+", "expected"),
        ]
    )


def test_a_full_avenue_is_sent_at_once(desk, day, settings):
    for number in range(1, 85):
        at_stall(day, number, f"Producer {number}")
    data = filled_in(desk.get(change_page(day)))

    ticked = {f"attendances-{row}-status": "confirmed" for row in range(84)}
    reasons = {f"attendances-{row}-reason": "Typed" for row in range(84)}
    english = {f"attendances-{row}-reason_en": "Typed" for row in range(84)}
    data |= ticked | reasons | english
    response = desk.post(change_page(day), data)

    assert response.status_code == 302
    assert len(data) < 650 < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    assert day.attendances.filter(status="confirmed").count() == 84
