import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from producers import history
from tests.factories import (
    make_attendance,
    make_offering,
    make_producer,
    make_product,
    make_region,
    make_variety,
)

BEFORE = [("producers", "0005_history"), ("markets", "0005_history")]


@pytest.fixture
def migrate(reference_data):
    """Return a function that brings the tables to the given migrations, or to all."""
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()

    def migrate(targets=leaves):
        MigrationExecutor(connection).migrate(targets)

    yield migrate
    migrate()


@pytest.mark.django_db(transaction=True)
def test_rows_from_before_the_history_get_a_first_version(migrate):
    palta = make_product()
    palta.main_regions.set([make_region("Puno")])
    palta.goes_with.set([make_product()])
    offering = make_offering(product=palta)
    offering.varieties.set([make_variety(product=palta)])
    row = make_attendance(producer=offering.producer)
    for model in history.tracked():
        model.history.all().delete()

    migrate(BEFORE)
    migrate([("producers", "0006_first_versions"), ("markets", "0006_first_versions")])

    migrate()
    (version,) = type(palta).history.filter(id=palta.pk)
    assert history.linked([version])[version.pk] == {
        "main_regions": [one.pk for one in palta.main_regions.all()],
        "goes_with": [one.pk for one in palta.goes_with.all()],
    }
    (version,) = offering.history.all()
    assert version.season == offering.season
    assert len(history.linked([version])[version.pk]["varieties"]) == 1
    assert [one.history_type for one in row.history.all()] == ["+"]


@pytest.mark.django_db(transaction=True)
def test_former_addresses_from_before_their_history_get_a_first_version(migrate):
    rows = [
        make(slug="ahora").former_slugs.create(slug="antes")
        for make in (make_producer, make_product)
    ]
    migrate([("producers", "0015_sheet_uploads")])

    migrate([("producers", "0017_first_former_slug_versions")])

    for row in rows:
        (version,) = row.history.all()
        assert (version.slug, version.owner_id) == ("antes", row.owner_id)
