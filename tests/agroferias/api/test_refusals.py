from base64 import b64encode

import pytest

from agroferias.api.errors import problem
from tests.factories import make_producer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

HOSTILE = {
    # path below /api/v1/: status
    "nada/": 404,
    "nada/?format=csv": 404,
    "regiones/atlantida/": 404,
    "ferias/brasil/2026-02-31/": 404,
    "ferias/brasil/2026-02-28/": 404,
    "regiones/?x=1": 400,
    "regiones/?q=cusco": 400,
    "regiones/cusco/?limite=1": 400,
    "regiones/?limite=0": 400,
    "regiones/?limite=101": 400,
    "regiones/?limite=-1": 400,
    "regiones/?limite=١": 400,
    f"regiones/?limite={'9' * 5000}": 400,
    "regiones/?limite=1&limite=2": 400,
    "regiones/?format=pdf": 406,
    "productos/?format=geojson": 406,
    "productos/?q=%00": 400,
    f"productos/?q={'a' * 101}": 400,
    "productos/?q=%F0%9F%A5%91%FF": 200,
    "productos/?mes=smarch": 404,
    "productos/?region=atlantida": 404,
    "productores/?producto=%00": 400,
    "ofertas/?productor=nadie": 404,
    "ferias/?desde=29/11/2026": 400,
    "ferias/?desde=2026-11-29&lugar=nada": 404,
    "ferias/?hasta=9999-12-31": 200,
    "ferias/?desde=x&lugar=nada": 400,
    "regiones/?cursor=": 200,
    "regiones/?cursor=%F1": 404,
    "regiones/?cursor=zzz": 404,
}
POSITIONS = {
    "regiones": ["p=%00", "p=a'b", f"p={'a' * 99}", "r=x", "o=-1", "o=x"],
    "ofertas": ["p=rosa", f"p={'9' * 30}", "p=1.5"],
    "ferias": ["p=hoy", "p=2026-13-01"],
}


def test_whatever_is_asked_for_is_answered_or_refused(client):
    make_producer(slug="rosa")

    answers = {path: client.get(f"/api/v1/{path}") for path in HOSTILE}

    assert {path: one.status_code for path, one in answers.items()} == HOSTILE
    for response in answers.values():
        if response.status_code != 200:
            assert response["Content-Type"] == "application/problem+json"
            assert response["Access-Control-Allow-Origin"] == "*"
            assert response["Cache-Control"] == "no-cache"
            assert response.json()["status"] == response.status_code


def test_a_cursor_that_is_not_ours_is_refused(client):
    def status(name, position):
        cursor = b64encode(position.encode()).decode()
        return client.get(f"/api/v1/{name}/", {"cursor": cursor}).status_code

    taken = [
        (name, position)
        for name, positions in POSITIONS.items()
        for position in positions
        if status(name, position) != 404
    ]

    assert taken == []
    assert status("ferias", "p=2026-11-29&o=99999999999") == 200


def test_a_refusal_says_what_is_known(client):
    unknown = client.get("/api/v1/lugares/?tipo=kiosk&x=1").json()
    value = client.get("/api/v1/lugares/?tipo=kiosk").json()
    form = client.get("/api/v1/lugares/", headers={"Accept": "image/png"}).json()
    nothing = client.get("/api/v1/nada/").json()

    known = "Aquí no hay ese parámetro. Los que hay: cursor, format, limite, tipo."
    assert unknown == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": known,
        "errors": {"x": [known]},
    }
    assert value["errors"] == {
        "tipo": ["Este valor no nombra nada que haya. Los que hay: market, shop."]
    }
    assert form["detail"] == (
        "Aquí no hay ese formato. Pide uno de estos: json, geojson, csv, html."
    )
    assert nothing["detail"] == "No hay nada en esta dirección."


def test_many_values_are_not_listed(client):
    for number in range(31):
        make_producer(slug=f"p-{number}")

    response = client.get("/api/v1/ofertas/?productor=nadie")

    assert response.json()["detail"] == "Este valor no nombra nada que haya."


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_nothing_can_be_changed(client, method):
    response = getattr(client, method)("/api/v1/regiones/")

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response.json()["detail"] == (
        "Los datos se leen, no se cambian: usa GET o HEAD."
    )


def test_who_asks_too_often_is_told_how_long_to_wait(client, settings):
    settings.API_REQUESTS_PER_MINUTE = 2

    answers = [client.get("/api/v1/lugares/") for _ in range(3)]
    other = client.get("/api/v1/lugares/", REMOTE_ADDR="192.0.2.7")

    assert [one.status_code for one in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "60"
    assert answers[2].json()["detail"] == "Demasiadas consultas: espera 60 segundos."
    assert other.status_code == 200


def test_a_browser_is_shown_the_refusal_on_a_page(client):
    response = client.get("/api/v1/nada/", headers={"Accept": "text/html"})

    assert response.status_code == 404
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert "No hay nada en esta dirección." in response.text


def test_a_fault_of_ours_is_left_to_the_error_page_of_the_site():
    assert problem(ZeroDivisionError(), {}) is None
