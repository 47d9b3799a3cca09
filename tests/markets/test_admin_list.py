"""The list of a market day's screen: ticked by row, all at once, by two at once."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages

from markets.models import Attendance
from tests.desk import (
    change_page,
    filled_in,
    make_clerk,
    open_desk,
    page,
    row_errors,
)
from tests.factories import (
    SUNDAY,
    make_attendance,
    make_market_day,
    make_producer,
    make_stall,
    make_venue,
)
from tests.markets.day_screen import at_stall, send_rows

pytestmark = pytest.mark.usefixtures("november")
LAST_SUNDAY = SUNDAY - dt.timedelta(weeks=1)


@pytest.fixture
def desk(db, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


@pytest.fixture
def day(db):
    venue = make_venue(name="Feria", is_main=True)
    return make_market_day(venue=venue)


def kept(day):
    """Return [(producer, stall number, status)] of the list, by stall."""
    rows = day.attendances.select_related("producer", "stall").for_page()
    return [
        (row.producer.name, row.stall and row.stall.number, row.status) for row in rows
    ]


def told(response):
    return [str(one) for one in get_messages(response.wsgi_request)]


def errors(response):
    return [one for one in row_errors(response, "attendances") if one]


def test_rows_are_ticked(desk, day):
    at_stall(day, 7, "Rosa", follows_rhythm=True)
    at_stall(day, 8, "Julián", follows_rhythm=True)

    values = {"0_status": "confirmed", "1_status": "absent", "1_reason": "Illness"}
    response = send_rows(desk, day, **values)

    assert response.status_code == 302
    assert response.url == change_page(day)
    assert kept(day) == [("Rosa", 7, "confirmed"), ("Julián", 8, "absent")]
    assert day.attendances.get(status="absent").reason == "Illness"
    assert not day.attendances.filter(follows_rhythm=True).exists()


@pytest.mark.parametrize(
    ("stored", "values"),
    [
        ({}, {"0_status": "absent"}),
        ({"status": "absent", "reason": "Rain"}, {"0_reason": ""}),
    ],
    ids=["ticked", "emptied"],
)
def test_nobody_is_absent_without_a_reason(desk, day, stored, values):
    at_stall(day, 7, "Rosa", **stored)

    response = send_rows(desk, day, notice="Typed", **values)

    assert errors(response) == [{"reason": ["Say why: people will read it."]}]
    assert "Typed" in response.text
    assert day.attendances.filter(status="absent", reason="").count() == 0


def test_who_was_absent_without_a_reason_stays_so(desk, day):
    at_stall(day, 7, "Rosa", status="absent")

    response = send_rows(desk, day, notice="Typed")

    assert response.status_code == 302


def test_rows_that_nobody_changed_follow_the_rhythm_on(desk, day):
    at_stall(day, 7, "Rosa", follows_rhythm=True)

    send_rows(desk, day)

    assert day.attendances.get().follows_rhythm is True


def test_producers_are_added_from_those_who_are_not_on_the_list(desk, day):
    at_stall(day, 7, "Rosa")
    make_stall(venue=day.venue, number=8)
    julian, elena = make_producer(name="Julián"), make_producer(name="Elena")
    make_producer(name="Borrador", status="draft")
    page = desk.get(change_page(day))

    response = send_rows(
        desk, day, **{"1_producer": julian.pk, "1_stall": "8", "3_producer": elena.pk}
    )

    (rows,) = (one.formset for one in page.context["inline_admin_formsets"])
    choices = [label for _, label in rows.extra_forms[0].fields["producer"].choices]
    assert choices == ["—", "Elena", "Julián"]
    assert response.status_code == 302
    assert kept(day) == [
        ("Rosa", 7, "expected"),
        ("Julián", 8, "expected"),
        ("Elena", None, "expected"),
    ]


def test_a_producer_is_added_once(desk, day):
    julian = make_producer()

    values = {"0_producer": julian.pk, "1_producer": julian.pk}
    response = send_rows(desk, day, **values)

    sentence = "The producer is on the list of that day."
    assert errors(response) == [{"producer": [sentence]}]


def test_a_producer_whom_somebody_else_added_is_not_added_again(desk, day):
    producer = make_producer()
    data = filled_in(desk.get(change_page(day)))
    make_attendance(market_day=day, producer=producer)

    data["attendances-0-producer"] = producer.pk
    response = desk.post(change_page(day), data)

    sentence = "The producer is on the list of that day."
    assert errors(response) == [{"producer": [sentence]}]


def test_an_unknown_stall_is_refused_with_what_was_typed(desk, day):
    at_stall(day, 7, "Rosa")
    make_stall(number=99)

    response = send_rows(desk, day, **{"0_stall": "99", "0_reason": "Typed"})

    assert errors(response) == [{"stall": ["There is no stall 99 at Feria."]}]
    assert 'value="99"' in response.text
    assert 'value="Typed"' in response.text


@pytest.mark.parametrize("typed", ["0", "-1", "seven"])
def test_what_is_no_number_is_refused(desk, day, typed):
    at_stall(day, 7, "Rosa")

    response = send_rows(desk, day, **{"0_stall": typed})

    assert [list(one) for one in errors(response)] == [["stall"]]


def test_a_stall_that_is_taken_says_whose_it_is(desk, day):
    at_stall(day, 23, "Chacra Tres Andenes")
    at_stall(day, 7, "Rosa")

    # Rosa's row is the first, by stall; the fault is where something was typed.
    response = send_rows(desk, day, **{"0_stall": "23"})

    sentence = "On that day stall 23 is Chacra Tres Andenes's."
    assert row_errors(response, "attendances")[:2] == [{"stall": [sentence]}, {}]


def test_a_stall_that_a_new_row_takes_says_whose_it_is(desk, day):
    at_stall(day, 23, "Rosa")
    first, second = make_producer(name="Julián"), make_producer(name="Elena")
    make_stall(venue=day.venue, number=24)

    values = {"1_producer": first.pk, "1_stall": "24", "2_producer": second.pk}
    response = send_rows(desk, day, **values, **{"2_stall": "24"})

    assert errors(response) == [{"stall": ["On that day stall 24 is Julián's."]}]


def test_a_stall_that_somebody_else_gave_away_says_whose_it_is(desk, day):
    at_stall(day, 7, "Rosa")
    data = filled_in(desk.get(change_page(day)))
    at_stall(day, 23, "Julián")
    at_stall(day, 24, "Elena", status="absent")

    response = desk.post(change_page(day), data | {"attendances-0-stall": "23"})

    assert errors(response) == [{"stall": ["On that day stall 23 is Julián's."]}]


def test_a_stall_is_typed_without_a_producer(desk, day):
    at_stall(day, 23, "Rosa")

    response = send_rows(desk, day, **{"1_stall": "23"})

    assert errors(response) == [{"producer": ["This field is required."]}]


def test_the_stall_of_one_who_does_not_come_is_free(desk, day):
    at_stall(day, 7, "Rosa")
    at_stall(day, 8, "Julián")

    send_rows(
        desk, day, **{"0_status": "absent", "0_reason": "Illness", "1_stall": "7"}
    )

    assert sorted(kept(day)) == [("Julián", 7, "expected"), ("Rosa", 7, "absent")]


def test_two_stalls_are_swapped_in_one_save(desk, day):
    at_stall(day, 7, "Rosa")
    at_stall(day, 8, "Julián")

    response = send_rows(desk, day, **{"0_stall": "8", "1_stall": "7"})

    assert response.status_code == 302
    assert kept(day) == [("Julián", 7, "expected"), ("Rosa", 8, "expected")]


def test_a_stall_is_taken_from_one_who_is_taken_off_the_list(desk, day):
    at_stall(day, 7, "Rosa")
    at_stall(day, 8, "Julián")

    send_rows(desk, day, **{"0_DELETE": "on", "1_stall": "7"})

    assert kept(day) == [("Julián", 7, "expected")]


def test_what_somebody_else_ticked_meanwhile_stays(desk, day):
    rosa = at_stall(day, 7, "Rosa")
    at_stall(day, 8, "Julián")
    data = filled_in(desk.get(change_page(day)))
    fields = {"status": "absent", "reason": "Illness"}
    Attendance.objects.filter(pk=rosa.pk).update(**fields)

    desk.post(change_page(day), data | {"attendances-1-status": "confirmed"})

    rosa.refresh_from_db()
    assert rosa.reason == "Illness"
    assert kept(day) == [("Rosa", 7, "absent"), ("Julián", 8, "confirmed")]


@pytest.mark.parametrize(
    "shown", ["", "{", "[]", "[" * 9999, '{"stall": "x"}'], ids=lambda text: text[:15]
)
def test_a_page_that_lost_what_it_showed_is_held_against_what_is_stored(
    desk, day, shown
):
    at_stall(day, 7, "Rosa")

    send_rows(desk, day, **{"0_shown": shown, "0_status": "confirmed"})

    assert kept(day) == [("Rosa", 7, "confirmed")]


def test_all_who_are_left_are_confirmed_after_what_was_ticked(desk, day):
    for number, name in ((7, "Rosa"), (8, "Julián"), (9, "Elena")):
        at_stall(day, number, name)

    values = {"0_status": "absent", "0_reason": "Illness"}
    response = send_rows(desk, day, _confirm_rest="1", **values)

    assert kept(day) == [
        ("Rosa", 7, "absent"),
        ("Julián", 8, "confirmed"),
        ("Elena", 9, "confirmed"),
    ]
    assert told(response)[0] == "2 confirmed."


def test_all_who_are_left_do_not_come(desk, day):
    at_stall(day, 7, "Rosa")
    at_stall(day, 8, "Julián")

    values = {"0_status": "confirmed", "rest_reason": "A landslide"}
    response = send_rows(desk, day, _absent_rest="1", **values)

    assert kept(day) == [("Rosa", 7, "confirmed"), ("Julián", 8, "absent")]
    assert day.attendances.get(status="absent").reason == "A landslide"
    assert told(response)[0] == "1 does not come."


def test_all_who_are_left_do_not_come_for_a_reason(desk, day):
    at_stall(day, 7, "Rosa")

    response = send_rows(desk, day, _absent_rest="1")

    form = response.context["adminform"].form
    assert form.errors == {"rest_reason": ["Say why: people will read it."]}
    assert kept(day) == [("Rosa", 7, "expected")]


def test_last_week_is_copied(desk, day):
    last = make_market_day(venue=day.venue, date=LAST_SUNDAY)
    came = at_stall(last, 7, "Rosa", status="confirmed")
    make_attendance(market_day=last, producer=make_producer(name="Julián"))

    response = send_rows(desk, day, _copy_last_week="1")

    assert came.stall.number == 7
    assert kept(day) == [("Rosa", 7, "expected"), ("Julián", None, "expected")]
    assert told(response)[0].endswith(": 2 producers added, 1 stall taken over.")


@pytest.mark.parametrize(
    ("button", "told_later"),
    [
        ({"_confirm_rest": "1"}, "1 confirmed."),
        ({"_absent_rest": "1", "rest_reason": "Rain"}, "1 does not come."),
        ({"_copy_last_week": "1"}, ": 0 producers added, 0 stalls taken over."),
    ],
    ids=str,
)
def test_the_history_tells_what_was_done_all_at_once(desk, day, button, told_later):
    at_stall(day, 7, "Rosa")
    make_market_day(venue=day.venue, date=LAST_SUNDAY)

    send_rows(desk, day, **button)

    told_last = LogEntry.objects.order_by("-pk").values_list(
        "change_message", flat=True
    )
    assert told_last[1].endswith(told_later)
    assert told_later in desk.get(page(day, "history", day.pk)).text


def test_without_an_earlier_day_nothing_is_copied(desk, day):
    response = send_rows(desk, day, _copy_last_week="1")

    assert told(response)[0] == "There is no earlier market day to copy from."


def test_who_may_only_look_sees_the_list_without_fields(desk, day):
    at_stall(day, 7, "Rosa", status="confirmed")
    desk.force_login(make_clerk("view_marketday", "view_attendance"))

    page = desk.get(change_page(day))
    sent = desk.post(change_page(day), {})

    assert "Rosa" in page.text
    assert 'name="attendances-0-status"' not in page.text
    assert "_confirm_rest" not in page.text
    assert sent.status_code == 403


def test_a_row_that_somebody_else_took_off_is_no_error_of_the_server(desk, day):
    rosa = at_stall(day, 7, "Rosa")
    at_stall(day, 8, "Julián")
    data = filled_in(desk.get(change_page(day)))
    rosa.delete()

    response = desk.post(change_page(day), data | {"attendances-1-status": "confirmed"})

    assert response.status_code == 200
    assert [set(one) for one in errors(response)] == [{"id", "producer"}]
    assert 'href="#attendances-0"' in response.text
