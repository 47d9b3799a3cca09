from django.db import migrations, models

from producers.public_tables import note_changes

# Once a transaction: a row that is written a thousand times in one takes longer each
# time. The setting goes with the transaction, or the savepoint, like the row. Restoring
# rows alone has an empty search_path.
FUNCTION = """
CREATE FUNCTION note_public_change() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
BEGIN
    IF current_setting('agroferias.noted', true) = txid_current()::text THEN
        RETURN NULL;
    END IF;
    PERFORM set_config('agroferias.noted', txid_current()::text, true);
    UPDATE producers_publicchange SET count = count + 1 WHERE id = (
        SELECT id FROM producers_publicchange ORDER BY id
        LIMIT 1 FOR UPDATE SKIP LOCKED
    );
    IF NOT FOUND THEN
        INSERT INTO producers_publicchange (count)
        VALUES (floor(random() * 2 ^ 40)::bigint);
    END IF;
    RETURN NULL;
END
$$
"""
TABLES = [
    *("category", "certification", "consent", "offering", "offering_varieties"),
    *("formerproducerslug", "formerproductslug", "producer", "producercontact"),
    *("producerphoto", "product", "product_goes_with", "product_main_regions"),
    *("productphoto", "region", "variety"),
]


class Migration(migrations.Migration):
    dependencies = [("producers", "0020_search_indexes")]

    operations = [
        migrations.CreateModel(
            name="PublicChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("count", models.BigIntegerField(default=0, editable=False)),
            ],
        ),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION note_public_change()"),
        *(note_changes(f"producers_{name}") for name in TABLES),
    ]
