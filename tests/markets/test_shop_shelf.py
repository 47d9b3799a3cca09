import pytest

from tests.factories import (
    make_offering,
    make_producer,
    make_product,
    make_shelf_item,
    make_special_hours,
)
from tests.markets.shop import at, hrefs, make_shop, open_on, page_at, part

pytestmark = pytest.mark.django_db

NOT_CONFIRMED = "Horario y lugar de ejemplo: la feria todavía no los confirmó."


@pytest.fixture
def shop():
    return make_shop()


def test_the_shelf_groups_producers_by_product(client, shop):
    honey = make_product(slug="miel", name="Miel", drawing="miel")
    pollen = make_product(slug="polen", name="Polen")
    for slug, product, is_in_stock in [
        ("ana", honey, True),
        ("beto", honey, True),
        ("caro", pollen, True),
        ("dora", pollen, False),
    ]:
        producer = make_producer(
            slug=slug, name=slug.title(), is_example=slug == "caro"
        )
        offering = make_offering(producer=producer, product=product)
        make_shelf_item(venue=shop, offering=offering, is_in_stock=is_in_stock)

    page = page_at(client, at(29))

    cards = page.split('<li class="shelf-card">')[1:]
    assert [part(f"<{card}", ">", "</ul>") for card in cards] == [
        "Miel Ana Beto",
        "Polen Polen Caro Ejemplo",
    ]
    assert hrefs(page, "Ana") == ["/productores/ana/"]
    assert page.count('<div class="shelf shelf--large"') == 1
    assert part(page, '<p class="fine">', "</p>") == (
        "Revisado el sábado 28 de noviembre, 6 p. m."
    )


@pytest.mark.parametrize(
    ("checked", "words"),
    [
        (
            [at(20, "18:00"), at(23, "09:40")],
            (
                "Revisado entre el viernes 20 de noviembre, 6 p. m."
                " y el lunes 23 de noviembre, 9:40 a. m."
            ),
        ),
        (
            [at(23, "09:40"), at(23, "09:40")],
            "Revisado el lunes 23 de noviembre, 9:40 a. m.",
        ),
        ([at(17)], "Revisado el martes 17 de noviembre, 12 m."),
        (
            [at(16)],
            (
                "Revisado el lunes 16 de noviembre, 12 m."
                " Fue hace 8 días: pregunta antes de ir."
            ),
        ),
        (
            [at(3), at(24, "08:00")],
            (
                "Revisado entre el martes 3 de noviembre, 12 m."
                " y el martes 24 de noviembre, 8 a. m."
                " Lo más antiguo, hace 21 días: pregunta antes de ir."
            ),
        ),
    ],
    ids=["apart", "alike", "a-week", "stale", "partly-stale"],
)
def test_the_shelf_says_when_it_was_checked(client, shop, checked, words):
    for moment in checked:
        make_shelf_item(venue=shop, checked_at=moment)

    page = page_at(client, at(24, "23:00"))

    assert part(page, '<p class="fine">', "</p>") == words


def test_an_empty_shelf_says_so(client, shop):
    page = page_at(client, at(24))

    assert part(page, '<h2 id="h-shelf">', "</section>") == (
        "En el estante Todavía no anotamos qué hay en el estante. Pregunta antes de ir."
    )
    assert "shelf--large" not in page


def test_the_band_on_home_shows_the_week_in_force(client):
    shop = make_shop(street="Calle 1")
    for day in range(1, 4):
        open_on(shop, day, "08:00", "14:00")
    open_on(shop, 4, "08:00", "14:00", valid_through=at(22).date())
    open_on(shop, 5, "08:00", "14:00", valid_from=at(30).date())
    open_on(shop, 6, "10:00", "17:00", valid_from=at(1).date())
    make_special_hours(venue=shop, reason="Feriado")

    page = page_at(client, at(24), "/")

    assert part(page, '<dl class="week">', "</dl>") == (
        "Martes a jueves 8 a. m. – 2 p. m. Domingo 10 a. m. – 5 p. m."
        " Dirección Calle 1, Lince"
    )
    assert part(page, '<ul class="special">', "</ul>") == (
        "Domingo 29 de noviembre: cerrado. Feriado"
    )
    assert hrefs(page, "Horario y qué hay en el estante") == ["/agro-shop/"]


def test_the_band_says_what_is_to_be_confirmed(client, shop):
    page = page_at(client, at(24), "/")

    assert part(page, '<dl class="week">', "</dl>") == (
        "Horario por confirmar Dirección Lince; calle por confirmar"
    )
    assert NOT_CONFIRMED in page


def test_the_band_draws_five_of_the_shelf(client, shop):
    for name in ("miel", "mango", "palta-fuerte", "queso", "quinua", "cacao"):
        offering = make_offering(product=make_product(name=name, drawing="miel"))
        make_shelf_item(venue=shop, offering=offering)
    make_shelf_item(venue=shop)

    page = page_at(client, at(24), "/")

    shelf = page.split('<div class="shelf"')[1].split("</div>")[0]
    assert shelf.count("<img") == 5
