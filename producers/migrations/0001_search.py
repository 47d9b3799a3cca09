from django.contrib.postgres.operations import (
    BtreeGistExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations


class Migration(migrations.Migration):
    """What search and the exclusion constraints stand on.

    The three extensions are trusted: the owner of the database may create them.
    """

    initial = True

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        BtreeGistExtension(),
        migrations.RunSQL(
            """
            CREATE TEXT SEARCH CONFIGURATION es_unaccent (COPY = spanish);
            ALTER TEXT SEARCH CONFIGURATION es_unaccent
                ALTER MAPPING FOR hword, hword_part, word
                WITH unaccent, spanish_stem;
            """,
            "DROP TEXT SEARCH CONFIGURATION es_unaccent",
        ),
    ]
