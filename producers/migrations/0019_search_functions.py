from django.db import migrations

# Sounds that are one in Peru's Spanish, and ways to write Quechua, in this order:
# «ch» is put aside, g and c are soft before e and i, «guaca» is «huaca».
SAME_SOUND = [
    ("ch", "#"),
    ("ge", "je"),
    ("gi", "ji"),
    ("gue", "ge"),
    ("gui", "gi"),
    ("gua", "ua"),
    ("que", "ke"),
    ("qui", "ki"),
    ("ce", "se"),
    ("ci", "si"),
    ("ll", "y"),
    ("rr", "r"),
    ("ss", "s"),
    ("nn", "n"),
    ("nv", "mb"),
    ("nb", "mb"),
    ("np", "mp"),
]
# Letter by letter; h, the last, has nothing to become: it is mute.
LETTERS = ("vzxycqw#h", "bssikkux")


def spoken() -> str:
    """Return the expression of a text by its sounds."""
    expression = "folded"
    for written, sound in SAME_SOUND:
        expression = f"replace({expression}, '{written}', '{sound}')"
    before, after = LETTERS
    return f"translate({expression}, '{before}', '{after}')"


# unaccent() alone is not immutable, for its dictionary might be changed: ours is not.
# The functions name its schema, as a restored dump has an empty search_path.
# None is in plain SQL, which the planner would write out at each of many places.
CREATE = """
DO $do$
DECLARE
    home text := (
        SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'unaccent'
    );
BEGIN
    EXECUTE format($sql$
        CREATE FUNCTION search_fold(words text) RETURNS text
        LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $body$
        BEGIN
            RETURN lower(%1$s.unaccent('%1$s.unaccent', words));
        END
        $body$;

        CREATE FUNCTION search_names(VARIADIC names text[]) RETURNS text
        LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $body$
        BEGIN
            RETURN '| ' || lower(%1$s.unaccent('%1$s.unaccent',
                array_to_string(array_remove(names, ''), ' | '))) || ' |';
        END
        $body$;

        -- Zanahoria is more like «sanaoria» than arracacha is, called zanahoria blanca
        -- too: the own name counts for a fifth.
        CREATE FUNCTION search_distance(names text, own text, typed text)
        RETURNS double precision
        LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $body$
        DECLARE
            sound text := search_spoken(search_fold(typed));
        BEGIN
            RETURN 1 - 0.8 * %1$s.word_similarity(sound, search_spoken(names))
                - 0.2 * %1$s.word_similarity(sound, search_spoken(own));
        END
        $body$;

        CREATE FUNCTION search_nearest(typed text, VARIADIC names text[]) RETURNS text
        LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $body$
        BEGIN
            RETURN (
                SELECT name FROM unnest(names) WITH ORDINALITY AS one (name, place)
                ORDER BY %1$s.word_similarity(
                    search_spoken(search_fold(typed)), search_spoken(search_fold(name))
                ) DESC, place
                LIMIT 1
            );
        END
        $body$;
    $sql$, home);
END
$do$;

CREATE FUNCTION search_joined(names text[]) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $body$
BEGIN
    RETURN array_to_string(names, ' | ');
END
$body$;

CREATE FUNCTION search_spoken(folded text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $body$
BEGIN
    RETURN SPOKEN;
END
$body$;

CREATE FUNCTION search_beginning(word text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $body$
BEGIN
    RETURN '% ' || regexp_replace(search_fold(word), '([\\\\%_])', '\\\\\\1', 'g') || '%';
END
$body$;

-- producers.search.Rank names the numbers.
CREATE FUNCTION search_rank(names text, typed text) RETURNS double precision
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $body$
DECLARE
    beginning text := '| ' || search_fold(typed);
BEGIN
    RETURN CASE
        WHEN starts_with(names, beginning || ' |') THEN 0
        WHEN starts_with(names, beginning || ' ') THEN 1
        WHEN starts_with(names, beginning) THEN 2
        WHEN position(beginning || ' |' IN names) > 0 THEN 4
        ELSE 5
    END;
END
$body$;
"""
DROP = """
DROP FUNCTION search_nearest(text, text[]);
DROP FUNCTION search_distance(text, text, text);
DROP FUNCTION search_rank(text, text);
DROP FUNCTION search_beginning(text);
DROP FUNCTION search_spoken(text);
DROP FUNCTION search_joined(text[]);
DROP FUNCTION search_names(text[]);
DROP FUNCTION search_fold(text);
"""


class Migration(migrations.Migration):
    """What the indexes of the search are made of."""

    dependencies = [("producers", "0018_reference_source_in_english")]

    operations = [migrations.RunSQL(CREATE.replace("SPOKEN", spoken()), DROP)]
