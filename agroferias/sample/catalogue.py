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
    """Create the products that are missing, with varieties, regions and pairings."""
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
    for row in new:
        product, text = products[row["slug"]], texts[row["slug"]]
        product.main_regions.set(regions[name] for name in _list(row["main_regions"]))
        product.goes_with.set(products[slug] for slug in text["goes_with"])
        product.varieties.bulk_create(
            Variety(product=product, **variety) for variety in text["varieties"]
        )


def load_producers(today: dt.date):
    """Create the example producers that are missing; prices are as of today."""
    known = set(Producer.objects.values_list("slug", flat=True))
    regions = {row.slug: row for row in Region.objects.all()}
    products = _products_by_slug()
    for row in producer_rows():
        if row["slug"] in known:
            continue
        producer = Producer.objects.create(
            **{name: row[name] for name in PRODUCER_FIELDS},
            region=regions[row["region"]],
            status=Producer.Status.PUBLISHED,
            is_example=True,
        )
        for offering in row["offerings"]:
            _offer(producer, products[offering["product"]], offering, today)


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


def _offer(producer, product, row, today):
    offering = Offering.objects.create(
        producer=producer,
        product=product,
        season=row["season"] or product.reference_season,
        unit=row["unit"],
        price=row["price"],
        price_date=today if row["price"] is not None else None,
        note=row["note"],
    )
    offering.varieties.set(
        Variety.objects.get_or_create(product=product, name=name)[0]
        for name in row["varieties"]
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
