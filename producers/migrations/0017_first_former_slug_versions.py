from django.db import migrations
from django.utils import timezone

MODELS = ["FormerProducerSlug", "FormerProductSlug"]


def begin(apps, schema_editor):
    """Give every former address a first version, so that it can come back."""
    now = timezone.now()
    for name in MODELS:
        versions = apps.get_model("producers", f"Historical{name}").objects
        versions.bulk_create(
            versions.model(
                history_date=now,
                history_type="+",
                id=row.pk,
                slug=row.slug,
                owner_id=row.owner_id,
            )
            for row in apps.get_model("producers", name).objects.all()
        )


class Migration(migrations.Migration):
    dependencies = [("producers", "0016_former_slug_history")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
