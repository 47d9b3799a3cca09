import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from producers.models import Producer
from producers.sheets import delimited, workbooks
from producers.sheets.producer import ProducerSheet
from producers.sheets.reading import SheetError, read
from tests.factories import (
    make_consent,
    make_photo,
    make_producer,
    make_region,
    make_staff,
)
from tests.spreadsheets import (
    changes,
    checked,
    counts,
    csv,
    faults,
    imported,
    xlsx,
)

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
TAKEN = (
    "Somebody has the address {address} already. If it is the same producer, write it "
    "here; if not, another one."
)
AGREED = "To publish, note who agreed that the profile be public, and when."


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def sheet():
    """A fresh sheet of somebody who may publish."""
    return ProducerSheet(user=make_staff(), moment=NOW)


def again(sheet):
    return ProducerSheet(user=sheet.user, moment=NOW)


def make_awkward():
    """Make producers whose words and numbers are hard on a spreadsheet."""
    make_producer(
        slug="-rosa",
        name="=1+1",
        people="'=x",
        locality="-10",
        altitude_m=-10,
        area_ha=Decimal("1.4"),
        practices=["own_seed", "terraces"],
        story="Uno\r\n\r\n- dos; =3\n ",
        summary="@Rosa",
        province="a\x0bb",
    )
    make_producer(
        slug="larga", name=" ", story="x" * 40_000, status="draft", region=None
    )
    make_producer(slug="Alta", name="Ñusta", altitude_m=4000, joined_year=2015)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_download_brought_back_changes_nothing(sheet, kind):
    make_awkward()
    rows = list(sheet.rows())
    content = delimited.written(sheet.headers, rows)
    if kind == "xlsx":
        content = workbooks.written(workbooks.Sheet("x", sheet.headers, rows))

    outcome = checked(again(sheet), content)

    assert (counts(outcome), faults(outcome)) == ((0, 0, 3, 0), [])


def test_a_file_adds_and_changes_and_the_second_time_asks_who_is_meant(sheet):
    rosa = make_producer(slug="rosa", name="Rosa", altitude_m=100, people="Rosa")
    content = xlsx(
        ["Nombre ", "DIRECCION", "Región", "altitud", "prácticas", "hectareas"],
        ["Rosa María", "rosa", "junin", "3450", "andenes, Semilla Propia", "1,5"],
        ["Familia Ñahui", None, "Cusco", 2800.0, None, None],
    )

    outcome = imported(sheet, content)

    assert changes(outcome) == [
        (2, "nombre", "Rosa", "Rosa María"),
        (2, "región", "Cusco", "Junín"),
        (2, "altitud", "100", "3450"),
        (2, "hectáreas", "", "1.5"),
        (2, "prácticas", "", "andenes, semilla propia"),
    ]
    (new,) = outcome.added
    assert [(one.column, one.old, one.new) for one in new.changes] == [
        ("dirección", "", "familia-nahui"),
        ("nombre", "", "Familia Ñahui"),
        ("región", "", "Cusco"),
        ("altitud", "", "2800"),
    ]
    rosa.refresh_from_db()
    assert (rosa.name, rosa.region, rosa.altitude_m, rosa.area_ha, rosa.people) == (
        *("Rosa María", make_region("Junín"), 3450),
        *(Decimal("1.5"), "Rosa"),
    )
    assert rosa.practices == ["terraces", "own_seed"]
    added = Producer.objects.get(slug="familia-nahui")
    assert (added.name, added.status, added.kind) == (
        "Familia Ñahui",
        "draft",
        "family",
    )
    second = checked(again(sheet), content)
    assert (counts(second), faults(second)) == (
        (0, 0, 1, 1),
        [(3, "dirección", "", TAKEN.format(address="familia-nahui"))],
    )


def test_an_empty_cell_empties_but_a_choice(sheet):
    make_producer(slug="rosa", people="Rosa", altitude_m=10, kind="company")
    content = xlsx(["dirección", "personas", "altitud", "tipo"], ["rosa", "", None, ""])

    outcome = imported(sheet, content)

    assert changes(outcome) == [
        (2, "personas", "Rosa", ""),
        (2, "altitud", "10", ""),
    ]
    assert Producer.objects.get().kind == "company"


def test_every_fault_is_named_with_line_column_and_value(sheet):
    make_producer(slug="rosa")
    content = csv(
        ["dirección", "nombre", "estado", "región", "altitud", "desde", "resumen"],
        ["rosa", "Rosa", "publicado", "Atlántida", "alto", "1999", "x" * 161],
        ["", "", "", "", "", "", ""],
        ["", "", "", "", "10", "", ""],
        ["con blanco", "Elena", "", "", "9000", "", ""],
        ["nueva", "Nueva", "publicado", "", "", "", ""],
        ["ROSA", "Rosa", "", "", "", "", ""],
        ["otra", "Otra", "visible", "", "", "", "", "de más"],
    )

    assert faults(checked(sheet, content)) == [
        (2, "región", "Atlántida", "There is no region of this name."),
        (2, "altitud", "alto", "Write a whole number without points, such as 2350."),
        (
            *(2, "desde", "1999"),
            "Ensure this value is greater than or equal to 2013.",
        ),
        (
            *(2, "resumen", "x" * 60 + "…"),
            "Ensure this value has at most 160 characters (it has 161).",
        ),
        (4, "dirección", "", "This cell must be filled in."),
        (
            *(5, "dirección", "con blanco"),
            (
                "Enter a valid “slug” consisting of letters, numbers, underscores or "
                "hyphens."
            ),
        ),
        (
            *(5, "altitud", "9000"),
            "Ensure this value is less than or equal to 7000.",
        ),
        (6, "estado", "publicado", "To publish, give a name and a region."),
        (6, "estado", "", AGREED),
        (7, "", "", "It repeats line 2."),
        (8, "", "de más", "There are more cells than the first line names columns."),
    ]


def test_a_missing_column_a_repeated_and_an_unknown_one_are_named(sheet):
    with pytest.raises(SheetError) as missing:
        checked(sheet, csv(["nombre"], ["Rosa"]))
    with pytest.raises(SheetError) as twice:
        checked(sheet, csv(["dirección", "km", "KM"], ["rosa", "1", "2"]))
    outcome = checked(
        sheet, csv(["dirección", "edad", "", "signo"], ["rosa", "40", ""])
    )

    assert str(missing.value) == (
        "The first line must name the columns, and lacks: dirección. "
        "Download the present data to see how it looks."
    )
    assert str(twice.value) == "The column «km» is there twice."
    assert outcome.notes == [
        "These columns are unknown and were not read: «edad», «signo»."
    ]
    assert counts(outcome) == (1, 0, 0, 0)


def test_a_cell_under_a_header_without_words_is_refused(sheet):
    content = csv(["dirección", "", "km"], ["rosa", "x", "7"])

    assert faults(checked(sheet, content)) == [
        (2, "", "x", "There are more cells than the first line names columns.")
    ]


@pytest.mark.parametrize(
    ("covers", "alt_text", "sentences"),
    [
        (["contact"], "Rosa", [AGREED]),
        (["profile"], "", ["To publish, describe each photo."]),
        (["profile"], "Rosa", []),
    ],
    ids=str,
)
def test_publishing_takes_the_same_as_on_the_page(sheet, covers, alt_text, sentences):
    draft = make_producer(slug="rosa", status="draft")
    make_consent(producer=draft, covers=covers)
    make_photo(producer=draft, alt_text=alt_text)

    outcome = checked(sheet, csv(["dirección", "estado"], ["rosa", "publicado"]))

    assert [sentence for *_where, sentence in faults(outcome)] == sentences


def test_a_public_producer_becomes_a_draft_again(sheet):
    make_producer(slug="rosa")

    imported(sheet, csv(["dirección", "estado"], ["rosa", "borrador"]))

    assert Producer.objects.get().status == "draft"


def test_the_first_publication_is_noted_once(sheet):
    earlier = timezone.make_aware(dt.datetime(2020, 1, 1))  # noqa: DTZ001 - made aware
    make_producer(slug="rosa", status="draft", submitted_at=earlier, is_example=True)
    make_producer(
        slug="elena", status="archived", published_at=earlier, is_example=True
    )
    make_producer(slug="julian", published_at=None)
    content = csv(
        ["dirección", "estado", "km"],
        ["rosa", "publicado", "1"],
        ["elena", "publicado", "1"],
        ["julian", "publicado", "1"],
    )

    imported(sheet, content)

    assert dict(Producer.objects.values_list("slug", "published_at")) == {
        "rosa": NOW,
        "elena": earlier,
        "julian": None,
    }


def test_help_has_a_line_a_column(sheet):
    assert [row[0] for row in sheet.help_rows()] == sheet.headers
    assert all(isinstance(cell, str) for row in sheet.help_rows() for cell in row)


@pytest.mark.parametrize("row_count", [1, 30])
def test_queries_do_not_grow_with_lines_that_change_nothing(
    django_assert_num_queries, sheet, row_count
):
    for _ in range(row_count):
        make_producer()
    content = delimited.written(sheet.headers, list(sheet.rows()))
    fresh = again(sheet)

    # slugs, regions, producers
    with django_assert_num_queries(3):
        outcome = checked(fresh, content)

    assert counts(outcome) == (0, 0, row_count, 0)


def test_a_long_file_tells_how_far_it_is(sheet):
    content = csv(["dirección"], *([f"p-{number}"] for number in range(501)))
    steps = sheet.check(read(content))

    assert [next(steps), next(steps)] == [250, 500]
