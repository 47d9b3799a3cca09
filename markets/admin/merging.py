"""A form that keeps what somebody else saved since its page was shown."""

import json
from contextlib import suppress

from django import forms
from django.core.exceptions import ValidationError

from producers.admin.rows import PlacedErrorsForm

# What a browser may have made of the hidden text.
UNREADABLE = (ValueError, TypeError, AttributeError, RecursionError, ValidationError)


class MergingForm(PlacedErrorsForm):
    """Takes from a page only what was changed on it.

    Two people tick one list on two phones: what one of them left as it was shown
    stays as the other has saved it meanwhile.
    """

    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._kept = [name for name in self.fields if name in self.initial]
        if self.instance.pk is None:
            del self.fields["shown"]
        elif self.is_bound:
            self._compare_with(self.data.get(self.add_prefix("shown"), ""))
        else:
            self.initial["shown"] = self._written()

    def _written(self):
        values = {name: self.initial[name] for name in self._kept}
        return json.dumps(values, default=str)

    def _compare_with(self, written):
        """Let the values that the page showed, not the stored ones, be the initial."""
        self.initial["shown"] = written
        with suppress(*UNREADABLE):
            shown = json.loads(written)
            for name in shown.keys() & set(self._kept):
                self.initial[name] = self.fields[name].to_python(shown[name])

    def clean(self):
        super().clean()
        if self.instance.pk is None:
            return
        for name in self._kept:
            if name in self.cleaned_data and name not in self.changed_data:
                self.cleaned_data[name] = getattr(self.instance, name)
