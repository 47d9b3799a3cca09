"""Forms and rows of one submission whose faults are said at their place."""

from itertools import combinations

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.models import BaseInlineFormSet


class PlacedErrorsForm(forms.ModelForm):
    """Says the fault that a constraint found at a field, instead of above all.

    constraint_fields: the field by the name of the constraint.
    """

    constraint_fields = {}

    def add_error(self, field, error):
        found = getattr(error, "error_dict", {})
        for fault in found.pop(NON_FIELD_ERRORS, []):
            super().add_error(self._place(fault), fault)
        if found or not hasattr(error, "error_dict"):
            super().add_error(field, error)

    def _place(self, fault):
        constraints = self._meta.model._meta.constraints
        places = {
            one.get_violation_error_message(): self.constraint_fields.get(one.name)
            for one in constraints
        }
        place = places.get(str(fault.message))
        return place if place in self.fields else None


class RowsFormSet(BaseInlineFormSet):
    """Inline rows that are also held against each other.

    The database and the forms compare a row with what is stored; two rows of one
    submission can still exclude each other. Subclasses say how.
    """

    def faults(self, row: dict):
        """Yield (field, message) for what is wrong in a row of cleaned data."""
        return iter(())

    def clashes(self, row: dict, earlier: dict):
        """Yield (field, message) for what is wrong in a row because of an earlier."""
        return iter(())

    def kept(self) -> list[forms.ModelForm]:
        """Return the forms of the rows that will be there."""
        # A row added and left empty has no cleaned data.
        return [
            form
            for form in self.forms
            if form.cleaned_data and not self._should_delete_form(form)
        ]

    def clean(self):
        # Not super().clean(): it would say a duplicate above the rows, not at one.
        kept = self.kept()
        for form in kept:
            _say(form, self.faults(form.cleaned_data))
        for earlier, form in combinations(kept, 2):
            _say(form, self.clashes(form.cleaned_data, earlier.cleaned_data))


def _say(form, faults):
    for field, message in list(faults):
        form.add_error(field, message)


def same(row: dict, earlier: dict, name: str) -> bool:
    """Whether both rows of cleaned data have the same value, and have one."""
    return row.get(name) is not None and row.get(name) == earlier.get(name)


def message_of(model, constraint_name: str):
    """Return the sentence of a model's constraint."""
    constraints = {one.name: one for one in model._meta.constraints}
    return constraints[constraint_name].violation_error_message
