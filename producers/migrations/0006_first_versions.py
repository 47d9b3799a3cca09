from django.db import migrations
from django.utils import timezone

MODELS = [
    "Category",
    "Certification",
    "Consent",
    "Offering",
    "Producer",
    "ProducerContact",
    "ProducerPhoto",
    "Product",
    "ProductPhoto",
    "Region",
    "Variety",
]
LINKS = [
    ("Offering", "varieties"),
    ("Product", "goes_with"),
    ("Product", "main_regions"),
]


def values(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.fields}


def begin(apps, schema_editor):
    """Give every row a first version, so that its first change can be compared."""
    now = timezone.now()
    for name in MODELS:
        versions = apps.get_model("producers", f"Historical{name}").objects
        versions.bulk_create(
            versions.model(history_date=now, history_type="+", **values(row))
            for row in apps.get_model("producers", name).objects.all()
        )
    for name, field in LINKS:
        model = apps.get_model("producers", name)
        links = apps.get_model("producers", f"Historical{name}_{field}").objects
        versions = apps.get_model("producers", f"Historical{name}").objects
        keys = dict(versions.values_list("id", "pk"))
        column = f"{model._meta.get_field(field).m2m_field_name()}_id"
        links.bulk_create(
            links.model(history_id=keys[getattr(row, column)], **values(row))
            for row in getattr(model, field).through.objects.all()
        )


class Migration(migrations.Migration):
    dependencies = [("producers", "0005_history")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
