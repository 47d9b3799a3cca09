"""The pages of the spreadsheets, through the admin."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db.models import F
from django.utils import timezone

from producers.admin import sheet_runs
from producers.models import Offering, Producer, SheetUpload
from producers.sheets import resource
from producers.sheets.producer import ProducerSheet
from producers.sheets.resource import SheetResource
from tests.desk import open_desk, page
from tests.factories import make_offering, make_producer
from tests.spreadsheets import agree, bring, csv, opened, streamed, xlsx

pytestmark = pytest.mark.django_db
IMPORTS = ["view_producer", "add_producer", "change_producer", "import_sheets"]
FILE = xlsx(["dirección", "nombre", "km"], ["rosa", "Rosa", 78], ["nueva", "Nueva", 5])


@pytest.fixture
def desk(db, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


@pytest.fixture
def rosa(db):
    return make_producer(slug="rosa", name="Rosa", distance_km=70)


def stored():
    return sorted(Producer.objects.values_list("slug", "name", "distance_km"))


@pytest.mark.parametrize("model", [Producer, Offering])
def test_the_list_leads_to_the_spreadsheets(desk, model):
    response = desk.get(page(model, "changelist"))

    assert f'href="{page(model, "sheets")}"' in response.text


@pytest.mark.parametrize("make", [make_producer, make_offering])
def test_the_present_data_is_downloaded_and_explained(desk, make):
    model = type(make())
    url = page(model, "sheets")

    html = desk.get(url).text
    workbook = desk.get(f"{url}presente.xlsx")
    text = desk.get(f"{url}presente.csv")

    assert (f"{url}presente.xlsx" in html, f"{url}presente.csv" in html) == (True, True)
    assert len(opened(workbook.content)) == 2
    today = timezone.localdate()
    title = {Producer: "productores", Offering: "ofertas"}[model]
    assert workbook["Content-Disposition"] == (
        f'attachment; filename="{title}-{today}.xlsx"'
    )
    assert text["Content-Type"] == "text/csv; charset=utf-8"
    assert len(text.content.decode("utf-8-sig").splitlines()) == 2


def test_a_file_is_shown_and_then_imported(desk, rosa):
    url = bring(desk, FILE)
    before = stored()

    shown = streamed(desk.get(url))
    done = agree(desk, url)

    assert before == [("rosa", "Rosa", 70)]
    assert "Nothing is saved yet." in shown
    assert "<del>70</del> → <ins>78</ins>" in shown
    assert "<b>1</b> new line" in shown
    assert "2 of 2 lines read" in shown
    assert "Imported." in done
    assert "2 of 2 lines imported" in done
    assert stored() == [("nueva", "Nueva", 5), ("rosa", "Rosa", 78)]
    assert SheetUpload.objects.count() == 0
    assert sorted(LogEntry.objects.values_list("object_repr", "change_message")) == [
        ("Nueva", "Imported from hoja.xlsx."),
        ("Rosa", "Imported from hoja.xlsx."),
    ]


def test_the_same_file_twice_has_nothing_to_import(desk, rosa):
    agree(desk, bring(desk, FILE))

    shown = streamed(desk.get(bring(desk, FILE)))

    assert "there is nothing to import" in shown
    assert 'name="shown"' not in shown


def test_one_wrong_line_and_nothing_is_imported(desk, rosa):
    content = csv(["dirección", "km"], ["rosa", "78"], ["nueva", "lejos"])
    url = bring(desk, content, name="hoja.csv")

    shown = streamed(desk.get(url))
    answer = streamed(desk.post(url, {"shown": ""}))

    assert "<b>Line 3</b>" in shown
    assert "Write a whole number without points, such as 2350." in shown
    assert 'name="shown"' not in shown
    assert "some lines have something wrong" in answer
    assert stored() == [("rosa", "Rosa", 70)]


def test_of_many_wrong_lines_some_are_folded_and_the_rest_counted(
    desk, rosa, monkeypatch
):
    monkeypatch.setattr(sheet_runs, "OPEN", 1)
    monkeypatch.setattr(sheet_runs, "FOLDED", 1)
    lines = [[f"p{number}", "lejos"] for number in range(3)]
    url = bring(desk, csv(["dirección", "km"], *lines), name="hoja.csv")

    shown = streamed(desk.get(url))

    assert "Refused lines: 3" in shown
    folded = shown.partition("<details>")[2].partition("</details>")[0]
    assert ("<b>Line 2</b>" in folded, "<b>Line 3</b>" in folded) == (False, True)
    assert (shown.count("<b>Line "), "The rest is counted" in shown) == (2, True)


def test_what_changed_meanwhile_is_shown_again_and_not_imported(desk, rosa):
    url = bring(desk, FILE)
    shown = streamed(desk.get(url)).partition('name="shown" value="')[2][:64]
    Producer.objects.update(distance_km=F("distance_km") + 1)

    answer = streamed(desk.post(url, {"shown": shown}))

    assert "the data on the site changed since you looked" in answer
    assert "<del>71</del> → <ins>78</ins>" in answer
    assert stored() == [("rosa", "Rosa", 71)]
    assert "Imported." in agree(desk, url)


def test_nothing_is_imported_that_nobody_looked_at(desk, rosa):
    url = bring(desk, FILE)

    desk.post(url).getvalue()

    assert stored() == [("rosa", "Rosa", 70)]


def test_an_import_that_fails_halfway_leaves_nothing(desk, rosa, monkeypatch, caplog):
    url = bring(desk, FILE)
    shown = streamed(desk.get(url)).partition('name="shown" value="')[2][:64]
    saved = []

    def fail_at_the_second(self, line):
        if saved:
            raise RuntimeError("cable")
        saved.append(line.instance.save())

    monkeypatch.setattr(ProducerSheet, "write_line", fail_at_the_second)
    answer = streamed(desk.post(url, {"shown": shown}))

    assert "Something went wrong on our side" in answer
    assert answer.rstrip().endswith("</html>")
    assert (len(saved), stored()) == (1, [("rosa", "Rosa", 70)])
    assert "A live page ended early" in caplog.text


def test_a_row_that_somebody_adds_at_the_same_moment_is_no_error(
    desk, rosa, monkeypatch
):
    url = bring(desk, FILE)
    shown = streamed(desk.get(url)).partition('name="shown" value="')[2][:64]
    write = SheetResource.write

    def after_somebody_else(self, outcome):
        make_producer(slug="nueva")
        return write(self, outcome)

    monkeypatch.setattr(SheetResource, "write", after_somebody_else)
    answer = streamed(desk.post(url, {"shown": shown}))

    assert "Somebody else saved something of this at the same moment" in answer
    assert stored() == [("rosa", "Rosa", 70)]


def test_a_file_is_imported_once(desk, rosa):
    url = bring(desk, FILE)
    agree(desk, url)

    response = desk.post(url, {"shown": ""}, follow=True)

    assert response.redirect_chain == [(page(Producer, "sheets"), 302)]
    assert "That file was imported already, or is no longer kept." in response.text


def test_a_file_that_goes_while_it_is_waited_for_is_said_to_be_gone(
    desk, rosa, monkeypatch
):
    url = bring(desk, FILE)
    response = desk.post(url, {"shown": ""})
    SheetUpload.objects.all().delete()

    assert "That file was imported already" in streamed(response)
    assert stored() == [("rosa", "Rosa", 70)]


def test_the_page_comes_bit_by_bit_whoever_compresses(desk, rosa):
    rows = [[f"p-{number}", "x", 1] for number in range(600)]
    url = bring(desk, xlsx(["dirección", "nombre", "km"], *rows))

    response = desk.get(url, headers={"accept-encoding": "gzip"})
    parts = [part.decode() for part in response.streaming_content]

    assert response["X-Accel-Buffering"] == "no"
    assert [
        part.rpartition(">")[0].rpartition(">")[2].strip() for part in parts[1:5]
    ] == [
        "Reading the file…</p",
        "250 of 600 lines read</p",
        "500 of 600 lines read</p",
        "600 of 600 lines read</p",
    ]
    assert parts[0].lstrip().startswith("<!DOCTYPE html>")
    assert parts[-1].rstrip().endswith("</html>")
    assert "300 more" in parts[-2]
    assert "The rest is counted, and not shown here." in parts[-2]


@pytest.mark.parametrize("row_count", [1, 30])
def test_the_queries_of_a_download_do_not_grow(
    desk, django_assert_max_num_queries, row_count
):
    for _ in range(row_count):
        make_offering()
    url = f"{page(Offering, 'sheets')}presente.csv"

    # session, user; offerings, their varieties
    with django_assert_max_num_queries(4) as captured:
        response = desk.get(url)

    assert (len(captured), response.status_code) == (4, 200)


def test_pages_carry_no_inline_script_or_style(desk, rosa):
    pages = [desk.get(page(Producer, "sheets")).text]
    pages.append(streamed(desk.get(bring(desk, FILE))))

    for html in pages:
        for forbidden in ("<style", " style=", " onclick=", "<script>", "javascript:"):
            assert forbidden not in html


@pytest.mark.django_db(transaction=True)
def test_who_leaves_in_the_middle_leaves_nothing(
    desk, reference_data, rosa, monkeypatch
):
    monkeypatch.setattr(resource, "STEP", 1)
    url = bring(desk, FILE)
    shown = streamed(desk.get(url)).partition('name="shown" value="')[2][:64]

    response = desk.post(url, {"shown": shown})
    for part in response.streaming_content:
        if b"1 of 2 lines imported" in part:
            break
    written = stored()
    response.close()

    assert written == [("rosa", "Rosa", 78)]
    assert stored() == [("rosa", "Rosa", 70)]
