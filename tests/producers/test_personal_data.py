"""All that is stored on one producer can be handed over, and erased."""

import io
import json
import zipfile

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from markets.models import Attendance, Participation, Proposal, ShelfItem, UpdateLink
from producers import history, personal_data, photos
from producers.models import Offering, Producer, ProducerPhoto
from tests.desk import change_page, filled_in, make_clerk, make_member, open_desk, page
from tests.factories import (
    make_attendance,
    make_consent,
    make_contact,
    make_market_day,
    make_offering,
    make_participation,
    make_producer,
    make_shelf_item,
    make_variety,
)
from tests.producers.pictures import make_upload

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "Familia Ñahui «La Sequía»"


@pytest.fixture
def desk(reference_data, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


@pytest.fixture
def rosa(desk):
    """Return a producer with something everywhere, also in what is gone by now."""
    rosa = make_producer(slug="rosa", name=NAME)
    offering = make_offering(producer=rosa)
    offering.varieties.set([make_variety(product=offering.product)])
    make_offering(producer=rosa).delete()
    make_contact(producer=rosa)
    make_consent(producer=rosa)
    make_participation(producer=rosa)
    make_attendance(producer=rosa)
    make_shelf_item(offering=offering)
    photo = ProducerPhoto(producer=rosa, alt_text="Rosa")
    photos.store(photo, make_upload())
    photo.save()
    data = filled_in(desk.get(change_page(rosa))) | {"people": "Rosa Ñahui"}
    desk.post(change_page(rosa), data)
    link = UpdateLink.objects.create(
        producer=rosa, created_at="2026-11-01T00:00Z", valid_through="2026-12-31"
    )
    proposal = Proposal(
        link=link, producer=rosa, created_at="2026-11-02T00:00Z", message="Hola"
    )
    proposal.photo.save("photo.jpg", make_upload())
    return rosa


@pytest.fixture
def other(desk):
    """Return another producer, who must lose nothing."""
    other = make_producer(slug="otra", name="Otra")
    make_offering(producer=other)
    make_attendance(producer=other, market_day=make_market_day(date="2026-12-06"))
    return other


def unpacked(content):
    archive = zipfile.ZipFile(io.BytesIO(content))
    return archive, json.loads(archive.read("rosa.json"))


def test_an_export_has_rows_versions_log_and_photos(rosa, other):
    archive, data = unpacked(personal_data.export(rosa))

    (producer,) = data["producers.Producer"]
    (offering,) = data["producers.Offering"]
    assert (producer["fields"]["name"], producer["fields"]["people"]) == (
        NAME,
        "Rosa Ñahui",
    )
    assert len(offering["fields"]["varieties"]) == 1
    assert [one["people"] for one in data["producers.Producer.history"]] == [
        "Rosa Ñahui",
        "",
    ]
    assert len({one["id"] for one in data["producers.Offering.history"]}) == 2
    assert [one["fields"]["message"] for one in data["markets.Proposal"]] == ["Hola"]
    assert len(data["admin.LogEntry"]) == 1
    assert set(data) >= {
        "markets.Attendance",
        "markets.ShelfItem",
        "markets.UpdateLink",
    }
    photo = rosa.photos.get()
    sent = Proposal.objects.get().photo.name
    assert set(archive.namelist()) == {"rosa.json", sent, *photos.names(photo)}


def test_a_photo_whose_file_is_gone_stops_no_export(rosa):
    default_storage.delete(rosa.photos.get().image.name)

    archive, _data = unpacked(personal_data.export(rosa))

    assert rosa.photos.get().image.name not in archive.namelist()


def test_what_is_erased_leaves_no_trace(rosa, other):
    files, key = photos.names(rosa.photos.get()), rosa.pk
    sent = Proposal.objects.get().photo

    personal_data.erase(producer=rosa)

    assert [*Producer.objects.values_list("slug", flat=True)] == ["otra"]
    for model in history.tracked():
        columns = {field.attname for field in model.history.model._meta.fields}
        if "producer_id" in columns:
            assert model.history.filter(producer_id=key).count() == 0
    assert Producer.history.filter(id=key).count() == 0
    assert Offering.history.values("id").distinct().count() == 1
    assert type(Offering.history.first()).varieties.model.objects.count() == 0
    assert LogEntry.objects.count() == 0
    assert [default_storage.exists(name) for name in files] == [False] * len(files)
    assert not sent.storage.exists(sent.name)
    left = (Attendance, Participation, ShelfItem, UpdateLink, Proposal)
    assert [model.objects.count() for model in left] == [1, 0, 0, 0, 0]


def test_a_line_of_the_log_that_names_them_elsewhere_goes_too(rosa, other):
    user, day = make_clerk(), other.attendances.get().market_day
    change = [{"changed": {"name": "attendance", "object": f"{NAME}, Feria"}}]
    LogEntry.objects.log_actions(user.pk, [day], 2, change)

    personal_data.erase(producer=rosa)

    assert LogEntry.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "is_theirs"),
    [
        ("Rosa", True),
        ("Rosa · Feria", True),
        ("Rosa, Feria", True),
        ("Papa · Rosa", True),
        ("Rosa Quispe", False),
        ("Doña Rosa", False),
        ("Papa · Rosa Quispe", False),
        ("Rosales, Feria", False),
    ],
)
def test_only_the_whole_name_counts_in_the_log(desk, name, is_theirs):
    rosa, day = make_producer(name="Rosa"), make_market_day()
    change = [{"changed": {"name": "attendance", "object": name}}]
    gone = make_offering()
    gone.delete()
    user = make_clerk()
    LogEntry.objects.log_actions(user.pk, [day], 2, change)
    LogEntry.objects.log_actions(user.pk, [gone], 3, "")
    LogEntry.objects.filter(action_flag=3).update(object_repr=name)

    personal_data.erase(producer=rosa)

    assert LogEntry.objects.count() == (0 if is_theirs else 2)


def test_a_producer_of_the_same_name_keeps_their_own_lines(desk):
    first, second = make_producer(name="Rosa"), make_producer(name="Rosa")
    LogEntry.objects.log_actions(make_clerk().pk, [second], 2, "Saved.")

    personal_data.erase(producer=first)

    assert LogEntry.objects.get().object_id == str(second.pk)


@pytest.fixture
def moved(rosa, other):
    """Return an offering that was written as Rosa's and belongs to another now."""
    offering = make_offering(producer=rosa, note="Rosa's")
    offering.producer, offering.note = other, "The other's"
    offering.save()
    make_shelf_item(offering=offering)
    return offering


def notes(model_or_versions):
    return [*model_or_versions.order_by("pk").values_list("note", flat=True)]


def test_a_row_that_changed_hands_is_its_present_owners(rosa, other, moved):
    _archive, of_rosa = unpacked(personal_data.export(rosa))
    of_other = zipfile.ZipFile(io.BytesIO(personal_data.export(other)))
    of_other = json.loads(of_other.read("otra.json"))

    assert moved.pk not in {row["pk"] for row in of_rosa["producers.Offering"]}
    assert moved.pk in {row["pk"] for row in of_other["producers.Offering"]}
    assert len(of_rosa["markets.ShelfItem"]) == 1
    assert [
        {row["note"] for row in data["producers.Offering.history"] if row["note"]}
        for data in (of_rosa, of_other)
    ] == [{"Rosa's"}, {"The other's"}]


def test_erasing_the_former_owner_leaves_what_is_anothers(rosa, other, moved):
    personal_data.erase(producer=rosa)

    assert moved.shelf_items.count() == 1
    assert notes(moved.history) == ["The other's"]


def test_what_changed_hands_and_is_gone_was_its_last_owners(rosa, other, moved):
    items = moved.shelf_items.get().history
    key = moved.pk
    moved.delete()

    personal_data.erase(producer=rosa)
    left = Offering.history.filter(id=key)
    assert (notes(left), items.count()) == (["The other's"] * 2, 2)

    personal_data.erase(producer=other)
    assert (left.count(), items.count()) == (0, 0)


def test_commands_hand_over_and_erase(rosa, tmp_path, capsys):
    file = tmp_path / "rosa.zip"

    call_command("export_producer", "rosa", str(file))
    with pytest.raises(CommandError, match="--yes"):
        call_command("erase_producer", "rosa")
    call_command("erase_producer", "rosa", "--yes")

    assert unpacked(file.read_bytes())[1]["producers.Producer"] != []
    assert Producer.objects.count() == 0
    with pytest.raises(CommandError, match="rosa"):
        call_command("erase_producer", "rosa", "--yes")


def test_the_page_says_what_is_stored_and_hands_it_over(desk, rosa):
    address = page(rosa, "personal_data", rosa.pk)

    html = desk.get(address).text
    response = desk.post(address, {"_export": "1"})

    assert f'href="{address}"' in desk.get(change_page(rosa)).text
    assert "<li>Offerings: 1</li>" in html
    assert response["Content-Disposition"] == 'attachment; filename="rosa.zip"'
    assert "no-store" in response["Cache-Control"]
    assert unpacked(response.content)[1]["producers.Producer"] != []


def test_erasing_takes_the_name(desk, rosa):
    address = page(rosa, "personal_data", rosa.pk)

    refused = desk.post(address, {"name": "rosa"})
    response = desk.post(address, {"name": NAME}, follow=True)

    assert "Write the name exactly as it stands above." in refused.text
    assert "Erased for good: " in response.text
    assert Producer.objects.count() == 0


@pytest.mark.parametrize(
    ("role", "data", "status"),
    [
        ("Edición", {"_export": "1"}, 403),
        ("Edición", {"name": NAME}, 403),
        ("Administración", {"name": NAME}, 403),
        ("Coordinación", {"_export": "1"}, 200),
        ("Coordinación", {"name": NAME}, 302),
    ],
)
def test_it_is_for_whoever_publishes(desk, rosa, role, data, status):
    desk.force_login(make_member(role))

    assert desk.post(page(rosa, "personal_data", rosa.pk), data).status_code == status


def test_erasing_takes_the_permission_to_delete(desk, rosa):
    desk.force_login(make_clerk("publish_producer", "view_consent", "change_producer"))
    address = page(rosa, "personal_data", rosa.pk)

    assert "Erase for good" not in desk.get(address).text
    assert desk.post(address, {"name": NAME}).status_code == 403
    assert desk.get(page(rosa, "personal_data", 0)).status_code == 404
