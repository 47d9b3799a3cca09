"""Form fields and widgets of the catalogue."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from .months import MONTHS
from .season import MONTH_COUNT, Level

LEVEL_CHOICES = [
    (int(Level.NONE), _("0 None")),
    (int(Level.LITTLE), _("1 A little")),
    (int(Level.YES), _("2 Available")),
    (int(Level.PEAK), _("3 At its best")),
]
EMPTY_SEASON = [int(Level.NONE)] * MONTH_COUNT


class SeasonWidget(forms.MultiWidget):
    """Twelve selects, which static/js/season.js turns into columns to click."""

    template_name = "producers/season_widget.html"
    use_fieldset = True

    class Media:
        css = {"all": ["css/season.css"]}
        js = ["js/season.js"]

    def __init__(self, attrs=None):
        super().__init__([forms.Select(choices=LEVEL_CHOICES)] * MONTH_COUNT, attrs)

    def decompress(self, value):
        return value or EMPTY_SEASON

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        subwidgets = context["widget"]["subwidgets"]
        for month, subwidget in enumerate(subwidgets, start=1):
            subwidget["month"] = capfirst(MONTHS[month])
            subwidget["letter"] = subwidget["month"][:1]
        return context


class SeasonFormField(forms.MultiValueField):
    """Cleans to a list of twelve levels; all zero is refused unless not required."""

    widget = SeasonWidget
    default_error_messages = {
        "required": _("Mark at least one month in which there is some."),
    }

    def __init__(self, **kwargs):
        level = forms.TypedChoiceField(choices=LEVEL_CHOICES, coerce=int)
        super().__init__([level] * MONTH_COUNT, **kwargs)

    def has_changed(self, initial, data):
        # The twelve zeros of a row that was added and left alone are no change.
        return super().has_changed(initial or EMPTY_SEASON, data)

    def compress(self, data_list):
        if any(data_list):
            return data_list
        if self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return None


class ChoicesArrayFormField(forms.TypedMultipleChoiceField):
    """An array of choices as one checkbox a choice; cleans to a list in their order."""

    widget = forms.CheckboxSelectMultiple

    @classmethod
    def for_field(cls, db_field):
        """Return the form field of an ArrayField whose elements have choices."""
        return cls(
            choices=db_field.base_field.choices,
            required=not db_field.blank,
            label=capfirst(db_field.verbose_name),
            help_text=db_field.help_text,
        )

    def clean(self, value):
        chosen = super().clean(value)
        return [choice for choice, _label in self.choices if choice in chosen]
