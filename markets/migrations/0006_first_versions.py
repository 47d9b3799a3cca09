from django.db import migrations
from django.utils import timezone

MODELS = [
    "Attendance",
    "MarketDay",
    "Notice",
    "OpeningHours",
    "Participation",
    "ShelfItem",
    "SpecialHours",
    "Stall",
    "Venue",
    "VenueContact",
]


def begin(apps, schema_editor):
    """Give every row a first version, so that its first change can be compared."""
    now = timezone.now()
    for name in MODELS:
        versions = apps.get_model("markets", f"Historical{name}").objects
        versions.bulk_create(
            versions.model(
                history_date=now,
                history_type="+",
                **{one.attname: getattr(row, one.attname) for one in row._meta.fields},
            )
            for row in apps.get_model("markets", name).objects.all()
        )


class Migration(migrations.Migration):
    dependencies = [("markets", "0005_history")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
