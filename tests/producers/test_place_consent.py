import pytest

from producers.models import Producer
from tests.factories import SUNDAY, make_consent, make_producer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("consent", "is_shown"),
    [
        ({"covers": ["profile", "coordinates"]}, True),
        ({"covers": ["profile"]}, False),
        ({"covers": ["coordinates"], "withdrawn_date": SUNDAY}, False),
    ],
    ids=["given", "to something else", "withdrawn"],
)
def test_a_place_is_shown_with_consent_to_it(consent, is_shown):
    producer = make_consent(**consent).producer

    found = Producer.objects.with_place_consent().get(pk=producer.pk)

    assert found.has_place_consent is is_shown


def test_an_examples_place_is_nobodys():
    make_producer(is_example=True)

    assert Producer.objects.with_place_consent().get().has_place_consent is True


def test_without_consent_the_page_draws_the_region_only(client):
    place = {"latitude": "-13.5", "longitude": "-72.0"}
    producer = make_producer(**place)

    before = client.get(producer.get_absolute_url()).text
    make_consent(producer=producer, covers=["coordinates"])
    after = client.get(producer.get_absolute_url()).text

    origin = 'class="map__origin" cx="370" cy="542"'
    assert (origin in before, origin in after) == (False, True)
