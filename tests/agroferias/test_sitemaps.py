"""What crawlers are led to, and what they are asked to leave alone."""

import datetime as dt
import re
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
import time_machine

from tests.factories import (
    LIMA,
    SUNDAY,
    make_market_day,
    make_offering,
    make_photo,
    make_venue,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

SITE = "http://testserver"
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
BROWSER, PREVIEWER = "Googlebot", "Twitterbot"


def listed(client):
    """Return {path: date of the last change or None} of the sitemap."""
    response = client.get("/sitemap.xml")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/xml"
    root = ElementTree.fromstring(response.content)  # noqa: S314 - our own
    assert root.tag == f"{NAMESPACE}urlset"
    found = {}
    for one in root.iter(f"{NAMESPACE}url"):
        address = urlsplit(one.findtext(f"{NAMESPACE}loc"))
        assert f"{address.scheme}://{address.netloc}" == SITE
        assert address.path not in found
        found[address.path] = one.findtext(f"{NAMESPACE}lastmod")
    return found


def test_the_sitemap_names_every_public_page_and_no_other(catalogue, client):
    other = make_market_day(venue=make_venue(slug="surco"), date=SUNDAY)
    make_market_day(date=SUNDAY - dt.timedelta(weeks=1), status="cancelled")

    paths = listed(client)

    assert {client.get(path).status_code for path in paths} == {200}
    fixed = {"/", "/productos/", "/calendario/", "/productores/", "/regiones/"}
    fixed |= {"/ferias/", "/agro-shop/", "/nosotros/", "/avisos/", "/datos/"}
    fixed |= {"/insertar/"}
    rows = {f"/productos/{slug}/" for slug in ("palta", "papa", "queso", "mango")}
    rows |= {f"/productores/{slug}/" for slug in ("rosa", "julian", "elena")}
    rows |= {"/ferias/2026-11-29/", "/ferias/2026-11-22/", other.get_absolute_url()}
    many = {path for path in paths if re.match("(/en)?/(temporada|regiones)/.", path)}
    spanish = fixed | rows
    assert set(paths) - many == spanish | {f"/en{path}" for path in spanish}
    assert len(many) == 2 * (12 + 25)


def test_every_date_is_that_of_a_real_change(catalogue, client):
    def dates():
        paths = listed(client)
        names = ("productos/palta", "productos/mango", "productores/rosa")
        return [paths[f"/{one}/"] for one in (*names, "regiones/cusco")]

    assert dates() == ["2026-11-23"] * 4

    with time_machine.travel(dt.datetime(2026, 11, 25, 12, tzinfo=LIMA)):
        make_photo(producer=catalogue.rosa)
    assert dates() == ["2026-11-23", "2026-11-23", "2026-11-25", "2026-11-23"]
    with time_machine.travel(dt.datetime(2026, 11, 26, 12, tzinfo=LIMA)):
        catalogue.rosa.offerings.first().save()
    assert dates() == ["2026-11-26", "2026-11-23", "2026-11-26", "2026-11-23"]
    with time_machine.travel(dt.datetime(2026, 11, 27, 12, tzinfo=LIMA)):
        catalogue.rosa.save()
    assert dates() == ["2026-11-26", "2026-11-23", "2026-11-27", "2026-11-27"]


def test_a_market_day_has_the_date_of_its_last_public_change(client):
    day = make_market_day(changed_at=dt.datetime(2026, 11, 20, 12, tzinfo=LIMA))

    assert listed(client)[day.get_absolute_url()] == "2026-11-20"
    assert listed(client)["/"] is None
    # Nobody ever was there, nor was anything written of it since.
    assert listed(client)["/regiones/tacna/"] is None


def test_a_sitemap_that_is_known_is_not_sent_again(client):
    first = client.get("/sitemap.xml")

    again = client.get("/sitemap.xml", headers={"if-none-match": first.headers["ETag"]})
    make_offering()
    changed = client.get(
        "/sitemap.xml", headers={"if-none-match": first.headers["ETag"]}
    )

    assert (again.status_code, changed.status_code) == (304, 200)
    assert client.get("/sitemap.xml?p=2").status_code == 404
    assert client.get("/sitemap.xml?p=x").status_code == 404


def test_with_another_language_each_page_names_the_others(client, settings):
    settings.LANGUAGES = [("es", "Español"), ("en", "English")]

    root = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314

    link = "{http://www.w3.org/1999/xhtml}link"
    for one in root.iter(f"{NAMESPACE}url"):
        languages = [other.get("hreflang") for other in one.iter(link)]
        assert languages == ["es", "en", "x-default"]


def test_crawlers_are_kept_from_what_is_private_and_from_combinations(client):
    response = client.get("/robots.txt")
    robots = RobotFileParser()
    robots.parse(response.text.splitlines())

    def may(path, agent=BROWSER):
        # The parser knows no «*» within a path, which RFC 9309 has.
        return robots.can_fetch(agent, SITE + path) and not combines(path)

    def combines(path):
        return "Disallow: /*&" in response.text and re.match("/.*&", path)

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert robots.site_maps() == [f"{SITE}/sitemap.xml"]
    private = ["/admin/", "/admin/login/", "/mi-feria/token/", "/buscar/?q=palta"]
    assert [path for path in private if may(path)] == []
    assert not may("/productos/?region=cusco&mes=junio")
    public = ["/", "/productos/?pagina=2", "/productores/?region=cusco", "/ferias/"]
    public += ["/tarjetas/inicio/feria-0123456789ab.jpg", "/static/css/base.css"]
    public += listed(client)
    assert [path for path in public if not may(path)] == []
    assert robots.can_fetch(PREVIEWER, f"{SITE}/buscar/?q=palta")
    assert robots.can_fetch(PREVIEWER, f"{SITE}/productos/?region=cusco&mes=junio")
    assert not robots.can_fetch(PREVIEWER, f"{SITE}/mi-feria/token/")
