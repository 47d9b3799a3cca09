"""Words in a search box: every one must be found somewhere, accents and case aside."""

from django.db.models import F, Func, Q, TextField, Value

MAX_WORDS = 8


def words(text: str) -> list[str]:
    """Return the words of a search, the first MAX_WORDS of them."""
    # No column has a NUL, and PostgreSQL may not even be asked for one.
    return text.replace("\0", " ").split()[:MAX_WORDS]


def joined(array_field: str) -> Func:
    """Return an expression with the values of an array column as one text."""
    return Func(
        F(array_field),
        Value(" "),
        function="array_to_string",
        output_field=TextField(),
    )


def anywhere(word: str, lookups: list[str]) -> Q:
    """Return the condition that word is part of one of the columns."""
    condition = Q()
    for lookup in lookups:
        condition |= Q(**{f"{lookup}__unaccent__icontains": word})
    return condition
