import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producers.returns import begun_spans, coming_spans, spans

TODAY = dt.date(2026, 11, 23)
MANGO = [3, 3, 1, 0, 0, 0, 0, 0, 0, 0, 1, 3]
TWICE = [0, 1, 2, 0, 0, 0, 0, 3, 0, 0, 0, 0]
PALTA = [2, 2, 2, 2, 3, 3, 3, 2, 2, 2, 2, 2]


def dates(found):
    return [(f"{first:%d/%m/%Y}", f"{last:%d/%m/%Y}") for first, last in found]


@pytest.mark.parametrize(
    ("season", "coming", "begun"),
    [
        # The one that runs, over New Year, and the next.
        (
            MANGO,
            [("01/11/2026", "31/03/2027"), ("01/11/2027", "31/03/2028")],
            [("01/11/2026", "31/03/2027")],
        ),
        (
            TWICE,
            [("01/02/2027", "31/03/2027"), ("01/08/2027", "31/08/2027")],
            [("01/02/2026", "31/03/2026"), ("01/08/2026", "31/08/2026")],
        ),
        # All year: its best.
        (PALTA, [("01/05/2027", "31/07/2027")], [("01/05/2026", "31/07/2026")]),
        ([2] * 12, [], []),
        ([3] * 12, [], []),
        ([0] * 12, [], []),
    ],
    ids=["mango", "twice", "best", "all year", "always best", "never"],
)
def test_a_season_has_its_dates(season, coming, begun):
    assert dates(coming_spans(season, TODAY)) == coming
    assert dates(begun_spans(season, TODAY)) == begun


def test_february_has_its_last_day():
    found = spans(TWICE[:2] + [0] * 10, first=dt.date(2028, 2, 29), last=TODAY.max)

    assert dates(found[:1]) == [("01/02/2028", "29/02/2028")]


def test_a_season_begins_on_its_first_day_and_not_before():
    def count(day, find):
        return len(find(TWICE, day))

    assert count(dt.date(2026, 2, 1), begun_spans) == 2
    assert dates(begun_spans(TWICE, dt.date(2026, 1, 31))) == [
        ("01/02/2025", "31/03/2025"),
        ("01/08/2025", "31/08/2025"),
    ]
    assert dates(begun_spans(TWICE, dt.date(2026, 2, 1)))[1:] == [
        ("01/02/2026", "31/03/2026")
    ]


@given(
    st.lists(st.integers(0, 3), min_size=12, max_size=12),
    st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31)),
)
def test_spans_are_in_order_and_apart(season, today):
    found = coming_spans(season, today)

    for before, after in pairwise(found):
        assert before.last_date < after.first_date
    for span in found:
        assert span.first_date <= span.last_date
        assert span.last_date >= today
