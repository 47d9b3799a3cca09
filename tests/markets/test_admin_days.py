"""The screen of a market day: state, hours, place, and what people will read."""

import datetime as dt
import re

import pytest

from markets.models import MarketDay
from tests.conftest import MONDAY
from tests.desk import change_page, filled_in, form_errors, open_desk, page
from tests.factories import (
    LIMA,
    SUNDAY,
    make_attendance,
    make_market_day,
    make_opening_hours,
    make_participation,
    make_special_hours,
    make_venue,
)
from tests.markets.day_screen import add, send, send_and_agree, stored

pytestmark = pytest.mark.usefixtures("november")
TUESDAY = dt.date(2026, 12, 1)
READ_FIRST = "Read below what people will see; tick the box and save again."


@pytest.fixture
def desk(db, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


@pytest.fixture
def day(db):
    venue = make_venue(name="Feria", is_main=True)
    make_opening_hours(venue=venue)
    return make_market_day(venue=venue, follows_hours=True)


def minute(moment):
    return moment.replace(second=0, microsecond=0)


def test_saving_says_that_somebody_looked_at_it(desk, day):
    response = send(desk, day)

    kept = stored(day)
    assert response.status_code == 302
    assert minute(kept.checked_at) == MONDAY
    assert (kept.sequence, kept.follows_hours) == (0, True)
    followed = desk.get(response.url)
    assert "Saved. 12\xa0noon is the time of the last check now." in followed.text


def test_what_the_public_sees_raises_the_sequence(desk, day):
    MarketDay.objects.update(changed_at=dt.datetime(2026, 1, 1, tzinfo=LIMA))

    response = send(desk, day, status="confirmed")

    kept = stored(day)
    assert response.status_code == 302
    assert (kept.status, kept.sequence, kept.follows_hours) == ("confirmed", 1, False)
    assert kept.changed_at == kept.checked_at
    assert minute(kept.checked_at) == MONDAY


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({"closes": "07:00"}, {"closes": ["It closes before it opens."]}),
        ({"closes": "late"}, {"closes": ["Enter a valid time."]}),
        (
            {"moved_to": "Parque Castilla, Lince"},
            {"moved_to": ["Another place belongs to a day that is moved."]},
        ),
        ({"status": "cancelled"}, {"notice": ["Say why: people will read it."]}),
        (
            {"status": "moved", "moved_to": "Parque Castilla"},
            {"notice": ["Say why: people will read it."]},
        ),
        (
            {"status": "moved", "notice": "A parade"},
            {
                "moved_to": [
                    "Give the other place or other hours: these are the usual ones."
                ]
            },
        ),
        (
            {"status": "confirmed", "opens": "10:00"},
            {
                "status": [
                    (
                        "These are not the usual hours: choose «Moved for this day», "
                        "and say why."
                    )
                ]
            },
        ),
    ],
    ids=str,
)
def test_a_market_day_says_its_fault_at_the_field(desk, day, values, errors):
    response = send(desk, day, notice_en="Kept", **values)

    assert form_errors(response) == errors
    assert "Kept" in response.text
    assert stored(day).sequence == 0


def test_a_day_off_the_hours_stays_where_it_is(desk):
    day = make_market_day(date=TUESDAY)

    response = send(desk, day, status="moved", notice="A parade", published="x")

    assert list(form_errors(response)) == ["published"]


def test_an_extra_day_has_special_hours(desk, day):
    special = {"is_closed": False, "opens": dt.time(9), "closes": dt.time(12)}
    dates = {"first_date": TUESDAY, "last_date": TUESDAY}
    make_special_hours(venue=day.venue, **special, **dates)

    response = add(desk, venue=day.venue.pk, date="2026-12-01")

    assert response.status_code == 302
    assert MarketDay.objects.filter(date=TUESDAY, follows_hours=False).count() == 1


def test_a_new_day_comes_with_its_list(desk, day):
    participation = make_participation(venue=day.venue)

    response = add(desk, venue=day.venue.pk)

    new = MarketDay.objects.get(date=dt.date(2026, 12, 6))
    assert response.url == change_page(new)
    assert new.sequence == 0
    assert minute(new.checked_at) == MONDAY
    assert new.attendances.get().producer == participation.producer


@pytest.mark.parametrize(
    ("kind", "errors"),
    [
        ("shop", {"venue": ["A shop has opening hours, not market days."]}),
        (
            "market",
            {
                "date": [
                    (
                        "Other has no weekly hours on this date. For an extra day, "
                        "first give it special hours with this date."
                    )
                ]
            },
        ),
    ],
)
def test_a_new_day_is_on_a_date_on_which_a_market_opens(desk, day, kind, errors):
    response = add(desk, venue=make_venue(name="Other", kind=kind).pk)

    assert form_errors(response) == errors


def test_a_new_day_is_at_a_venue(desk, db):
    response = add(desk)

    assert form_errors(response) == {"venue": ["This field is required."]}


CANCELLED = {"status": "cancelled", "notice": "A parade takes the avenue."}


def test_cancelling_shows_what_people_will_read_and_keeps_what_was_typed(desk, day):
    make_attendance(market_day=day)

    response = send(desk, day, **CANCELLED, **{"attendances-0-reason": "Typed"})

    assert form_errors(response) == {"published": [READ_FIRST]}
    assert stored(day).status == "scheduled"
    text = response.text
    assert "This is what people will read" in text
    assert "There is no market on Sunday 29 November." in text
    assert 'value="Typed"' in text
    assert text.count("A parade takes the avenue.") == 3


def test_cancelling_is_saved_once_it_was_read(desk, day):
    response = send_and_agree(desk, day, **CANCELLED)

    assert response.status_code == 302
    assert stored(day).is_cancelled
    assert stored(day).sequence == 1


def test_other_words_are_asked_about_again(desk, day):
    form = send(desk, day, **CANCELLED).context["adminform"].form
    digest = form["published"].field.widget.digest

    values = CANCELLED | {"notice": "Rain.", "published": digest}
    response = send(desk, day, **values)

    assert form_errors(response) == {"published": [READ_FIRST]}
    assert "checked" not in str(response.context["adminform"].form["published"])


def test_the_box_stays_ticked_when_something_else_is_wrong(desk, day):
    make_attendance(market_day=day)
    form = send(desk, day, **CANCELLED).context["adminform"].form
    digest = form["published"].field.widget.digest

    wrong = {"attendances-0-stall": "99", "published": digest}
    response = send(desk, day, **CANCELLED, **wrong)

    assert form_errors(response) == {}
    assert "checked" in str(response.context["adminform"].form["published"])


def test_a_change_of_a_moved_day_is_shown_too(desk, day):
    moved = {"status": "moved", "moved_to": "Parque Castilla", "notice": "A parade"}
    MarketDay.objects.update(**moved)

    changed = send(desk, day, moved_to="Campo de Marte")
    unchanged = send(desk, day)

    assert form_errors(changed) == {"published": [READ_FIRST]}
    assert unchanged.status_code == 302


def test_a_day_is_moved_in_time_alone(desk, day):
    moved = {"status": "moved", "closes": "12:00", "notice": "Elections"}

    response = send_and_agree(desk, day, **moved)

    assert response.status_code == 302
    assert stored(day).has_other_hours


def test_another_place_and_other_hours_are_said_in_one_sentence(desk, day):
    values = {"status": "moved", "moved_to": "Campo de Marte", "opens": "09:00"}
    values["notice"] = "A parade"

    preview = send(desk, day, **values).text
    send_and_agree(desk, day, **values)

    said = "Only on Sunday 29 November: the market changes its place and its hours."
    assert preview.count(said) == 2
    kept = stored(day)
    assert kept.has_other_hours
    # As they were when it was moved, whatever the hours are later.
    day.venue.opening_hours.update(opens=dt.time(9))
    assert (kept.usual_opens, kept.usual_closes) == (dt.time(8), dt.time(14))
    assert said in desk.get(change_page(day)).context["message"]


def test_a_day_that_is_held_after_all_is_saved_at_once(desk, day):
    usual = {"usual_opens": dt.time(9), "usual_closes": dt.time(14)}
    moved = {"status": "moved", "notice": "A parade"}
    MarketDay.objects.update(**moved, **usual)

    response = send(desk, day, status="confirmed", notice="")

    assert response.status_code == 302
    kept = stored(day)
    assert (kept.status, kept.usual_opens) == ("confirmed", None)


def test_the_reason_of_a_change_does_not_stay_on_a_day_that_is_held(desk, day):
    MarketDay.objects.update(**CANCELLED, notice_en="A parade takes the street.")

    response = send(desk, day, status="confirmed")

    sentence = (
        "This told why the day was changed. Empty it, or write what people should know "
        "now."
    )
    assert form_errors(response) == {"notice": [sentence], "notice_en": [sentence]}
    assert stored(day).is_cancelled


def test_other_words_stay_on_a_day_that_is_held_after_all(desk, day):
    MarketDay.objects.update(**CANCELLED)

    response = send(desk, day, status="confirmed", notice="Bring a bag.")

    assert response.status_code == 302
    assert stored(day).notice == "Bring a bag."


def test_what_somebody_else_said_of_a_day_that_is_held_after_all_stays(desk, day):
    MarketDay.objects.update(**CANCELLED)
    data = filled_in(desk.get(change_page(day)))
    MarketDay.objects.update(status="confirmed", notice="Bring a bag.")

    response = desk.post(change_page(day), data)

    assert response.status_code == 302
    assert stored(day).notice == "Bring a bag."


@pytest.mark.parametrize(
    ("values", "links"),
    [
        ({"status": "cancelled"}, ["id_notice"]),
        (
            {"status": "cancelled", "notice": "A parade", "attendances-0-stall": "99"},
            ["id_published", "attendances-0"],
        ),
        ({"closes": "07:00", "_absent_rest": "1"}, ["id_closes", "id_rest_reason"]),
        (
            {"closes": "07:00", "attendances-0-stall": "99"},
            ["id_closes", "attendances-0"],
        ),
    ],
    ids=str,
)
def test_the_top_of_the_screen_leads_to_each_fault(desk, day, values, links):
    make_attendance(market_day=day)

    text = send(desk, day, **values).text

    (faults,) = re.findall(r'<p class="faults">(.*?)</p>', text, re.DOTALL)
    assert re.findall(r'href="#([^"]+)"', faults) == links
    assert [link for link in links if f'id="{link}"' not in text] == []


def test_what_is_asked_for_is_not_called_a_mistake(desk, day):
    text = send(desk, day, status="cancelled", notice="A parade").text

    assert READ_FIRST in text
    assert "Please correct" not in text


def test_a_new_day_that_is_moved_is_shown_first(desk, day):
    values = {"status": "moved", "moved_to": "Campo de Marte", "notice": "A parade"}

    response = add(desk, venue=day.venue.pk, **values)

    assert form_errors(response) == {"published": [READ_FIRST]}
    assert "Campo de Marte" in response.text


def test_a_cancellation_is_not_undone_by_a_page_that_was_open(desk, day):
    data = filled_in(desk.get(change_page(day)))
    MarketDay.objects.update(**CANCELLED)

    response = desk.post(change_page(day), data)

    assert response.status_code == 302
    assert stored(day).is_cancelled
    assert stored(day).notice == "A parade takes the avenue."


def test_the_screen_has_the_text_to_send(desk, day):
    text = desk.get(change_page(day)).context["message"]

    address = f"http://testserver/ferias/{SUNDAY}/"
    assert text.splitlines()[-1] == address


@pytest.mark.parametrize("pk", ["0", "x"])
def test_a_day_that_is_not_there_leads_to_the_front_page(desk, pk):
    response = desk.get(f"/admin/markets/marketday/{pk}/change/")

    assert (response.status_code, response.url) == (302, "/admin/")


@pytest.mark.parametrize("q", ["29/11", "2026-11-29", "magdalena"])
def test_market_days_are_found_by_date_and_venue(desk, q):
    day = make_market_day(venue=make_venue(name="Feria de Magdalena"))
    make_market_day(date=dt.date(2026, 12, 6))

    response = desk.get(page(MarketDay, "changelist"), {"q": q})

    assert list(response.context["cl"].result_list) == [day]


def test_a_market_day_shows_how_many_are_on_its_list(desk):
    day = make_market_day()
    for _ in range(2):
        make_attendance(market_day=day)

    response = desk.get(page(MarketDay, "changelist"))

    assert '<td class="field-attendance_count">2</td>' in response.text


def test_a_market_day_leads_to_its_public_page(desk, day):
    response = desk.get(change_page(day))

    assert f'href="/ferias/{SUNDAY}/"' in response.text
