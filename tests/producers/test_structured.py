"""The catalogue as search engines read it."""

import datetime as dt

import pytest
from django.template import Context, Template

from producers import structured
from producers.models import Offering, Product
from tests.factories import make_contact, make_offering, make_producer, make_product
from tests.markets.schema_org import faults

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
TODAY = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


def absolute(path):
    return f"{SITE}{path}"


def told_product(product):
    node = structured.product(
        Product.objects.with_season(Offering.objects.listed()).get(pk=product.pk),
        product.offerings.for_product(11),
        today=TODAY,
        image=f"{SITE}/card.jpg",
        absolute=absolute,
    )
    assert list(faults(node)) == []
    return node


def test_a_product_tells_names_season_and_no_offer_without_a_price():
    product = make_product(slug="palta", name="Palta", other_names=["aguacate"])
    make_offering(product=product, season=[0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0])

    assert told_product(product) == {
        "@type": "Product",
        "name": "Palta",
        "alternateName": ["aguacate"],
        "url": f"{SITE}/productos/palta/",
        "image": f"{SITE}/card.jpg",
        "category": str(product.category),
        "additionalProperty": {
            "@type": "PropertyValue",
            "name": "Season",
            "value": "At its best in April and May. None the rest of the year.",
        },
    }


@pytest.mark.parametrize(
    ("seen", "is_told"),
    [("2026-10-24", True), ("2026-10-23", False), ("2026-11-23", True)],
)
def test_a_price_is_told_for_thirty_days_with_its_date(seen, is_told):
    rosa = make_producer(slug="rosa", name="Rosa")
    offering = make_offering(producer=rosa, price="8.5", price_date=seen, unit="bunch")

    node = told_product(offering.product)

    last_date = dt.date.fromisoformat(seen) + dt.timedelta(days=30)
    offer = {
        "@type": "Offer",
        "price": "8.50",
        "priceCurrency": "PEN",
        "priceSpecification": {
            "@type": "UnitPriceSpecification",
            "price": "8.50",
            "priceCurrency": "PEN",
            "unitText": "bunch",
            "validFrom": seen,
        },
        "priceValidUntil": last_date.isoformat(),
        "offeredBy": {
            "@type": "Organization",
            "name": "Rosa",
            "url": f"{SITE}/productores/rosa/",
        },
    }
    assert node.get("offers", []) == ([offer] if is_told else [])


def test_a_producer_tells_nothing_of_people_channels_or_exact_places():
    rosa = make_producer(
        slug="rosa",
        name="Chacra Rosa",
        people="Rosa Quispe Rojas",
        district="Pisac",
        province="Calca",
        locality="Viacha",
        summary="Three sisters keep forty potatoes.",
        latitude="-13.5",
        longitude="-72.0",
    )
    make_contact(producer=rosa)
    palta = make_product(slug="palta", name="Palta")
    make_offering(producer=rosa, product=palta)

    node = structured.producer(
        rosa, rosa.offerings.for_producer(), image=f"{SITE}/c.jpg", absolute=absolute
    )

    assert list(faults(node)) == []
    assert node == {
        "@type": "Organization",
        "name": "Chacra Rosa",
        "url": f"{SITE}/productores/rosa/",
        "description": "Three sisters keep forty potatoes.",
        "image": f"{SITE}/c.jpg",
        "address": {
            "@type": "PostalAddress",
            "addressLocality": "Pisac",
            "addressRegion": "Cusco",
            "addressCountry": "PE",
        },
        "makesOffer": [
            {
                "@type": "Offer",
                "itemOffered": {
                    "@type": "Product",
                    "name": "Palta",
                    "url": f"{SITE}/productos/palta/",
                },
            }
        ],
    }


def test_breadcrumbs_lead_from_the_home_page_to_here():
    parents = [("/regiones/", "Regions")]

    node = structured.breadcrumbs("Cusco", "/regiones/cusco/", parents, absolute)

    assert list(faults(node)) == []
    steps = [(one["position"], one["name"], one["item"]) for one in _elements(node)]
    assert steps == [
        (1, "Home", f"{SITE}/"),
        (2, "Regions", f"{SITE}/regiones/"),
        (3, "Cusco", f"{SITE}/regiones/cusco/"),
    ]


def _elements(node):
    return node["itemListElement"]


def test_a_name_ends_no_script():
    rosa = make_producer(name="</script><script>alert(1)//")

    node = structured.producer(rosa, [], image=SITE, absolute=absolute)
    html = structured.script(node)

    assert html.count("<") == 2
    assert "\\u003C/script\\u003E\\u003Cscript\\u003E" in html


def test_a_partial_without_a_request_has_no_breadcrumbs():
    template = Template('{% include "_crumbs.html" with here="Here" only %}')

    assert "ld+json" not in template.render(Context())
