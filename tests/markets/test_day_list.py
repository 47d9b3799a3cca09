import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse

from tests.factories import (
    LIMA,
    SUNDAY,
    make_attendance,
    make_market_day,
    make_producer,
    make_venue,
)

from .reading import words
from .states import at

pytestmark = pytest.mark.django_db

WEEK = dt.timedelta(weeks=1)


def rows(html):
    """Return what the rows of days say, and where they lead."""
    found = re.findall(
        r'<li><a href="(/ferias/[^"]+/)">(.*?)</a></li>', html, re.DOTALL
    )
    return [(href, words(f"<article>{row}</article>")) for href, row in found]


def read(client, **query):
    return client.get("/ferias/", query).content.decode()


@pytest.mark.usefixtures("november")
def test_the_coming_days_tell_their_state(client):
    today = make_market_day(
        date=dt.date(2026, 11, 23), opens=dt.time(11), status="confirmed"
    )
    make_attendance(market_day=today)
    sure = make_market_day(status="confirmed")
    for status in ("confirmed", "expected", "absent"):
        make_attendance(market_day=sure, status=status)
    make_attendance(market_day=sure, producer=make_producer(status="draft"))
    seen = make_market_day(date=SUNDAY + WEEK, checked_at=at(18, days=-7))
    make_attendance(market_day=seen)
    make_market_day(date=SUNDAY + 2 * WEEK, status="cancelled")
    make_market_day(date=SUNDAY + 3 * WEEK, status="moved", moved_to="Parque")
    make_market_day(date=SUNDAY + 4 * WEEK, status="moved", closes=dt.time(12))
    make_market_day(
        date=SUNDAY + 5 * WEEK,
        venue=make_venue(slug="surco", name="Feria de Surco", street=""),
    )

    html = read(client)

    place = "8 a. m. a 2 p. m. · Av. Brasil, cuadra 40"
    assert rows(html) == [
        (
            "/ferias/2026-11-23/",
            (
                "NOV 23 Lunes 23 de noviembre"
                " 11 a. m. a 2 p. m. · Av. Brasil, cuadra 40"
                " Se espera a 1 productor Estamos en la avenida hasta las 2 p. m."
            ),
        ),
        (
            "/ferias/2026-11-29/",
            (
                f"NOV 29 Domingo 29 de noviembre {place}"
                " Viene 1 productor y 1 por confirmar Sí hay feria"
            ),
        ),
        (
            "/ferias/2026-12-06/",
            (
                f"DIC 6 Domingo 6 de diciembre {place}"
                " Revisado el domingo 22 de noviembre, 6 p. m."
                " Se espera a 1 productor"
                " Todavía no lo confirmamos"
            ),
        ),
        (
            "/ferias/2026-12-13/",
            "DIC 13 Domingo 13 de diciembre A parade takes the avenue. No hay feria",
        ),
        (
            "/ferias/2026-12-20/",
            (
                "DIC 20 Domingo 20 de diciembre 8 a. m. a 2 p. m. · Parque"
                " A parade takes the avenue."
                " Todavía sin lista de quiénes vienen"
                " Solo el domingo 20: cambiamos de lugar"
            ),
        ),
        (
            "/ferias/2026-12-27/",
            (
                "DIC 27 Domingo 27 de diciembre"
                " 8 a. m. a 12 m. · Av. Brasil, cuadra 40"
                " A parade takes the avenue."
                " Todavía sin lista de quiénes vienen Solo el domingo 27: otro horario"
            ),
        ),
        (
            "/ferias/surco/2027-01-03/",
            (
                "ENE 3 Domingo 3 de enero 2027 Feria de Surco"
                " 8 a. m. a 2 p. m. · Magdalena del Mar"
                " Nadie lo revisó todavía. Mira aquí otra vez antes de salir."
                " Todavía sin lista de quiénes vienen Todavía no lo confirmamos"
            ),
        ),
    ]
    # The days together, and where the page is.
    assert html.count('<script type="application/ld+json"') == 2


@pytest.mark.usefixtures("november")
def test_the_past_days_tell_how_many_came(client):
    for weeks, fields in enumerate(
        [
            {"status": "confirmed"},
            {},
            {"status": "cancelled"},
            {"status": "confirmed"},
            {"status": "confirmed", "date": dt.date(2025, 11, 30)},
        ],
        start=1,
    ):
        day = make_market_day(**{"date": SUNDAY - weeks * WEEK} | fields)
        if weeks < 5:
            make_attendance(market_day=day)
        if weeks == 1:
            make_attendance(market_day=day)
            make_attendance(market_day=day, status="confirmed")

    place = "8 a. m. a 2 p. m. · Av. Brasil, cuadra 40"
    assert rows(read(client)) == [
        (
            "/ferias/2026-11-22/",
            (
                f"NOV 22 Domingo 22 de noviembre {place}"
                " Vino 1 productor y se esperaba a 2 más La feria ya terminó"
            ),
        ),
        (
            "/ferias/2026-11-15/",
            (
                f"NOV 15 Domingo 15 de noviembre {place} Se esperaba a 1 productor"
                " Nadie la confirmó"
            ),
        ),
        (
            "/ferias/2026-11-08/",
            "NOV 8 Domingo 8 de noviembre A parade takes the avenue. No hubo feria",
        ),
        (
            "/ferias/2026-11-01/",
            (
                f"NOV 1 Domingo 1 de noviembre {place} Se esperaba a 1 productor"
                " La feria ya terminó"
            ),
        ),
        (
            "/ferias/2025-11-30/",
            (
                f"NOV 30 Domingo 30 de noviembre 2025 {place}"
                " No quedó lista de quiénes vinieron La feria ya terminó"
            ),
        ),
    ]


@pytest.mark.usefixtures("november")
def test_without_days_both_lists_say_so(client):
    html = read(client)

    assert rows(html) == []
    assert html.count('<p class="empty">') == 2
    assert '"Event"' not in html


@pytest.mark.usefixtures("november")
def test_the_whole_address_of_the_calendar_can_be_copied(client):
    html = read(client)

    assert "<code>http://testserver/ferias/agenda.ics</code>" in html
    assert 'href="/ferias/agenda.ics"' in html
    assert 'href="/ferias/novedades.atom"' in html


@pytest.mark.usefixtures("november")
@pytest.mark.parametrize(
    ("page", "status", "shown"),
    [("1", 200, 13), ("2", 200, 1), ("3", 404, 13), ("0", 404, 13), ("x", 404, 13)],
)
def test_the_past_is_cut_into_pages(client, page, status, shown):
    make_market_day()
    for weeks in range(1, 14):
        make_market_day(date=SUNDAY - weeks * WEEK)

    response = client.get("/ferias/", {"pagina": page})

    html = response.content.decode()
    assert response.status_code == status
    assert len(rows(html)) == shown
    assert ('role="alert"' in html) == (status == 404)
    assert f"Página {page if status == 200 else 1} de 2" in html


# coming days, count of the past ones, past ones; the main market's days and the
# notices, as on every page
@pytest.mark.usefixtures("november")
@pytest.mark.parametrize("row_count", [1, 12])
def test_the_queries_of_the_list_do_not_grow(
    client, django_assert_num_queries, row_count
):
    for weeks in range(row_count):
        make_attendance(market_day=make_market_day(date=SUNDAY + weeks * WEEK))
        make_attendance(market_day=make_market_day(date=SUNDAY - (weeks + 1) * WEEK))

    with django_assert_num_queries(5):
        html = read(client)

    assert len(rows(html)) == 2 * row_count


@pytest.mark.parametrize(
    ("day", "hour", "address"),
    [
        (23, 12, "/ferias/2026-11-29/"),
        (29, 13, "/ferias/2026-11-29/"),
        (29, 14, "/ferias/2026-12-06/"),
    ],
)
def test_this_sunday_leads_to_the_next_day_and_is_not_kept(client, day, hour, address):
    make_market_day()
    make_market_day(date=SUNDAY + WEEK, status="cancelled")

    with time_machine.travel(dt.datetime(2026, 11, day, hour, tzinfo=LIMA), tick=False):
        response = client.get("/este-domingo/")

    assert (response.status_code, response["Location"]) == (302, address)
    assert "no-store" in response["Cache-Control"]


def test_this_sunday_without_a_date_leads_to_the_list(client):
    response = client.get("/este-domingo/")

    assert (response.status_code, response["Location"]) == (302, "/ferias/")


@pytest.mark.usefixtures("november")
def test_calendars_are_kept_but_asked_for_again(client):
    day = make_market_day()
    other = make_market_day(venue=make_venue(slug="surco"))

    responses = [
        client.get(path)
        for path in (
            reverse("markets:calendar"),
            day.get_calendar_url(),
            other.get_calendar_url(),
        )
    ]

    assert [one.status_code for one in responses] == [200, 200, 200]
    assert {one["Cache-Control"] for one in responses} == {"no-cache"}
    again = [
        client.get(one.wsgi_request.path, headers={"if-none-match": one["ETag"]})
        for one in responses
    ]
    assert [one.status_code for one in again] == [304, 304, 304]
    assert [one.get("Content-Disposition") for one in responses[1:]] == [
        'attachment; filename="feria-2026-11-29.ics"'
    ] * 2


@pytest.mark.parametrize(
    "path", ["/ferias/", "/este-domingo/", "/ferias/agenda.ics", f"/ferias/{SUNDAY}/"]
)
def test_pages_of_the_markets_are_only_read(client, path):
    assert client.post(path).status_code == 405
