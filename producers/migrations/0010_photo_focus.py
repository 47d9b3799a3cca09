import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("producers", "0009_former_slugs"),
    ]

    operations = [
        migrations.AddField(
            model_name="producerphoto",
            name="focus_x",
            field=models.PositiveSmallIntegerField(
                default=50,
                help_text="Percent from the left: 50 is the middle.",
                validators=[django.core.validators.MaxValueValidator(100)],
                verbose_name="point across",
            ),
        ),
        migrations.AddField(
            model_name="producerphoto",
            name="focus_y",
            field=models.PositiveSmallIntegerField(
                default=50,
                help_text="Percent from above: 50 is the middle.",
                validators=[django.core.validators.MaxValueValidator(100)],
                verbose_name="point from above",
            ),
        ),
        migrations.AddField(
            model_name="productphoto",
            name="focus_x",
            field=models.PositiveSmallIntegerField(
                default=50,
                help_text="Percent from the left: 50 is the middle.",
                validators=[django.core.validators.MaxValueValidator(100)],
                verbose_name="point across",
            ),
        ),
        migrations.AddField(
            model_name="productphoto",
            name="focus_y",
            field=models.PositiveSmallIntegerField(
                default=50,
                help_text="Percent from above: 50 is the middle.",
                validators=[django.core.validators.MaxValueValidator(100)],
                verbose_name="point from above",
            ),
        ),
        migrations.AddConstraint(
            model_name="producerphoto",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("focus_x__range", (0, 100)), ("focus_y__range", (0, 100))
                ),
                name="producers_producerphoto_focus_inside",
                violation_error_message="The point lies outside of the photo.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productphoto",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("focus_x__range", (0, 100)), ("focus_y__range", (0, 100))
                ),
                name="producers_productphoto_focus_inside",
                violation_error_message="The point lies outside of the photo.",
            ),
        ),
    ]
