"""The tables behind the public pages: each statement that writes one is noted."""

from django.db import migrations


def note_changes(table: str) -> migrations.RunSQL:
    """Return the operation that lets PublicChange count what is written to a table."""
    return migrations.RunSQL(
        f"CREATE TRIGGER public_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE "
        f"ON {table} FOR EACH STATEMENT EXECUTE FUNCTION note_public_change()",
        f"DROP TRIGGER public_change ON {table}",
    )
