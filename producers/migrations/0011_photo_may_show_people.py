from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("producers", "0010_photo_focus"),
    ]

    operations = [
        migrations.AddField(
            model_name="producerphoto",
            name="shows_people",
            field=models.BooleanField(
                default=True,
                help_text="Then it is public only with their consent to photos of people.",
                verbose_name="people can be recognised",
            ),
        ),
    ]
