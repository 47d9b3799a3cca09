import datetime

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("markets", "0002_schedule_and_states"),
    ]

    operations = [
        migrations.AlterField(
            model_name="stall",
            name="number",
            field=models.PositiveSmallIntegerField(
                help_text="As people know it: 23.",
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="number",
            ),
        ),
        migrations.AlterField(
            model_name="stall",
            name="position",
            field=models.PositiveSmallIntegerField(
                help_text="Along the street, from 1 at the entrance: 5 is the fifth.",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(200),
                ],
                verbose_name="position",
            ),
        ),
        migrations.AlterField(
            model_name="stall",
            name="row",
            field=models.PositiveSmallIntegerField(
                help_text="Across the street, from 1: 2 is the second row.",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(20),
                ],
                verbose_name="row",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "ends_at__range",
                        (
                            datetime.datetime(2013, 1, 1, 0, 0, tzinfo=datetime.UTC),
                            datetime.datetime(2101, 1, 1, 5, 0, tzinfo=datetime.UTC),
                        ),
                    ),
                    (
                        "starts_at__range",
                        (
                            datetime.datetime(2013, 1, 1, 0, 0, tzinfo=datetime.UTC),
                            datetime.datetime(2101, 1, 1, 5, 0, tzinfo=datetime.UTC),
                        ),
                    ),
                ),
                name="markets_notice_known_years",
                violation_error_message="Choose years from 2013 to 2100.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stall",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)),
                name="markets_stall_number_from_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="stall",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("position__range", (1, 200)), ("row__range", (1, 20))
                ),
                name="markets_stall_on_the_plan",
            ),
        ),
    ]
