from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("producers", "0006_first_versions"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="producer",
            options={
                "permissions": [("publish_producer", "Can publish producers")],
                "verbose_name": "producer",
                "verbose_name_plural": "producers",
            },
        ),
        migrations.AlterModelOptions(
            name="product",
            options={
                "permissions": [("publish_product", "Can publish products")],
                "verbose_name": "product",
                "verbose_name_plural": "products",
            },
        ),
    ]
