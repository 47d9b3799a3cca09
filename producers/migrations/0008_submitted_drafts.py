from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("producers", "0007_publish_permissions"),
    ]

    operations = [
        migrations.AddField(
            model_name="producer",
            name="submitted_at",
            field=models.DateTimeField(
                blank=True,
                editable=False,
                null=True,
                verbose_name="submitted for publication",
            ),
        ),
        migrations.AddField(
            model_name="historicalproducer",
            name="submitted_at",
            field=models.DateTimeField(
                blank=True,
                editable=False,
                null=True,
                verbose_name="submitted for publication",
            ),
        ),
        migrations.AddConstraint(
            model_name="producer",
            constraint=models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | Q(status="draft"),
                name="producers_producer_submitted_is_draft",
                violation_error_message="Only a draft waits to be published.",
            ),
        ),
    ]
