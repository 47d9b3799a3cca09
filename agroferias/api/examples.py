"""What /datos/ shows: questions, the address that answers each, and part of the answer.

A test asks every one of them and compares.
"""

import json
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _


class Example(NamedTuple):
    """One question; answer is what its address gives, with less in it."""

    question: str
    path: str
    answer: str


def _json(answer):
    return json.dumps(answer, ensure_ascii=False, indent=2)


EXAMPLES = [
    Example(
        _("What is at its best in June?"),
        "/api/v1/productos/?mes=junio&estado=punto&limite=10",
        _json(
            {
                "license": "https://creativecommons.org/licenses/by/4.0/",
                "previous": None,
                "results": [
                    {
                        "slug": "palta-fuerte",
                        "name": "Palta fuerte",
                        "category": {"slug": "frutas"},
                        "is_season_of_producers": True,
                        "producer_count": 4,
                    }
                ],
            }
        ),
    ),
    Example(
        _("Who comes from Cusco, for a map?"),
        "/api/v1/productores/?region=cusco&format=geojson",
        _json(
            {
                "type": "FeatureCollection",
                "features": [
                    {
                        "type": "Feature",
                        "geometry": {"type": "Point", "coordinates": [-72.1, -13.2]},
                        "properties": {
                            "name": "Chacra de ejemplo",
                            "district": "Pisac",
                            "location": {"is_exact": False},
                        },
                    }
                ],
            }
        ),
    ),
    Example(
        _("Who brings which fruit, as a table?"),
        "/api/v1/ofertas/?categoria=frutas&format=csv",
        "producer,producer_name,product,product_name,varieties,season,"
        "unit,price,currency,price_date",
    ),
    Example(
        _("Is there a market, and who comes?"),
        "/api/v1/ferias/?desde=2026-11-29&limite=1",
        _json(
            {
                "results": [
                    {
                        "venue": "av-brasil",
                        "date": "2026-11-29",
                        "opens": "08:00",
                        "closes": "14:00",
                        "status": "confirmed",
                        "attendances": [
                            {"producer": "chacra-de-ejemplo", "status": "confirmed"}
                        ],
                    }
                ]
            }
        ),
    ),
    Example(
        _("When does the shop open?"),
        "/api/v1/lugares/?tipo=shop",
        _json(
            {
                "results": [
                    {
                        "name": "Agro-Shop",
                        "district": "Lince",
                        "opening_hours": [
                            {"day_of_week": 1, "opens": "09:00"},
                        ],
                    }
                ]
            }
        ),
    ),
]
