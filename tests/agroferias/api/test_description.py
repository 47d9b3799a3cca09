import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.validation import validate_schema

from agroferias.api.entrance import description

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


def test_the_description_is_sound_openapi_without_a_gap(client):
    description.cache_clear()
    data = client.get("/api/v1/openapi.json").json()

    validate_schema(data)
    assert data["openapi"] == "3.1.0"
    assert data["info"]["license"]["name"] == "CC BY 4.0"
    assert len(data["paths"]) == 11
    assert not GENERATOR_STATS


# The description needs no row, and so no test's database.
api = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.fixture
def _one_connection():
    # As Django's own test client does: the test's connection holds its rows.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("catalogue", "_one_connection")
@api.parametrize()
@hypothesis.settings(
    max_examples=5,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)
def test_every_operation_keeps_to_its_description(case):
    # Its WSGI client decompresses nothing.
    case.call_and_validate(headers={"Accept-Encoding": "identity"})
