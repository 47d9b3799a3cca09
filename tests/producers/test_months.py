import pytest
from django.utils.formats import date_format

from producers.months import MONTH_SLUGS, MONTHS, month_from_slug
from tests.factories import SUNDAY


@pytest.mark.parametrize("month", MONTH_SLUGS)
def test_month_from_slug_reads_every_address(month):
    assert month_from_slug(MONTH_SLUGS[month]) == month


@pytest.mark.parametrize(
    ("slug", "month"),
    [
        ("septiembre", 9),
        ("setiembre", 9),
        ("Junio", 6),
        ("nada", None),
        ("", None),
        ("6", None),
        ("june", None),
    ],
)
def test_month_from_slug_is_lenient_with_case_and_september(slug, month):
    assert month_from_slug(slug) == month


def test_addresses_are_the_spanish_names():
    assert [str(name) for name in MONTHS.values()] == [*MONTH_SLUGS.values()]


def test_lima_writes_setiembre():
    september = SUNDAY.replace(month=9)

    assert date_format(september, "F") == "setiembre"
    assert date_format(september, "M").lower() == "set"
