"""Words in a search box: every one must be found somewhere, accents and case aside.

The expressions here are those of the models' indexes, to the letter: PostgreSQL uses
an index only for the expression that it was made of.
"""

from contextlib import contextmanager
from enum import IntEnum

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import connection, transaction
from django.db.models import (
    BooleanField,
    Case,
    F,
    FloatField,
    Func,
    Q,
    TextField,
    Value,
    When,
)

MAX_WORDS = 8
MAX_LENGTH = 100
# Words that tell nothing of what is looked for.
SMALL_WORDS = frozenset(
    ("a", "al", "con", "de", "del", "desde", "e", "el", "en", "la", "las", "lo", "los")
) | {"o", "para", "por", "u", "un", "una", "y", "from", "in", "of", "the", "with"}
# Of word_similarity(): «zapalo» and zapallo have more in common than this.
LEAST_SIMILARITY = 0.43


class Rank(IntEnum):
    """How well something answers what was typed, the best first.

    The numbers of search_rank(), in the database, are among them. STEMS: «mangos» for
    Mango. From WORD on it is not called so: a later word begins so, it is found in
    another way, or only told of.
    """

    EXACT = 0
    FIRST_WORDS = 1
    BEGINNING = 2
    STEMS = 3
    OTHER_NAME = 4
    WORD = 5
    FOUND = 6
    TOLD = 7


def typed(text: str) -> str:
    """Return what somebody typed without what no text can hold, and not too long."""
    return " ".join(text.replace("\x00", "").split())[:MAX_LENGTH].strip()


def words(text: str) -> list[str]:
    """Return the words of a search, the first MAX_WORDS of them."""
    # No column has a NUL, and PostgreSQL may not even be asked for one.
    return text.replace("\0", " ").split()[:MAX_WORDS]


def telling_words(text: str) -> list[str]:
    """Return the words of a search without the small ones, unless there are no others.

    «Queso de Cajamarca» asks for queso and Cajamarca.
    """
    telling = [word for word in words(text) if word.lower() not in SMALL_WORDS]
    return telling or words(text)


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


class Joined(Func):
    """The values of an array column as one text, with bars between them."""

    function = "search_joined"
    output_field = TextField()


class Names(Func):
    """Columns as one text, folded, with bars around each: «| palta | aguacate |»."""

    function = "search_names"
    output_field = TextField()


class Spoken(Func):
    """Folded names by their sound, so that «chirimolla» is chirimoya."""

    function = "search_spoken"
    output_field = TextField()


class Stems(Func):
    """The stems of names or texts, by Spanish rules, for the full-text search."""

    template = "to_tsvector('es_unaccent', %(expressions)s)"
    output_field = TextField()


def name_indexes(names: Names, prefix: str) -> list[GinIndex]:
    """Return the indexes <prefix>_names and <prefix>_sound, of letters and sounds."""
    return [
        GinIndex(OpClass(names, "gin_trgm_ops"), name=f"{prefix}_names"),
        GinIndex(OpClass(Spoken(names), "gin_trgm_ops"), name=f"{prefix}_sound"),
    ]


class _Folded(Func):
    function = "search_fold"
    output_field = TextField()


class _Asked(Func):
    template = "plainto_tsquery('es_unaccent', %(expressions)s)"
    output_field = TextField()


class _Pattern(Func):
    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = TextField()


class _Operator(Func):
    template = "(%(expressions)s)"
    output_field = BooleanField()


def like(names, pattern: str, text: str) -> Q:
    """Return the condition that names fit a pattern of LIKE.

    pattern: with {} where text, folded and taken literally, stands.
    """
    before, after = pattern.split("{}")
    literal = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    parts = _Pattern(Value(before), _Folded(Value(literal)), Value(after))
    return Q(_Operator(names, parts, arg_joiner=" LIKE "))


def stems_of(text: str, stems: Stems) -> Q:
    """Return the condition that every stem of text is among stems."""
    return Q(_Operator(stems, _Asked(Value(text)), arg_joiner=" @@ "))


def called(word: str, names: Names) -> Q:
    """Return the condition that word is part of names, or has the stem of one."""
    return like(names, "%{}%", word) | stems_of(word, Stems(names))


def begins(text: str, names: Names) -> Q:
    """Return the condition that every word of text begins a word of names."""
    condition = Q()
    for word in telling_words(text):
        beginning = Func(Value(word), function="search_beginning")
        condition &= Q(_Operator(names, beginning, arg_joiner=" LIKE "))
    return condition


def rank_by_slug(ranks: dict[str, float]) -> Case:
    """Return the Rank of rows by their slug, or else FOUND."""
    return Case(
        *(When(slug=slug, then=Value(rank)) for slug, rank in ranks.items()),
        default=Value(float(Rank.FOUND)),
        output_field=FloatField(),
    )


def similar(text: str, names: Names) -> Q:
    """Return the condition that text sounds like part of names; inside loosely()."""
    sound = Spoken(_Folded(Value(text)))
    return Q(_Operator(sound, Spoken(names), arg_joiner=" <%% "))


class Ranked(Func):
    """How well names that begins() has answer what was typed, as a Rank."""

    function = "search_rank"
    output_field = FloatField()


class Distance(Func):
    """How far all names, and a little the own one, are from what was typed: 0 to 1."""

    function = "search_distance"
    output_field = FloatField()


class Nearest(Func):
    """That of several names that what was typed, the first, is most like."""

    function = "search_nearest"
    output_field = TextField()


@contextmanager
def loosely():
    """Hold a transaction in which similar() holds from LEAST_SIMILARITY on."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)",
            [str(LEAST_SIMILARITY)],
        )
        yield
