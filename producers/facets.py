"""What a search form counts and offers: options, chips, and the year of a catalogue."""

from collections import Counter
from typing import NamedTuple

from django.db.models import Count, F, Func, TextField, Value
from django.db.models.functions import Lower

from .localised import shown_column
from .season import Level


class Option(NamedTuple):
    """One value of a facet, with how many rows choosing it would show, if counted."""

    value: str
    label: str
    count: int | None
    is_chosen: bool


class Chip(NamedTuple):
    """A chosen value, and the query string of the page without it."""

    label: str
    query: str


class Year(NamedTuple):
    """How many products are at their best in each month, and at each level in one."""

    at_best: list[int]
    levels: Counter
    least_level: int

    @property
    def groups(self) -> list[int]:
        """How many are at their best, there, and not there, in this order."""
        levels = self.levels
        some = levels[Level.LITTLE] + levels[Level.YES]
        return [levels[Level.PEAK], some, levels[Level.NONE]]

    @property
    def total(self) -> int:
        """How many there are at least at the level that was asked for."""
        return self.at_least(self.least_level)

    def at_least(self, least_level: int) -> int:
        """Return how many reach a level in the month."""
        return sum(n for level, n in self.levels.items() if level >= least_level)


def choices_of(rows: dict) -> dict[str, list[tuple[str, str]]]:
    """Return the (slug, label) pairs of each parameter, by place and name.

    rows: querysets by parameter, of models with a slug, a name and a place. One
    query for all of them.
    """
    first, *others = [
        queryset.order_by()
        .annotate(
            parameter=Value(name, output_field=TextField()),
            label=shown_column(queryset.model, "name"),
            alphabetical=Lower("name__unaccent"),
        )
        .values_list("parameter", "place", "alphabetical", "slug", "label")
        for name, queryset in rows.items()
    ]
    choices = {name: [] for name in rows}
    for name, _place, _key, slug, label in sorted(first.union(*others, all=True)):
        choices[name].append((slug, label))
    return choices


def facet(queryset, name, value, counted="pk"):
    """Return (name, value, count) rows: how many counted things have each value.

    Of the same shape for every facet, so that they can be united in one query.
    """
    return (
        queryset.order_by()
        .annotate(
            facet=Value(name, output_field=TextField()),
            facet_value=value,
        )
        .values("facet", "facet_value")
        .annotate(facet_count=Count(counted, distinct=True))
        .values_list("facet", "facet_value", "facet_count")
    )


def text_value(value: str):
    """Return a constant as the value of a facet."""
    return Value(value, output_field=TextField())


def text_column(path: str):
    """Return a column as the value of a facet."""
    return Func(F(path), template="(%(expressions)s)::text", output_field=TextField())


def each_element(path: str):
    """Return each element of an array column as a value of a facet."""
    return Func(F(path), function="unnest", output_field=TextField())
