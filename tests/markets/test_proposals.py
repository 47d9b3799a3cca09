"""Staff decide on what producers sent, in one screen."""

import datetime as dt

import pytest

from markets.models import Attendance, Proposal
from producers.models import ProducerPhoto
from tests.desk import open_desk, page
from tests.factories import (
    SUNDAY,
    make_attendance,
    make_market_day,
    make_offering,
    make_participation,
    make_producer,
    make_product,
    make_proposal,
    make_staff,
    make_stall,
    make_update_link,
)
from tests.markets.proposals import SCREEN, accept, attendance, refuse, stored, told
from tests.markets.reading import words
from tests.markets.updates import answer, photo, private_files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
NOVEMBER = 10
ALL_YEAR = [2] * 12


@pytest.fixture
def desk(client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


@pytest.fixture
def rosa():
    return make_producer(name="Rosa", slug="rosa")


@pytest.fixture
def palta(rosa):
    return make_offering(
        producer=rosa, product=make_product(name="Palta", slug="palta")
    )


def card(response, proposal):
    start = f'id="proposal-{proposal.pk}"'
    return words(response.text, start, "</form>").partition(">")[2].strip()


def test_a_card_shows_what_is_and_what_would_be(desk, rosa, palta):
    queso = make_offering(producer=rosa, product=make_product(name="Queso"))
    day = make_market_day()
    make_attendance(market_day=day, producer=rosa, status="confirmed")
    proposal = make_proposal(
        producer=rosa,
        market_day=day,
        comes=False,
        reason="Huaico",
        levels={palta: 3, queso: 2},
        message="Vuelvo pronto",
    )

    shown = card(desk.get(SCREEN), proposal).replace("\xa0", " ")

    assert shown == (
        "Rosa Monday 23 November, 11 a. m. Vuelvo pronto "
        "Sunday 29 November Confirmed → Not coming: Huaico "
        "What there is in November Palta: There is → At its best As before: Queso "
        "Accept what is ticked Refuse If you refuse: why The producer will read it. "
        "Refuse all of it"
    )


def test_who_is_on_no_list_is_said_to_be_so(desk, rosa):
    proposal = make_proposal(producer=rosa, comes=True)

    assert "Not on the list → Confirmed" in card(desk.get(SCREEN), proposal)


def test_accepting_writes_all_of_it(desk, rosa, palta, november):
    day = make_market_day()
    proposal = make_proposal(
        producer=rosa, market_day=day, comes=True, levels={palta: 3}
    )

    response = accept(desk, proposal)

    expected = [*ALL_YEAR]
    expected[NOVEMBER] = 3
    assert stored(palta).season == expected
    assert attendance(day, rosa) == ("confirmed", "", None, False)
    row = stored(proposal)
    assert (row.status, row.decided_by) == ("accepted", response.context["user"])
    assert row.decided_at - november < dt.timedelta(minutes=1)
    assert (row.took_attendance, row.levels.get().is_taken) == (True, True)
    assert told(response) == ["Accepted: Rosa."]
    assert response.context["cards"] == []


def test_only_what_is_ticked_is_taken(desk, rosa, palta):
    day = make_market_day()
    queso = make_offering(producer=rosa)
    proposal = make_proposal(
        producer=rosa, market_day=day, comes=True, levels={palta: 3, queso: 1}
    )
    level = proposal.levels.get(offering=palta)

    accept(desk, proposal, "attendance", f"level_{level.pk}")

    assert stored(palta).season == ALL_YEAR
    assert stored(queso).season[NOVEMBER] == 1
    assert day.attendances.count() == 0
    taken = stored(proposal).levels.values_list("product_name", "is_taken")
    assert sorted(taken.values_list("is_taken", flat=True)) == [False, True]
    assert stored(proposal).took_attendance is False


def test_refusing_changes_nothing_and_tells_why(
    desk, rosa, palta, settings, django_capture_on_commit_callbacks
):
    link = make_update_link(producer=rosa)
    answer(desk, link, photo=photo(), **{f"level_{palta.pk}": "3"})
    proposal = Proposal.objects.waiting().get()

    with django_capture_on_commit_callbacks(execute=True):
        response = refuse(desk, proposal, "La foto salió oscura.")

    assert told(response) == ["Refused: Rosa. Nothing was changed."]
    assert stored(palta).season == ALL_YEAR
    assert ProducerPhoto.objects.count() == 0
    assert stored(proposal).note == "La foto salió oscura."
    assert private_files(settings) == []
    assert "La foto salió oscura." in desk.get(link.get_absolute_url()).text


def test_an_absence_with_its_reason_is_public_once_accepted(desk, rosa):
    day = make_market_day(status="confirmed")
    stall = make_stall(venue=day.venue, number=7)
    make_attendance(
        market_day=day, producer=rosa, stall=stall, follows_rhythm=True, reason_en="?"
    )
    proposal = make_proposal(
        producer=rosa, market_day=day, comes=False, reason="Huaico en la carretera"
    )
    before = desk.get(day.get_absolute_url()).text

    accept(desk, proposal)

    assert "Huaico en la carretera" not in before
    assert "Huaico en la carretera" in desk.get(day.get_absolute_url()).text
    assert attendance(day, rosa) == ("absent", "Huaico en la carretera", 7, False)
    assert Attendance.objects.get().reason_en == ""


def test_the_same_reason_keeps_its_english(desk, rosa):
    day = make_market_day()
    reason = {"status": "absent", "reason": "Lluvia", "reason_en": "Rain"}
    make_attendance(market_day=day, producer=rosa, **reason)
    proposal = make_proposal(
        producer=rosa, market_day=day, comes=False, reason="Lluvia"
    )

    accept(desk, proposal)

    assert Attendance.objects.get().reason_en == "Rain"


def test_who_comes_unexpectedly_gets_the_usual_stall(desk, rosa):
    day = make_market_day()
    stall = make_stall(venue=day.venue, number=7)
    make_participation(venue=day.venue, producer=rosa, stall=stall, rhythm="on_demand")
    proposal = make_proposal(producer=rosa, market_day=day, comes=True)

    accept(desk, proposal)

    assert attendance(day, rosa) == ("confirmed", "", 7, False)


def test_a_stall_that_somebody_else_has_is_not_taken(desk, rosa):
    day = make_market_day()
    stall = make_stall(venue=day.venue, number=7)
    elena = make_producer(name="Elena")
    make_attendance(market_day=day, producer=rosa, stall=stall, status="absent")
    make_attendance(market_day=day, producer=elena, stall=stall)
    proposal = make_proposal(producer=rosa, market_day=day, comes=True)

    response = accept(desk, proposal)

    assert told(response) == [
        "Accepted: Rosa.",
        "Stall 7 is Elena's that day: give Rosa another one.",
    ]
    assert attendance(day, rosa) == ("confirmed", "", None, False)
    assert attendance(day, elena) == ("expected", "", 7, False)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"status": "cancelled", "notice": "Maratón"},
            "The market of Sunday 29 November was cancelled",
        ),
        (
            {"date": SUNDAY - dt.timedelta(weeks=1)},
            "The market of Sunday 22 November is over",
        ),
    ],
    ids=["cancelled", "over"],
)
def test_a_day_that_is_no_question_any_more_is_left_alone(desk, rosa, fields, sentence):
    day = make_market_day(**fields)
    proposal = make_proposal(producer=rosa, market_day=day, comes=True, message="Hola")

    shown = desk.get(SCREEN).text
    data = {f"p{proposal.pk}-attendance": "on", "accept": str(proposal.pk)}
    response = desk.post(SCREEN, data, follow=True)

    assert sentence in shown
    left = f"{sentence}: its list stays as it is."
    assert told(response) == ["Accepted: Rosa.", left]
    assert (stored(proposal).status, day.attendances.count()) == ("accepted", 0)
    assert stored(proposal).took_attendance is False


def test_decided_proposals_are_listed_to_read_only(desk, rosa, palta, november):
    who = make_staff(username="Ana")
    fields = {"status": "accepted", "decided_at": november, "decided_by": who}
    proposal = make_proposal(producer=rosa, levels={palta: 3}, **fields)
    make_proposal(producer=rosa, message="Todavía espera")

    listed = desk.get(page(Proposal, "decided"))
    shown = desk.get(page(Proposal, "change", proposal.pk))

    assert list(listed.context["cl"].result_list) == [proposal]
    assert "Palta: At its best" in shown.text
    assert 'name="_save"' not in shown.text
    assert desk.post(page(Proposal, "change", proposal.pk), {}).status_code == 403


def test_a_proposal_without_levels_is_read_too(desk, rosa, november):
    proposal = make_proposal(producer=rosa, status="refused", decided_at=november)

    assert desk.get(page(Proposal, "change", proposal.pk)).status_code == 200


def test_what_waits_is_changed_on_the_screen_alone(desk, rosa):
    proposal = make_proposal(producer=rosa)

    response = desk.get(page(Proposal, "change", proposal.pk))

    assert response.status_code == 302


@pytest.mark.parametrize("row_count", [1, 30])
def test_the_screens_queries_do_not_grow(desk, django_assert_num_queries, row_count):
    day = make_market_day()
    for _ in range(row_count):
        producer = make_producer()
        levels = {make_offering(producer=producer): 3}
        make_attendance(market_day=day, producer=producer)
        make_proposal(producer=producer, market_day=day, comes=True, levels=levels)

    # session, user, proposals, their levels, attendances, count
    with django_assert_num_queries(6):
        response = desk.get(SCREEN)

    assert len(response.context["cards"]) == row_count


@pytest.mark.parametrize("row_count", [1, 30])
def test_the_list_of_decided_ones_does_not_grow(
    desk, django_assert_num_queries, november, row_count
):
    for _ in range(row_count):
        make_proposal(status="accepted", decided_at=november, decided_by=make_staff())

    # session, user, counts twice, rows
    with django_assert_num_queries(5):
        response = desk.get(page(Proposal, "decided"))

    assert len(response.context["cl"].result_list) == row_count
