"""How cells are read and written, one class a kind of value.

clean() raises ValueError with a sentence. An empty cell is an empty text or None.
"""

import datetime as dt
import re
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import override
from import_export.widgets import Widget

from producers.localised import SOURCE_LANGUAGE
from producers.season import Level

from .cells import DATE_FORMAT, NO, YES, fold, text_of
from .workbooks import Unreadable

# A cell of a workbook holds 32,767 characters.
MAX_CELL = 32_000
WHOLE = re.compile(r"-?[0-9]{1,12}(?:[.,]0{1,2})?")
DECIMAL = re.compile(r"-?[0-9]{1,12}(?:[.,][0-9]{1,6})?")
GROUPED = re.compile(r"-?[0-9]{1,3}(?:(?:,[0-9]{3})+\.|(?:\.[0-9]{3})+,)[0-9]{1,2}")
# One thousand, or one and three decimals: who knows.
AMBIGUOUS = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")
DATE_FORMATS = [DATE_FORMAT, "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%Y/%m/%d"]
YEARS = range(2000, 2101)
LEVEL_WORDS = {
    "": Level.NONE,
    "nada": Level.NONE,
    "poco": Level.LITTLE,
    "hay": Level.YES,
    "mejor": Level.PEAK,
} | {str(int(level)): level for level in Level}
YES_WORDS = {YES, "si", "s", "x", "1", "v", "verdadero", "true", "yes"}
NO_WORDS = {NO, "n", "0", "f", "falso", "false"}


class Value(Widget):
    """Reads and writes a cell; written, it keeps its own type."""

    def clean(self, value, row=None, **kwargs):
        if isinstance(value, Unreadable):
            message = _("Its formula has no result: write the value itself.")
            raise ValueError(message)
        return self.parse(text_of(value), row=row, **kwargs)

    def parse(self, text: str, **kwargs):
        """Return what the text of a cell means."""

    def render(self, value, **kwargs):
        return value

    def is_cut(self, value) -> bool:
        """Whether a cell has only a part of value."""
        return False


class Text(Value):
    """Any words."""

    def parse(self, text, **kwargs):
        return text

    def is_cut(self, value):
        return len(value or "") > MAX_CELL

    def render(self, value, **kwargs):
        return (value or "")[:MAX_CELL]


class WholeNumber(Value):
    """12, «12», 12.0; nothing that could be another number with its thousands."""

    def parse(self, text, **kwargs):
        if not text:
            return None
        bare = _bare(text)
        if not WHOLE.fullmatch(bare):
            raise ValueError(_("Write a whole number without points, such as 2350."))
        return int(re.split(r"[.,]", bare)[0])


class DecimalNumber(Value):
    """8.5, «8,50», «1,234.50»."""

    def parse(self, text, **kwargs):
        if not text:
            return None
        bare = _bare(text)
        if GROUPED.fullmatch(bare):
            whole, _point, decimals = bare.replace(",", ".").rpartition(".")
            bare = f"{whole.replace('.', '')}.{decimals}"
        elif AMBIGUOUS.fullmatch(bare) or not DECIMAL.fullmatch(bare):
            raise ValueError(_("Write a number such as 8.50, thousands together."))
        return Decimal(bare.replace(",", "."))


class Date(Value):
    """A date of the spreadsheet, «29/11/2026» or «2026-11-29»."""

    def parse(self, text, **kwargs):
        if not text:
            return None
        bare = text.removesuffix("T00:00:00").removesuffix(" 00:00:00")
        for one in DATE_FORMATS:
            try:
                date = dt.datetime.strptime(bare, one).replace(tzinfo=dt.UTC).date()
            except ValueError:
                continue
            if date.year in YEARS:
                return date
        raise ValueError(_("Write a date such as 29/11/2026."))


class YesNo(Value):
    """«sí», «x», 1 or «no», 0."""

    def parse(self, text, **kwargs):
        word = fold(text)
        if not word:
            return None
        if word in YES_WORDS or word in map(fold, YES_WORDS):
            return True
        if word in NO_WORDS:
            return False
        raise ValueError(_("Write sí or no."))

    def render(self, value, **kwargs):
        return YES if value else NO


class SeasonLevel(Value):
    """0 to 3, or the words for it; empty is 0."""

    def parse(self, text, **kwargs):
        level = LEVEL_WORDS.get(fold(text))
        if level is None:
            raise ValueError(_("Write 0, 1, 2 or 3, or nada, poco, hay or mejor."))
        return int(level)


class Choice(Value):
    """One of a few, by its Spanish name or another word for it."""

    def __init__(self, choices, words=None):
        """Take TextChoices, and {word: value} for the names in the file, if other."""
        super().__init__()
        self.choices = choices
        self._words = words

    @cached_property
    def labels(self):
        """The names in the file by the values that they stand for."""
        if self._words:
            return {value: word for word, value in self._words.items()}
        with override(SOURCE_LANGUAGE):
            return {value: str(label).lower() for value, label in self.choices.choices}

    @cached_property
    def values(self):
        """The values by all words that are understood."""
        with override(SOURCE_LANGUAGE):
            known = {fold(str(label)): value for value, label in self.choices.choices}
        known |= {fold(value): value for value in self.choices.values}
        return known | {fold(label): value for value, label in self.labels.items()}

    def parse(self, text, **kwargs):
        if not text:
            return None
        if fold(text) not in self.values:
            allowed = ", ".join(self.labels.values())
            raise ValueError(_("Write one of: {words}.").format(words=allowed))
        return self.values[fold(text)]

    def render(self, value, **kwargs):
        return self.labels.get(value, value)


class Choices(Choice):
    """Any number of them, with commas between."""

    def parse(self, text, **kwargs):
        parts = [part.strip() for part in re.split(r"[,;\n]", text)]
        chosen = {super(Choices, self).parse(part) for part in parts if part}
        return [value for value in self.choices.values if value in chosen]

    def render(self, value, **kwargs):
        return ", ".join(self.labels.get(one, one) for one in value)


class Named(Value):
    """A row that is found by its address or a name, in a Lookup of the resource."""

    def __init__(self, lookup, shown="slug"):
        """Take the name of the resource's lookup, and the attribute that is written."""
        super().__init__()
        self.lookup = lookup
        self.shown = shown

    def parse(self, text, *, resource, **kwargs):
        return resource.lookups[self.lookup].find(text) if text else None

    def render(self, value, **kwargs):
        return "" if value is None else str(getattr(value, self.shown))


def _bare(text):
    return re.sub(r"\s", "", text).replace("−", "-")
