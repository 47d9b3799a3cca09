import datetime as dt

import pytest

from markets.models import Notice, OpeningHours
from producers import changes
from producers.changes import FieldChange, Part
from tests.factories import LIMA, make_notice, make_opening_hours

pytestmark = pytest.mark.django_db(transaction=True)


def test_hours_are_told_as_people_write_them():
    hours = make_opening_hours(closes=dt.time(14))
    hours.closes = dt.time(13, 30)
    hours.save()

    last = changes.saves([Part(OpeningHours, "id")], hours.pk, lambda model, keys: {})

    assert last[0].changes[0].fields == [
        FieldChange("Cierra", "2\xa0p.\xa0m.", "1:30\xa0p.\xa0m.")
    ]


def test_a_moment_is_told_in_the_time_of_lima():
    notice = make_notice()
    notice.ends_at = dt.datetime(2026, 12, 27, 18, tzinfo=LIMA)
    notice.save()

    last = changes.saves([Part(Notice, "id")], notice.pk, lambda model, keys: {})[0]

    old, new = (f"{one} de diciembre de 2026" for one in (26, 27))
    assert last.changes[0].fields == [
        FieldChange("Hasta", f"{old}, 12\xa0a.\xa0m.", f"{new}, 6\xa0p.\xa0m.")
    ]
