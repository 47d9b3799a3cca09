"""How long the picture of a link takes: drawn for the first who asks, then kept."""

import re
import shutil
import time
from pathlib import Path

PAGES = ["/", "/productos/palta-fuerte/", "/regiones/puno/", "/nosotros/"]
CARD = re.compile(r'property="og:image" content="http://[^/]+([^"]+)"')


def measure() -> list[tuple]:
    """Return page, milliseconds drawn and kept, and bytes, of a few cards."""
    from django.conf import settings  # noqa: PLC0415 - after setup()
    from django.test import Client  # noqa: PLC0415

    client = Client(SERVER_NAME="localhost")
    shutil.rmtree(Path(settings.PRIVATE_ROOT) / "cards", ignore_errors=True)
    return [(page, *_times(client, page)) for page in PAGES]


def _times(client, page):
    address = CARD.search(client.get(page).text)[1]
    times = []
    for _ in range(2):
        start = time.perf_counter()
        response = client.get(address)
        times.append((time.perf_counter() - start) * 1000)
    return *times, len(response.content)
