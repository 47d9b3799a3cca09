"""Every public page, and the states that look different, by a short name.

The sample counts Sundays from today: the fourth ahead is cancelled, the fifth moved.
"""

import datetime as dt
from zoneinfo import ZoneInfo

TODAY = dt.datetime.now(ZoneInfo("America/Lima")).date()
SUNDAY = TODAY + dt.timedelta(days=6 - TODAY.weekday())


def day_page(weeks):
    """Return the page of the market day some weeks after the first one ahead."""
    return f"/ferias/{SUNDAY + dt.timedelta(weeks=weeks)}/"


PAGES = {
    "home": "/",
    "products": "/productos/",
    "products-filtered": "/productos/?categoria=frutas&viene=1&pagina=2",
    "products-none": "/productos/?q=nada-de-esto&estado=quizas",
    "product-drawn": "/productos/palta-fuerte/",
    "product-lettered": "/productos/chuno/",
    "season": "/temporada/junio/",
    "calendar": "/calendario/",
    "producers": "/productores/",
    "producers-none": "/productores/?q=nada-de-esto",
    "producer": "/productores/pinal-cerro-sombrero/",
    "regions": "/regiones/",
    "region": "/regiones/puno/",
    "region-empty": "/regiones/tumbes/",
    "search": "/buscar/",
    "search-found": "/buscar/?q=camu",
    "search-none": "/buscar/?q=nada-de-esto",
    "about": "/nosotros/",
    "alerts": "/avisos/",
    "alerts-sent": "/avisos/enviado/",
    "alerts-unknown": "/avisos/nada-de-esto/",
    "data": "/datos/",
    "data-list": "/api/v1/productores/?format=html&region=cusco",
    "days": "/ferias/",
    "day": day_page(0),
    "day-highlighted": f"{day_page(0)}?producto=palta-fuerte",
    "day-scheduled": day_page(1),
    "day-cancelled": day_page(3),
    "day-moved": day_page(4),
    "day-past": day_page(-1),
    "shop": "/agro-shop/",
    "offline": "/offline/",
    "embeds": "/insertar/",
    "404": "/nada-de-esto/",
    "english-home": "/en/",
    "english-producer": "/en/productores/pinal-cerro-sombrero/",
    "quechua-products": "/qu/productos/",
}
