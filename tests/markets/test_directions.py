from urllib.parse import parse_qs, urlsplit

import pytest
from django.template import Context, Template

from markets.directions import Locator, locate, maps
from markets.models import Venue

from .states import text

POINT = {"latitude": "-12.1000", "longitude": "-77.0643"}


def test_coordinates_open_in_every_map():
    found = {one.name: one.address for one in maps(Venue(**POINT))}

    assert found == {
        "": "geo:-12.1000,-77.0643?q=-12.1000%2C-77.0643",
        "Google Maps": "https://www.google.com/maps/dir/"
        "?api=1&destination=-12.1000%2C-77.0643",
        "OpenStreetMap": "https://www.openstreetmap.org/"
        "?mlat=-12.1000&mlon=-77.0643#map=17/-12.1000/-77.0643",
        "Apple Maps": "https://maps.apple.com/?daddr=-12.1000%2C-77.0643",
    }


def test_an_address_is_searched_for():
    venue = Venue(street="Jr. Lima 123", district="Lince")

    own, google, openstreetmap, apple = (one.address for one in maps(venue))

    address = "Jr. Lima 123, Lince, Lima, Perú"
    assert own == "geo:0,0?q=Jr.%20Lima%20123%2C%20Lince%2C%20Lima%2C%20Per%C3%BA"
    asked = [parse_qs(urlsplit(one).query) for one in (google, openstreetmap, apple)]
    assert asked == [
        {"api": ["1"], "destination": [address]},
        {"query": [address]},
        {"daddr": [address]},
    ]


def test_without_either_there_is_no_map():
    assert maps(Venue(district="Lince")) == []


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("Av. Brasil, cuadra 40", Locator("Av. Brasil", "", True, 40)),
        ("avenida Brasil cdra. 1", Locator("avenida Brasil", "", True, 1)),
        ("Jr. Lima 123", Locator("Jr. Lima", "", True, None, "123")),
        ("Calle Dos, N.º 7", Locator("Calle Dos", "", True, None, "7")),
        ("Malecón Cisneros", Locator("Malecón Cisneros", "", True)),
        ("Parque Castilla", Locator("Parque Castilla")),
        (
            "Parque Castilla, Av. Arenales, Lince",
            Locator("Parque Castilla", "Av. Arenales, Lince"),
        ),
        ("  ", None),
    ],
)
def test_what_an_address_says(place, found):
    assert locate(place) == found


def test_the_blocks_beside_exist_by_their_numbers():
    assert locate("Av. Brasil, cuadra 40").blocks == [39, 40, 41]
    assert locate("Av. Brasil, cuadra 1").blocks == [1, 2]
    assert locate("Av. Brasil").blocks == []


def test_long_names_are_smaller_and_still_fit():
    assert [locate(name).font_size for name in ("Parque", "P" * 30, "P" * 160)] == [
        26,
        17,
        11,
    ]


def drawn(*arguments):
    names = [f"a{number}" for number in range(len(arguments))]
    source = "{% load directions_tags %}{% locator " + " ".join(names) + " %}"
    return Template(source).render(Context(dict(zip(names, arguments, strict=True))))


def test_the_drawing_shows_what_the_address_says():
    html = drawn("Av. Brasil, cuadra 40", "Frente al hospital", "Magdalena")

    assert text(html) == (
        "39 40 41 Av. Brasil Av. Brasil, cuadra 40. Frente al hospital. Magdalena."
        " Dibujo sin escala: muestra solo lo que dice la dirección."
    )
    assert [f">{one}</text>" in html for one in (39, 40, 41, 42)] == [True] * 3 + [
        False
    ]
    assert html.count("locator__block--it") == 1
    assert 'class="locator__pin" transform="translate(180 56)"' in html


def test_a_number_and_a_name_are_drawn_otherwise():
    assert "N.º 123</text>" in drawn("Jr. Lima 123")
    assert 'class="locator__sign"' in drawn("Parque <Castilla>")
    assert "Parque &lt;Castilla&gt;</text>" in drawn("Parque <Castilla>")
    assert "locator__pin" not in drawn("Malecón Cisneros")
    assert drawn("").strip() == ""
