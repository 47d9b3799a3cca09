import pytest

from tests.factories import (
    SUNDAY,
    make_attendance,
    make_certification,
    make_consent,
    make_contact,
    make_market_day,
    make_offering,
    make_photo,
    make_producer,
    make_product,
    make_region,
    make_stall,
    make_variety,
    make_venue,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

# Words that stand nowhere but in what is not public.
SECRET = "ulluco-secreto"
PLACE = {"latitude": "-13.4222", "longitude": "-71.8444"}


def addresses(client, start="/api/v1/"):
    """Return every address of the data that leads on from an entrance, with answers."""
    found, waiting = {}, [start]
    while waiting:
        address = waiting.pop()
        if address in found or "/api/" not in address:
            continue
        response = client.get(address)
        found[address] = response.text
        if response["Content-Type"] == "application/json":
            waiting += list(links(response.json()))
    return found


def links(data):
    if isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from links(value)
    elif isinstance(data, str) and data.startswith("http://testserver/api/"):
        yield data


@pytest.fixture
def hidden_things():
    """Make all that the public does not see, besides a little that it does."""
    region = make_region("Cusco")
    day = make_market_day(status="confirmed")
    shown = make_product(slug="palta", name="Palta")
    rosa = make_producer(
        slug="rosa", name="Rosa", people=SECRET, story=SECRET, region=region, **PLACE
    )
    rosa.summary = rosa.locality = SECRET
    rosa.save()
    make_offering(producer=rosa, product=shown, note=SECRET)
    make_contact(producer=rosa, value="987 654 321")
    make_consent(producer=rosa, given_by=SECRET)
    make_photo(producer=rosa, alt_text=SECRET)
    make_certification(producer=rosa, number=SECRET)
    make_attendance(market_day=day, producer=rosa, status="absent", reason=SECRET)
    hidden = make_product(slug=SECRET, name=SECRET, is_listed=False)
    make_variety(product=hidden, name=SECRET)
    make_offering(producer=rosa, product=hidden)
    make_offering(producer=rosa, product=make_product(slug="queso"), is_active=False)
    for status in ("draft", "archived"):
        one = make_producer(slug=f"{SECRET}-{status}", name=SECRET, status=status)
        make_offering(producer=one, product=shown)
        make_attendance(market_day=day, producer=one, stall=make_stall(venue=day.venue))


def test_what_is_private_stands_in_no_answer(client, hidden_things):
    answers = addresses(client)
    formed = {
        f"{address}?format={form}": client.get(address, {"format": form}).text
        for address in answers
        for form in ("csv", "geojson", "html")
        if "/regiones/" not in address
    }

    leaks = [
        (address, word)
        for address, text in (answers | formed).items()
        for word in (SECRET, "987", "-13.42", "-71.84")
        if word in text
    ]
    assert leaks == []
    assert "http://testserver/api/v1/productores/rosa/" in answers
    # 25 regions, two products, a producer, a venue and its day, in six lists.
    assert len(answers) == 2 + 6 + 25 + 2 + 1 + 1 + 1
    offerings = client.get("/api/v1/ofertas/").json()["results"]
    assert [(one["producer"], one["product"]) for one in offerings] == [
        ("rosa", "palta")
    ]


def test_a_hidden_row_has_no_address_of_its_own(client, hidden_things):
    paths = [
        *(f"productos/{SECRET}/", f"productores/{SECRET}-draft/"),
        f"productores/{SECRET}-archived/",
        f"ofertas/?productor={SECRET}-draft",
        f"ofertas/?producto={SECRET}",
    ]

    assert [client.get(f"/api/v1/{path}").status_code for path in paths] == [404] * 5


def test_an_exact_place_is_given_with_consent_alone(client):
    region = make_region("Cusco")
    for slug in ("agreed", "withdrawn", "never"):
        make_producer(slug=slug, region=region, **PLACE)
    make_producer(slug="without", region=region, is_example=True)
    for slug, withdrawn_date in (("agreed", None), ("withdrawn", SUNDAY)):
        make_consent(
            producer=region.producers.get(slug=slug),
            covers=["coordinates"],
            withdrawn_date=withdrawn_date,
        )

    response = client.get("/api/v1/productores/")

    exact = {"latitude": -13.4222, "longitude": -71.8444, "is_exact": True}
    somewhere = {"latitude": -13.1, "longitude": -72.2, "is_exact": False}
    places = {row["slug"]: row["location"] for row in response.json()["results"]}
    assert places == {
        "agreed": exact,
        "withdrawn": somewhere,
        "never": somewhere,
        "without": somewhere,
    }


def test_nobody_is_listed_for_a_cancelled_day_nor_a_stall_that_does_not_hold(client):
    venue = make_venue(slug="brasil", is_main=True)
    stall = make_stall(venue=venue, number=7)
    rosa = make_producer(slug="rosa")
    for date, fields in (
        ("2026-11-29", {"status": "confirmed"}),
        ("2026-12-06", {"status": "cancelled"}),
        ("2026-12-13", {"status": "moved", "moved_to": "Parque Castilla"}),
    ):
        day = make_market_day(venue=venue, date=date, **fields)
        make_attendance(market_day=day, producer=rosa, stall=stall)

    response = client.get("/api/v1/ferias/")

    lists = [row["attendances"] for row in response.json()["results"]]
    comes = {"producer": "rosa", "status": "expected"}
    assert lists == [[comes | {"stall": 7}], [], [comes | {"stall": None}]]
