"""What tests of the spreadsheets need: files as programs write them, and their use."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from producers.models import Producer, SheetUpload
from producers.sheets.reading import read
from tests.desk import page


def xlsx(*rows, title="Hoja1") -> bytes:
    """Return a workbook with these rows, the first of them the headers."""
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def opened(content: bytes) -> list[list]:
    """Return the values of the first sheet of a workbook."""
    book = load_workbook(io.BytesIO(content))
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def csv(*rows, delimiter=";", encoding="utf-8") -> bytes:
    """Return a .csv of cells that need no quotes."""
    lines = [delimiter.join(row) for row in rows]
    return "\r\n".join([*lines, ""]).encode(encoding)


def ended(steps):
    """Run a generator to its end; return what it returns."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def checked(sheet, content: bytes, name=""):
    """Return the Outcome of a file."""
    return ended(sheet.check(read(content, name)))


def imported(sheet, content: bytes):
    """Write a file that nothing is wrong with; return its Outcome."""
    outcome = checked(sheet, content)
    assert faults(outcome) == []
    ended(sheet.write(outcome))
    return outcome


def faults(outcome) -> list[tuple]:
    """Return (line, column, value, sentence) of all that is refused."""
    return [
        (line.number, one.column, one.value, one.message)
        for line in outcome.refused
        for one in line.faults
    ]


def changes(outcome) -> list[tuple]:
    """Return (line, column, old, new) of all that is changed."""
    return [
        (line.number, *change) for line in outcome.changed for change in line.changes
    ]


def counts(outcome) -> tuple:
    """Return how many lines are added, changed, the same and refused."""
    parts = (outcome.added, outcome.changed, outcome.same, outcome.refused)
    return tuple(map(len, parts))


def upload(client, content: bytes, *, url=None, name="hoja.xlsx"):
    """Bring a file; return the page that answers, or what it would do."""
    url = url or page(Producer, "sheets")
    return client.post(url, {"file": SimpleUploadedFile(name, content)})


def bring(client, content: bytes, *, url=None, name="hoja.xlsx"):
    """Bring a file that can be read; return the address of its dry run."""
    response = upload(client, content, url=url, name=name)
    assert response.status_code == 302
    assert SheetUpload.objects.filter(name=name).count() == 1
    return response.url


def streamed(response) -> str:
    """Return the HTML of a page that came bit by bit."""
    return response.getvalue().decode()


def agree(client, url):
    """Look at a dry run and import what it shows; return the HTML of the result."""
    shown = streamed(client.get(url)).partition('name="shown" value="')[2][:64]
    return streamed(client.post(url, {"shown": shown}))
