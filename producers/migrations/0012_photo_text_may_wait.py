from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("producers", "0011_photo_may_show_people"),
    ]

    operations = [
        migrations.AlterField(
            model_name="producerphoto",
            name="alt_text",
            field=models.CharField(
                blank=True,
                help_text="For those who cannot see it: Rosa y Julián en su andén.",
                max_length=200,
                verbose_name="what can be seen",
            ),
        ),
        migrations.AlterField(
            model_name="productphoto",
            name="alt_text",
            field=models.CharField(
                blank=True,
                help_text="For those who cannot see it: Rosa y Julián en su andén.",
                max_length=200,
                verbose_name="what can be seen",
            ),
        ),
    ]
