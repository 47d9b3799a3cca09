import pytest

from tests.factories import make_producer, make_region

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

ADDRESS = "/api/v1/productores/"
LICENCE = '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'


@pytest.fixture
def rosa():
    return make_producer(slug="rosa", region=make_region("Cusco"))


@pytest.mark.parametrize("form", ["json", "csv", "geojson"])
def test_what_did_not_change_is_not_sent_again(client, rosa, form):
    first = client.get(ADDRESS, {"format": form})
    known = {"If-None-Match": first["ETag"]}

    again = client.get(ADDRESS, {"format": form}, headers=known)
    rosa.district = "Pisac"
    rosa.save()
    changed = client.get(ADDRESS, {"format": form}, headers=known)

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Access-Control-Allow-Origin"] == "*"
    assert changed.status_code == 200
    assert "Pisac" in changed.text


def test_an_answer_may_be_read_by_any_site_and_kept_a_minute(client, rosa):
    response = client.get(ADDRESS, headers={"Origin": "https://mapa.example"})

    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Expose-Headers"] == "ETag, Link, Retry-After"
    assert response["Cache-Control"] == "public, max-age=60"
    assert response["Link"] == LICENCE
    assert "Accept" in response["Vary"].split(", ")
    assert "Cookie" not in response["Vary"]
    assert response.cookies == {}
    assert response.json()["license"] == "https://creativecommons.org/licenses/by/4.0/"


def test_other_pages_stay_closed_to_other_sites(client):
    assert "Access-Control-Allow-Origin" not in client.get("/datos/").headers


def test_a_browser_may_ask_first(client):
    response = client.options(
        ADDRESS,
        headers={
            "Origin": "https://mapa.example",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "if-none-match",
        },
    )

    assert response.status_code == 204
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]


def test_head_has_no_body(client, rosa):
    response = client.head(ADDRESS)

    assert (response.status_code, response.content) == (200, b"")
    assert response["Content-Type"] == "application/json"


def test_the_form_follows_what_is_accepted_and_the_address_wins(client, rosa):
    def form(query="", accept="*/*"):
        response = client.get(ADDRESS + query, headers={"Accept": accept})
        return response["Content-Type"].partition(";")[0]

    assert form() == "application/json"
    assert form(accept="text/csv") == "text/csv"
    assert form(accept="text/html,application/xhtml+xml,*/*;q=0.8") == "text/html"
    assert form("?format=json", accept="text/html") == "application/json"


def test_the_entrance_leads_to_everything(client):
    root = client.get("/api/")
    entrance = client.get(root["Location"]).json()
    without_slash = client.get("/api/v1/regiones")

    _licence, *addresses = entrance.values()
    statuses = {client.get(address).status_code for address in addresses}
    assert root["Location"] == "/api/v1/"
    assert len(entrance) == 9
    assert statuses == {200}
    assert without_slash["Location"] == "/api/v1/regiones/"
    assert without_slash["Access-Control-Allow-Origin"] == "*"


def test_in_a_browser_it_is_a_page_that_leads_on(client, rosa):
    puno = make_region("Puno")
    make_producer(slug="zoe", name='<b>"Zoë"</b>\\', region=puno)
    response = client.get(f"{ADDRESS}?format=html&limite=1&region=cusco")
    other = client.get(f"{ADDRESS}zoe/?format=html").text

    root = "http://testserver"
    assert f'"<a href="{root}/productores/rosa/">' in response.text
    assert 'href="?format=csv&amp;limite=1&amp;region=cusco"' in response.text
    assert "<code>practica</code>" in response.text
    assert 'rel="next"' not in response.text
    assert "&lt;b&gt;\\&quot;Zoë\\&quot;&lt;/b&gt;\\\\" in other
    assert "<code>practica</code>" not in other
    assert client.get(f"{ADDRESS}?format=html&limite=1").text.count('rel="next"') == 1
