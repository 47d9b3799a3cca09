"""Model fields that producers and markets share."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .forms import SeasonFormField
from .season import MONTH_COUNT, Level

SEASON_SHAPE_MESSAGE = _("A season has twelve levels, from 0 to 3.")
SEASON_EMPTY_MESSAGE = _("Mark at least one month in which there is some.")
LEVELS = [int(level) for level in Level]


class SeasonField(ArrayField):
    """Twelve levels from January to December; see producers.season.

    The column's constraints are season_constraints(); list them in Meta.
    """

    def __init__(self, **kwargs):
        kwargs["base_field"] = models.SmallIntegerField()
        kwargs["size"] = MONTH_COUNT
        super().__init__(**kwargs)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        del kwargs["base_field"], kwargs["size"]
        return name, "producers.fields.SeasonField", args, kwargs

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if len(value) != MONTH_COUNT or not set(value) <= set(LEVELS):
            raise ValidationError(SEASON_SHAPE_MESSAGE, code="shape")
        if not any(value):
            raise ValidationError(SEASON_EMPTY_MESSAGE, code="empty")

    def formfield(self, **kwargs):
        return models.Field.formfield(self, form_class=SeasonFormField, **kwargs)


def season_constraints(name: str, prefix: str) -> list[models.CheckConstraint]:
    """Return the constraints <prefix>_twelve_levels and <prefix>_not_empty on a field.

    NULL passes both: a season that may be missing is NULL, never an empty array.
    """
    shape = {f"{name}__len": MONTH_COUNT, f"{name}__contained_by": LEVELS}
    return [
        models.CheckConstraint(
            condition=Q(**shape),
            name=f"{prefix}_twelve_levels",
            violation_error_message=SEASON_SHAPE_MESSAGE,
        ),
        models.CheckConstraint(
            condition=Q(**{f"{name}__overlap": LEVELS[1:]}),
            name=f"{prefix}_not_empty",
            violation_error_message=SEASON_EMPTY_MESSAGE,
        ),
    ]
