import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.lookups
import django.utils.timezone
from django.db import migrations, models


def name_the_main_market(apps, schema_editor):
    """Until now the site knew one market only: the first."""
    Venue = apps.get_model("markets", "Venue")
    first = Venue.objects.filter(kind="market").order_by("pk").first()
    if first:
        Venue.objects.filter(pk=first.pk).update(is_main=True)


def give_reasons(apps, schema_editor):
    """A moved or cancelled day must say why from now on."""
    MarketDay = apps.get_model("markets", "MarketDay")
    days = MarketDay.objects.filter(status__in=["moved", "cancelled"], notice="")
    days.update(notice="Pregunta en la feria por el motivo.")


class Migration(migrations.Migration):
    dependencies = [
        ("markets", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="attendance",
            name="follows_rhythm",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text="Until staff change it.",
                verbose_name="made from the rhythm",
            ),
        ),
        migrations.AddField(
            model_name="marketday",
            name="changed_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now,
                editable=False,
                verbose_name="last public change",
            ),
        ),
        migrations.AddField(
            model_name="marketday",
            name="follows_hours",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text="Until staff change it.",
                verbose_name="made from the weekly hours",
            ),
        ),
        migrations.AddField(
            model_name="venue",
            name="is_main",
            field=models.BooleanField(
                default=False,
                help_text="The one that «this Sunday» means; one venue at most.",
                verbose_name="main market",
            ),
        ),
        migrations.AlterField(
            model_name="marketday",
            name="checked_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="last checked"
            ),
        ),
        migrations.AlterField(
            model_name="marketday",
            name="notice",
            field=models.CharField(
                blank=True,
                help_text="What people should know; why, if it is moved or cancelled: “Hay desfile.”",
                max_length=280,
                verbose_name="notice",
            ),
        ),
        migrations.RunPython(name_the_main_market, migrations.RunPython.noop),
        migrations.RunPython(give_reasons, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="marketday",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["moved", "cancelled"]), _negated=True),
                    models.Q(("notice", ""), _negated=True),
                    _connector="OR",
                ),
                name="markets_marketday_change_has_reason",
                violation_error_message="Say why: people will read it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="specialhours",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("venue", "="),
                    (
                        models.Func(
                            models.F("first_date"),
                            models.F("last_date"),
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                    (
                        django.db.models.functions.comparison.Cast(
                            "is_closed", models.IntegerField()
                        ),
                        "<>",
                    ),
                ],
                name="markets_specialhours_closed_or_open",
                violation_error_message="Another row says whether the venue opens on one of these days.",
            ),
        ),
        migrations.AddConstraint(
            model_name="specialhours",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("is_closed", False)),
                expressions=[
                    ("venue", "="),
                    (
                        models.Func(
                            models.F("first_date"),
                            models.F("last_date"),
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            django.db.models.functions.comparison.Cast(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.functions.datetime.ExtractHour(
                                            django.db.models.functions.comparison.Cast(
                                                "opens", models.TimeField()
                                            )
                                        ),
                                        "*",
                                        models.Value(60),
                                    ),
                                    "+",
                                    django.db.models.functions.datetime.ExtractMinute(
                                        django.db.models.functions.comparison.Cast(
                                            "opens", models.TimeField()
                                        )
                                    ),
                                ),
                                models.IntegerField(),
                            ),
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.functions.comparison.Cast(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.functions.datetime.ExtractHour(
                                                django.db.models.functions.comparison.Cast(
                                                    "closes", models.TimeField()
                                                )
                                            ),
                                            "*",
                                            models.Value(60),
                                        ),
                                        "+",
                                        django.db.models.functions.datetime.ExtractMinute(
                                            django.db.models.functions.comparison.Cast(
                                                "closes", models.TimeField()
                                            )
                                        ),
                                    ),
                                    models.IntegerField(),
                                ),
                                "+",
                                models.Case(
                                    models.When(
                                        django.db.models.lookups.LessThanOrEqual(
                                            django.db.models.functions.comparison.Cast(
                                                django.db.models.expressions.CombinedExpression(
                                                    django.db.models.expressions.CombinedExpression(
                                                        django.db.models.functions.datetime.ExtractHour(
                                                            django.db.models.functions.comparison.Cast(
                                                                "closes",
                                                                models.TimeField(),
                                                            )
                                                        ),
                                                        "*",
                                                        models.Value(60),
                                                    ),
                                                    "+",
                                                    django.db.models.functions.datetime.ExtractMinute(
                                                        django.db.models.functions.comparison.Cast(
                                                            "closes", models.TimeField()
                                                        )
                                                    ),
                                                ),
                                                models.IntegerField(),
                                            ),
                                            django.db.models.functions.comparison.Cast(
                                                django.db.models.expressions.CombinedExpression(
                                                    django.db.models.expressions.CombinedExpression(
                                                        django.db.models.functions.datetime.ExtractHour(
                                                            django.db.models.functions.comparison.Cast(
                                                                "opens",
                                                                models.TimeField(),
                                                            )
                                                        ),
                                                        "*",
                                                        models.Value(60),
                                                    ),
                                                    "+",
                                                    django.db.models.functions.datetime.ExtractMinute(
                                                        django.db.models.functions.comparison.Cast(
                                                            "opens", models.TimeField()
                                                        )
                                                    ),
                                                ),
                                                models.IntegerField(),
                                            ),
                                        ),
                                        then=1440,
                                    ),
                                    default=0,
                                ),
                            ),
                            function="int4range",
                            output_field=django.contrib.postgres.fields.ranges.IntegerRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="markets_specialhours_no_overlap",
                violation_error_message="Other hours of these days cover this time.",
            ),
        ),
        migrations.AddConstraint(
            model_name="venue",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_main", True)),
                fields=("is_main",),
                name="markets_venue_one_main",
                violation_error_message="Another venue is the main market.",
            ),
        ),
        migrations.AddConstraint(
            model_name="venue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_main", False), ("kind", "market"), _connector="OR"
                ),
                name="markets_venue_main_is_market",
                violation_error_message="A shop is not the main market.",
            ),
        ),
    ]
