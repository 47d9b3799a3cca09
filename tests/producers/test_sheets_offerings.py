import datetime as dt
from decimal import Decimal

import pytest

from producers.models import Offering
from producers.sheets import delimited, workbooks
from producers.sheets.offering import OfferingSheet
from tests.factories import (
    SUNDAY,
    make_offering,
    make_producer,
    make_product,
    make_staff,
    make_variety,
)
from tests.spreadsheets import changes, checked, counts, csv, faults, imported, xlsx

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
MONTHS = [
    "ene",
    "feb",
    "mar",
    "abr",
    "may",
    "jun",
    "jul",
    "ago",
    "set",
    "oct",
    "nov",
    "dic",
]
SEASON = [0, 1, 2, 3, 3, 2, 1, 0, 0, 0, 0, 1]


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def sheet(db):
    return OfferingSheet(user=make_staff(), moment=NOW)


def again(sheet):
    return OfferingSheet(user=sheet.user, moment=NOW)


@pytest.fixture
def rosa(db):
    return make_producer(slug="rosa", name="Rosa Quispe")


@pytest.fixture
def palta(db):
    product = make_product(
        slug="palta", name="Palta", name_en="Avocado", other_names=["aguacate"]
    )
    make_variety(product=product, name="Hass")
    make_variety(product=product, name="Fuerte, grande")
    return product


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_download_brought_back_changes_nothing(sheet, rosa, palta, kind):
    offering = make_offering(
        producer=rosa,
        product=palta,
        season=SEASON,
        price=Decimal("8.50"),
        price_date=SUNDAY,
        note="=SUMA(A1)",
        is_active=False,
        unit="bunch",
    )
    offering.varieties.set(palta.varieties.all())
    make_offering(note=" -x\r\ny ")
    rows = list(sheet.rows())
    content = delimited.written(sheet.headers, rows)
    if kind == "xlsx":
        content = workbooks.written(workbooks.Sheet("x", sheet.headers, rows))

    outcome = checked(again(sheet), content)

    assert (counts(outcome), faults(outcome)) == ((0, 0, 2, 0), [])


def test_a_file_adds_an_offering_with_its_season(sheet, rosa, palta):
    content = xlsx(
        [
            "producto",
            "productor",
            *MONTHS,
            "unidad",
            "precio",
            "fecha del precio",
            "nota",
            "a la venta",
            "variedades",
        ],
        [
            "AGUACATE",
            "rosa quispe",
            *SEASON,
            "Atado",
            "8,50",
            SUNDAY,
            "Dulce",
            "no",
            "hass",
        ],
    )

    outcome = imported(sheet, content)

    assert counts(outcome) == (1, 0, 0, 0)
    offering = Offering.objects.get()
    assert (offering.producer, offering.product, offering.season) == (
        *(rosa, palta, SEASON),
    )
    assert (offering.unit, offering.price, offering.price_date) == (
        *("bunch", Decimal("8.50"), SUNDAY),
    )
    assert (offering.note, offering.is_active) == ("Dulce", False)
    assert [one.name for one in offering.varieties.all()] == ["Hass"]
    assert counts(checked(again(sheet), content)) == (0, 0, 1, 0)


def test_only_the_columns_that_are_there_change(sheet, rosa, palta):
    offering = make_offering(producer=rosa, product=palta, season=SEASON, note="Dulce")
    offering.varieties.set(palta.varieties.filter(name="Hass"))
    content = csv(
        ["productor", "producto", "enero", "sep", "dic", "variedades"],
        ["rosa", "palta", "mejor", "poco", "", "Fuerte, grande"],
    )

    outcome = imported(sheet, content)

    assert changes(outcome) == [
        (2, "ene", "0", "3"),
        (2, "set", "0", "1"),
        (2, "dic", "1", "0"),
        (2, "variedades", "Hass", "Fuerte, grande"),
    ]
    offering.refresh_from_db()
    assert offering.season == [3, 1, 2, 3, 3, 2, 1, 0, 1, 0, 0, 0]
    assert offering.note == "Dulce"
    assert [one.name for one in offering.varieties.all()] == ["Fuerte, grande"]


def test_without_the_column_the_varieties_stay(sheet, rosa, palta):
    offering = make_offering(producer=rosa, product=palta)
    offering.varieties.set(palta.varieties.all())
    content = csv(["productor", "producto", "nota"], ["rosa", "palta", "Dulce"])

    imported(sheet, content)

    assert offering.varieties.count() == 2


def test_varieties_are_taken_off_by_an_empty_cell(sheet, rosa, palta):
    offering = make_offering(producer=rosa, product=palta)
    offering.varieties.set(palta.varieties.all())
    content = csv(["productor", "producto", "variedades"], ["rosa", "palta", ""])

    imported(sheet, content)

    assert offering.varieties.count() == 0


def test_every_fault_is_named_with_line_column_and_value(sheet, rosa, palta):
    make_producer(slug="rosa-2", name="ROSA QUISPE")
    papa = make_product(slug="papa", name="Papa")
    make_offering(producer=rosa, product=papa)
    content = csv(
        ["productor", "producto", "ene", "precio", "fecha del precio", "variedades"],
        ["Rosa Quispe", "yuca", "1", "", "", ""],
        ["rosa", "palta", "5", "-1", "29/11/2026", "Kent, Hass"],
        ["rosa", "papa", "1", "8", "", ""],
        ["rosa", "Papa", "1", "", "", ""],
        ["rosa-2", "palta", "0", "", "", ""],
        ["rosa-2", "papa", "1", "8.505", "mañana", ""],
        ["", "papa", "1", "", "", ""],
    )

    assert faults(checked(sheet, content)) == [
        (
            *(2, "productor", "Rosa Quispe"),
            "Several have this name; write one's address: rosa, rosa-2.",
        ),
        (
            *(2, "producto", "yuca"),
            "There is no product with this address or name.",
        ),
        (
            *(3, "ene", "5"),
            "Write 0, 1, 2 or 3, or nada, poco, hay or mejor.",
        ),
        (3, "variedades", "Kent, Hass", "Kent is no variety of Avocado."),
        (
            *(3, "precio", "-1"),
            "Ensure this value is greater than or equal to 0.",
        ),
        (
            *(4, "fecha del precio", ""),
            "Give the date on which the price was true.",
        ),
        (5, "", "", "It repeats line 4."),
        (6, "ene–dic", "", "Mark at least one month in which there is some."),
        (
            *(7, "precio", "8.505"),
            "Write a number such as 8.50, thousands together.",
        ),
        (7, "fecha del precio", "mañana", "Write a date such as 29/11/2026."),
        (8, "productor", "", "This cell must be filled in."),
    ]


@pytest.mark.parametrize("row_count", [1, 30])
def test_queries_do_not_grow_with_lines_that_change_nothing(
    django_assert_num_queries, sheet, row_count
):
    for _ in range(row_count):
        make_offering()
    content = delimited.written(sheet.headers, list(sheet.rows()))
    fresh = again(sheet)

    # products, producers, varieties, offerings, their varieties
    with django_assert_num_queries(5):
        outcome = checked(fresh, content)

    assert counts(outcome) == (0, 0, row_count, 0)
