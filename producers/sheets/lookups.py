"""Finding a row by what people call it."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from .cells import fold


class Lookup:
    """Rows by their address, then by their names: accents and case aside."""

    def __init__(self, missing: str):
        """Start empty; missing is what is said of a name that nothing has."""
        self.missing = missing
        self._by_slug = {}
        # The first tier in which a name is found decides.
        self._tiers = defaultdict(lambda: defaultdict(dict))

    def add(self, row, slug: str, *tiers: Iterable[str]):
        """Add a row with its address and its names, those it is best known by first."""
        self._by_slug[slug] = row
        for rank, names in enumerate(tiers):
            for name in names:
                if name:
                    self._tiers[rank][fold(name)][slug] = row

    def find(self, text: str):
        """Return the row; raise ValueError with a sentence if there is not just one."""
        for slug in (text, text.lower()):
            if slug in self._by_slug:
                return self._by_slug[slug]
        for rank in sorted(self._tiers):
            found = self._tiers[rank].get(fold(text), {})
            if len(found) == 1:
                return next(iter(found.values()))
            if found:
                message = _("Several have this name; write one's address: {slugs}.")
                raise ValueError(message.format(slugs=", ".join(sorted(found))))
        raise ValueError(self.missing)
