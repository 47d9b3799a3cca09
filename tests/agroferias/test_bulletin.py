"""The bulletin of a market day: the text, the pictures, the list on paper."""

import datetime as dt
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from markets.models import MarketDay
from tests.desk import change_page, make_clerk, open_desk
from tests.factories import (
    SUNDAY,
    make_attendance,
    make_market_day,
    make_offering,
    make_producer,
    make_product,
    make_stall,
    make_venue,
)

pytestmark = pytest.mark.usefixtures("november")
NAMES = ["bulletin", "roster", "bulletin_picture"]
ADDRESS = "http://testserver/ferias/2026-11-29/"


@pytest.fixture
def desk(db, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


@pytest.fixture
def day(db):
    venue = make_venue(name="Feria", is_main=True, confirmed_date=SUNDAY)
    return make_market_day(venue=venue, status="confirmed")


def address(name, pk, shape="square"):
    args = [pk, shape] if name == "bulletin_picture" else [pk]
    return reverse(f"admin:{name}", args=args)


def bring(day, name, *products, number=None, status="confirmed", **fields):
    """Put a producer on the list, with products in season if their level is not 0."""
    producer = make_producer(name=name)
    stall = make_stall(venue=day.venue, number=number) if number else None
    fields |= {"producer": producer, "stall": stall, "status": status}
    make_attendance(market_day=day, **fields)
    for product, level in products:
        season = [2] * 6 + [level] * 6
        make_offering(
            producer=producer, product=make_product(name=product), season=season
        )
    return producer


@pytest.mark.parametrize("name", NAMES)
def test_strangers_are_asked_who_they_are(client, day, name):
    response = client.get(address(name, day.pk))

    assert response.status_code == 302
    assert response.url.startswith("/admin/login/?next=/admin/markets/marketday/")


@pytest.mark.parametrize("name", NAMES)
def test_the_bulletin_is_for_who_may_see_market_days(client, day, name):
    client.force_login(make_clerk("view_producer"))
    refused = client.get(address(name, day.pk))
    client.force_login(make_clerk("view_marketday"))

    assert refused.status_code == 403
    assert client.get(address(name, day.pk)).status_code == 200


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("pk", [0, 10**30])
def test_a_day_that_is_not_there_is_a_404(desk, day, name, pk):
    assert desk.get(address(name, pk)).status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_the_bulletin_is_only_read(desk, day, name):
    assert desk.post(address(name, day.pk)).status_code == 405


def test_an_unknown_shape_is_a_404(desk, day):
    assert desk.get(address("bulletin_picture", day.pk, "round")).status_code == 404


def test_the_page_has_the_text_the_pictures_and_the_list(desk, day):
    bring(day, "Rosa", ("Palta", 3))

    response = desk.get(address("bulletin", day.pk))

    assert response.context["title"] == "Bulletin of the week"
    assert response.context["subtitle"] == "Sunday 29 November"
    assert response.context["message"] == (
        "There is a market on Sunday 29 November. 8\xa0a.\xa0m. to 2\xa0p.\xa0m., "
        f"Av. Brasil, cuadra 40, Magdalena del Mar.\nAt its best: Palta.\n{ADDRESS}"
    )
    assert response.context["pictures"] == [
        {
            "shape": "square",
            "file_name": "feria-2026-11-29-cuadrada.jpg",
            "width": 1080,
            "height": 1080,
        },
        {
            "shape": "wide",
            "file_name": "feria-2026-11-29-ancha.jpg",
            "width": 1200,
            "height": 630,
        },
    ]
    for shape in ("square", "wide"):
        # Shown and downloaded.
        picture = address("bulletin_picture", day.pk, shape)
        assert response.text.count(f'"{picture}"') == 2
    assert f'href="{address("roster", day.pk)}"' in response.text
    assert "Confirm the day before you send this" not in response.text


def test_the_page_warns_of_a_day_that_nobody_confirmed(desk, day):
    MarketDay.objects.update(status="scheduled")

    assert (
        "Confirm the day before you send this"
        in desk.get(address("bulletin", day.pk)).text
    )


def test_the_front_page_and_the_day_lead_to_the_bulletin(desk, day):
    link = f'href="{address("bulletin", day.pk)}"'

    assert link in desk.get("/admin/").text
    assert link in desk.get(change_page(day)).text


@pytest.mark.parametrize(
    ("shape", "size", "name"),
    [
        ("square", (1080, 1080), "feria-2026-11-29-cuadrada.jpg"),
        ("wide", (1200, 630), "feria-2026-11-29-ancha.jpg"),
    ],
)
def test_a_picture_is_a_jpeg_to_be_saved(desk, day, shape, size, name):
    response = desk.get(address("bulletin_picture", day.pk, shape))

    assert Image.open(BytesIO(response.content)).size == size
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Cache-Control"] == "private, no-cache"


def test_the_file_of_another_market_tells_which(desk):
    venue = make_venue(slug="surco")
    day = make_market_day(venue=venue, status="confirmed")

    response = desk.get(address("bulletin_picture", day.pk))

    assert response["Content-Disposition"] == (
        'attachment; filename="feria-surco-2026-11-29-cuadrada.jpg"'
    )


def test_a_picture_is_sent_again_when_it_changes_and_only_then(desk, day):
    picture = address("bulletin_picture", day.pk)
    etag = desk.get(picture)["ETag"]

    same = desk.get(picture, headers={"If-None-Match": etag})
    MarketDay.objects.update(closes=dt.time(13))
    other = desk.get(picture, headers={"If-None-Match": etag})

    assert (same.status_code, same.content, same["ETag"]) == (304, b"", etag)
    assert same["Cache-Control"] == "private, no-cache"
    assert other.status_code == 200
    assert other["ETag"] != etag


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(
    ("name", "queries"),
    # session, user, day; then
    # the names of the best products: 1
    # … and the drawings: 2
    # attendances, offerings, stalls: 3
    [("bulletin", 4), ("bulletin_picture", 5), ("roster", 6)],
)
def test_the_queries_do_not_grow(desk, day, name, queries, count):
    for number in range(1, count + 1):
        bring(day, f"Rosa {number}", (f"Palta {number}", 3), number=number)

    with CaptureQueriesContext(connection) as captured:
        response = desk.get(address(name, day.pk))

    assert (response.status_code, len(captured)) == (200, queries)
