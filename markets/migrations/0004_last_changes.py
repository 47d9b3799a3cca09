import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("markets", "0003_known_bounds"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="changed_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now,
                editable=False,
                verbose_name="last public change",
            ),
        ),
        migrations.AddField(
            model_name="venue",
            name="changed_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now,
                editable=False,
                verbose_name="last public change",
            ),
        ),
        migrations.AddField(
            model_name="venue",
            name="sequence",
            field=models.PositiveIntegerField(
                default=0, editable=False, verbose_name="changes"
            ),
        ),
    ]
