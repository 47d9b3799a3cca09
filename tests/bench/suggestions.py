"""How long a search box waits for its suggestions, with 100,000 offerings."""

import itertools
import statistics
import time

PRODUCERS, PRODUCTS, EACH = 10_000, 1_000, 10
RUNS = 20
AIM_MS = 50
# As somebody types, and as somebody misspells.
TYPED = ["pa", "palta", "que", "huan", "familia", "queso fresco", "29 de noviembre"]
TYPED += ["aguaimanto", "chirimolla", "zapalo", "nada de esto"]
FIRST = ["Chacra", "Huerto", "Granja", "Papas", "Quesos", "Café", "Frutales", "Andenes"]
MIDDLE = ["de Altura", "del Valle", "Tres", "Agua", "Cerro", "Pampa", "Río", "Puna"]
LAST = ["Quispe", "Huamán", "Mamani", "Rojas", "Palomino", "Huanta", "Azul", "Dorada"]
KINDS = ["Ají", "Papa", "Queso", "Palta", "Maíz", "Frijol", "Uva", "Té", "Pan", "Miel"]
# So many that a district has a handful of producers, as the real ones would.
ENDINGS = ["bamba", "marca", "pampa", "cocha", "yacu", "huasi", "llacta", "tambo"]
STEMS = ["Qui", "Chu", "Sara", "Yana", "Puca", "Hatun", "Rumi", "Inti", "Suma", "Llama"]


def measure() -> list[tuple]:
    """Return (typed, median, p99) in milliseconds, with the whole stack around it."""
    from django.test import Client  # noqa: PLC0415 - after setup()

    fill()
    client = Client(SERVER_NAME="localhost")
    return [(text, *_times(client, text)) for text in TYPED]


def _times(client, text):
    times = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        client.get("/buscar/sugerencias/", {"q": text})
        times.append((time.perf_counter() - start) * 1000)
    # The first one fills the caches.
    p99 = statistics.quantiles(times[1:], n=100, method="inclusive")[98]
    return statistics.median(times[1:]), p99


def fill():
    """Add producers, products with their varieties, and 100,000 offerings."""
    from django.db import connection  # noqa: PLC0415

    from producers.models import Offering  # noqa: PLC0415

    products, producers = _products(), _producers()
    turns = itertools.cycle(products)
    season = [0, 1, 2, 3] * 3
    Offering.objects.bulk_create(
        (
            Offering(producer=producer, product=next(turns), season=season)
            for producer in producers
            for _ in range(EACH)
        ),
        batch_size=5000,
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _products():
    from producers.models import Category, Product, Variety  # noqa: PLC0415

    category = Category.objects.first()
    products = Product.objects.bulk_create(
        Product(
            slug=f"buscado-{number}",
            name=f"{KINDS[number % 10]} {_place(number)} {number}",
            name_en=f"{_place(number + 7)} {number}",
            other_names=[_place(number + 13), f"{_place(number + 21)} criollo"],
            description="Se come sancochada, en causa o en puré. " * 5,
            category=category,
            reference_season=[2] * 12,
            reference_source="medida",
        )
        for number in range(PRODUCTS)
    )
    Variety.objects.bulk_create(
        Variety(product=one, name=f"{_place(one.pk)} {number}")
        for one in products
        for number in range(3)
    )
    return products


def _producers():
    from producers.models import Producer, Region  # noqa: PLC0415

    regions = list(Region.objects.all())
    return Producer.objects.bulk_create(
        [
            Producer(
                slug=f"buscado-{number}",
                name=" ".join(one[number // step % 8] for one, step in NAMING),
                people=f"Familia {LAST[number % 8]} {_place(number)}",
                region=regions[number % 25],
                province=_place(number % 200),
                district=_place(number % 1800),
                status="published",
                story="Sembramos papas y habas en andenes de piedra. " * 10,
            )
            for number in range(PRODUCERS)
        ],
        batch_size=2000,
    )


NAMING = [(FIRST, 1), (MIDDLE, 8), (LAST, 64)]


def _place(number):
    return STEMS[number % 10] + ENDINGS[number // 10 % 8] + f" {number // 80 or ''}"
