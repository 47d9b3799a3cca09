import datetime as dt

import pytest
import time_machine
from django.core.management import CommandError, call_command

from markets.models import MarketDay
from tests.factories import LIMA, SUNDAY, make_opening_hours, make_venue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


@pytest.fixture
def market(db):
    """Return a market that opens on Sundays."""
    venue = make_venue(is_main=True)
    make_opening_hours(venue=venue)
    return venue


@pytest.fixture
def say(capsys):
    """Return a function that runs the command and returns its lines."""

    def run(*arguments, **options):
        call_command("schedule_market_days", *arguments, **options)
        return capsys.readouterr().out.splitlines()

    return run


def test_it_makes_half_a_year_and_says_until_when(market, say):
    assert say() == [
        "26 ferias creadas.",
        "0 ferias siguieron un cambio del horario.",
        "Hay ferias creadas hasta el 23 de mayo de 2027.",
    ]
    assert MarketDay.objects.earliest("date").date == SUNDAY


def test_it_says_how_many_followed_the_hours(market, say):
    say()
    market.opening_hours.update(closes=dt.time(13))

    assert say("--weeks", "27") == [
        "1 feria creada.",
        "26 ferias siguieron un cambio del horario.",
        "Hay ferias creadas hasta el 30 de mayo de 2027.",
    ]


def test_it_counts_from_the_day_in_lima(market, say):
    # Still Sunday there.
    with time_machine.travel(dt.datetime(2026, 11, 29, 23, 30, tzinfo=LIMA)):
        say("--weeks=1")

    assert [day.date for day in MarketDay.objects.all()] == [SUNDAY]


def test_without_hours_there_is_nothing_to_say_of_a_last_day(say):
    assert say() == [
        "0 ferias creadas.",
        "0 ferias siguieron un cambio del horario.",
    ]


def test_it_keeps_quiet_if_asked_to(market, say):
    assert say(verbosity=0) == []
    assert MarketDay.objects.count() == 26


@pytest.mark.parametrize("weeks", [1, 104])
def test_weeks_may_be_few_or_two_years(market, say, weeks):
    say(f"--weeks={weeks}")

    assert MarketDay.objects.count() == weeks


@pytest.mark.parametrize("weeks", [0, -1, 105])
def test_other_weeks_are_one_sentence(market, say, weeks):
    with pytest.raises(CommandError, match=r"^Las semanas van de 1 a 104\.$"):
        say(f"--weeks={weeks}")

    assert MarketDay.objects.count() == 0
