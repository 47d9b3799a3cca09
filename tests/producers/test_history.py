import pytest

from producers import changes, history, restore, undo
from producers.changes import Change, FieldChange, Part
from producers.models import Consent, Offering, Producer, ProducerContact, Variety
from tests.factories import (
    make_consent,
    make_contact,
    make_offering,
    make_producer,
    make_product,
    make_region,
    make_variety,
)

# Each write is a transaction of its own, as each press of a button is.
pytestmark = pytest.mark.django_db(transaction=True)
PARTS = [
    Part(Producer, "id"),
    Part(Offering, "producer_id"),
    Part(ProducerContact, "producer_id"),
    Part(Consent, "producer_id"),
]


@pytest.fixture(autouse=True)
def _regions(reference_data):
    pass


def names(model, keys):
    return {row.pk: str(row) for row in model.objects.filter(pk__in=keys)}


def told(producer):
    return [save.changes for save in changes.saves(PARTS, producer.pk, names)]


def moment(producer):
    return producer.history.latest().history_date


def test_every_model_that_staff_edit_has_a_history():
    models = {model._meta.object_name for model in history.tracked()}

    assert models == {
        *("Category", "Product", "Variety", "ProductPhoto", "Region"),
        *("Producer", "ProducerPhoto", "ProducerContact", "Consent", "Certification"),
        *("Offering", "Venue", "VenueContact", "Stall", "OpeningHours"),
        *("SpecialHours", "MarketDay", "Participation", "Attendance", "ShelfItem"),
        *("Notice", "FormerProducerSlug", "FormerProductSlug"),
    }


def test_a_change_is_told_field_by_field():
    rosa = make_producer(name="Rosa", region=make_region("Cusco"), slug="rosa")
    rosa.name, rosa.region = "Rosa Quispe", make_region("Puno")
    rosa.altitude_m = 3100
    rosa.save()

    assert told(rosa)[0] == [
        Change(
            "~",
            "Productor",
            [
                FieldChange("Nombre", "Rosa", "Rosa Quispe"),
                FieldChange("Región", "Cusco", "Puno"),
                FieldChange("Altura", "—", "3100"),
            ],
        )
    ]
    assert told(rosa)[1][0].kind == "+"


def test_an_offering_tells_its_season_price_and_varieties():
    offering = make_offering(product=make_product(name="Palta", slug="palta"))
    hass = make_variety(product=offering.product, name="Hass")
    offering.season = [0] * 11 + [3]
    offering.is_active = False
    offering.save()
    offering.varieties.set([hass])

    added, changed = told(offering.producer)[:2]

    hers = [FieldChange("Variedades", "—", "Hass")]
    assert added == [Change("~", "Oferta: Palta", hers)]
    assert changed[0].fields == [
        FieldChange(
            "Temporada",
            "Hay todo el año.",
            "En su punto en diciembre. El resto del año, no.",
        ),
        FieldChange("En venta", "sí", "no"),
    ]


def test_what_is_gone_is_still_named():
    offering = make_offering(product=make_product(name="Palta"))
    hass = make_variety(product=offering.product)
    offering.varieties.set([hass])
    Variety.objects.filter(pk=hass.pk).delete()
    offering.delete()

    removed = told(offering.producer)[0]
    added = told(offering.producer)[1]

    assert removed == [Change("-", "Oferta: Palta", [])]
    assert added[0].fields[0] == FieldChange("Variedades", "—", "(ya no está)")


def test_a_save_without_a_visible_change_is_not_told():
    rosa = make_producer()
    rosa.save()

    assert len(told(rosa)) == 1


def test_a_row_from_before_the_history_begins_with_what_it_says():
    offering = make_offering()
    hass = make_variety(product=offering.product, name="Hass")
    offering.varieties.set([hass])
    Offering.history.all().delete()

    history.begin(Offering)
    history.begin(Offering)

    (version,) = Offering.history.all()
    assert history.linked([version]) == {version.pk: {"varieties": [hass.pk]}}


def test_the_first_known_version_of_an_older_row_says_no_difference():
    rosa = make_producer(slug="rosa")
    Producer.history.all().delete()
    rosa.name = "Otra"
    rosa.save()

    assert told(rosa) == [[Change("~", "Productor", [])]]


def test_a_profile_goes_back_with_its_rows_to_a_moment():
    rosa = make_producer(name="Rosa")
    kept = make_offering(producer=rosa, unit="kg")
    hass = make_variety(product=kept.product)
    kept.varieties.set([hass])
    gone = make_contact(producer=rosa, value="999 111 222")
    then = gone.history.latest().history_date
    rosa.name = "Otra"
    rosa.save()
    kept.unit = "bag"
    kept.save()
    kept.varieties.clear()
    gone.delete()
    make_offering(producer=rosa)

    done = restore.restore(parts=PARTS, key=rosa.pk, moment=then)

    rosa.refresh_from_db()
    (offering,) = rosa.offerings.all()
    assert (rosa.name, offering.unit) == ("Rosa", "kg")
    assert [*offering.varieties.all()] == [hass]
    assert [one.value for one in rosa.contacts.all()] == ["999 111 222"]
    assert done == (4, [])


def test_what_belongs_to_now_stays_when_a_version_comes_back():
    rosa = make_producer(status="published", name="Rosa")
    consent = make_consent(producer=rosa, given_date="2026-01-01")
    then = consent.history.latest().history_date
    rosa.status, rosa.name = "archived", "Otra"
    rosa.save()
    consent.withdrawn_date = "2026-02-01"
    consent.save()

    restore.restore(parts=PARTS, key=rosa.pk, moment=then, keeps=["status"])

    rosa.refresh_from_db()
    consent.refresh_from_db()
    assert (rosa.name, rosa.status) == ("Rosa", "archived")
    assert str(consent.withdrawn_date) == "2026-02-01"


def test_a_deleted_producer_comes_back_as_a_draft_with_what_went_with_it():
    rosa = make_producer(status="published")
    offering = make_offering(producer=rosa)
    hass = make_variety(product=offering.product)
    offering.varieties.set([hass])
    key = rosa.pk
    rosa.delete()
    last = Producer.history.latest()

    versions = undo.versions_of(last.transaction, last.history_date)
    done = undo.undo(versions=versions)

    rosa = Producer.objects.get(pk=key)
    assert rosa.status == "draft"
    assert [*rosa.offerings.get().varieties.all()] == [hass]
    assert done == (2, [])


def test_what_took_the_place_of_a_row_stays():
    rosa = make_producer(slug="rosa", name="Rosa")
    rosa.delete()
    last = Producer.history.latest()
    make_producer(slug="rosa")

    done = undo.undo(versions=[last])

    assert (done.count, history.names(done.refused)) == (0, ["Rosa"])
    assert Producer.objects.count() == 1


def test_many_rows_changed_at_once_are_taken_back_unless_changed_since():
    rosa, julian = make_producer(name="Rosa"), make_producer(name="Julián")
    for one in (rosa, julian):
        one.status = "archived"
    history.update_all([rosa, julian], ["status"], reason="Archivar")
    last = Producer.history.latest()
    julian.name = "Julián II"
    julian.save()

    versions = undo.versions_of(last.transaction, last.history_date)
    done = undo.undo(versions=versions)

    states = dict(Producer.objects.values_list("name", "status"))
    assert states == {"Rosa": "published", "Julián II": "archived"}
    assert (done.count, history.names(done.refused)) == (1, ["Julián"])
    assert {one.history_change_reason for one in versions} == {"Archivar"}


def test_a_row_that_was_not_there_then_goes_again():
    rosa = make_producer()
    contact = make_contact(producer=rosa)
    contact.delete()
    last = ProducerContact.history.latest()
    undo.undo(versions=[last])

    restore.restore(parts=PARTS, key=rosa.pk, moment=last.history_date)

    assert rosa.contacts.count() == 0


def test_nothing_is_written_for_no_rows():
    history.update_all([], ["status"])
    history.create_all([])

    assert Producer.history.count() == 0


def test_the_restored_row_that_clashes_is_named():
    rosa = make_producer(slug="rosa", name="Rosa")
    then = moment(rosa)
    rosa.slug = "otra"
    rosa.save()
    make_producer(slug="rosa")

    done = restore.restore(parts=[Part(Producer, "id")], key=rosa.pk, moment=then)

    assert (done.count, history.names(done.refused)) == (0, ["Rosa"])


def test_query_count_is_constant(django_assert_num_queries):
    rosa, julian = make_producer(), make_producer()
    make_offering(producer=rosa)
    for _number in range(30):
        make_offering(producer=julian)

    # producer, offerings with varieties, contacts, consents; the regions,
    # producers, products that they name
    for one in (rosa, julian):
        with django_assert_num_queries(8):
            told(one)
