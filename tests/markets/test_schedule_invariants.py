"""What the rules over hours hold for any rows, found wanting by hypothesis if not."""

import datetime as dt
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from markets.models import OpeningHours, SpecialHours
from markets.schedule import (
    LIMA,
    WEEK,
    Phase,
    dates_between,
    opening_at,
    period,
    periods_on,
    phase_at,
    special_on,
)
from tests.factories import SUNDAY

DAY = dt.timedelta(days=1)
MINUTE = dt.timedelta(minutes=1)
MIDNIGHT = dt.time.min
FAR = dt.date.max
# Hours of a few dates around SUNDAY, so that rows meet. Some overlap, and the
# special ones are at odds, which the database refuses: the rules must hold anyhow.
DATES = st.dates(SUNDAY - 3 * WEEK, SUNDAY + 6 * WEEK)
TIMES = st.sampled_from(
    [dt.time(hour, minute) for hour in (0, 1, 8, 14, 20, 23) for minute in (0, 30)]
)
MOMENTS = st.builds(
    lambda day, minute: dt.datetime.combine(day, MIDNIGHT, LIMA) + minute * MINUTE,
    DATES,
    st.integers(0, 24 * 60 - 1),
)
HOURS = st.lists(
    st.builds(
        OpeningHours,
        day_of_week=st.integers(0, 6),
        opens=TIMES,
        closes=TIMES,
        valid_from=st.none() | DATES,
        valid_through=st.none() | DATES,
    ),
    max_size=9,
)


@st.composite
def special_rows(draw):
    rows = []
    for first, last in draw(
        st.lists(st.tuples(DATES, DATES | st.just(FAR)), max_size=4)
    ):
        is_closed = draw(st.booleans())
        opens, closes = (None, None) if is_closed else draw(st.tuples(TIMES, TIMES))
        rows.append(
            SpecialHours(
                first_date=min(first, last),
                last_date=max(first, last),
                is_closed=is_closed,
                opens=opens,
                closes=closes,
            )
        )
    return rows


def periods_around(first, last, hours, special):
    """Return every period that begins between two dates, with nothing left out."""
    count = (last - first).days + 1
    dates = [first + DAY * number for number in range(count)]
    return sorted(one for day in dates for one in periods_on(day, hours, special))


@given(moment=MOMENTS, hours=HOURS, special=special_rows())
def test_it_is_open_exactly_if_a_period_covers_the_moment(moment, hours, special):
    around = periods_around(moment.date() - DAY, moment.date(), hours, special)

    opening = opening_at(moment, hours, special)

    assert opening.is_open == any(one.covers(moment) for one in around)


@given(moment=MOMENTS, hours=HOURS, special=special_rows())
def test_it_closes_at_the_first_moment_that_no_period_covers(moment, hours, special):
    around = periods_around(
        moment.date() - DAY, moment.date() + WEEK + DAY, hours, special
    )
    # Coverage only changes where a period begins or ends.
    changes = sorted({edge for one in around for edge in one if edge > moment})
    uncovered = (
        edge for edge in changes if not any(one.covers(edge) for one in around)
    )

    opening = opening_at(moment, hours, special)

    if not opening.is_open:
        assert opening.closes is None
    elif opening.closes is None:
        assert next(uncovered) - moment >= WEEK
    else:
        assert opening.closes == next(uncovered)


@given(moment=MOMENTS, hours=HOURS, special=special_rows())
def test_the_next_opening_is_ahead_and_nothing_is_open_until_then(
    moment, hours, special
):
    # Past the last date at which a row begins or ends, weeks are alike.
    horizon = SUNDAY + 9 * WEEK
    around = periods_around(moment.date() - DAY, horizon, hours, special)

    opening = opening_at(moment, hours, special)

    since = opening.closes or moment
    ahead = [one.opens for one in around if one.opens >= since]
    if opening.is_open and opening.closes is None:
        assert opening.opens is None
    else:
        assert opening.opens == min(ahead, default=None)
        until = opening.opens or around[-1].closes + DAY if around else None
        assert not [
            one for one in around if until and one.closes > since and one.opens < until
        ]


@given(hours=HOURS, special=special_rows(), first=DATES, days=st.integers(0, 40))
def test_the_dates_of_a_span_are_those_with_periods(hours, special, first, days):
    last = first + DAY * days

    found = dates_between(first, last, hours, special)

    begun = periods_around(first, last, hours, special)
    assert found == sorted({one.opens.date() for one in begun})


@given(day=DATES, hours=HOURS, special=special_rows())
def test_periods_of_a_date_begin_on_it_and_last_a_day_at_most(day, hours, special):
    found = periods_on(day, hours, special)

    assert {one.opens.date() for one in found} <= {day}
    assert all(dt.timedelta() < one.closes - one.opens <= DAY for one in found)
    assert all(earlier <= later for earlier, later in pairwise(found))


@given(day=DATES, hours=HOURS, special=special_rows())
def test_a_special_row_wins_over_the_week(day, hours, special):
    rows = special_on(day, special)

    found = periods_on(day, hours, special)

    if any(row.is_closed for row in rows):
        assert found == []
    elif rows:
        assert found == sorted(period(day, row.opens, row.closes) for row in rows)
    else:
        assert found == periods_on(day, hours, [])


@given(moment=MOMENTS, opens=TIMES, closes=TIMES)
def test_a_market_day_has_one_phase_that_only_goes_on(moment, opens, closes):
    held = period(SUNDAY, opens, closes)
    order = list(Phase)

    phase = phase_at(moment, held)

    assert (phase in {Phase.RUNNING, Phase.LAST_HOUR}) == held.covers(moment)
    assert order.index(phase) <= order.index(phase_at(moment + MINUTE, held))
