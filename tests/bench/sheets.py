"""How long 5,000 lines of a spreadsheet take, from the file to the last commit."""

import time
import uuid

LINES = 5000
AIM_S = 60


def measure() -> list[tuple]:
    """Return (what, dry run, import, the same again) of both kinds, in seconds.

    Through the admin, as staff do it: the whole stack of middleware, and pages that
    come bit by bit.
    """
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - after setup()
    from django.test import Client  # noqa: PLC0415

    user = get_user_model().objects.create_superuser(f"bench-{uuid.uuid4()}")
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return [
        ("5,000 producers", *_times(client, "producer", _producers())),
        ("5,000 offerings", *_times(client, "offering", _offerings())),
    ]


def _producers():
    headers = ["dirección", "nombre", "estado", "región", "altitud", "hectáreas"]
    headers += ["prácticas", "historia"]
    work = ["borrador", "Cusco", 3450, 1.5, "andenes, semilla propia"]
    story = "Papas de altura. " * 20
    rows = [
        [f"medida-{number}", f"Medida {number}", *work, story]
        for number in range(LINES)
    ]
    return headers, rows


def _offerings():
    from producers.models import Product  # noqa: PLC0415
    from producers.months import MONTH_SLUGS  # noqa: PLC0415

    products = Product.objects.values_list("slug", flat=True)[:50]
    headers = ["productor", "producto", *MONTH_SLUGS.values()]
    headers += ["unidad", "precio", "fecha del precio", "a la venta"]
    rows = [
        [f"medida-{number}", slug, *([0, 1, 2, 3] * 3), "kilo", 8.5, "29/11/2026", "sí"]
        for number in range(LINES // len(products))
        for slug in products
    ]
    return headers, rows


def _times(client, model, table):
    from producers.sheets import workbooks  # noqa: PLC0415

    headers, rows = table
    content = workbooks.written(workbooks.Sheet("medida", headers, rows))
    dry, shown = _bring(client, model, content)
    url, digest = shown
    start = time.perf_counter()
    client.post(url, {"shown": digest}).getvalue()
    imported = time.perf_counter() - start
    again, _shown = _bring(client, model, content)
    return dry, imported, again


def _bring(client, model, content):
    """Upload a file and look at its dry run; return the time, address and digest."""
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    file = SimpleUploadedFile("medida.xlsx", content)
    start = time.perf_counter()
    url = client.post(f"/admin/producers/{model}/sheets/", {"file": file}).url
    html = client.get(url).getvalue().decode()
    duration = time.perf_counter() - start
    return duration, (url, html.partition('name="shown" value="')[2][:64])
