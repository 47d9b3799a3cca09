import datetime as dt

import pytest

from tests.factories import (
    SUNDAY,
    make_attendance,
    make_market_day,
    make_offering,
    make_opening_hours,
    make_producer,
    make_product,
    make_shelf_item,
    make_venue,
)

WEEK = dt.timedelta(weeks=1)


def test_offerings_are_listed_in_season_first_then_those_who_come(ask):
    palta = make_product()
    day = make_market_day(status="confirmed")
    names = {"out": 0, "out_coming": 0, "in": 1, "in_coming": 3, "best": 3}
    for name, level in names.items():
        producer = make_producer(name=name)
        make_offering(producer=producer, product=palta, season=[1] * 10 + [level] + [1])
        if name.endswith("coming"):
            make_attendance(market_day=day, producer=producer, status="confirmed")
    offerings = palta.offerings.for_product(11)

    html = ask("{% product_offerings offerings 11 %}", offerings=offerings)

    order = sorted(names, key=lambda name: html.index(f"<strong>{name}<"))
    assert order == ["in_coming", "best", "in", "out_coming", "out"]
    assert html.count("Viene este domingo") == 2


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("scheduled", "Lo esperamos este domingo"),
        ("confirmed", "Viene este domingo"),
        ("cancelled", "El domingo 29 de noviembre no hay feria."),
    ],
)
def test_offerings_say_as_much_as_is_known(ask, status, words):
    offering = make_offering()
    day = make_market_day(status=status)
    make_attendance(market_day=day, producer=offering.producer)

    html = ask("{% product_offerings rows 11 %}", rows=[offering])

    assert words in html


def test_a_product_nobody_offers_says_so(ask):
    html = ask("{% product_offerings rows 11 %}", rows=[])

    assert 'class="rows__none"' in html


def test_the_shop_band_shows_its_week_its_street_and_its_shelf(ask):
    shop = make_venue(kind="shop", name="Agro-Shop", street="Calle 1", district="Lince")
    for day in (1, 2, 3):
        make_opening_hours(venue=shop, day_of_week=day)
    make_opening_hours(venue=shop, day_of_week=4, valid_through=SUNDAY - WEEK)
    for _ in range(6):
        offering = make_offering(product=make_product(drawing="mango"))
        make_shelf_item(venue=shop, offering=offering)

    html = ask("{% shop_band %}")

    assert "<dt>Martes a jueves</dt><dd>8\xa0a.\xa0m. – 2\xa0p.\xa0m.</dd>" in html
    assert "viernes" not in html.lower()
    assert "Calle 1, Lince" in html
    assert html.count("<img") == 5


def test_the_shop_band_says_what_is_to_be_confirmed(ask):
    make_venue(kind="shop", street="", district="Lince")

    html = ask("{% shop_band %}")

    assert "por confirmar" in html
    assert "Lince; calle por confirmar" in html
    assert "<img" not in html


def test_without_a_shop_there_is_no_band(ask):
    make_venue(kind="market")

    assert ask("{% shop_band %}").strip() == ""
