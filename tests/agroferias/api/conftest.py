import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _unthrottled(settings):
    # Each test counts its own requests.
    cache.clear()
    settings.API_REQUESTS_PER_MINUTE = 1_000_000
