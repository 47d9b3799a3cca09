"""Loads the 120 products and the 84 example producers; never changes what is there."""

import csv
import datetime as dt
import json
from functools import cache
from pathlib import Path

from producers import drawings
from producers.models import (
    Category,
    Offering,
    Producer,
    Product,
    Region,
    Variety,
)
from producers.season import usual_season

FOLDER = Path(__file__).parent
MONTH_COLUMNS = ("available_months", "peak_months")
# What products.json says in both languages.
TEXTS = ["description", "how_to_choose", "how_to_keep", "how_to_use"]
PRODUCER_FIELDS = [
    "slug",
    "name",
    "kind",
    "people",
    "province",
    "district",
    "locality",
    "altitude_m",
    "latitude",
    "longitude",
    "landscape",
    "area_ha",
    "distance_km",
    "travel_minutes",
    "joined_year",
    "practices",
    "summary",
    "story",
]


def load_products():
    """Create the products that are missing, with varieties, regions and pairings.

    Neither this nor load_producers() stores versions: history.begin() does.
    """
    texts = {row["slug"]: row for row in _json("products.json")}
    rows = _csv("products.csv")
    known = _products_by_slug()
    new = [row for row in rows if known[row["slug"]] is None]
    categories = {row.slug: row for row in Category.objects.all()}
    Product.objects.bulk_create(
        _product(row, texts[row["slug"]], categories) for row in new
    )
    products = _products_by_slug()
    regions = {row.name: row for row in Region.objects.all()}
    found = [(products[row["slug"]], row, texts[row["slug"]]) for row in new]
    _link(
        Product.main_regions,
        (
            (product, regions[name])
            for product, row, _text in found
            for name in _list(row["main_regions"])
        ),
    )
    _link(
        Product.goes_with,
        (
            (product, products[slug])
            for product, _row, text in found
            for slug in text["goes_with"]
        ),
    )
    Variety.objects.bulk_create(
        Variety(product=product, **variety)
        for product, _row, text in found
        for variety in text["varieties"]
    )


def load_producers(today: dt.date):
    """Create the example producers that are missing; prices are as of today."""
    known = set(Producer.objects.values_list("slug", flat=True))
    regions = {row.slug: row for row in Region.objects.all()}
    rows = [row for row in producer_rows() if row["slug"] not in known]
    producers = Producer.objects.bulk_create(
        Producer(
            **{name: row[name] for name in PRODUCER_FIELDS},
            region=regions[row["region"]],
            status=Producer.Status.PUBLISHED,
            is_example=True,
        )
        for row in rows
    )
    products = _products_by_slug()
    offered = [
        (producer, products[offering["product"]], offering)
        for producer, row in zip(producers, rows, strict=True)
        for offering in row["offerings"]
    ]
    offerings = Offering.objects.bulk_create(_offering(*one, today) for one in offered)
    _link(
        Offering.varieties,
        (
            (offering, variety)
            for offering, (_producer, product, row) in zip(
                offerings, offered, strict=True
            )
            for variety in _varieties(product, row["varieties"])
        ),
    )


def producer_rows() -> list[dict]:
    """Return the example producers as producers.json has them."""
    return _json("producers.json")


def _products_by_slug():
    """The product of each row of products.csv, None where it is missing.

    A product is known by its name too: staff may have changed its address.
    """
    products = list(Product.objects.all())
    by_slug = {product.slug: product for product in products}
    by_name = {product.name: product for product in products}
    return {
        row["slug"]: by_slug.get(row["slug"], by_name.get(row["name_es"]))
        for row in _csv("products.csv")
    }


def _product(row, text, categories):
    months = {name: [int(m) for m in _list(row[name])] for name in MONTH_COLUMNS}
    return Product(
        slug=row["slug"],
        name=row["name_es"],
        name_en=row["name_en"],
        name_qu=row["name_qu"],
        other_names=_list(row["synonyms"]),
        scientific_name=text["scientific_name"],
        category=categories[row["category"]],
        is_native=row["is_native"] == "yes",
        **{name: text[name] for name in TEXTS},
        **{f"{name}_en": text[f"{name}_en"] for name in TEXTS},
        tint=text["tint"],
        drawing=row["slug"] if row["slug"] in drawings.names() else "",
        reference_season=usual_season(*months.values()),
        reference_source=_source(row["source"]),
        reference_source_en=" · ".join(row["source"].split(" | ")),
    )


def _offering(producer, product, row, today):
    return Offering(
        producer=producer,
        product=product,
        season=row["season"] or product.reference_season,
        unit=row["unit"],
        price=row["price"],
        price_date=today if row["price"] is not None else None,
        note=row["note"],
    )


def _varieties(product, names):
    return [
        Variety.objects.get_or_create(product=product, name=name)[0] for name in names
    ]


def _link(relation, pairs):
    # Not set(), which stores another version of a row for each pair.
    source, target = (
        relation.field.m2m_field_name(),
        relation.field.m2m_reverse_field_name(),
    )
    relation.through.objects.bulk_create(
        relation.through(**{source: one, target: other}) for one, other in pairs
    )


def _source(text):
    """The sources of products.csv are in English; sources.csv has them in Spanish."""
    spanish = {row["source"]: row["fuente"] for row in _csv("sources.csv")}
    return " · ".join(spanish[part] for part in text.split(" | "))


def _list(text):
    return [part.strip() for part in text.split(";") if part.strip()]


def _json(name):
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


@cache
def _csv(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
