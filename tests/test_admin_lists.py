"""The staff's lists: what an empty one says, and how often any of them asks."""

import datetime as dt
import re

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from markets.models import MarketDay, Proposal, Subscriber, UpdateLink, Venue
from producers.models import Offering, Producer, Product
from tests.desk import change_page, make_clerk, open_desk, page
from tests.everything import fill
from tests.factories import (
    LIMA,
    SUNDAY,
    make_attendance,
    make_certification,
    make_consent,
    make_contact,
    make_market_day,
    make_notice,
    make_offering,
    make_opening_hours,
    make_photo,
    make_producer,
    make_product,
    make_product_photo,
    make_shelf_item,
    make_special_hours,
    make_stall,
    make_variety,
    make_venue,
)

pytestmark = pytest.mark.django_db

# Their lists are pages of our own, tested in tests/markets.
OWN_PAGES = {Proposal, UpdateLink}
MODELS = sorted(
    {*admin.site._registry} - OWN_PAGES, key=lambda model: model._meta.label
)
NOTHING_FOUND = "Nothing with this search or these filters."
LISTS = [*MODELS, Proposal]
MOST_QUERIES = 12
MOST_ON_A_PAGE = 25


@pytest.fixture
def desk(client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


def list_of(model):
    return page(model, "decided" if model is Proposal else "changelist")


def empty(model, monkeypatch):
    """Let a model's list have no row, whatever the migrations and the login made."""
    nothing = model._default_manager.none()
    model_admin = admin.site.get_model_admin(model)
    monkeypatch.setattr(model_admin, "get_queryset", lambda request: nothing)
    return model_admin


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model._meta.label)
def test_an_empty_list_says_what_to_do_first(desk, monkeypatch, model):
    model_admin = empty(model, monkeypatch)

    html = desk.get(list_of(model)).text

    (said,) = re.findall(r'<div class="empty-list">\s*<p>(.+?)</p>', html)
    assert said == str(model_admin.empty_help).replace("'", "&#x27;") != ""
    (link,) = re.findall(r'<a class="empty-list__link" href="([^"]+)">', html)
    assert desk.get(link).status_code == 200
    assert "paginator" not in html


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model._meta.label)
def test_a_search_that_finds_nothing_leads_back(desk, model):
    fill(1)

    html = desk.get(list_of(model), {"q": "zzzz"}).text

    assert html.count(NOTHING_FOUND) == 1
    assert '<a class="empty-list__link" href="?">' in html
    assert NOTHING_FOUND not in desk.get(list_of(model)).text


def test_a_popup_stays_one(desk):
    make_producer()

    html = desk.get(page(Producer, "changelist"), {"q": "zzzz", "_popup": "1"}).text

    assert '<a class="empty-list__link" href="?_popup=1">' in html


@pytest.mark.parametrize("permission", ["view_producer", "view_marketday"])
def test_an_empty_list_leads_nowhere_where_somebody_may_not_go(client, permission):
    client.force_login(make_clerk(permission))
    model = {"view_producer": Producer, "view_marketday": MarketDay}[permission]

    html = client.get(page(model, "changelist")).text

    assert '<div class="empty-list">' in html
    assert "empty-list__link" not in html


def test_the_links_page_says_which_of_both_it_is(desk):
    html = desk.get(page(UpdateLink, "changelist")).text
    assert "No producers yet: each gets a link once it is there." in html

    make_producer()
    html = desk.get(page(UpdateLink, "changelist"), {"q": "zzzz"}).text
    assert "No producer has these words." in html


def counts(desk, addresses):
    """Return how often each address asks the database."""
    found = {}
    for address in addresses:
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(address).status_code == 200
        found[address] = len(asked)
    return found


def test_lists_write_times_as_people_in_lima_do(desk, settings):
    settings.LANGUAGE_CODE = "es"
    fill(1)
    make_special_hours(is_closed=False, opens=dt.time(8), closes=dt.time(13, 30))
    make_notice(ends_at=dt.datetime(2026, 12, 18, 18, tzinfo=LIMA))
    make_shelf_item(checked_at=dt.datetime(2026, 12, 18, 12, tzinfo=LIMA))

    text = "".join(desk.get(list_of(model)).text for model in LISTS)

    cells = "".join(re.findall(r"<t[dh] class=.*?</t[dh]>", text, re.DOTALL))
    assert re.findall(r"\d{1,2}:\d\d(?!\xa0[ap]\.\xa0m\.)", cells) == []
    assert "8\xa0a.\xa0m. a 1:30\xa0p.\xa0m." in cells
    assert "18/12/2026, 6\xa0p.\xa0m." in cells
    assert "18/12/2026, 12\xa0m." in cells


def test_who_may_only_look_reads_times_without_a_railways_hours(client, settings):
    settings.LANGUAGE_CODE = "es"
    special = make_special_hours(is_closed=False, opens=dt.time(8), closes=dt.time(13))
    client.force_login(make_clerk("view_specialhours"))

    text = client.get(change_page(special)).text

    assert "8 a.m." in text
    assert "08:00</div>" not in text


def test_no_list_asks_more_often_for_more_rows(desk):
    addresses = [*map(list_of, LISTS), *(page(one, "changelist") for one in OWN_PAGES)]
    fill(1)
    for_one = counts(desk, addresses)

    fill(29, first=1)

    assert counts(desk, addresses) == for_one


def test_no_list_of_the_whole_market_asks_more_than_twelve_times(desk, whole_market):
    addresses = [*map(list_of, LISTS), *(page(one, "changelist") for one in OWN_PAGES)]
    assert Producer.objects.count() == 84
    assert Offering.objects.count() >= 400

    found = counts(desk, addresses)

    assert {address: n for address, n in found.items() if n > MOST_QUERIES} == {}


def fill_page(model, row_count):
    """Return a row of model with row_count rows in each list on its page."""
    if model is Producer:
        row = make_producer()
        for _number in range(row_count):
            offering = make_offering(producer=row)
            offering.varieties.add(make_variety(product=offering.product))
            for make in (make_photo, make_contact, make_consent, make_certification):
                make(producer=row)
    elif model is Product:
        row = make_product()
        for _number in range(row_count):
            make_variety(product=row)
            make_product_photo(product=row)
    elif model is Venue:
        row = make_venue()
        for number in range(row_count):
            minute = {"opens": dt.time(8, number), "closes": dt.time(8, number + 1)}
            make_opening_hours(venue=row, **minute)
            date = SUNDAY + dt.timedelta(days=number)
            make_special_hours(venue=row, first_date=date, last_date=date)
            row.contacts.create(kind="phone", value="987 654 321")
    else:
        row = make_market_day(venue=make_venue())
        for _number in range(row_count):
            make_attendance(market_day=row, stall=make_stall(venue=row.venue))
    return row


@pytest.mark.parametrize("model", [Producer, Product, Venue, MarketDay])
def test_no_page_asks_more_often_for_more_rows_on_it(desk, model):
    addresses = [change_page(fill_page(model, count)) for count in (1, 30)]
    # The first one of a process also asks for the content types.
    counts(desk, addresses[:1])

    for_one, for_thirty = counts(desk, addresses).values()

    assert for_one == for_thirty <= MOST_ON_A_PAGE


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_no_page_of_one_row_asks_more_than_that(desk, model):
    fill(1)
    row = model._default_manager.order_by("pk").last()

    # Visitors add subscribers.
    add = [] if model is Subscriber else [page(model, "add")]
    found = counts(desk, [*add, change_page(row)])

    assert max(found.values()) <= MOST_ON_A_PAGE
