"""Whole pages kept for visitors: until something public changes, or the time does."""

import datetime as dt
import gzip
import re
from concurrent.futures import ThreadPoolExecutor
from threading import Timer

import pytest
import time_machine
from django.apps import apps
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agroferias import kept
from producers.models import Product, PublicChange
from tests.factories import (
    LIMA,
    SUNDAY,
    make_market_day,
    make_notice,
    make_offering,
    make_opening_hours,
    make_product,
    make_staff,
    make_venue,
)

pytestmark = pytest.mark.django_db

# What no public page shows: a change of it need not be noticed.
PRIVATE = {
    *("UpdateLink", "Proposal", "ProposalLevel", "SheetUpload", "PublicChange"),
    *("Subscriber", "Delivery"),
}


@pytest.fixture(autouse=True)
def _keeping(settings):
    settings.KEEP_PAGES = True
    caches["pages"].clear()
    yield
    caches["pages"].clear()


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def kept_count():
    return sum(":until-" not in key for key in caches["pages"]._cache)


def test_a_page_is_made_once(client, november, catalogue):
    assert queries(client, "/productos/palta/") > 1

    assert queries(client, "/productos/palta/") == 1
    assert queries(client, "/en/productos/palta/") > 1
    assert queries(client, "/en/productos/palta/") == 1
    assert '<html lang="en"' in client.get("/en/productos/palta/").text


def test_a_kept_page_is_what_would_be_made(client, november, catalogue, settings):
    for path in ("/", "/productos/palta/", "/ferias/agenda.ics", "/en/agro-shop/"):
        made, kept = client.get(path), client.get(path)
        settings.KEEP_PAGES = False
        plain = client.get(path)
        settings.KEEP_PAGES = True
        assert made.content == kept.content == plain.content
        own = {"ETag", "Vary"}
        assert {*plain.headers.items()} - {*kept.headers.items()} <= {
            (name, plain.headers[name]) for name in own & {*plain.headers}
        }


def test_staff_get_no_kept_page_and_leave_none(client, november, catalogue):
    client.force_login(make_staff(is_superuser=True))

    counts = {queries(client, "/productos/palta/") for _ in range(2)}

    assert min(counts) > 1
    assert kept_count() == 0


@pytest.mark.django_db(transaction=True)
def test_whoever_has_the_page_gets_it_no_more(
    reference_data, client, november, catalogue
):
    first = client.get("/productos/palta/")
    known = {"if-none-match": first.headers["ETag"]}

    again = client.get("/productos/palta/", headers=known)
    catalogue.palta.save()
    changed = client.get("/productos/palta/", headers=known)
    make_offering(product=catalogue.palta)
    other = client.get("/productos/palta/", headers=known)

    assert (again.status_code, again.content) == (304, b"")
    # Saved as it was: another version, the same page.
    assert (changed.status_code, other.status_code) == (304, 200)


def test_each_visitor_gets_it_as_asked(client, november, catalogue):
    plain = client.get("/calendario/")
    zipped = client.get("/calendario/", headers={"accept-encoding": "gzip"})

    assert "Content-Encoding" not in plain.headers
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == plain.content
    assert zipped.headers["Content-Length"] == str(len(zipped.content))
    assert zipped.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("/productos/?mes=junio", 1),
        ("/productos/?mes=junio&estado=hay", 0),
        ("/productos/?mes=junio&mes=mayo", 0),
        ("/productos/?mes=%6Aunio", 1),
        ("/productos/?pagina=1", 1),
        ("/productos/?pagina=01", 0),
        ("/productos/?producto=nada", 0),
        ("/productores/?estado=nada", 0),
        ("/temporada/junio/?mes=nada", 0),
        ("/ferias/2026-11-29/?producto=palta", 0),
        ("/productos/?q=palta", 0),
        ("/productos/?mes=nada", 0),
        ("/productos/?utm_source=x", 0),
        ("/productos/palta/?x=1", 0),
        ("/buscar/?q=palta", 0),
        ("/nada/", 0),
        ("/productos/nada/", 0),
        ("/admin/", 0),
        ("/api/v1/", 0),
        ("/este-domingo/", 0),
    ],
)
def test_strangers_cannot_fill_the_store(client, november, catalogue, path, count):
    client.get(path)
    client.head(path)

    assert kept_count() == count


def test_an_address_is_kept_once_however_it_is_written(client, november, catalogue):
    for path in ("/productos/?mes=junio", "/productos/?mes=%6aunio", "/%70roductos/"):
        client.get(path)
    for host in ("TestServer", "testserver.", "testserver:81"):
        client.get("/productos/", headers={"host": host})

    assert kept_count() == 2


def test_every_table_of_the_pages_is_watched():
    models = [
        model
        for name in ("producers", "markets")
        for model in apps.get_app_config(name).get_models(include_auto_created=True)
        if not model.__name__.startswith("Historical")
    ]
    tables = {one._meta.db_table for one in models if one.__name__ not in PRIVATE}

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger"
            " WHERE tgname = 'public_change'"
        )
        watched = {name for (name,) in cursor.fetchall()}

    assert watched == tables


@pytest.mark.django_db(transaction=True)
def test_a_change_of_anything_is_seen_at_once(
    reference_data, client, november, catalogue
):
    path = "/productos/palta/"
    for change, words in (
        (
            lambda: Product.objects.filter(slug="palta").update(name="Paltita"),
            "Paltita",
        ),
        (lambda: make_notice(message="Hoy llueve.", starts_at=november), "Hoy llueve."),
        (catalogue.day.delete, "Todavía no hay fecha"),
    ):
        before = client.get(path).text
        change()
        after = client.get(path).text
        assert (words in before, words in after) == (False, True), words


def test_the_time_changes_a_page_by_itself(client, fresh):
    day = make_market_day(status="confirmed")
    make_notice(message="Solo a las diez.", starts_at=at(10), ends_at=at(11))
    words = []
    with time_machine.travel(at(0), tick=False) as clock:
        for hour in (0, 7.99, 8, 9.99, 10, 11, 11.01, 12.99, 13, 13.99, 14, 23.99, 24):
            clock.move_to(at(hour))
            page = undated(client.get("/").text)
            words.append((day.phase(at(hour)), "Solo a las diez." in page))
            assert page == fresh("/")

    assert len({*words}) == 5


def at(hour):
    midnight = dt.datetime.combine(SUNDAY, dt.time.min, LIMA)
    return midnight + dt.timedelta(hours=hour)


@pytest.fixture
def fresh(settings):
    """Return a function that makes a page anew, whatever is kept of it."""

    def fresh(path):
        settings.KEEP_PAGES = False
        page = undated(Client().get(path).text)
        settings.KEEP_PAGES = True
        return page

    return fresh


def undated(page):
    """Leave out what is shown without signal alone: when the page was made."""
    return re.sub("<strong>[^<]*sin señal[^<]*</strong>", "", page)


def test_the_shop_closes_by_itself(client, fresh):
    shop = make_venue(kind="shop")
    make_opening_hours(venue=shop, day_of_week=6, opens=dt.time(9), closes=dt.time(17))
    with time_machine.travel(at(8), tick=False) as clock:
        for hour in (8, 9, 15.5, 16, 16.5, 16.95, 17, 24):
            clock.move_to(at(hour))
            page = undated(client.get("/agro-shop/").text)
            assert page == fresh("/agro-shop/")


@pytest.mark.django_db(transaction=True)
def test_of_many_who_ask_at_once_one_makes_it(reference_data, november):
    make_product(slug="palta")
    makers = []

    def visit(_number):
        with CaptureQueriesContext(connection) as captured:
            Client().get("/productos/palta/")
        connection.close()
        makers.append(len(captured) > 1)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(visit, range(8)))

    assert makers.count(True) == 1


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_both_raise_the_version(reference_data):
    product = make_product()
    before = PublicChange.objects.version()

    def write(_number):
        Product.objects.filter(pk=product.pk).update(description="x")
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, range(20)))

    after = PublicChange.objects.version()
    assert (
        after == before + 20 == sum(int(str(row)) for row in PublicChange.objects.all())
    )


@pytest.fixture
def made_elsewhere(client, november, catalogue):
    """Return the key and the page of /calendario/, which somebody else is making."""
    client.get("/calendario/")
    (name,) = (key for key in caches["pages"]._cache if ":until-" not in key)
    key = name.rpartition(":")[2]
    page = caches["pages"].get(key)
    caches["pages"].clear()
    caches["pages"].set(f"{key}-maker", value=True)
    return key, page


def test_whoever_waits_gets_what_the_other_made(client, made_elsewhere):
    Timer(0.2, caches["pages"].set, made_elsewhere).start()

    assert queries(client, "/calendario/") == 1


def test_whoever_waits_too_long_makes_its_own(client, made_elsewhere, monkeypatch):
    monkeypatch.setattr(kept, "PATIENCE_S", 0.05)

    assert queries(client, "/calendario/") > 1


def test_a_page_is_made_anew_within_a_minute(client, catalogue):
    with time_machine.travel(at(0), tick=False) as clock:
        client.get("/calendario/")
        clock.shift(dt.timedelta(seconds=49))
        assert queries(client, "/calendario/") == 1
        clock.shift(dt.timedelta(seconds=1))
        assert queries(client, "/calendario/") > 1


def test_what_may_stand_between_keeps_it_as_long_as_is_right(client, november):
    page = client.get("/nosotros/")
    text = client.get("/este-domingo.txt")

    assert page.headers["Cache-Control"] == "no-cache"
    assert page.headers["CDN-Cache-Control"] == kept.SHARED_CACHES
    assert text.headers["Cache-Control"] == "max-age=60, public"
    assert "CDN-Cache-Control" not in text.headers


def test_a_page_says_how_old_it_is(client):
    with time_machine.travel(at(0), tick=False) as clock:
        made = client.get("/agro-shop/")
        clock.shift(dt.timedelta(seconds=30))
        kept_page = client.get("/agro-shop/")

    assert made.headers["Server-Timing"] == "age;dur=0"
    assert kept_page.headers["Server-Timing"] == "age;dur=30000"


def test_a_feed_that_is_known_by_its_date_is_not_sent_again(client, november):
    make_notice(starts_at=november)
    feed = client.get("/ferias/novedades.atom")
    known = {"if-modified-since": feed.headers["Last-Modified"]}

    assert client.get("/ferias/novedades.atom", headers=known).status_code == 304
