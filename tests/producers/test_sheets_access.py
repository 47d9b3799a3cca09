"""Who may bring a spreadsheet, which files are taken, and how long they stay."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from producers.models import Producer, SheetUpload
from producers.models.sheet_upload import KEPT
from producers.personal_data import erase
from producers.sheets import reading
from producers.sheets.offering import OfferingSheet
from producers.sheets.producer import ProducerSheet
from producers.sheets.resource import ASK
from tests.desk import make_clerk, open_desk, page
from tests.factories import make_offering, make_producer, make_product, make_staff
from tests.spreadsheets import (
    agree,
    bring,
    checked,
    counts,
    csv,
    faults,
    imported,
    upload,
    xlsx,
)

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)
WARES = ["palta", "mango"]
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


def test_only_who_brought_a_file_may_look_and_import(desk, rosa, client):
    url = bring(desk, FILE)
    client.force_login(make_staff())

    assert client.get(url).status_code == 302
    assert client.post(url, {"shown": ""}).status_code == 302
    assert stored() == [("rosa", "Rosa", 70)]


def test_files_go_after_a_day_and_with_the_next_one(desk, rosa):
    url = bring(desk, FILE)
    bring(desk, FILE)
    assert SheetUpload.objects.count() == 1
    assert desk.get(url).status_code == 302
    SheetUpload.objects.update(created_at=timezone.now() - KEPT)
    (expired,) = SheetUpload.objects.all()
    assert str(expired) == "hoja.xlsx"

    assert desk.get(f"{page(Producer, 'sheets')}{expired.pk}/").status_code == 302
    newer = bring(desk, FILE, name="otra.xlsx")

    (kept,) = SheetUpload.objects.all()
    assert newer.endswith(f"/{kept.pk}/")


@pytest.mark.parametrize(("age", "count"), [(KEPT, 0), (KEPT - MINUTE, 1)], ids=str)
def test_the_daily_command_removes_what_nobody_imported(rosa, age, count):
    SheetUpload.objects.create(
        user=make_staff(),
        kind="producers",
        name="x.csv",
        content=b"x",
        created_at=timezone.now() - age,
    )

    call_command("schedule_market_days", verbosity=0)

    assert SheetUpload.objects.count() == count


def test_files_that_wait_go_with_an_erased_producer(rosa):
    SheetUpload.objects.create(
        user=make_staff(), kind="producers", name="x.csv", content=b"rosa"
    )

    erase(producer=rosa)

    assert SheetUpload.objects.count() == 0


@pytest.mark.parametrize("missing", IMPORTS)
def test_importing_needs_every_permission(client, settings, tmp_path, missing, rosa):
    open_desk(client, settings, tmp_path)
    clerk = make_clerk(*(set(IMPORTS) - {missing}))
    client.force_login(clerk)
    kept = SheetUpload.objects.create(
        user=clerk, kind="producers", name="x.xlsx", content=FILE
    )

    answers = [
        upload(client, FILE).status_code,
        client.get(f"{page(Producer, 'sheets')}{kept.pk}/").status_code,
        client.post(f"{page(Producer, 'sheets')}{kept.pk}/").status_code,
    ]

    assert answers == [403, 403, 403]
    assert stored() == [("rosa", "Rosa", 70)]


def test_with_all_permissions_a_clerk_imports_drafts(client, settings, tmp_path, rosa):
    Producer.objects.update(status="draft")
    open_desk(client, settings, tmp_path)
    client.force_login(make_clerk(*IMPORTS))

    assert "Imported." in agree(client, bring(client, FILE))


@pytest.mark.parametrize(
    "permission", [None, "publish_producer", "view_consent"], ids=str
)
def test_who_may_not_publish_imports_nothing_public(rosa, permission):
    make_producer(slug="luz", status="archived", distance_km=9)
    sheet = ProducerSheet(user=make_clerk(permission), moment=timezone.now())

    outcome = checked(sheet, csv(["dirección", "km"], ["rosa", "78"], ["luz", "8"]))

    assert faults(outcome) == [(2, "", "", ASK), (3, "", "", ASK)]


def test_who_may_not_publish_adds_drafts(settings):
    settings.LANGUAGE_CODE = "en"
    make_producer(slug="rosa", name="Rosa", status="draft")
    clerk = make_clerk("import_sheets")
    content = csv(
        ["dirección", "estado"], ["rosa", "publicado"], ["nueva", "publicado"]
    )

    outcome = imported(ProducerSheet(user=clerk, moment=timezone.now()), content)

    assert outcome.notes == [
        (
            "The column «estado» was not read: only who may publish changes it. "
            "New producers become drafts."
        )
    ]
    assert counts(outcome) == (1, 0, 1, 0)
    assert [*Producer.objects.values_list("status")] == [("draft",), ("draft",)]
    assert "estado" not in ProducerSheet(user=clerk, moment=timezone.now()).headers


def test_who_may_publish_need_not_be_a_superuser():
    clerk = make_clerk("publish_producer", "view_consent")

    assert "estado" in ProducerSheet(user=clerk, moment=timezone.now()).headers


def test_who_may_not_publish_imports_no_offerings_of_who_is_public(rosa):
    draft, palta = make_producer(slug="luz", status="draft"), make_product(slug="palta")
    for producer in (rosa, draft):
        make_offering(producer=producer, product=palta)
    make_product(slug="mango")
    sheet = OfferingSheet(user=make_clerk(), moment=timezone.now())
    lines = [[who, what, "no", "3"] for who in ("rosa", "luz") for what in WARES]

    outcome = checked(
        sheet, csv(["productor", "producto", "a la venta", "ene"], *lines)
    )

    assert faults(outcome) == [(2, "", "", ASK), (3, "", "", ASK)]
    assert len(outcome.to_write) == 2


def test_who_may_only_look_downloads(client, settings, tmp_path, rosa):
    open_desk(client, settings, tmp_path)
    client.force_login(make_clerk("view_producer"))

    response = client.get(page(Producer, "sheets"))

    assert "Your account may download, and not import." in response.text
    assert 'type="file"' not in response.text
    assert client.get(f"{response.request['PATH_INFO']}presente.csv").status_code == 200


def test_who_may_not_look_downloads_nothing(client, settings, tmp_path):
    open_desk(client, settings, tmp_path)
    client.force_login(make_clerk("view_offering"))
    url = page(Producer, "sheets")

    assert [
        client.get(url).status_code,
        client.get(f"{url}presente.csv").status_code,
    ] == [
        *(403, 403),
    ]


def test_strangers_are_asked_to_log_in(client, db):
    url = page(Producer, "sheets")

    for one in (url, f"{url}presente.xlsx", f"{url}1/"):
        assert client.get(one).url == f"{reverse('admin:login')}?next={one}"
        assert client.post(one).url == f"{reverse('admin:login')}?next={one}"


def test_only_two_kinds_of_file_are_sent(desk):
    assert desk.get(f"{page(Producer, 'sheets')}presente.pdf").status_code == 404


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\x00\x01", "This is no spreadsheet: choose an .xlsx or a .csv."),
        (
            b"nombre\nRosa\n",
            (
                "The first line must name the columns, and lacks: dirección. "
                "Download the present data to see how it looks."
            ),
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_its_field(desk, content, sentence):
    response = upload(desk, content)

    assert response.status_code == 200
    assert response.context["form"].errors == {"file": [sentence]}
    assert SheetUpload.objects.count() == 0


def test_a_file_too_large_is_refused_unread(desk, monkeypatch):
    monkeypatch.setattr(reading, "MAX_BYTES", 10)

    response = upload(desk, FILE)

    assert response.context["form"].errors == {
        "file": ["The file is larger than 10 MB."]
    }


def test_no_file_is_asked_for(desk):
    response = desk.post(page(Producer, "sheets"))

    assert response.context["form"].errors == {"file": ["This field is required."]}
