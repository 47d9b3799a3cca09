"""The months, 1 for January to 12, by their name and by their name in an address."""

from django.utils.dates import MONTHS
from django.utils.translation import gettext_noop

__all__ = ["MONTHS", "MONTH_SLUGS", "month_from_slug"]

# Django's own Spanish says «septiembre» and «sep»; Lima says «setiembre» and «set».
# Naming the messages here lets the project's catalogue translate them again.
gettext_noop("September")
gettext_noop("sep")

# Addresses are Spanish in every language.
MONTH_SLUGS = dict(
    enumerate(
        (
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "setiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ),
        start=1,
    )
)
_NUMBERS = {slug: number for number, slug in MONTH_SLUGS.items()} | {"septiembre": 9}


def month_from_slug(slug: str) -> int | None:
    """Return the number of the month, or None if slug names none.

    «septiembre» is understood too; MONTH_SLUGS has the one form that is written.
    """
    return _NUMBERS.get(slug.lower())
