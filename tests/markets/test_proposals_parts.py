"""What each part of a proposal does once it is accepted, and who may accept it."""

import pytest

from markets.models import Proposal
from markets.proposals import level_now, set_level
from producers.models import Offering, ProducerPhoto
from tests.desk import make_clerk, open_desk, page
from tests.factories import (
    make_attendance,
    make_consent,
    make_market_day,
    make_offering,
    make_photo,
    make_producer,
    make_product,
    make_proposal,
    make_update_link,
)
from tests.markets.proposals import SCREEN, accept, attendance, stored, told
from tests.markets.updates import answer, photo, private_files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
NOVEMBER = 10
ONLY_NOVEMBER = [0] * NOVEMBER + [3, 0]
ALL_YEAR = [2] * 12
ALL_PARTS = [
    *("view_proposal", "change_proposal", "change_attendance"),
    *("change_offering", "add_producerphoto"),
]


@pytest.fixture
def desk(client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


@pytest.fixture
def rosa():
    return make_producer(name="Rosa", slug="rosa")


@pytest.fixture
def with_photo(desk, rosa):
    """A proposal of Rosa's with a photo."""
    answer(desk, make_update_link(producer=rosa), photo=photo())
    return Proposal.objects.waiting().get()


def shown_photo(proposal):
    return page(Proposal, "photo", proposal.pk)


def test_a_photo_is_published_with_the_words_that_staff_type(
    desk, rosa, with_photo, settings, django_capture_on_commit_callbacks
):
    make_photo(producer=rosa, position=3)
    make_consent(producer=rosa, covers=["portrait"])

    with django_capture_on_commit_callbacks(execute=True):
        response = accept(desk, with_photo, alt_text="Rosa con sus paltas")

    assert told(response) == ["Accepted: Rosa."]
    first, added = rosa.photos.all()
    assert (added.alt_text, added.width, added.position) == (
        "Rosa con sus paltas",
        1200,
        first.position,
    )
    assert added.image.name.startswith("photos/")
    assert (settings.MEDIA_ROOT / added.image.name).exists()
    assert "Rosa con sus paltas" in desk.get("/productores/rosa/").text
    assert private_files(settings) == []
    assert stored(with_photo).took_photo is True


def test_a_photo_of_people_is_hidden_until_they_agree(desk, rosa, with_photo):
    response = accept(desk, with_photo, alt_text="Rosa con sus paltas")

    assert told(response)[1].startswith("The photo is stored, and hidden until")
    assert "Rosa con sus paltas" not in desk.get("/productores/rosa/").text


def test_a_photo_without_words_is_not_accepted(desk, rosa, with_photo):
    response = accept(desk, with_photo, note="Lo que escribí")

    (card,) = response.context["cards"]
    assert card.errors == {
        "alt_text": ["Say what can be seen: it is read out to those who cannot see it."]
    }
    assert "Lo que escribí" in response.text
    assert ProducerPhoto.objects.count() == 0
    assert stored(with_photo).status == "pending"


def test_a_photo_that_is_not_taken_needs_no_words(desk, with_photo):
    accept(desk, with_photo, "photo")

    assert stored(with_photo).status == "accepted"
    assert (stored(with_photo).took_photo, ProducerPhoto.objects.count()) == (False, 0)


def test_a_photo_whose_file_is_gone_is_told(desk, with_photo, settings):
    (name,) = private_files(settings)
    (settings.PRIVATE_ROOT / "proposals" / name).unlink()

    response = accept(desk, with_photo, alt_text="Rosa")

    assert told(response) == [
        "Accepted: Rosa.",
        "The photo's file is gone: it could not be published.",
    ]
    assert ProducerPhoto.objects.count() == 0
    assert desk.get(shown_photo(with_photo)).status_code == 404


def test_the_waiting_photo_is_shown_to_staff_alone(client, desk, with_photo, settings):
    response = desk.get(shown_photo(with_photo))

    (name,) = private_files(settings)
    content = (settings.PRIVATE_ROOT / "proposals" / name).read_bytes()
    assert b"".join(response.streaming_content) == content
    assert response.headers["Content-Type"] == "image/jpeg"
    kept = set(response.headers["Cache-Control"].split(", "))
    assert {"private", "no-store"} <= kept
    client.force_login(make_clerk("view_producer"))
    assert client.get(shown_photo(with_photo)).status_code == 403
    client.logout()
    assert client.get(shown_photo(with_photo)).status_code == 302
    assert client.get(f"/media/proposals/{name}").status_code == 404


def test_a_proposal_without_a_photo_shows_none(desk):
    assert desk.get(shown_photo(make_proposal())).status_code == 404


def test_a_deleted_producers_photo_goes_too(
    desk, rosa, with_photo, settings, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        rosa.delete()

    assert private_files(settings) == []


def test_the_last_month_is_not_emptied_but_taken_off_sale(desk, rosa):
    product = make_product(name="Palta")
    palta = make_offering(producer=rosa, product=product, season=ONLY_NOVEMBER)
    proposal = make_proposal(producer=rosa, levels={palta: 0})

    response = accept(desk, proposal)

    assert told(response) == [
        "Accepted: Rosa.",
        "Palta would have no month left: taken off sale instead.",
    ]
    assert (stored(palta).is_active, stored(palta).season) == (False, ONLY_NOVEMBER)


def test_what_was_off_sale_comes_back(desk, rosa):
    palta = make_offering(producer=rosa, season=ONLY_NOVEMBER, is_active=False)
    proposal = make_proposal(producer=rosa, levels={palta: 2})

    assert "There is none" in desk.get(SCREEN).text
    accept(desk, proposal)

    assert stored(palta).is_active is True
    assert stored(palta).season == [0] * NOVEMBER + [2, 0]


@pytest.mark.parametrize(
    ("season", "active", "level", "after"),
    [
        (ALL_YEAR, True, 0, (True, [2] * NOVEMBER + [0, 2], True)),
        (ALL_YEAR, False, 0, (True, [2] * NOVEMBER + [0, 2], False)),
        (ALL_YEAR, False, 1, (True, [2] * NOVEMBER + [1, 2], True)),
        (ONLY_NOVEMBER, True, 0, (False, ONLY_NOVEMBER, False)),
    ],
)
def test_a_level_of_a_month(season, active, level, after):
    offering = Offering(season=[*season], is_active=active)

    could = set_level(offering, NOVEMBER + 1, level)

    assert (could, offering.season, offering.is_active) == after


@pytest.mark.parametrize(("active", "level"), [(True, 3), (False, 0)])
def test_there_is_nothing_of_what_is_off_sale(active, level):
    offering = Offering(season=ONLY_NOVEMBER, is_active=active)

    assert level_now(offering, NOVEMBER + 1) == level


def test_an_offering_that_is_gone_is_left_out(desk, rosa):
    palta = make_offering(producer=rosa, product=make_product(name="Palta"))
    proposal = make_proposal(producer=rosa, levels={palta: 3})
    palta.delete()

    shown = desk.get(SCREEN).text
    response = accept(desk, proposal)

    assert "No offering any more: Palta" in shown
    assert told(response) == ["Accepted: Rosa."]


def test_a_level_is_of_the_month_in_which_it_was_sent(desk, rosa, november):
    palta = make_offering(producer=rosa)
    sent = november.replace(month=10, day=31, hour=23)
    proposal = make_proposal(producer=rosa, levels={palta: 3}, created_at=sent)

    accept(desk, proposal)

    assert stored(palta).season == [2] * 9 + [3, 2, 2]


@pytest.mark.parametrize("missing", ALL_PARTS[2:])
def test_a_part_that_one_may_not_write_is_not_written(
    client, desk, with_photo, rosa, missing
):
    palta, day = make_offering(producer=rosa), make_market_day()
    make_attendance(market_day=day, producer=rosa)
    Proposal.objects.update(market_day=day, comes=True)
    with_photo.levels.create(offering=palta, product_name="Palta", level=3)
    client.force_login(make_clerk(*(one for one in ALL_PARTS if one != missing)))

    shown = client.get(SCREEN).text
    level = with_photo.levels.get()
    names = ("attendance", f"level_{level.pk}", "photo")
    data = {f"p{with_photo.pk}-{name}": "on" for name in names}
    data |= {f"p{with_photo.pk}-alt_text": "Rosa", "accept": str(with_photo.pk)}
    client.post(SCREEN, data)

    assert shown.count("You may not change this.") == 1
    done = {
        "change_attendance": attendance(day, rosa)[0] == "confirmed",
        "change_offering": stored(palta).season[NOVEMBER] == 3,
        "add_producerphoto": rosa.photos.exists(),
    }
    assert [name for name, is_done in done.items() if not is_done] == [missing]


@pytest.mark.parametrize("button", ["accept", "refuse"])
def test_who_may_only_look_decides_nothing(client, desk, rosa, button):
    proposal = make_proposal(producer=rosa)
    client.force_login(make_clerk("view_proposal"))

    shown = client.get(SCREEN)
    response = client.post(SCREEN, {button: str(proposal.pk)})

    assert f'name="{button}"' not in shown.text
    assert (shown.status_code, response.status_code) == (200, 403)
    assert stored(proposal).status == "pending"


def test_others_do_not_see_what_was_sent(client, desk, rosa):
    client.force_login(make_clerk("view_producer"))

    assert client.get(SCREEN).status_code == 403
    assert client.get(page(Proposal, "decided")).status_code == 403


@pytest.mark.parametrize("key", ["", "x", "0", "-1", "٣", "²", "9" * 400])
def test_a_key_of_no_proposal_is_no_failure(desk, key):
    assert desk.post(SCREEN, {"accept": key}).status_code == 404


def test_a_proposed_level_is_called_by_its_product():
    palta = make_offering(product=make_product(name="Palta"))

    (level,) = make_proposal(levels={palta: 1}).levels.all()

    assert str(level) == "Palta"
