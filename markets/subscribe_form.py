import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

WRITE_WHOLE = _("Write the whole address, like rosa@example.com.")
# Not all that Django takes, nor the standard: between quotes there may be what a mail's
# head would end at.
PLAIN = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[^\s@\[\]]+")


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

    def clean_email(self):
        """Return the address; one that no mail server could be told is refused."""
        email = self.cleaned_data["email"]
        try:
            email.rpartition("@")[2].encode("idna")
        except UnicodeError as error:
            raise ValidationError(WRITE_WHOLE) from error
        if not PLAIN.fullmatch(email):
            raise ValidationError(WRITE_WHOLE)
        return email
