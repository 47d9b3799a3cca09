import datetime as dt
import re

import pytest
import time_machine

from producers.models import Category, Producer
from tests.factories import (
    LIMA,
    SUNDAY,
    make_attendance,
    make_category,
    make_market_day,
    make_offering,
    make_producer,
    make_product,
    make_region,
    make_stall,
    make_venue,
)

from .reading import section

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

PAGE = f"/ferias/{SUNDAY}/"
AFTER = dt.datetime(2026, 11, 29, 14, tzinfo=LIMA)
SOUGHT = "stall--sought"


def read(client, **query):
    return client.get(PAGE, query).content.decode()


@pytest.fixture
def brasil(db):
    """Return a confirmed day: palta at 1 and 9, papa at 4, 6 absent, 7 with nobody."""
    venue = make_venue(is_main=True, slug="av-brasil")
    day = make_market_day(venue=venue, status="confirmed")
    fruit = Category.objects.get(slug="frutas")
    dairy = Category.objects.get(slug="lacteos-y-huevos")
    palta = make_product(slug="palta", name="Palta", drawing="mango", category=fruit)
    papa = make_product(slug="papa", name="Papa", category=fruit)
    queso = make_product(slug="queso", name="Queso", category=dairy)
    make_product(slug="ausente", name="Mango")
    rosa = make_producer(slug="rosa", name="Rosa", region=make_region("Puno"))
    julian = make_producer(slug="julian", name="Julián", is_example=True)
    elena, pepe, ana = (
        make_producer(slug=name.lower(), name=name) for name in ("Elena", "Pepe", "Ana")
    )
    for producer, product, level in [
        (rosa, palta, 1),
        (elena, palta, 3),
        (julian, papa, 2),
        (ana, queso, 2),
        (pepe, papa, 3),
    ]:
        make_offering(producer=producer, product=product, season=[level] * 12)
    for number, row, position, producer, fields in [
        (1, 1, 1, rosa, {"status": "confirmed"}),
        (4, 1, 2, julian, {}),
        (6, 2, 1, pepe, {"status": "absent", "reason": "Huaico"}),
        (7, 2, 2, None, {}),
        (9, 2, 4, elena, {"status": "confirmed"}),
    ]:
        zone = "Frutas" if number < 5 else ""
        stall = make_stall(
            venue=venue, number=number, row=row, position=position, zone=zone
        )
        if producer:
            make_attendance(market_day=day, producer=producer, stall=stall, **fields)
    make_attendance(market_day=day, producer=ana, status="confirmed")
    return day


def stalls(html):
    """Return the plan's stalls as (address, classes, label)."""
    plan = html.partition('class="plan__street"')[2].partition('class="plan__end"')[0]
    links = re.findall(
        r'<a class="stall ([^"]+)" href="([^"]+)" aria-label="([^"]+)"', plan
    )
    return [(href, css, label) for css, href, label in links]


def test_the_plan_leads_from_each_stall_to_its_row(client, brasil):
    html = read(client)

    assert stalls(html) == [
        ("#f-1", "tint-limon", "Puesto 1, Frutas, Rosa"),
        ("#f-4", "tint-limon", "Puesto 4, Frutas, Julián"),
        ("#f-6", "tint-aji stall--absent", "Puesto 6, Pepe, esta vez no viene"),
        ("#vienen", "tint-aji stall--empty", "Puesto 7, nadie en la lista"),
        ("#f-9", "tint-aji", "Puesto 9, Elena"),
    ]
    anchors = re.findall(r'<li id="([^"]+)"', html)
    assert anchors == ["f-1", "f-4", "f-9", "p-ana", "f-6"]
    assert section(html, "plano") == (
        "Plano de la avenida 5 puestos. Toca un número para ver quién está."
        " Frutas 1–4 Otros puestos 6–9 no viene nadie en la lista"
        " Hacia el mar 1 4 6 7 9 Entrada"
    )


def test_the_list_is_by_zone_and_ends_with_the_absent(client, brasil):
    assert section(read(client), "vienen") == (
        "Quiénes vienen 3 Imprimir la lista Vienen 3 productores y 1 por confirmar."
        " Nadie revisó esta lista todavía."
        " Frutas PUESTO 1 Rosa Puno Palta"
        " PUESTO 4 Julián Cusco · por confirmar Ejemplo Papa"
        " Otros puestos PUESTO 9 Elena Cusco Palta"
        " Sin puesto fijo Ana Cusco Queso"
        " Esta semana no vienen Pepe (6): Huaico"
    )


def test_what_is_found_is_by_category_with_its_stalls(client, brasil):
    html = read(client)

    assert section(html, "habra") == (
        "Qué vas a encontrar 3 Míralos con su temporada"
        " Lo que tienen de temporada ese mes quienes están en la lista."
        " Frutas 2 En su punto: Palta y 1 más"
        " Palta En su punto Quién lo trae: 1 9 P Papa Hay Quién lo trae: 4"
        " Lácteos y huevos 1 Queso"
        " Q Queso Hay Quién lo trae: Ana"
    )
    links = re.findall(r'<p class="links">.*?</p>', html)
    found = [
        re.findall(r'<a href="([^"]+)"(?: aria-label="([^"]+)")?', one) for one in links
    ]
    assert found == [
        [("#f-1", "Puesto 1"), ("#f-9", "Puesto 9")],
        [("#f-4", "Puesto 4")],
        [("#p-ana", "")],
    ]
    assert 'href="/productos/?viene=1">Míralos' in html


def test_a_row_has_drawings_of_what_the_producer_brings_the_best_first(client, brasil):
    rosa = Producer.objects.get(slug="rosa")
    for drawing, level in [("uva", 1), ("limon", 3), ("ajo", 2), ("cafe", 1), ("", 3)]:
        product = make_product(drawing=drawing, category=make_category(position=99))
        make_offering(product=product, producer=rosa, season=[level] * 12)

    row = read(client).partition('<li id="f-1"')[2].partition("</li>")[0]

    # The mango's level is that of Elena, who brings it too.
    assert re.findall(r"products/([a-z-]+)", row) == ["mango", "limon", "ajo"]


@pytest.mark.parametrize(
    ("more", "words"),
    [(3, "Palta, Uva, Limón, Ajo"), (4, "Palta, Uva, Limón, Ajo y 1 más")],
    ids=str,
)
def test_a_row_names_the_best_of_what_the_producer_brings(client, brasil, more, words):
    rosa = Producer.objects.get(slug="rosa")
    last = make_category(position=99)
    brought = [("Uva", 3), ("Limón", 2), ("Ajo", 2), ("Café", 2)][:more]
    for order, (name, level) in enumerate(brought):
        category = last if order == 0 else make_category(position=99 + order)
        product = make_product(name=name, category=category)
        make_offering(product=product, producer=rosa, season=[level] * 12)
    gone = make_product(name="Chuño", category=last)
    make_offering(product=gone, producer=rosa, season=[3, *[0] * 11])

    row = read(client).partition('<span class="rows__brings">')[2]

    assert row.partition("</span>")[0] == words


@pytest.mark.parametrize(
    ("query", "answers", "sought"),
    [
        ({"producto": "palta"}, "Con Palta: Puesto 1, Puesto 9", ["#f-1", "#f-9"]),
        ({"producto": "queso"}, "Con Queso: Ana", []),
        ({"productor": "rosa"}, "Rosa: Puesto 1", ["#f-1"]),
        ({"productor": "ana"}, "En la lista: Ana", []),
        ({"productor": "pepe"}, "Pepe: esta vez no viene.", ["#f-6"]),
        (
            {"producto": "papa", "productor": "rosa"},
            "Con Papa: Puesto 4 Rosa: Puesto 1",
            ["#f-1", "#f-4"],
        ),
        ({"producto": "ausente"}, "Nadie de esta lista trae lo que buscas.", []),
        ({"productor": "nadie"}, "A quien buscas no está en esta lista.", []),
    ],
)
def test_the_plan_points_out_what_the_address_asks_for(
    client, brasil, query, answers, sought
):
    html = read(client, **query)

    said = section(html, "plano").partition(" quién está. ")[2]
    assert said.startswith(f"{answers} Frutas 1–4")
    marked = [href for href, css, _label in stalls(html) if SOUGHT in css]
    assert marked == sought
    assert len(re.findall('class="stall [^>]*aria-current', html)) == len(sought)


def test_the_list_points_out_who_has_no_stall(client, brasil):
    html = read(client, producto="queso")

    assert re.findall(r'<li id="([^"]+)" class="sought">', html) == ["p-ana"]
    assert "<details" in html
    opened = re.findall(r"<details[^>]* open>\s*<summary>\s*<h3>([^<]+?)&nbsp;<", html)
    assert opened == ["Lácteos y huevos"]


@pytest.mark.parametrize("name", ["producto", "productor"])
@pytest.mark.parametrize(
    "value", ["", "<script>alert(1)</script>", "' OR 1=1 --", "ñ\x00", "x" * 2000]
)
def test_hostile_questions_get_an_answer_without_their_words(
    client, brasil, name, value
):
    html = read(client, **{name: value})

    assert html.count('class="answer"') == 1
    assert "alert(1)" not in html
    assert "x" * 50 not in html
    assert SOUGHT not in html


def test_a_list_that_nobody_confirmed_says_so(client, brasil):
    brasil.status = "scheduled"
    brasil.save()

    html = read(client)

    assert section(html, "vienen").startswith(
        "A quiénes se espera 4 Imprimir la lista"
        " Es a quienes esperamos: nadie lo ha confirmado todavía."
        " Nadie revisó esta lista todavía. Frutas PUESTO 1 Rosa Puno Palta"
        " PUESTO 4 Julián Cusco Ejemplo Papa"
    )
    assert "Lo que tienen de temporada ese mes quienes esperamos." in html


@pytest.mark.parametrize("status", ["confirmed", "scheduled"])
def test_a_past_day_speaks_of_the_past(client, brasil, status):
    brasil.status = status
    brasil.save()

    with time_machine.travel(AFTER):
        html = read(client, productor="pepe")

    said = section(html, "vienen")
    assert ("Es a quienes se esperaba: nadie lo confirmó." in said) == (
        status == "scheduled"
    )
    heading = {
        "scheduled": "A quiénes se esperaba 4 Imprimir la lista Es a quienes",
        "confirmed": (
            "Quiénes vinieron 3 Imprimir la lista"
            " Vinieron 3 productores y se esperaba a 1 más."
        ),
    }[status]
    assert said.startswith(heading)
    assert ("Cusco · se le esperaba" in said) == (status == "confirmed")
    assert said.endswith("No vinieron Pepe (6): Huaico")
    assert "por confirmar" not in said
    assert section(html, "habra").startswith("Qué hubo 3 Lo que tenían")
    assert section(html, "plano").startswith(
        "Plano de la avenida 5 puestos. Toca un número para ver quién estuvo."
        " Pepe: no vino. Frutas"
    )
    assert stalls(html)[2][2] == "Puesto 6, Pepe, no vino"


def test_whom_nobody_confirmed_is_not_said_to_have_come(client, brasil):
    brasil.status = "confirmed"
    brasil.save()
    brasil.attendances.filter(status="confirmed").delete()

    with time_machine.travel(AFTER):
        html = read(client)

    assert section(html, "vienen").startswith("A quiénes se esperaba 1 Imprimir")
    assert "Quiénes vinieron" not in html
    assert "A quiénes se espera 1" in section(read(client), "vienen")


def test_at_another_place_the_numbers_do_not_hold(client, brasil):
    brasil.status, brasil.moved_to, brasil.notice = "moved", "Parque", "Desfile"
    brasil.save()

    html = read(client, producto="palta")

    assert section(html, "plano") == ""
    assert section(html, "vienen") == (
        "Quiénes vienen 3 Imprimir la lista"
        " En el otro lugar no valen los números de la avenida:"
        " busca a cada uno por su nombre."
        " Vienen 3 productores y 1 por confirmar."
        " Nadie revisó esta lista todavía. Con Palta: Rosa, Elena"
        " Frutas Rosa Puno Palta Julián Cusco · por confirmar Ejemplo Papa"
        " Otros puestos Elena Cusco Palta Sin puesto fijo Ana Cusco Queso"
        " Esta semana no vienen Pepe: Huaico"
    )
    assert "Quién lo trae: Rosa, Elena" in section(html, "habra")
    assert 'id="f-' not in html


def test_who_is_absent_gives_the_stall_to_another(client, brasil):
    pepes = brasil.attendances.get(producer__slug="pepe")
    newcomer = make_producer(slug="nora", name="Nora")
    make_attendance(market_day=brasil, producer=newcomer, stall=pepes.stall)

    html = read(client)

    assert stalls(html)[2] == ("#f-6", "tint-aji", "Puesto 6, Nora")
    assert re.findall(r'<li id="([^"]+)"', html)[-1] == "p-pepe"


def test_a_plan_leaves_room_where_no_stall_stands(client, brasil):
    html = read(client)

    assert html.count('<li aria-hidden="true"></li>') == 1


def test_a_stall_of_another_venue_has_no_number_here(client, brasil):
    elsewhere = make_stall(number=99)
    producer = make_producer(slug="lejos", name="Lejos")
    make_attendance(market_day=brasil, producer=producer, stall=elsewhere)

    html = read(client, productor="lejos")

    assert re.findall(r'<a href="#p-lejos">([^<]*)</a>', html) == ["Lejos"]
    assert "PUESTO</i> <b>99" not in html


def test_a_market_without_zones_or_stalls(client):
    make_attendance(market_day=make_market_day(status="confirmed"))

    html = read(client)

    assert section(html, "plano") == ""
    assert 'href="#plano"' not in html
    assert "Sin puesto fijo" in section(html, "vienen")


def test_another_markets_plan_is_not_of_the_avenue(client):
    venue = make_venue(slug="surco")
    make_stall(venue=venue, number=1)
    make_market_day(venue=venue, status="confirmed")

    html = client.get(f"/ferias/surco/{SUNDAY}/").content.decode()

    assert section(html, "plano") == (
        "Plano de la feria 1 puesto. Toca un número para ver quién está."
        " Otros puestos 1 no viene nadie en la lista 1 Entrada"
    )


def test_a_day_without_a_list(client):
    make_market_day(status="confirmed")

    html = read(client)

    assert section(html, "habra") == ""
    assert section(html, "vienen") == (
        "Quiénes vienen 0 Todavía no hay lista de ese día. Vuelve unos días antes."
    )

    with time_machine.travel(AFTER):
        html = read(client)

    assert section(html, "vienen") == "Quiénes vinieron 0 De ese día no quedó lista."


def test_only_the_next_day_leads_to_the_catalogue_of_what_comes(client, brasil):
    make_market_day(date=SUNDAY - dt.timedelta(days=1), status="scheduled")

    assert section(read(client), "habra").startswith(
        "Qué vas a encontrar 3 Lo que tienen"
    )
