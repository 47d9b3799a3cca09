from django import forms
from django.utils.translation import gettext_lazy as _

WRITE_WHOLE = _("Write the whole address, like rosa@example.com.")


class SubscribeForm(forms.Form):
    """The address that asks to be told."""

    email = forms.EmailField(
        label=_("Your e-mail"),
        max_length=254,
        widget=forms.EmailInput(
            attrs={
                "autocomplete": "email",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
        error_messages={
            "required": _("Write your e-mail here."),
            "invalid": WRITE_WHOLE,
            "max_length": WRITE_WHOLE,
            "null_characters_not_allowed": WRITE_WHOLE,
        },
    )
