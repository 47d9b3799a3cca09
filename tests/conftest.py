import datetime as dt
import gc
import signal
from importlib import import_module
from types import SimpleNamespace

import hypothesis
import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.signals import setting_changed
from django.db import connection
from django.dispatch import receiver
from django.urls import get_resolver
from django.utils.translation import trans_real

from markets.models import Attendance, MarketDay
from producers.models import Category, Producer, Region
from tests.desk import STORAGES
from tests.factories import (
    LIMA,
    SUNDAY,
    make_attendance,
    make_market_day,
    make_offering,
    make_producer,
    make_product,
    make_region,
    make_stall,
    make_variety,
)

# A busy machine is no failure.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")

# The Monday before SUNDAY.
MONDAY = dt.datetime(2026, 11, 23, 12, tzinfo=LIMA)
REFERENCE_DATA = import_module("producers.migrations.0003_regions_and_categories")

# {LANGUAGE_CODE: what Django's resolver knows of the addresses under it}
ADDRESSES = {}


def pytest_collection_finish():
    """Let the garbage collector leave alone what is loaded, and look less often.

    It took a fifth of the time of the whole suite.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@receiver(setting_changed)
def _switch_addresses(*, setting, **_kwargs):
    """Let the addresses be those of the language without a prefix.

    Django keeps them with the prefixes; clear_url_caches() would have each test find
    them all again.
    """
    if setting == "LANGUAGE_CODE":
        known = ADDRESSES.setdefault(settings.LANGUAGE_CODE, ({}, {}, {}))
        resolver = get_resolver()
        resolver._reverse_dict, resolver._namespace_dict, resolver._app_dict = known
        # It falls back on what was the site's language when it was first loaded.
        trans_real._translations.pop("qu", None)


@pytest.fixture
def reference_data(transactional_db):
    """Bring back what a migration put there, which a test like this one empties.

    Not serialized_rollback: it keeps the rows on a connection of before Playwright's
    loop, under which Django sees another one.
    """
    if not Region.objects.exists():
        REFERENCE_DATA.add_reference_data(apps, None)


@pytest.fixture(autouse=True)
def _quick_settings(settings):
    settings.STORAGES = STORAGES
    # Rolled back with each test, a version of the tables would come again.
    settings.KEEP_PAGES = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def own_signals():
    """Put back the handlers and the mask that the test changes."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in numbers}
    yield numbers
    for number, handler in before.items():
        signal.signal(number, handler)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, numbers)


@pytest.fixture
def november():
    """Make it noon of the Monday before SUNDAY."""
    with time_machine.travel(MONDAY):
        yield MONDAY


@pytest.fixture
def whole_market(db):
    """Make the sample's market, to which all 84 producers come on SUNDAY."""
    with connection.cursor() as cursor:
        # What the planner knows is of empty tables, as after a first load.
        cursor.execute("ANALYZE")
    with time_machine.travel(MONDAY):
        call_command("load_sample", verbosity=0)
        day = MarketDay.objects.get(date=SUNDAY)
        day.attendances.update(status="confirmed")
        missing = Producer.objects.exclude(attendances__market_day=day)
        Attendance.objects.bulk_create(
            Attendance(market_day=day, producer=one, status="confirmed")
            for one in missing
        )
        yield day


@pytest.fixture
def catalogue(db):
    """Return a small catalogue: who is public, who is not, and who comes on SUNDAY."""
    fruit = Category.objects.get(slug="frutas")
    dairy = Category.objects.get(slug="lacteos-y-huevos")
    tubers = Category.objects.get(slug="tuberculos-y-raices")
    palta = make_product(
        slug="palta",
        name="Palta",
        category=fruit,
        is_native=True,
        other_names=["aguacate"],
    )
    papa = make_product(slug="papa", name="Papa", category=tubers, is_native=True)
    queso = make_product(slug="queso", name="Queso", category=dairy)
    mango = make_product(
        slug="mango",
        name="Mango",
        category=fruit,
        reference_season=[3, 3, 1, 0, 0, 0, 0, 0, 0, 0, 1, 3],
    )
    hidden = make_product(slug="oculto", name="Oculto", is_listed=False)
    rosa = make_producer(
        slug="rosa",
        name="Rosa",
        region=make_region("Cusco"),
        district="Pisac",
        practices=["terraces", "compost"],
    )
    julian = make_producer(
        slug="julian",
        name="Julián",
        region=make_region("Puno"),
        practices=["compost"],
    )
    elena = make_producer(slug="elena", name="Elena", region=make_region("Piura"))
    draft = make_producer(slug="borrador", name="Borrador", status="draft")
    hass = make_variety(product=palta, name="Hass")
    rosas_palta = make_offering(
        producer=rosa, product=palta, season=[0, 0, 0, 1, 2, 3, 3, 2, 1, 0, 0, 0]
    )
    rosas_palta.varieties.add(hass)
    make_offering(
        producer=rosa, product=papa, season=[0, 0, 0, 2, 3, 3, 2, 0, 0, 0, 1, 1]
    )
    make_offering(producer=julian, product=queso)
    make_offering(
        producer=julian, product=papa, season=[0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0]
    )
    make_offering(
        producer=elena, product=palta, season=[1, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 2]
    )
    make_offering(producer=elena, product=queso, season=[3] * 12, is_active=False)
    make_offering(producer=elena, product=hidden, season=[3] * 12)
    make_offering(producer=draft, product=mango, season=[3] * 12)
    day = make_market_day(date=SUNDAY, status="confirmed")
    stall = make_stall(venue=day.venue, number=7)
    make_attendance(market_day=day, producer=rosa, stall=stall, status="confirmed")
    make_attendance(market_day=day, producer=julian)
    make_attendance(market_day=day, producer=elena, status="absent", reason="Lluvia")
    return SimpleNamespace(
        palta=palta,
        papa=papa,
        queso=queso,
        mango=mango,
        hidden=hidden,
        rosa=rosa,
        julian=julian,
        elena=elena,
        draft=draft,
        day=day,
    )
