"""The pictures of links, asked for as WhatsApp does."""

import datetime as dt
import re
from io import BytesIO
from urllib.parse import urlsplit

import pytest
import time_machine
from PIL import Image

from producers import photos
from producers.models import ProducerPhoto
from tests.factories import (
    LIMA,
    SUNDAY,
    make_consent,
    make_market_day,
    make_offering,
    make_producer,
    make_product,
    make_product_photo,
    make_region,
    make_venue,
)
from tests.producers.pictures import make_upload
from tests.test_html import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
ADDRESS = re.compile(r"/tarjetas/[a-z]+/[\w-]+-[0-9a-f]{12}\.jpg")


@pytest.fixture(autouse=True)
def kept(settings, tmp_path):
    """Return a function that names the files kept of one kind of card."""
    settings.LANGUAGE_CODE = "en"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"

    def files(kind):
        folder = settings.PRIVATE_ROOT / "cards" / kind
        return sorted(path.name for path in folder.rglob("*") if path.is_file())

    return files


def named(client, page):
    """Return the address, without the host, and the alt text of a page's card."""
    metas = Page(client.get(page).text).all("meta")
    shown = {one["property"]: one["content"] for one in metas if "property" in one}
    assert (shown["og:image:width"], shown["og:image:height"]) == ("1200", "630")
    address = urlsplit(shown["og:image"])
    assert f"{address.scheme}://{address.netloc}" == "http://testserver"
    assert ADDRESS.fullmatch(address.path)
    return address.path, shown["og:image:alt"]


def fetched(client, address):
    """Return a card, decoded, after looking at what came with it."""
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert 30_000 < len(response.content) < 300_000
    with Image.open(BytesIO(response.content)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1200, 630))
        return picture.convert("RGB")


def colours(picture, box):
    """Return the mean colour of a part of a picture."""
    return picture.crop(box).resize((1, 1)).getpixel((0, 0))


def make_portrait(producer):
    photo = ProducerPhoto(producer=producer, alt_text="Rosa", shows_people=True)
    photos.store(photo, make_upload())
    photo.save()
    return photo


def test_a_cancelled_day_has_another_card_at_another_address(client, kept):
    day = make_market_day(status="confirmed")
    page = day.get_absolute_url()
    held, words = named(client, page)
    of_held = fetched(client, held)

    day.status, day.notice = "cancelled", "A parade takes the avenue."
    day.save()
    cancelled, other_words = named(client, page)
    of_cancelled = fetched(client, cancelled)

    hours = "8\xa0a.\xa0m. to 2\xa0p.\xa0m"
    assert words == (
        "Yes, there is a market this Sunday. 29 November."
        f" {hours}. Av. Brasil, cuadra 40."
    )
    assert other_words == "There is no market this Sunday. 29 November."
    # By day, and by night.
    corner = (1000, 20, 1180, 100)
    assert colours(of_held, corner) == pytest.approx((255, 214, 10), abs=6)
    assert colours(of_cancelled, corner) == pytest.approx((43, 13, 64), abs=6)
    assert kept("ferias") == [f"en-{cancelled[-16:]}"]
    former = client.get(held)
    assert (former.status_code, former.url) == (302, cancelled)
    assert former.headers["Cache-Control"] == "no-cache"


def test_home_shows_the_next_day_and_the_site_what_it_is(client):
    without_days, about_the_site = named(client, "/")
    of_site, _words = named(client, "/nosotros/")
    make_market_day(status="confirmed")

    with_day, words = named(client, "/")
    home = fetched(client, with_day)

    assert (of_site, about_the_site) == named(client, "/nada/")
    assert without_days != with_day
    assert words.startswith("Yes, there is a market this Sunday. 29 November.")
    assert home != fetched(client, of_site)


def test_a_product_shows_its_season_in_the_month_of_the_day(client, kept):
    product = make_product(
        slug="palta",
        name="Palta",
        drawing="palta-fuerte",
        other_names=["aguacate"],
        tint="lago",
        reference_season=[0] * 9 + [2, 3, 1],
    )
    november, words = named(client, "/productos/palta/")
    picture = fetched(client, november)

    with time_machine.travel(dt.datetime(2026, 12, 2, tzinfo=LIMA)):
        december, other_words = named(client, "/productos/palta/")
    make_product_photo(product=product)

    assert words.startswith("Palta. November: at its best. At its best in November.")
    assert other_words.startswith("Palta. December: a little.")
    assert colours(picture, (1000, 20, 1180, 100)) == pytest.approx(
        (25, 211, 197), abs=6
    )
    assert len({november, december, named(client, "/productos/palta/")[0]}) == 3
    assert kept("productos") == [f"en-{november[-16:]}"]


def test_every_fact_of_a_card_changes_its_address(client):
    producer = make_producer(slug="rosa", name="Rosa", kind="family")
    region = "/regiones/cusco/"
    page, seen = "/productores/rosa/", set()

    def differs(path=page):
        address, _words = named(client, path)
        is_new = address not in seen
        seen.add(address)
        return is_new

    assert differs()
    assert differs(region)
    producer.district = "Pisac"
    producer.save()
    assert differs()
    make_offering(producer=producer, product=make_product(drawing="papa-nativa"))
    assert differs()
    assert differs(region)
    producer.story, producer.people = "Not on the card.", "Nor these."
    producer.save()
    assert not differs()
    producer.is_example = True
    producer.save()
    assert differs()
    make_producer()
    assert differs(region)


def test_a_region_is_shown_on_the_map(client):
    address, words = named(client, "/regiones/callao/")
    callao = fetched(client, address)
    make_producer(region=make_region("Callao"))

    cusco = fetched(client, named(client, "/regiones/cusco/")[0])

    assert words == "Callao. Coast. 0 producers."
    assert named(client, "/regiones/callao/")[1] == "Callao. Coast. 1 producer."
    assert callao.crop((12, 110, 276, 494)) != cusco.crop((12, 110, 276, 494))


def test_a_portrait_is_on_the_card_only_while_it_may_be(
    client, kept, django_capture_on_commit_callbacks
):
    rosa = make_producer(slug="rosa", name="Rosa")
    consent = make_consent(producer=rosa, covers=["profile", "portrait"])
    photo = make_portrait(rosa)
    page, corner = "/productores/rosa/", (44, 160, 62, 185)
    shown, _words = named(client, page)
    # The photo's upper left corner is red, the landscape's is yellow.
    assert colours(fetched(client, shown), corner) == pytest.approx((255, 0, 0), abs=40)
    assert kept("productores") == [f"en-{shown[-16:]}"]

    consent.covers = ["profile"]
    with django_capture_on_commit_callbacks(execute=True):
        consent.save()

    assert kept("productores") == []
    hidden, _words = named(client, page)
    assert hidden != shown
    assert client.get(shown).url == hidden
    assert colours(fetched(client, hidden), corner) == pytest.approx(
        (255, 214, 10), abs=40
    )
    assert photo.image.storage.exists(photo.image.name)


def test_who_is_not_public_any_more_has_no_card_and_no_file(
    client, kept, django_capture_on_commit_callbacks
):
    rosa = make_producer(slug="rosa", name="Rosa")
    address, _words = named(client, "/productores/rosa/")
    fetched(client, address)

    # As a list's action does, of which nothing is sent.
    type(rosa).objects.update(status="archived")
    assert client.get(address).status_code == 404
    assert kept("productores") == []

    type(rosa).objects.update(status="published")
    fetched(client, address)
    with django_capture_on_commit_callbacks(execute=True):
        rosa.save()
    assert kept("productores") == [f"en-{address[-16:]}"]
    rosa.status = "archived"
    with django_capture_on_commit_callbacks(execute=True):
        rosa.save()
    assert kept("productores") == []

    type(rosa).objects.update(status="published")
    fetched(client, address)
    with django_capture_on_commit_callbacks(execute=True):
        rosa.delete()
    assert kept("productores") == []
    assert client.get(address).status_code == 404


def test_what_is_not_public_is_not_drawn(client, kept):
    make_producer(slug="borrador", status="draft")
    make_product(slug="oculto", is_listed=False)
    make_market_day()
    digest = "0123456789ab"

    addresses = [
        f"/tarjetas/productores/borrador-{digest}.jpg",
        f"/tarjetas/productores/nadie-{digest}.jpg",
        f"/tarjetas/productos/oculto-{digest}.jpg",
        f"/tarjetas/regiones/atlantida-{digest}.jpg",
        f"/tarjetas/ferias/2026-12-06-{digest}.jpg",
        f"/tarjetas/ferias/2026-02-31-{digest}.jpg",
        f"/tarjetas/ferias/otra-2026-11-29-{digest}.jpg",
        f"/tarjetas/ferias/domingo-{digest}.jpg",
        f"/tarjetas/nada/rosa-{digest}.jpg",
        "/tarjetas/regiones/cusco.jpg",
    ]

    assert [client.get(one).status_code for one in addresses] == [404] * 10
    assert [*map(kept, ("productores", "productos", "ferias", "nada"))] == [[]] * 4


def test_former_addresses_and_other_digests_lead_to_the_card(client):
    palta = make_product(slug="palta")
    rosa = make_producer(slug="rosa")
    other = make_market_day(venue=make_venue(slug="surco"), date=SUNDAY)
    for row, slug in ((palta, "palta-fuerte"), (rosa, "chacra-rosa")):
        row.former_slugs.create(slug=row.slug)
        row.slug = slug
        row.save()
    expected = {
        "productos/palta": "/productos/palta-fuerte/",
        "productores/rosa": "/productores/chacra-rosa/",
        "ferias/surco-2026-11-29": other.get_absolute_url(),
        "inicio/whatever": "/",
        "sitio/whatever": "/nosotros/",
    }

    for former, page in expected.items():
        response = client.get(f"/tarjetas/{former}-0123456789ab.jpg")

        assert (response.status_code, response.url) == (302, named(client, page)[0])


def test_a_draft_seen_by_staff_names_no_card_of_its_own(admin_client):
    make_producer(slug="borrador", status="draft")

    address, _words = named(admin_client, "/productores/borrador/")

    assert address.startswith("/tarjetas/sitio/feria-")


def test_a_photo_whose_file_is_missing_leaves_the_rest(client):
    make_product_photo(product=make_product(slug="palta"))

    fetched(client, named(client, "/productos/palta/")[0])


def test_a_page_and_its_picture_say_the_same(client, catalogue):
    uva = make_product(name="Uva", drawing="uva")
    for producer in (catalogue.rosa, catalogue.julian):
        make_offering(producer=producer, product=uva, season=[3] * 12)
    make_offering(
        producer=catalogue.rosa,
        product=make_product(name="Miel", drawing="miel"),
        season=[3] * 12,
    )
    pages = ["/", "/ferias/2026-11-29/", "/productos/palta/", "/productores/rosa/"]

    for page in [*pages, "/regiones/cusco/", "/calendario/"]:
        address, _words = named(client, page)
        other = client.get(f"{address[:-16]}0123456789ab.jpg")

        assert (other.status_code, other.url) == (302, address)
