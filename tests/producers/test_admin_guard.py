"""Two people edit one profile; the second one to save sees what the first one did."""

import re

import pytest
from django.test import Client

from producers.models import Offering, Producer
from tests.desk import (
    add_row,
    change_page,
    filled_in,
    form_errors,
    open_desk,
    row_errors,
    season_values,
)
from tests.factories import (
    make_offering,
    make_producer,
    make_product,
    make_region,
    make_staff,
    make_variety,
)

STALE = "Somebody else saved this meanwhile: nothing of yours is stored yet."


@pytest.fixture
def desk(db, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


@pytest.fixture
def rosa(db):
    """Return a producer with palta at 8 soles and papa."""
    rosa = make_producer(name="Rosa", people="Rosa", story="Uno.\nDos.", slug="rosa")
    make_offering(
        producer=rosa,
        product=make_product(name="Palta"),
        price="8.00",
        price_date="2026-11-01",
    )
    make_offering(producer=rosa, product=make_product(name="Papa"))
    return rosa


def page_of(desk, row):
    return filled_in(desk.get(change_page(row)))


def compared(response):
    return [tuple(line) for line in response.context["conflict"]]


def test_a_save_on_an_older_state_is_refused_with_both_versions(desk, rosa):
    data = page_of(desk, rosa)
    Producer.objects.filter(pk=rosa.pk).update(name="Rosa Quispe", people="Ella")

    response = desk.post(change_page(rosa), data | {"name": "Rosa Mamani"})

    assert form_errors(response) == {"__all__": [STALE]}
    assert compared(response) == [
        ("Name", "Rosa Quispe", "Rosa Mamani"),
        ("People", "Ella", ""),
    ]
    shown = filled_in(response)
    assert (shown["name"], shown["people"]) == ("Rosa Mamani", "Ella")
    rosa.refresh_from_db()
    assert rosa.name == "Rosa Quispe"


def test_the_second_save_stores_the_page_as_it_is_seen(desk, rosa):
    data = page_of(desk, rosa)
    Producer.objects.filter(pk=rosa.pk).update(name="Rosa Quispe", people="Ella")
    refused = desk.post(change_page(rosa), data | {"name": "Rosa Mamani"})

    response = desk.post(change_page(rosa), filled_in(refused))

    rosa.refresh_from_db()
    assert response.status_code == 302
    assert (rosa.name, rosa.people) == ("Rosa Mamani", "Ella")


def test_a_third_save_in_between_is_compared_again(desk, rosa):
    data = page_of(desk, rosa)
    Producer.objects.filter(pk=rosa.pk).update(people="Ella")
    refused = desk.post(change_page(rosa), data | {"name": "Rosa Mamani"})
    Producer.objects.filter(pk=rosa.pk).update(people="Ella y él")

    response = desk.post(change_page(rosa), filled_in(refused))

    assert compared(response) == [("People", "Ella y él", "")]


def test_a_status_that_no_button_sent_is_not_typed(desk, rosa):
    data = page_of(desk, rosa)
    Producer.objects.filter(pk=rosa.pk).update(status="archived")

    untouched = desk.post(change_page(rosa), data)
    pressed = desk.post(change_page(rosa), data | {"status": "draft"})

    assert compared(untouched) == [("Status", "Archived", "")]
    assert compared(pressed) == [("Status", "Archived", "Draft")]
    desk.post(change_page(rosa), filled_in(untouched))
    rosa.refresh_from_db()
    assert rosa.status == "archived"


def test_the_same_change_of_both_is_no_conflict(desk, rosa):
    data = page_of(desk, rosa)
    Producer.objects.filter(pk=rosa.pk).update(name="Rosa Quispe")

    response = desk.post(change_page(rosa), data | {"name": "Rosa Quispe"})

    assert response.status_code == 302


def test_line_ends_of_the_browser_are_no_change(desk, rosa):
    data = page_of(desk, rosa)
    Producer.objects.filter(pk=rosa.pk).update(people="Ella")
    data["story"] = data["story"].replace("\n", "\r\n")

    response = desk.post(change_page(rosa), data)

    assert compared(response) == [("People", "Ella", "")]


def test_a_page_that_does_not_say_what_it_showed_overwrites_nothing(desk, rosa):
    data = page_of(desk, rosa) | {"name": "Otra", "_shown": "made:up"}

    response = desk.post(change_page(rosa), data)

    assert compared(response) == [("Name", "Rosa", "Otra"), ("Status", "Published", "")]


def test_what_is_chosen_is_named(desk, rosa):
    data = page_of(desk, rosa)
    puno, piura = make_region("Puno"), make_region("Piura")
    Producer.objects.filter(pk=rosa.pk).update(
        region=puno, practices=["compost"], kind="company"
    )
    data |= {"region": str(piura.pk), "practices": ["terraces"], "kind": "association"}

    response = desk.post(change_page(rosa), data)

    assert compared(response) == [
        ("Kind", "Company", "Association"),
        ("Region", "Puno", "Piura"),
        ("Practices", "Compost and manure", "Terraces"),
    ]


def test_a_typed_fault_is_compared_as_it_was_typed(desk, rosa):
    data = page_of(desk, rosa)
    Producer.objects.filter(pk=rosa.pk).update(altitude_m=3000)

    response = desk.post(change_page(rosa), data | {"altitude_m": "mucho"})

    assert compared(response) == [("Altitude", "3000", "mucho")]
    assert set(form_errors(response)) == {"__all__", "altitude_m"}


def test_an_offering_is_compared_field_by_field(desk, rosa):
    data = page_of(desk, rosa)
    palta = rosa.offerings.get(product__name="Palta")
    hass = make_variety(product=palta.product, name="Hass")
    Offering.objects.filter(pk=palta.pk).update(price="9.00", season=[0] * 11 + [3])
    palta.varieties.set([hass])
    data |= season_values("offerings-0-season", [3] * 12)

    response = desk.post(change_page(rosa), data)

    name = f"Offering: {palta}"
    ours, theirs = "At its best all year.", "At its best in December."
    assert compared(response) == [
        (f"{name} · Varieties", "Hass · Palta", ""),
        (f"{name} · Season", f"{theirs} None the rest of the year.", ours),
        (f"{name} · Reference price", "9.00", ""),
    ]
    shown = filled_in(response)
    assert shown["offerings-0-price"] == "9.00"
    assert shown["offerings-0-season_0"] == "3"


def test_a_row_that_somebody_added_is_named_and_stays(desk, rosa):
    data = page_of(desk, rosa)
    queso = make_offering(producer=rosa, product=make_product(name="Queso"))

    response = desk.post(change_page(rosa), data | {"name": "Rosa Mamani"})

    assert compared(response) == [(f"Offering: {queso}", "Added", "")]
    desk.post(change_page(rosa), filled_in(response))
    assert rosa.offerings.count() == 3


def test_a_row_that_somebody_removed_goes(desk, rosa):
    data = page_of(desk, rosa)
    rosa.offerings.get(product__name="Palta").delete()

    response = desk.post(change_page(rosa), data | {"name": "Rosa Mamani"})

    assert compared(response) == [("A row of this page", "Removed", "")]
    assert desk.post(change_page(rosa), filled_in(response)).status_code == 302
    assert [one.product.name for one in rosa.offerings.all()] == ["Papa"]


def test_what_was_typed_into_a_removed_row_is_a_new_row(desk, rosa):
    data = page_of(desk, rosa)
    rosa.offerings.get(product__name="Palta").delete()
    new = make_product(name="Uva")
    add_row(data, "offerings", product=new.pk, unit="kg")
    data |= season_values("offerings-2-season", [1] * 12)

    response = desk.post(change_page(rosa), data | {"offerings-0-note": "Tipo Hass"})
    desk.post(change_page(rosa), filled_in(response))

    rows = {one.product.name: one.note for one in rosa.offerings.all()}
    assert rows == {"Palta": "Tipo Hass", "Papa": "", "Uva": ""}


@pytest.mark.parametrize("total", ["", "x", "99999999999"])
def test_a_page_with_a_broken_count_of_rows_is_refused(desk, rosa, total):
    data = page_of(desk, rosa)
    Producer.objects.filter(pk=rosa.pk).update(people="Ella")

    response = desk.post(
        change_page(rosa), data | {"offerings-TOTAL_FORMS": total, "name": "Otra"}
    )

    assert response.status_code == 200
    assert rosa.offerings.count() == 2


def test_who_saved_it_is_said_with_the_time(desk, rosa):
    data = page_of(desk, rosa)
    other = Client()
    other.force_login(make_staff(username="maria"))
    theirs = filled_in(other.get(change_page(rosa))) | {"people": "Ella"}
    other.post(change_page(rosa), theirs)

    html = desk.post(change_page(rosa), data | {"name": "Otra"}).text

    assert re.search(r'id="conflict-heading">maria saved this at \d', html)


def test_what_is_typed_over_a_fault_is_still_compared_with_what_was_shown(desk, rosa):
    data = page_of(desk, rosa)
    faulty = desk.post(change_page(rosa), data | {"altitude_m": "mucho"})
    Producer.objects.filter(pk=rosa.pk).update(people="Ella")

    response = desk.post(change_page(rosa), filled_in(faulty) | {"altitude_m": "10"})

    assert compared(response) == [("People", "Ella", "")]


def test_a_row_error_of_a_refused_page_stays_at_its_row(desk, rosa):
    data = page_of(desk, rosa)
    Producer.objects.filter(pk=rosa.pk).update(people="Ella")

    response = desk.post(change_page(rosa), data | {"offerings-1-price": "-1"})

    wrong = "Ensure this value is greater than or equal to 0."
    assert row_errors(response, "offerings")[1]["price"] == [wrong]
