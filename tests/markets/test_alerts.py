"""Whom a change of a market day is told, when, and in which words."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction

from markets.actions import schedule_market_days
from markets.alerts import SETTLING, due_at, facts_of, queue_alerts
from markets.models import Delivery, MarketDay
from markets.sending import send_due
from tests.conftest import MONDAY
from tests.factories import (
    SUNDAY,
    make_delivery,
    make_market_day,
    make_opening_hours,
    make_special_hours,
    make_subscriber,
    make_venue,
)

from .mailing import make_due, read_mail, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

WEEK, DAY = dt.timedelta(weeks=1), dt.timedelta(days=1)
NO_MARKET = "No hay feria el domingo 29 de noviembre"
ELSEWHERE = "Solo el domingo 29 de noviembre: la feria cambia de lugar"
HELD = "Sí hay feria el domingo 29 de noviembre"
CANCELLED = {"status": "cancelled", "notice": "Hay un desfile."}
MOVED = {"status": "moved", "notice": "Obras.", "moved_to": "Parque Castilla"}
CONFIRMED = {"status": "confirmed", "notice": "", "moved_to": ""}


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = "https://feria.example"


@pytest.fixture
def rosa():
    return make_subscriber(email="rosa@example.com")


@pytest.fixture
def day():
    venue = make_venue(name="Av. Brasil", is_main=True, confirmed_date=SUNDAY)
    return make_market_day(venue=venue, status="confirmed")


def change(day, moment=MONDAY, **fields):
    """Change a day as whoever edits it does."""
    for name, value in fields.items():
        setattr(day, name, value)
    day.sequence += 1
    day.save()
    queue_alerts(days=[day], moment=moment)


def mails_after(day, **fields):
    """Change a day; return the subjects of what goes out once it is due."""
    change(day, **fields)
    make_due()
    return [message.subject for message in read_mail()]


def test_who_is_confirmed_is_told_that_a_day_is_cancelled(day, rosa):
    make_subscriber(confirmed_at=None, asked_at=MONDAY)

    change(day, **CANCELLED)

    assert read_mail() == []
    with time_machine.travel(MONDAY + SETTLING):
        assert told(read_mail()) == {"rosa@example.com": NO_MARKET}
        assert read_mail() == []


def test_the_mail_says_all_that_is_needed(day, rosa):
    make_market_day(venue=day.venue, date=SUNDAY + WEEK, status="confirmed")
    shop = make_venue(kind="shop", name="Agro-Shop", confirmed_date=SUNDAY)
    make_opening_hours(venue=shop, opens=dt.time(9), closes=dt.time(18))
    change(day, **CANCELLED)
    make_due()

    (message,) = read_mail()

    leave = f"https://feria.example/avisos/{rosa.token}/baja/"
    assert message.body == (
        "No hay feria el domingo 29 de noviembre. Hay un desfile.\n\n"
        "Iba a ser de 8 a. m. a 2 p. m., Av. Brasil, cuadra 40, Magdalena del Mar."
        "\n\n"
        "Volvemos el domingo 6 de diciembre a las 8 a. m. "
        "Mientras, el Agro-Shop atiende ese día de 9 a. m. a 6 p. m.\n\n"
        "https://feria.example/ferias/2026-11-29/\n\n"
        "-- \nAgroferias Campesinas\n"
        f"Para no recibir más correos: {leave}\n"
    )
    assert message.extra_headers == {
        "List-Unsubscribe": f"<{leave}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "Message-ID": f"<mail-{Delivery.objects.get().pk}-0@feria.example>",
    }


def test_the_mail_speaks_the_subscribers_language(day):
    make_subscriber(language="en")
    change(day, **CANCELLED, notice_en="There is a parade.")
    make_due()

    (message,) = read_mail()

    assert message.subject == "There is no market on Sunday 29 November"
    assert "There is a parade." in message.body
    assert "https://feria.example/en/ferias/2026-11-29/" in message.body
    assert "/en/avisos/" in message.extra_headers["List-Unsubscribe"]


def test_another_place_is_told_and_that_it_holds_no_more(day, rosa):
    assert mails_after(day, **MOVED) == [ELSEWHERE]
    change(day, **CONFIRMED)
    make_due()
    (message,) = read_mail()

    assert message.subject == HELD
    assert message.body.startswith(
        "Lo que te avisamos antes ya no vale. "
        "Sí hay feria el domingo 29 de noviembre.\n\n"
        "De 8 a. m. a 2 p. m., Av. Brasil, cuadra 40"
    )


def test_changes_within_minutes_are_one_mail(day, rosa):
    change(day, **CANCELLED)
    with time_machine.travel(MONDAY + SETTLING - dt.timedelta(seconds=20)):
        change(day, MONDAY + SETTLING - dt.timedelta(seconds=20), **MOVED)
    with time_machine.travel(MONDAY + SETTLING + dt.timedelta(minutes=1)):
        assert read_mail() == []
    with time_machine.travel(MONDAY + 2 * SETTLING):
        assert [one.subject for one in read_mail()] == [ELSEWHERE]
    assert Delivery.objects.get().sequence == 2


def test_what_nobody_was_told_of_is_not_taken_back(day, rosa):
    change(day, **CANCELLED)
    change(day, **CONFIRMED)
    make_due()

    assert read_mail() == []
    assert not Delivery.objects.exists()


def test_only_news_are_told(day, rosa):
    assert mails_after(day, **CANCELLED) == [NO_MARKET]
    assert mails_after(day, notice="Hay un gran desfile.") == []
    # Back and forth before anything went out.
    change(day, **CONFIRMED)
    assert mails_after(day, **CANCELLED) == []
    assert mails_after(day, **MOVED) == [ELSEWHERE]
    assert mails_after(day, moved_to="Campo de Marte") == [ELSEWHERE]
    assert mails_after(day, opens=dt.time(9)) == [ELSEWHERE]
    assert mails_after(day, **CONFIRMED, opens=dt.time(8)) == [HELD]
    assert mails_after(day, notice="Trae bolsas.") == []


def test_who_was_not_told_hears_of_no_restoration(day, rosa):
    mails_after(day, **CANCELLED)
    make_subscriber(email="eva@example.com")

    change(day, **CONFIRMED)
    make_due()

    assert told(read_mail()) == {"rosa@example.com": HELD}


def test_a_plain_change_concerns_nobody(day, rosa):
    change(day, **CONFIRMED, opens=dt.time(9))

    assert not Delivery.objects.exists()


def test_a_day_far_ahead_is_told_in_its_week(day, rosa):
    far = make_market_day(venue=day.venue, date=SUNDAY + 5 * WEEK)
    change(far, **CANCELLED)

    monday = MONDAY + 5 * WEEK
    with time_machine.travel(monday - DAY):
        assert read_mail() == []
    with time_machine.travel(monday):
        assert len(read_mail()) == 1


def test_a_day_that_is_over_is_not_told(day, rosa):
    closing = dt.datetime.combine(SUNDAY, dt.time(14), MONDAY.tzinfo)
    before, after = (closing + dt.timedelta(minutes=n) for n in (-4, 1))
    with time_machine.travel(before):
        change(day, before, **CANCELLED)
        assert Delivery.objects.count() == 1
    with time_machine.travel(after):
        assert read_mail() == []
        assert not Delivery.objects.exists()
        change(day, after, notice="Llovió.")
        assert not Delivery.objects.exists()


def test_other_markets_are_not_told(day, rosa):
    other = make_market_day(venue=make_venue(slug="barranco"))

    change(other, **CANCELLED)

    assert not Delivery.objects.exists()


def test_a_closing_of_the_weekly_hours_is_told_once(day, rosa):
    make_opening_hours(venue=day.venue)
    schedule_market_days(first_date=MONDAY.date())
    christmas = dt.date(2026, 12, 27)
    make_special_hours(venue=day.venue, first_date=christmas, last_date=christmas)

    for _ in range(2):
        schedule_market_days(first_date=MONDAY.date(), weeks=30)

    (mail,) = Delivery.objects.select_related("market_day")
    assert (mail.market_day.date, mail.sequence) == (christmas, 1)


def test_a_day_that_is_made_cancelled_is_told(day, rosa):
    make_opening_hours(venue=day.venue)
    holiday = SUNDAY + WEEK
    make_special_hours(venue=day.venue, first_date=holiday, last_date=holiday)

    schedule_market_days(first_date=MONDAY.date(), weeks=4)

    assert [one.market_day.date for one in Delivery.objects.all()] == [holiday]


def test_a_change_that_is_not_stored_tells_nobody(day, rosa):
    with transaction.atomic():
        change(day, **CANCELLED)
        transaction.set_rollback(True)

    assert not Delivery.objects.exists()


def test_the_hour_of_a_mail_is_the_later_one():
    near, far = MarketDay(date=SUNDAY), MarketDay(date=SUNDAY + WEEK)
    for one in (near, far):
        one.opens, one.closes = dt.time(8), dt.time(14)

    assert due_at(near, MONDAY) == MONDAY + SETTLING
    assert due_at(far, MONDAY) == far.held.opens - 6 * DAY


def test_what_was_told_fits_its_column():
    day = MarketDay(status="cancelled", opens=dt.time(8), closes=dt.time(14))
    day.moved_to = "x" * MarketDay._meta.get_field("moved_to").max_length

    room = Delivery._meta.get_field("facts").max_length
    assert len(facts_of(day)) <= room


@pytest.mark.parametrize("count", [1, 30])
def test_queueing_takes_as_many_queries_for_all(day, django_assert_num_queries, count):
    for _ in range(count):
        make_subscriber()
    day.status, day.sequence = "cancelled", 1

    # the transaction twice, subscribers, who waits, what waits, new mails
    with django_assert_num_queries(6):
        queue_alerts(days=[day], moment=MONDAY)

    assert Delivery.objects.count() == count


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"sequence": 0, "failed_at": MONDAY}, "markets_delivery_change_once"),
        ({"sequence": 1}, "markets_delivery_one_waits"),
        ({"sequence": 1, "sent_at": MONDAY}, "markets_delivery_sent_was_claimed"),
        (
            {"sequence": 1, "claimed_at": MONDAY, "failed_at": MONDAY},
            "markets_delivery_failed_is_not_claimed",
        ),
    ],
)
def test_the_database_refuses(day, rosa, fields, constraint):
    make_delivery(subscriber=rosa, market_day=day)

    with pytest.raises(IntegrityError, match=constraint):
        make_delivery(subscriber=rosa, market_day=day, **fields)


def test_one_confirmation_waits_at_a_time(rosa):
    make_delivery(subscriber=rosa)

    with pytest.raises(IntegrityError, match="markets_delivery_one_waits"):
        make_delivery(subscriber=rosa)


def test_an_address_is_there_once(rosa):
    with pytest.raises(IntegrityError, match="markets_subscriber_email_once"):
        make_subscriber(email="ROSA@example.com")


def test_mails_are_kept_for_a_week(day, rosa):
    old = make_market_day(venue=day.venue, date=MONDAY.date() - 8 * DAY)
    recent = make_market_day(venue=day.venue, date=MONDAY.date() - 7 * DAY)
    done = {"claimed_at": MONDAY, "sent_at": MONDAY}
    make_delivery(subscriber=rosa, market_day=old, **done)
    make_delivery(subscriber=rosa, created_at=MONDAY - 8 * DAY, **done)
    kept = [
        make_delivery(subscriber=rosa, market_day=recent, **done),
        make_delivery(subscriber=rosa, created_at=MONDAY - 6 * DAY, **done),
    ]

    send_due()

    assert list(Delivery.objects.order_by("pk")) == kept
