"""The catalogue in the words of schema.org, for search engines.

Source: schema.org's page of each type; Google's on products and breadcrumbs. Of
examples, who are invented, nothing is said as if they existed.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterable

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .models import Offering, Producer, Product
from .models.offering import PRICE_DAYS
from .season import season_sentence

SCHEMA = "https://schema.org"
NAME = "Agroferias Campesinas"
# As json_script: a script element ends at the first «</script», wherever it is.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}

# What makes a whole address of a path.
Absolute = Callable[[str], str]


def script(data: dict) -> SafeString:
    """Return data as an element that holds it, and that no browser runs."""
    whole = {"@context": SCHEMA} | data
    text = json.dumps(whole, ensure_ascii=False).translate(ESCAPES)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text),  # noqa: S308 - escaped the way a script needs
    )


def filled(node: dict) -> dict:
    """Return a node without what is empty."""
    return {key: value for key, value in node.items() if value}


def breadcrumbs(here: str, path: str, parents, absolute: Absolute) -> dict:
    """Return where a page is: the home page, (path, name) of parents, itself."""
    steps = [(reverse("home"), _("Home")), *parents, (path, here)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": str(name),
                "item": absolute(address),
            }
            for position, (address, name) in enumerate(steps, start=1)
        ],
    }


def website(language: str, absolute: Absolute) -> dict:
    """Return the site itself, with the address of its search."""
    found = absolute(reverse("search")) + "?q={search_term_string}"
    return {
        "@type": "WebSite",
        "name": NAME,
        "url": absolute(reverse("home")),
        "inLanguage": language,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": found},
            "query-input": "required name=search_term_string",
        },
    }


def product(
    product: Product,
    offerings: Iterable[Offering],
    *,
    today: dt.date,
    image: str,
    absolute: Absolute,
) -> dict:
    """Return a product with its season, and the prices that still hold.

    offerings: with their producers. image: the whole address of a picture of it.
    """
    season = {
        "@type": "PropertyValue",
        "name": _("Season"),
        "value": season_sentence(product.season),
    }
    prices = [_price(one, absolute) for one in offerings if _is_vouched(one, today)]
    return filled(
        {
            "@type": "Product",
            "name": product.shown_name,
            "alternateName": [*product.other_names],
            "description": product.shown_description,
            "url": absolute(product.get_absolute_url()),
            "image": image,
            "category": str(product.category),
            "additionalProperty": season,
            "offers": prices,
        }
    )


def producer(
    producer: Producer, offerings: Iterable[Offering], *, image: str, absolute: Absolute
) -> dict:
    """Return a producer and what they bring; no people, channel or exact place.

    An Organization whatever its kind: nobody shops where they grow, as schema.org's
    LocalBusiness has it, and a family's names are its own affair.
    """
    return filled(
        {
            **_named(producer, absolute),
            "description": producer.shown_summary,
            "image": image,
            "address": _address(producer),
            "makesOffer": [_offer(one, absolute) for one in offerings],
        }
    )


def _is_vouched(offering, today):
    """Whether a price was seen lately, and at a stall that exists."""
    if offering.price is None or offering.producer.is_example:
        return False
    return offering.price_date + dt.timedelta(days=PRICE_DAYS) >= today


def _price(offering, absolute):
    last_date = offering.price_date + dt.timedelta(days=PRICE_DAYS)
    price = {"price": f"{offering.price:.2f}", "priceCurrency": "PEN"}
    return {
        "@type": "Offer",
        **price,
        "priceSpecification": {
            "@type": "UnitPriceSpecification",
            **price,
            "unitText": str(offering.get_unit_display()),
            "validFrom": offering.price_date.isoformat(),
        },
        "priceValidUntil": last_date.isoformat(),
        "offeredBy": _named(offering.producer, absolute),
    }


def _named(producer, absolute):
    return {
        "@type": "Organization",
        "name": producer.name,
        "url": absolute(producer.get_absolute_url()),
    }


def _address(producer):
    return filled(
        {
            "@type": "PostalAddress",
            "addressLocality": producer.district or producer.province,
            "addressRegion": producer.region.name,
            "addressCountry": "PE",
        }
    )


def _offer(offering, absolute):
    return {
        "@type": "Offer",
        "itemOffered": {
            "@type": "Product",
            "name": offering.product.shown_name,
            "url": absolute(offering.product.get_absolute_url()),
        },
    }
