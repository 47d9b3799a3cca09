"""The types of schema.org that the site uses, and what is wrong in a document."""

import datetime as dt
import re

from markets.structured import DAYS

SCHEMA = "https://schema.org"


def of(*values):
    """Match one of schema.org's enumeration, by its address."""
    return "|".join(f"{SCHEMA}/{value}" for value in values)


TEXT = r"(?s)\S.*"
URL = r"https?://\S+"
DATE = r"\d{4}-\d\d-\d\d"
TIME = r"([01]\d|2[0-3]):[0-5]\d"
MOMENT = rf"{DATE}T{TIME}:\d\d-05:00"
PRICE = r"\d+\.\d\d"
# Type: {property: what its values are}, required ones with «!». A value is a pattern
# of a text, a Python type, or the names of types in a set; a list is any number of it.
# Source: each type's page at schema.org; required as Google has it, which wants a
# previous start of what is rescheduled.
TYPES = {
    "GroceryStore": {
        "name!": TEXT,
        "url!": URL,
        "description": TEXT,
        "address!": {"PostalAddress"},
        "geo": {"GeoCoordinates"},
        "telephone": r"\+\d{8,15}",
        "openingHoursSpecification": {"OpeningHoursSpecification"},
        "specialOpeningHoursSpecification": {"OpeningHoursSpecification"},
    },
    "PostalAddress": {
        "streetAddress": TEXT,
        "addressLocality": TEXT,
        "addressRegion!": TEXT,
        "addressCountry!": "[A-Z]{2}",
    },
    "GeoCoordinates": {"latitude!": float, "longitude!": float},
    "OpeningHoursSpecification": {
        "dayOfWeek": of(*DAYS),
        "opens!": TIME,
        "closes!": TIME,
        "validFrom": DATE,
        "validThrough": DATE,
    },
    "Event": {
        "name!": TEXT,
        "startDate!": MOMENT,
        "previousStartDate": MOMENT,
        "endDate!": MOMENT,
        "eventStatus!": of("EventScheduled", "EventCancelled", "EventRescheduled"),
        "eventAttendanceMode!": of("OfflineEventAttendanceMode"),
        "location!": {"Place"},
        "organizer!": {"Organization"},
        "description!": TEXT,
        "isAccessibleForFree!": bool,
        "url!": URL,
    },
    "Place": {"name!": TEXT, "address!": {"PostalAddress"}, "geo": {"GeoCoordinates"}},
    "Organization": {
        "name!": TEXT,
        "url!": URL,
        "description": TEXT,
        "image": URL,
        "address": {"PostalAddress"},
        "makesOffer": {"Offer"},
    },
    "WebSite": {
        "name!": TEXT,
        "url!": URL,
        "inLanguage": "[a-z]{2}",
        "potentialAction": {"SearchAction"},
    },
    "SearchAction": {"target!": {"EntryPoint"}, "query-input!": r"required name=\w+"},
    "EntryPoint": {"urlTemplate!": rf"{URL}\{{\w+\}}"},
    "BreadcrumbList": {"itemListElement!": {"ListItem"}},
    "ListItem": {"position!": int, "name!": TEXT, "item!": URL},
    "Product": {
        "name!": TEXT,
        "url!": URL,
        "alternateName": TEXT,
        "description": TEXT,
        "image": URL,
        "category": TEXT,
        "additionalProperty": {"PropertyValue"},
        "offers": {"Offer"},
    },
    "PropertyValue": {"name!": TEXT, "value!": TEXT},
    "Offer": {
        "price": PRICE,
        "priceCurrency": "PEN",
        "priceSpecification": {"UnitPriceSpecification"},
        "priceValidUntil": DATE,
        "offeredBy": {"Organization"},
        "itemOffered": {"Product"},
    },
    "UnitPriceSpecification": {
        "price!": PRICE,
        "priceCurrency!": "PEN",
        "unitText!": TEXT,
        "validFrom!": DATE,
    },
}


def faults(node):
    """Yield what in a node, and in those below it, schema.org does not know."""
    known = TYPES.get(node.get("@type"), {})
    values = {name.rstrip("!"): value for name, value in known.items()}
    required = {name.rstrip("!") for name in known if name.endswith("!")}
    yield from (f"no {name}" for name in sorted(required - node.keys()))
    for name, found in node.items():
        if name == "@type":
            continue
        if name not in values:
            yield f"{node.get('@type')} has no {name}"
            continue
        for value in found if isinstance(found, list) else [found]:
            yield from (f"{name}: {fault}" for fault in _misfits(value, values[name]))
        if found == []:
            yield f"{name} is empty"
    is_rescheduled = node.get("eventStatus") == f"{SCHEMA}/EventRescheduled"
    if is_rescheduled is not ("previousStartDate" in node):
        yield "a previousStartDate belongs to EventRescheduled, and to it alone"


def _misfits(value, expected):
    if isinstance(expected, set):
        if not isinstance(value, dict) or value.get("@type") not in expected:
            yield f"{value!r} is none of {expected}"
        else:
            yield from faults(value)
    elif isinstance(expected, type):
        if type(value) is not expected:
            yield f"{value!r} is no {expected.__name__}"
    elif not isinstance(value, str) or not re.fullmatch(expected, value):
        yield f"{value!r} does not match {expected}"
    elif expected in {DATE, MOMENT}:
        dt.datetime.fromisoformat(value)
