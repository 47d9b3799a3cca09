import pytest

from producers.completeness import LABELS, completeness, with_parts
from producers.models import Consent, Producer
from tests.factories import make_offering, make_photo, make_producer

WHOLE = {
    "story": "Sowing since 1990.",
    "locality": "Ampay",
    "altitude_m": 2900,
    "practices": ["compost"],
}


def measured(producer):
    return completeness(with_parts(Producer.objects.all()).get(pk=producer.pk))


def give_consent(producer, **fields):
    defaults = {"given_by": "Rosa", "given_date": "2026-11-01", "covers": ["profile"]}
    return Consent.objects.create(producer=producer, **defaults | fields)


def make_whole(**fields):
    producer = make_producer(**WHOLE | fields)
    make_photo(producer=producer)
    make_offering(producer=producer)
    give_consent(producer)
    return producer


def test_a_whole_producer_lacks_nothing(db):
    assert measured(make_whole()) == (100, [])


def test_a_new_producer_lacks_everything(db):
    bare = make_producer(status="draft", region=None)

    assert measured(bare) == (0, [str(label) for label in LABELS.values()])


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ({"story": ""}, "story"),
        ({"locality": ""}, "place"),
        ({"altitude_m": None}, "altitude"),
        ({"practices": []}, "practices"),
    ],
    ids=str,
)
def test_what_is_missing_is_named(db, fields, part):
    assert measured(make_whole(**fields)) == (88, [str(LABELS[part])])


@pytest.mark.parametrize(
    "fields", [{"withdrawn_date": "2026-11-02"}, {"covers": ["portrait"]}], ids=str
)
def test_only_a_consent_to_the_profile_that_holds_counts(db, fields):
    producer = make_whole()
    producer.consents.update(**fields)

    assert measured(producer).missing == [str(LABELS["consent"])]


def test_an_altitude_of_zero_is_one(db):
    assert measured(make_whole(altitude_m=0)).percent == 100
