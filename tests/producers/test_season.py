import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from producers.season import (
    Level,
    last_month_at,
    level_label,
    next_month_with_any,
    season_sentence,
    stretches,
    usual_season,
)

JUNE_PEAK = [0, 0, 0, 1, 2, 3, 3, 2, 1, 0, 0, 0]
OVER_NEW_YEAR = [3, 2, 0, 0, 0, 0, 0, 0, 0, 0, 1, 3]

months = st.sets(st.integers(1, 12))
seasons = st.lists(st.integers(0, 3), min_size=12, max_size=12)
levels = st.sets(st.integers(0, 3))


@pytest.mark.parametrize(
    ("available", "peak", "season"),
    [
        ({4, 5, 6, 7, 8, 9}, {6, 7}, [0, 0, 0, 1, 2, 3, 3, 2, 1, 0, 0, 0]),
        ({11, 12, 1, 2}, {12, 1}, [3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 3]),
        (range(1, 13), (), [2] * 12),
        (range(1, 13), {6}, [2, 2, 2, 2, 2, 3, 2, 2, 2, 2, 2, 2]),
        ((), {3}, [0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        ({5}, (), [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]),
        ({3, 4, 5}, {3}, [0, 0, 3, 2, 1, 0, 0, 0, 0, 0, 0, 0]),
        ((), (), [0] * 12),
    ],
    ids=[
        "peak in the middle",
        "over New Year",
        "all year",
        "all year with a peak",
        "peak alone",
        "one month",
        "peak at an edge",
        "nothing",
    ],
)
def test_usual_season_is_a_little_at_the_edges(available, peak, season):
    assert usual_season(available, peak) == season


@pytest.mark.parametrize("month", [0, 13, -1])
def test_usual_season_refuses_what_is_no_month(month):
    with pytest.raises(ValueError, match="not months"):
        usual_season([month], [])
    with pytest.raises(ValueError, match="not months"):
        usual_season([], [month])


@given(months, months)
def test_usual_season_has_some_in_the_months_that_were_given(available, peak):
    season = usual_season(available, peak)

    with_any = {month for month in range(1, 13) if season[month - 1]}
    at_best = {month for month in range(1, 13) if season[month - 1] == Level.PEAK}
    assert with_any == available | peak
    assert at_best == peak


@pytest.mark.parametrize(
    ("season", "wanted", "found"),
    [
        (JUNE_PEAK, {3}, [(6, 7)]),
        (JUNE_PEAK, {1, 2}, [(4, 5), (8, 9)]),
        (OVER_NEW_YEAR, {3}, [(12, 1)]),
        (OVER_NEW_YEAR, {1, 2, 3}, [(11, 2)]),
        ([2] * 12, {2}, [(1, 12)]),
        ([2] * 12, {3}, []),
        ([0, *[1] * 11], {1}, [(2, 12)]),
    ],
    ids=str,
)
def test_stretches_are_unbroken(season, wanted, found):
    assert stretches(season, wanted) == found


def covered(first, last):
    return [(first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1)]


@given(seasons, levels)
def test_stretches_cover_exactly_the_months_at_the_levels(season, wanted):
    found = [month for ends in stretches(season, wanted) for month in covered(*ends)]

    at_levels = [month for month in range(1, 13) if season[month - 1] in wanted]
    assert sorted(found) == at_levels


@given(seasons, levels)
def test_stretches_never_touch_each_other(season, wanted):
    found = stretches(season, wanted)

    firsts = {first for first, _last in found}
    after = {last % 12 + 1 for _first, last in found}
    assert found == [(1, 12)] or not firsts & after


def test_last_month_at_follows_the_stretch_over_new_year():
    assert last_month_at(OVER_NEW_YEAR, 12, 3) == 1
    assert last_month_at(JUNE_PEAK, 6, 3) == 7
    assert last_month_at(JUNE_PEAK, 7, 3) == 7
    assert last_month_at(JUNE_PEAK, 10, 0) == 3


def test_last_month_at_is_none_when_it_never_ends():
    assert last_month_at([2] * 12, 5, 2) is None


def test_last_month_at_refuses_another_level():
    with pytest.raises(ValueError, match="not at level 2 in month 6"):
        last_month_at(JUNE_PEAK, 6, 2)


@given(seasons, st.integers(1, 12))
def test_last_month_at_ends_one_of_the_stretches(season, month):
    level = season[month - 1]

    last = last_month_at(season, month, level)

    ends = {last for _first, last in stretches(season, {level})}
    assert last in ends or (last is None and set(season) == {level})


@pytest.mark.parametrize(
    ("season", "month", "following"),
    [
        (JUNE_PEAK, 11, 4),
        (JUNE_PEAK, 4, 5),
        (OVER_NEW_YEAR, 12, 1),
        ([0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0], 3, 3),
        ([0] * 12, 5, None),
    ],
    ids=str,
)
def test_next_month_with_any_looks_a_whole_year_ahead(season, month, following):
    assert next_month_with_any(season, month) == following


@pytest.mark.parametrize(
    ("season", "sentence"),
    [
        (
            JUNE_PEAK,
            (
                "En su punto en junio y julio. También hay en abril y mayo, y en agosto"
                " y setiembre. El resto del año, no."
            ),
        ),
        (
            OVER_NEW_YEAR,
            (
                "En su punto en diciembre y enero. También hay en febrero, y en"
                " noviembre. El resto del año, no."
            ),
        ),
        ([2] * 12, "Hay todo el año."),
        ([3] * 12, "En su punto todo el año."),
        (
            [0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0],
            "Hay de abril a julio. El resto del año, no.",
        ),
        (
            [3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2],
            "En su punto de enero a marzo. También hay de abril a diciembre.",
        ),
    ],
    ids=str,
)
def test_season_sentence_says_the_year_in_spanish(season, sentence):
    assert season_sentence(season) == sentence


def test_season_sentence_follows_the_language():
    with override("en"):
        sentence = season_sentence(JUNE_PEAK)

    assert sentence == (
        "At its best in June and July. Also available in April and May, and in August"
        " and September. None the rest of the year."
    )


@given(seasons)
def test_season_sentence_is_never_empty_and_always_closed(season):
    sentence = season_sentence(season)

    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert "  " not in sentence


def test_level_label_names_every_level():
    labels = [level_label(level) for level in Level]

    assert labels == ["No hay ahora", "Hay poco", "Hay", "En su punto"]
