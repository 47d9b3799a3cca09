import datetime as dt

from markets.holidays_pe import public_holidays


def test_holidays_are_those_of_peru_in_spanish_by_date():
    found = public_holidays(dt.date(2026, 12, 8), dt.date(2027, 1, 1))

    assert found == [
        (dt.date(2026, 12, 8), "Inmaculada Concepción"),
        (dt.date(2026, 12, 9), "Batalla de Ayacucho"),
        (dt.date(2026, 12, 25), "Navidad del Señor"),
        (dt.date(2027, 1, 1), "Año Nuevo"),
    ]


def test_between_two_holidays_there_is_none():
    assert public_holidays(dt.date(2026, 12, 10), dt.date(2026, 12, 24)) == []


def test_easter_moves():
    (easter,) = public_holidays(dt.date(2027, 3, 28), dt.date(2027, 3, 28))

    assert easter.name == "Domingo de Resurrección"
