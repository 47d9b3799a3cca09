"""The list of a market day as a spreadsheet."""

import datetime as dt

import pytest

from markets.models import Attendance
from markets.sheets import AttendanceSheet
from producers.sheets import delimited, workbooks
from tests.desk import change_page, make_clerk, open_desk, page
from tests.factories import (
    SUNDAY,
    make_attendance,
    make_market_day,
    make_producer,
    make_staff,
    make_stall,
)
from tests.spreadsheets import (
    agree,
    bring,
    changes,
    checked,
    counts,
    csv,
    faults,
    imported,
    opened,
    upload,
    xlsx,
)

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
HEADERS = ["fecha", "productor", "puesto", "estado", "motivo"]
NEXT = SUNDAY + dt.timedelta(weeks=1)


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def day(db):
    day = make_market_day()
    for number in (1, 2, 3):
        make_stall(venue=day.venue, number=number)
    return day


@pytest.fixture
def rosa(day):
    return comes(day, "rosa", 1, follows_rhythm=True)


@pytest.fixture
def julian(day):
    return comes(day, "julian", 2, follows_rhythm=True)


def comes(day, slug, number, **fields):
    stall = day.venue.stalls.get(number=number)
    producer = make_producer(slug=slug, name=slug.title())
    return make_attendance(market_day=day, producer=producer, stall=stall, **fields)


def fresh(day):
    return AttendanceSheet(day=day, user=make_staff(), moment=NOW)


def stored(day):
    rows = day.attendances.order_by("producer__slug")
    return [*rows.values_list("producer__slug", "stall__number", "status", "reason")]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_download_brought_back_changes_nothing(day, rosa, julian, kind):
    Attendance.objects.filter(pk=julian.pk).update(
        status="absent", reason="=lluvia", stall=None
    )
    sheet = fresh(day)
    rows = list(sheet.rows())
    content = delimited.written(sheet.headers, rows)
    if kind == "xlsx":
        content = workbooks.written(workbooks.Sheet("x", sheet.headers, rows))
        assert opened(content)[1][:5] == [
            *(dt.datetime(2026, 11, 29), "rosa", 1, "esperado", None),  # noqa: DTZ001
        ]

    outcome = checked(fresh(day), content)

    assert (counts(outcome), faults(outcome)) == ((0, 0, 2, 0), [])


def test_what_a_file_says_is_decided_and_the_day_is_not_checked(day, rosa, julian):
    elena = make_producer(slug="elena", name="Elena Paz")
    content = xlsx(
        HEADERS,
        [SUNDAY, "rosa", 3.0, "Viene", None],
        ["29/11/2026", "julian", "2", "esperado", ""],
        ["2026-11-29", "elena paz", None, "no viene", "Lluvia"],
    )

    outcome = imported(fresh(day), content)

    assert counts(outcome) == (1, 1, 1, 0)
    assert changes(outcome) == [
        (2, "puesto", "1", "3"),
        (2, "estado", "esperado", "viene"),
    ]
    assert stored(day) == [
        ("elena", None, "absent", "Lluvia"),
        ("julian", 2, "expected", ""),
        ("rosa", 3, "confirmed", ""),
    ]
    follow = day.attendances.filter(follows_rhythm=True)
    assert [row.producer.slug for row in follow] == ["julian"]
    day.refresh_from_db()
    assert day.checked_at is None
    assert elena.attendances.count() == 1
    assert counts(checked(fresh(day), content)) == (0, 0, 3, 0)


def test_two_lines_swap_their_stalls(day, rosa, julian):
    content = csv(
        HEADERS[:3], ["29/11/2026", "rosa", "2"], ["29/11/2026", "julian", "1"]
    )

    imported(fresh(day), content)

    assert [row[:2] for row in stored(day)] == [("julian", 1), ("rosa", 2)]


def test_a_stall_is_free_once_its_owner_does_not_come(day, rosa, julian):
    content = csv(
        HEADERS,
        ["29/11/2026", "julian", "1", "viene", ""],
        ["29/11/2026", "rosa", "1", "no viene", "Lluvia"],
    )

    imported(fresh(day), content)

    assert [row[:3] for row in stored(day)] == [
        ("julian", 1, "confirmed"),
        ("rosa", 1, "absent"),
    ]


def test_a_file_may_have_several_days(day, rosa):
    later = make_market_day(date=NEXT)
    content = csv(HEADERS[:3], ["29/11/2026", "rosa", "1"], ["06/12/2026", "rosa", "1"])

    imported(fresh(day), content)

    assert stored(later) == [("rosa", 1, "expected", "")]


def test_every_fault_is_named_with_line_column_and_value(day, rosa, julian):
    make_producer(slug="elena")
    make_producer(slug="borrador", status="draft")
    content = csv(
        HEADERS,
        ["30/11/2026", "rosa", "1", "", ""],
        ["domingo", "rosa", "1", "", ""],
        ["29/11/2026", "elena", "9", "quizás", "x"],
        ["29/11/2026", "borrador", "", "", ""],
        ["29/11/2026", "julian", "1", "", ""],
        ["29/11/2026", "Julian", "3", "", ""],
        ["", "rosa", "3", "", ""],
    )

    assert faults(checked(fresh(day), content)) == [
        (
            *(2, "fecha", "30/11/2026"),
            f"{day.venue} has no market day on 30/11/2026: add it first.",
        ),
        (3, "fecha", "domingo", "Write a date such as 29/11/2026."),
        (4, "puesto", "9", f"There is no stall 9 at {day.venue}."),
        (
            *(4, "estado", "quizás"),
            "Write one of: viene, esperado, no viene.",
        ),
        (
            *(5, "productor", "borrador"),
            "Only published producers come to the list.",
        ),
        (6, "puesto", "1", "On that day stall 1 is Rosa's."),
        (7, "", "", "It repeats line 6."),
        (8, "fecha", "", "This cell must be filled in."),
    ]


def test_the_second_of_two_lines_does_not_get_the_stall(day):
    make_producer(slug="rosa", name="Rosa")
    make_producer(slug="elena", name="Elena")
    content = csv(
        HEADERS[:3], ["29/11/2026", "rosa", "3"], ["29/11/2026", "elena", "3"]
    )

    assert faults(checked(fresh(day), content)) == [
        (3, "puesto", "3", "On that day stall 3 is Rosa's.")
    ]


def test_the_day_leads_to_its_sheet_and_back(client, settings, tmp_path, day, rosa):
    desk = open_desk(client, settings, tmp_path)
    url = page(day, "sheets", day.pk)
    content = csv(HEADERS[:4], ["29/11/2026", "rosa", "1", "viene"])

    assert f'href="{url}"' in desk.get(change_page(day)).text
    assert f'href="{change_page(day)}"' in desk.get(url).text
    assert "Imported." in agree(desk, bring(desk, content, url=url))
    assert stored(day) == [("rosa", 1, "confirmed", "")]


def test_no_day_no_sheet(client, settings, tmp_path, day):
    desk = open_desk(client, settings, tmp_path)

    assert desk.get(page(day, "sheets", day.pk + 1)).status_code == 404


def test_lists_are_imported_with_permission_alone(
    client, settings, tmp_path, day, rosa
):
    open_desk(client, settings, tmp_path)
    url = page(day, "sheets", day.pk)
    content = csv(HEADERS[:4], ["29/11/2026", "rosa", "1", "viene"])
    rights = ["view_attendance", "add_attendance", "change_attendance"]
    client.force_login(make_clerk(*rights))
    without = upload(client, content, url=url).status_code
    client.force_login(make_clerk("import_sheets", "view_attendance"))
    without_change = upload(client, content, url=url).status_code
    client.force_login(make_clerk(*rights, "import_sheets"))
    without_day = upload(client, content, url=url).status_code
    client.force_login(make_clerk(*rights, "import_sheets", "change_marketday"))

    assert (without, without_change, without_day) == (403, 403, 403)
    assert "Imported." in agree(client, bring(client, content, url=url))


@pytest.mark.parametrize("row_count", [1, 30])
def test_queries_do_not_grow_with_lines_that_change_nothing(
    django_assert_num_queries, day, row_count
):
    for _ in range(row_count):
        make_attendance(market_day=day)
    sheet = fresh(day)
    content = delimited.written(sheet.headers, list(sheet.rows()))
    sheet = fresh(day)

    # days, stalls, producers, attendances
    with django_assert_num_queries(4):
        outcome = checked(sheet, content)

    assert counts(outcome) == (0, 0, row_count, 0)


def test_a_line_says_why_somebody_does_not_come(day, rosa, julian):
    Attendance.objects.filter(pk=julian.pk).update(status="absent")
    content = xlsx(
        ["fecha", "productor", "puesto", "estado"],
        [SUNDAY, "rosa", 1, "no viene"],
        [SUNDAY, "julian", 3, "no viene"],
    )

    outcome = checked(fresh(day), content)

    assert faults(outcome) == [(2, "motivo", "", "Say why: people will read it.")]
