"""One function a model, giving the smallest valid row; fields say what differs."""

import datetime as dt
from itertools import count

from django.contrib.auth import get_user_model

from markets.models import (
    Attendance,
    Delivery,
    MarketDay,
    Notice,
    OpeningHours,
    Participation,
    Proposal,
    ShelfItem,
    SpecialHours,
    Stall,
    Subscriber,
    UpdateLink,
    Venue,
)
from markets.models.venue import MAX_POSITION
from producers.models import (
    Category,
    Certification,
    Consent,
    Offering,
    Producer,
    ProducerContact,
    ProducerPhoto,
    Product,
    ProductPhoto,
    Region,
    Variety,
)

_numbers = count(1)
LIMA = dt.timezone(dt.timedelta(hours=-5))
ALL_YEAR = [2] * 12
SUNDAY = dt.date(2026, 11, 29)
# When rows last changed, unless a test says otherwise.
BEFORE = dt.datetime(2026, 1, 1, tzinfo=LIMA)


def make_region(name="Cusco"):
    """Return one of the regions, which a migration makes."""
    return Region.objects.get(name=name)


def make_category(**fields):
    number = next(_numbers)
    defaults = {"slug": f"category-{number}", "name": f"Category {number}"}
    return Category.objects.create(**defaults | fields)


def make_product(**fields):
    number = next(_numbers)
    defaults = {
        "slug": f"product-{number}",
        "name": f"Product {number}",
        "reference_season": ALL_YEAR,
        "reference_source": "The growers",
    }
    if "category" not in fields:
        defaults["category"] = make_category()
    return Product.objects.create(**defaults | fields)


def make_variety(**fields):
    defaults = {"name": f"Variety {next(_numbers)}"}
    if "product" not in fields:
        defaults["product"] = make_product()
    return Variety.objects.create(**defaults | fields)


def make_producer(**fields):
    number = next(_numbers)
    defaults = {
        "slug": f"producer-{number}",
        "name": f"Producer {number}",
        "status": Producer.Status.PUBLISHED,
    }
    if "region" not in fields:
        defaults["region"] = make_region()
    return Producer.objects.create(**defaults | fields)


def make_offering(**fields):
    defaults = {"season": ALL_YEAR}
    if "producer" not in fields:
        defaults["producer"] = make_producer()
    if "product" not in fields:
        defaults["product"] = make_product()
    return Offering.objects.create(**defaults | fields)


def make_contact(**fields):
    defaults = {"kind": "whatsapp", "value": "987 654 321", "is_public": True}
    if "producer" not in fields:
        defaults["producer"] = make_producer()
    return ProducerContact.objects.create(**defaults | fields)


def make_consent(**fields):
    defaults = {"given_by": "Rosa", "given_date": SUNDAY, "covers": ["profile"]}
    if "producer" not in fields:
        defaults["producer"] = make_producer()
    return Consent.objects.create(**defaults | fields)


def make_certification(**fields):
    defaults = {"scheme": "SGP", "valid_through": SUNDAY}
    if "producer" not in fields:
        defaults["producer"] = make_producer()
    return Certification.objects.create(**defaults | fields)


def _without_files():
    return {
        "image": "photos/none.jpg",
        "width": 1200,
        "height": 900,
        "alt_text": "Rosa in her field",
        "renditions": [
            {
                "format": name,
                "width": 480,
                "height": 360,
                "name": f"photos/none-480.{suffix}",
            }
            for name, suffix in (("webp", "webp"), ("jpeg", "jpg"))
        ],
    }


def make_photo(**fields):
    """Return a producer's photo, of nobody, whose files are not there."""
    defaults = _without_files() | {"shows_people": False}
    if "producer" not in fields:
        defaults["producer"] = make_producer()
    return ProducerPhoto.objects.create(**defaults | fields)


def make_product_photo(**fields):
    """Return a product's photo whose files are not there."""
    defaults = _without_files()
    if "product" not in fields:
        defaults["product"] = make_product()
    return ProductPhoto.objects.create(**defaults | fields)


def make_venue(**fields):
    number = next(_numbers)
    defaults = {
        "slug": f"venue-{number}",
        "name": f"Venue {number}",
        "kind": Venue.Kind.MARKET,
        "street": "Av. Brasil, cuadra 40",
        "district": "Magdalena del Mar",
        "changed_at": BEFORE,
    }
    return Venue.objects.create(**defaults | fields)


def make_opening_hours(**fields):
    defaults = {"day_of_week": 6, "opens": dt.time(8), "closes": dt.time(14)}
    if "venue" not in fields:
        defaults["venue"] = make_venue()
    return OpeningHours.objects.create(**defaults | fields)


def make_special_hours(**fields):
    defaults = {"first_date": SUNDAY, "last_date": SUNDAY, "reason": "Holiday"}
    if "venue" not in fields:
        defaults["venue"] = make_venue()
    return SpecialHours.objects.create(**defaults | fields)


def main_market():
    """Return the market that the site is about, made if there is none."""
    return Venue.objects.filter(is_main=True).first() or make_venue(is_main=True)


def make_market_day(**fields):
    """Return a day of the main market; a moved or cancelled one says why."""
    defaults = {"date": SUNDAY, "opens": dt.time(8), "closes": dt.time(14)}
    if "venue" not in fields:
        defaults["venue"] = main_market()
    if fields.get("status") in {MarketDay.Status.MOVED, MarketDay.Status.CANCELLED}:
        defaults["notice"] = "A parade takes the avenue."
    return MarketDay.objects.create(**defaults | fields)


def make_stall(**fields):
    venue = fields.get("venue") or make_venue()
    # From the far end, where tests seldom place one themselves.
    position = MAX_POSITION - venue.stalls.count()
    defaults = {"number": next(_numbers), "row": 1, "position": position}
    return Stall.objects.create(**defaults | fields | {"venue": venue})


def make_participation(**fields):
    defaults = {"first_date": SUNDAY}
    if "venue" not in fields:
        defaults["venue"] = make_venue()
    if "producer" not in fields:
        defaults["producer"] = make_producer()
    return Participation.objects.create(**defaults | fields)


def make_attendance(**fields):
    defaults = {}
    if "market_day" not in fields:
        defaults["market_day"] = make_market_day()
    if "producer" not in fields:
        defaults["producer"] = make_producer()
    return Attendance.objects.create(**defaults | fields)


def make_shelf_item(**fields):
    defaults = {"checked_at": dt.datetime(2026, 11, 28, 18, tzinfo=LIMA)}
    if "venue" not in fields:
        defaults["venue"] = make_venue(kind=Venue.Kind.SHOP)
    if "offering" not in fields:
        defaults["offering"] = make_offering()
    return ShelfItem.objects.create(**defaults | fields)


def make_notice(**fields):
    defaults = {
        "message": "No market on Christmas day.",
        "starts_at": dt.datetime(2026, 12, 18, tzinfo=LIMA),
        "ends_at": dt.datetime(2026, 12, 26, tzinfo=LIMA),
        "changed_at": BEFORE,
    }
    return Notice.objects.create(**defaults | fields)


def make_update_link(**fields):
    """Return a link that works until the end of 2026."""
    defaults = {"created_at": BEFORE, "valid_through": dt.date(2026, 12, 31)}
    if "producer" not in fields:
        defaults["producer"] = make_producer()
    return UpdateLink.objects.create(**defaults | fields)


def make_proposal(*, levels=None, **fields):
    """Return a proposal that waits, sent on the Monday before SUNDAY.

    levels: {offering: level}.
    """
    producer = fields.get("producer") or make_producer()
    if "link" not in fields:
        known = producer.update_links.current().first()
        fields["link"] = known or make_update_link(producer=producer)
    if "comes" in fields and "market_day" not in fields:
        fields["market_day"] = make_market_day()
    defaults = {"created_at": dt.datetime(2026, 11, 23, 11, tzinfo=LIMA)}
    proposal = Proposal.objects.create(**defaults | fields | {"producer": producer})
    for offering, level in (levels or {}).items():
        name = offering.product.name
        proposal.levels.create(offering=offering, level=level, product_name=name)
    return proposal


def make_subscriber(**fields):
    """Return a subscriber whose address is confirmed, unless fields say otherwise."""
    defaults = {
        "email": f"rosa-{next(_numbers)}@example.com",
        "created_at": BEFORE,
        "asked_at": BEFORE,
        "confirmed_at": BEFORE,
    }
    return Subscriber.objects.create(**defaults | fields)


def make_delivery(**fields):
    """Return a mail that waits and is due; about no day, it asks to confirm."""
    moment = dt.datetime(2026, 11, 23, 11, tzinfo=LIMA)
    defaults = {"created_at": moment, "due_at": moment}
    if "subscriber" not in fields:
        defaults["subscriber"] = make_subscriber()
    return Delivery.objects.create(**defaults | fields)


def make_staff(**fields):
    """Return a superuser, whose password is «secret»."""
    defaults = {"username": f"staff-{next(_numbers)}", "password": "secret"}
    return get_user_model().objects.create_superuser(**defaults | fields)
