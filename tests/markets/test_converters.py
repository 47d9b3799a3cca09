import datetime as dt

import pytest
from django.urls import Resolver404, resolve, reverse

from markets.converters import DateConverter
from tests.factories import SUNDAY


def test_a_date_is_read_and_written():
    converter = DateConverter()

    assert converter.to_python("2026-11-29") == SUNDAY
    assert converter.to_url(SUNDAY) == "2026-11-29"
    assert converter.to_python("2028-02-29") == dt.date(2028, 2, 29)


@pytest.mark.parametrize(
    "written",
    ["2026-02-30", "2027-02-29", "0000-01-01", "2026-13-01", "2026-00-10", "2026-1-1"],
)
def test_an_address_without_a_real_date_leads_nowhere(written):
    with pytest.raises(Resolver404):
        resolve(f"/ferias/{written}/")


def test_digits_of_other_scripts_are_no_date():
    with pytest.raises(Resolver404):
        resolve("/ferias/٢٠٢٦-١١-٢٩/")


@pytest.mark.parametrize("written", ["2026-02-30", "0000-01-01"])
@pytest.mark.django_db
def test_a_page_of_no_date_is_not_found(client, written):
    assert client.get(f"/ferias/{written}/").status_code == 404


@pytest.mark.parametrize("date", [dt.date.min, SUNDAY, dt.date.max], ids=str)
def test_every_date_has_an_address(date):
    match = resolve(reverse("markets:day", args=[date]))

    assert match.kwargs == {"date": date}
