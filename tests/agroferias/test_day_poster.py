"""What the poster of a market day says, in the words of the site."""

import datetime as dt

import pytest

from agroferias.day_poster import poster_of
from agroferias.poster import Poster
from markets.agenda import Agenda
from tests.factories import (
    LIMA,
    SUNDAY,
    make_attendance,
    make_market_day,
    make_offering,
    make_opening_hours,
    make_producer,
    make_product,
    make_venue,
)

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 11, 23, 12, tzinfo=LIMA)
HOST = "agroferias.example"
HOURS = "8\xa0a.\xa0m. to 2\xa0p.\xa0m."
DOUBT = "Nobody from the market has confirmed these hours and this place yet."


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def market():
    return make_venue(is_main=True, confirmed_date=SUNDAY)


def poster(day, moment=MONDAY):
    return poster_of(day, Agenda(moment), host=HOST)


def bring(day, product, season):
    producer = make_producer()
    make_attendance(market_day=day, producer=producer)
    make_offering(producer=producer, product=product, season=season)


def test_a_confirmed_day_says_all_that_matters(market, django_assert_num_queries):
    day = make_market_day(venue=market, status="confirmed")
    bring(day, make_product(name="Miel", drawing="miel"), [2] * 12)
    bring(day, make_product(name="Uva", drawing="uva"), [3] * 12)
    bring(day, make_product(name="Chuño"), [3] * 12)
    bring(day, make_product(name="Mango", drawing="mango"), [3] * 10 + [0, 3])

    with django_assert_num_queries(2):
        said = poster(day)

    assert said == Poster(
        state="Yes, there is a market this Sunday",
        kind="yes",
        icon="check",
        date="29 November",
        hours=HOURS,
        place="Av. Brasil, cuadra 40",
        district="Magdalena del Mar, Lima",
        reasons=("",),
        best_label="At its best",
        best=("Chuño", "Uva"),
        drawings=("uva", "miel"),
        plate="SUN-29",
        address="agroferias.example/ferias/2026-11-29/",
    )


def test_a_day_that_nobody_confirmed_has_a_written_date_and_its_weekday():
    day = make_market_day(venue=make_venue(is_main=True))

    said = poster(day)

    assert (said.state, said.kind) == ("Not confirmed yet: this Sunday", "moved")
    assert (said.is_sure, said.date) == (False, "Sunday 29 November")
    assert said.small_print == DOUBT


def test_a_moved_day_strikes_its_own_place_and_says_why(market):
    day = make_market_day(venue=market, status="moved", moved_to="Parque Castilla")

    said = poster(day)

    assert said.state == "Only this Sunday: another place"
    assert (said.left_place, said.place) == ("Av. Brasil, cuadra 40", "Parque Castilla")
    assert said.district == ""
    assert said.reasons == ("A parade takes the avenue.",)
    assert (said.panel, said.palette) == ("moved", "sun")


def test_other_hours_wear_other_colours(market):
    day = make_market_day(venue=market, status="moved", closes=dt.time(12))

    said = poster(day)

    assert said.hours == "8\xa0a.\xa0m. to 12\xa0noon"
    assert (said.panel, said.palette, said.left_place) == ("short", "night", "")


def test_a_cancelled_day_says_when_there_is_a_market_again(market):
    day = make_market_day(venue=market, status="cancelled")
    bring(day, make_product(name="Uva", drawing="uva"), [3] * 12)
    make_market_day(
        venue=market, date=SUNDAY + dt.timedelta(weeks=1), status="confirmed"
    )

    said = poster(day)

    assert said == Poster(
        state="There is no market this Sunday",
        kind="no",
        icon="x",
        date="29 November",
        is_cancelled=True,
        panel="no",
        palette="grape",
        hours="",
        place="",
        reasons=("A parade takes the avenue.", ""),
        back="We are back on Sunday 6 December at 8\xa0a.\xa0m.",
        plate="SUN-29",
        address="agroferias.example/ferias/2026-11-29/",
    )


def test_a_cancelled_day_sends_people_to_the_shop_as_far_as_that_is_known(market):
    day = make_market_day(venue=market, status="cancelled")
    shop = make_venue(name="Agro-Shop", kind="shop")
    make_opening_hours(venue=shop, opens=dt.time(10), closes=dt.time(17))

    said = poster(day)

    assert said.reasons[1] == (
        "Meanwhile, the Agro-Shop is open that day, 10\xa0a.\xa0m. to 5\xa0p.\xa0m."
    )
    assert said.small_print == DOUBT
    assert said.back == "There is no date for the next market yet."


def test_a_picture_outlives_the_morning_on_which_it_is_drawn(market):
    day = make_market_day(venue=market, status="confirmed")

    morning = poster(day, dt.datetime(2026, 11, 29, 9, tzinfo=LIMA))
    evening = poster(day, dt.datetime(2026, 11, 29, 20, tzinfo=LIMA))

    assert morning == poster(day)
    assert (evening.state, evening.kind) == ("The market is over", "over")


def test_a_cancelled_day_that_is_past_announces_nothing(market):
    day = make_market_day(venue=market, status="cancelled")

    said = poster(day, dt.datetime(2026, 12, 1, tzinfo=LIMA))

    assert said.state == "There was no market on Sunday 29"
    assert (said.back, said.reasons) == ("", ("A parade takes the avenue.",))


def test_another_market_says_its_name_and_a_market_without_street_its_district():
    venue = make_venue(slug="surco", name="Feria de Surco", street="", district="Surco")
    day = make_market_day(venue=venue, status="confirmed")

    said = poster(day)

    assert said.place == "Surco"
    assert said.district == "Feria de Surco · Surco, Lima"
    assert said.address == "agroferias.example/ferias/surco/2026-11-29/"


def test_a_long_reason_is_cut_on_the_picture(market):
    day = make_market_day(venue=market, status="confirmed", notice="Muy largo " * 28)

    (reason,) = poster(day).reasons

    assert len(reason) <= 150
    assert reason.endswith("…")


def test_the_load_is_a_dozen_at_most(market):
    day = make_market_day(venue=market, status="confirmed")
    for _ in range(14):
        bring(day, make_product(drawing="uva"), [2] * 12)

    said = poster(day)

    assert said.drawings == ("uva",) * 12
    assert said.best == ()
