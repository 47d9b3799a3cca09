"""`make bench`: the server time of every public page and of spreadsheets; no test.

A database of its own with the sample data, settings as in production, the whole stack
of middleware through Django's test client, no network.
"""

import contextlib
import datetime as dt
import gc
import gzip
import logging
import os
import platform
import re
import statistics
import sys
import time
from pathlib import Path

import django

from tests import database
from tests.bench import cards, sheets, suggestions
from tests.chromium import say

RUNS = 30
# Of the pages that are most often read, on a phone that waits for us as well.
AIM_MS = 60
# With its plan of the avenue and everybody who comes, the heaviest page that we have.
DAY_AIM_MS = 80
DATABASE_NAME = "agroferias_bench"


def main():
    """Print the table."""
    pinned = pin_to_one_core()
    database.provide()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agroferias.settings")
    django.setup()
    with sample_data():
        rows = [measure(path) for path in pages()]
        drawings = cards.measure()
        imports = sheets.measure()
        typed = suggestions.measure()
    print_table(rows, pinned)
    print_cards(drawings)
    print_imports(imports)
    print_suggestions(typed)


def pin_to_one_core() -> bool:
    """Keep us, and the database server that we start, on one core; not on macOS."""
    if not hasattr(os, "sched_setaffinity"):
        return False
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    return True


@contextlib.contextmanager
def sample_data():
    """Make a database of our own, fill it, and drop it at the end."""
    from django.core.management import call_command  # noqa: PLC0415 - after setup()
    from django.db import connection  # noqa: PLC0415

    # A line for each 404 would break the table.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    before = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = DATABASE_NAME
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        call_command("load_sample", verbosity=0)
        fill_a_day()
        call_command("collectstatic", verbosity=0, interactive=False)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        yield
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


def fill_a_day():
    """Let everybody come on the first confirmed Sunday: the heaviest it can be."""
    from markets.models import Attendance, MarketDay  # noqa: PLC0415
    from producers.models import Producer  # noqa: PLC0415

    day = MarketDay.objects.filter(status="confirmed").latest("date")
    Attendance.objects.filter(market_day=day).update(status="confirmed")
    missing = Producer.objects.listed().exclude(attendances__market_day=day)
    Attendance.objects.bulk_create(
        Attendance(market_day=day, producer=producer, status="confirmed")
        for producer in missing
    )


def pages():
    """Return the addresses of the public pages, the heaviest of each kind."""
    from django.db.models import Count  # noqa: PLC0415

    from markets.models import MarketDay  # noqa: PLC0415
    from producers.models import Producer, Product, Region  # noqa: PLC0415

    def busiest(rows, counted):
        rows = rows.annotate(load=Count(counted)).order_by("-load", "pk")
        return rows.first().get_absolute_url()

    return [
        "/",
        "/productos/",
        "/productos/?mes=junio&estado=hay",
        "/productos/?categoria=frutas&practica=agroforestry&estado=hay",
        "/productos/?q=palta&region=junin&viene=1",
        "/productos/?q=nada-de-esto",
        "/temporada/junio/",
        busiest(Product.objects.listed(), "offerings"),
        "/calendario/",
        "/productores/",
        "/productores/?categoria=frutas&mes=junio&viene=1",
        busiest(Producer.objects.listed(), "offerings"),
        "/regiones/",
        busiest(Region.objects.all(), "producers"),
        "/buscar/?q=papa",
        "/ferias/",
        busiest(MarketDay.objects.filter(status="confirmed"), "attendances"),
        "/agro-shop/",
        "/ferias/agenda.ics",
        "/ferias/novedades.atom",
        "/nosotros/",
        "/nada-de-esto/",
    ]


def measure(path):
    """Ask for a page RUNS times, made anew each time, and then as it is kept.

    Return path, queries, median and p99 in milliseconds, the median of kept ones,
    size and gzipped size.
    """
    from django.db import connection  # noqa: PLC0415
    from django.test import Client, override_settings  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    # Without setup_test_environment(), which records every template at a high price.
    client = Client(SERVER_NAME="localhost")
    with override_settings(KEEP_PAGES=False):
        with CaptureQueriesContext(connection) as captured:
            body = client.get(path).content
            queries = len(captured)
        # As agroferias.demo_server does when a worker is ready.
        gc.collect()
        gc.freeze()
        made = times(client, path)
    client.get(path)
    kept = statistics.median(times(client, path))
    p99 = statistics.quantiles(made, n=100, method="inclusive")[98]
    sizes = len(body), len(gzip.compress(body, 6))
    return path, queries, statistics.median(made), p99, kept, *sizes


def times(client, path) -> list[float]:
    """Return how many milliseconds each of RUNS answers takes."""
    found = []
    for _ in range(RUNS):
        start = time.perf_counter()
        client.get(path, headers={"accept-encoding": "gzip"})
        found.append((time.perf_counter() - start) * 1000)
    return found


def print_table(rows, pinned):
    """Print machine and date, a line a page, and whether the aim holds."""
    core = "one core" if pinned else "any core: this system cannot pin"
    say(f"{dt.datetime.now().astimezone():%Y-%m-%d %H:%M %Z} · {machine()} · {core}")
    say(f"Python {platform.python_version()}, Django {django.__version__}, {RUNS} runs")
    say(
        f"{'page':64}{'queries':>8}{'median':>8}{'p99':>7}{'kept':>6}"
        f"{'bytes':>9}{'gzip':>8}{'aim':>9}"
    )
    for path, queries, median, p99, kept, size, compressed in rows:
        took = f"{median:8.1f}{p99:7.1f}{kept:6.1f}"
        verdict = "yes" if median < aim_of(path) else "NO"
        aim = f"{aim_of(path):6} ms"
        say(f"{path:64}{queries:8}{took}{size:9,}{compressed:8,}{aim}  {verdict}")
    slow = sum(median >= aim_of(path) for path, _, median, *_ in rows)
    say(f"Pages whose median misses their aim: {slow}.")


def aim_of(path) -> int:
    """Return the milliseconds within which the median of a page is to be."""
    return DAY_AIM_MS if re.fullmatch(r"/ferias/\d{4}-\d\d-\d\d/", path) else AIM_MS


def print_cards(drawings):
    """Print how long a link's picture takes, drawn and then kept."""
    say(f"{'picture of a link':64}{'drawn':>8}{'kept':>8}{'bytes':>9}")
    for page, drawn, kept, size in drawings:
        say(f"{page:64}{drawn:8.0f}{kept:8.1f}{size:9,}")


def print_imports(imports):
    """Print how long spreadsheets take, and whether the aim holds."""
    say(f"{'spreadsheet':64}{'dry run':>8}{'import':>8}{'again':>8}  aim")
    for what, *seconds in imports:
        verdict = "yes" if max(seconds) < sheets.AIM_S else "NO"
        figures = "".join(f"{one:6.1f} s" for one in seconds)
        say(f"{what:64}{figures}  {verdict}")


def print_suggestions(typed):
    """Print how long suggestions take, and whether the aim holds."""
    say(f"{'typed, with 100,000 offerings':64}{'median':>8}{'p99':>8}  aim")
    for text, median, p99 in typed:
        verdict = "yes" if median < suggestions.AIM_MS else "NO"
        say(f"{text:64}{median:8.1f}{p99:8.1f}  {verdict}")


def machine() -> str:
    """Return the processor's name, as far as the system tells."""
    with contextlib.suppress(OSError, StopIteration):
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        line = next(line for line in lines if line.startswith("model name"))
        return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


if __name__ == "__main__":
    sys.exit(main())
