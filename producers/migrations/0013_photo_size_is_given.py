from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("producers", "0012_photo_text_may_wait"),
    ]

    operations = [
        migrations.AlterField(
            model_name="producerphoto",
            name="image",
            field=models.ImageField(
                help_text="JPEG, PNG or WebP, at least 800 pixels wide and at most 20 MB.",
                upload_to="photos",
                verbose_name="photo",
            ),
        ),
        migrations.AlterField(
            model_name="productphoto",
            name="image",
            field=models.ImageField(
                help_text="JPEG, PNG or WebP, at least 800 pixels wide and at most 20 MB.",
                upload_to="photos",
                verbose_name="photo",
            ),
        ),
    ]
