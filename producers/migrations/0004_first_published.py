from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("producers", "0003_regions_and_categories"),
    ]

    operations = [
        migrations.AddField(
            model_name="producer",
            name="published_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="first published"
            ),
        ),
    ]
