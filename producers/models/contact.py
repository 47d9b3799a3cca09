import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import models
from django.utils.translation import gettext_lazy as _

from producers.history import versions

from .consent import Consent


class ContactKind(models.TextChoices):
    """How somebody can be reached."""

    WHATSAPP = "whatsapp", _("WhatsApp")
    PHONE = "phone", _("Telephone")
    EMAIL = "email", _("E-mail")
    WEBSITE = "website", _("Website")
    FACEBOOK = "facebook", _("Facebook")
    INSTAGRAM = "instagram", _("Instagram")
    TIKTOK = "tiktok", _("TikTok")


PHONE_KINDS = {ContactKind.WHATSAPP, ContactKind.PHONE}
# Where a country code is missing, the number is Peruvian.
COUNTRY = "PE"


class ContactQuerySet(models.QuerySet):
    def listed(self):
        """Return the channels that the public may see, in their order."""
        return self.filter(is_public=True).order_by("position", "pk")


class Contact(models.Model):
    """A channel to reach somebody, with its own switch for the public."""

    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=ContactKind,
        help_text=_("It decides what the button on the page opens."),
    )
    value = models.CharField(
        _("number or address"),
        max_length=200,
        help_text=_("A number such as 987 654 321, or a whole address: https://…"),
    )
    is_public = models.BooleanField(
        _("may be public"),
        default=False,
        help_text=_("Only with the permission of the person it belongs to."),
    )
    position = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Lower numbers come first: 1, 2, 3.")
    )

    objects = ContactQuerySet.as_manager()

    class Meta:
        abstract = True
        verbose_name = _("contact channel")
        verbose_name_plural = _("contact channels")

    def __str__(self):
        return f"{self.get_kind_display()}: {self.value}"

    def clean(self):
        try:
            self._link()
        except phonenumbers.NumberParseException as error:
            message = _("Write a telephone number such as 987 654 321.")
            raise ValidationError({"value": message}) from error
        except ValidationError as error:
            raise ValidationError({"value": error.messages}) from error

    @property
    def href(self):
        """The link that opens the channel, empty for a value that clean() refuses."""
        try:
            return self._link()
        except (phonenumbers.NumberParseException, ValidationError):
            return ""

    def _link(self):
        if self.kind in PHONE_KINDS:
            number = _international(self.value)
            if self.kind == ContactKind.WHATSAPP:
                return f"https://wa.me/{number.lstrip('+')}"
            return f"tel:{number}"
        if self.kind == ContactKind.EMAIL:
            validate_email(self.value)
            return f"mailto:{self.value}"
        URLValidator(schemes=["https", "http"])(self.value)
        return self.value


class ProducerContactQuerySet(ContactQuerySet):
    def listed(self):
        """Return the channels that the public may see, in their order.

        None without a consent to it that is not withdrawn; an example is nobody.
        """
        agreed = Consent.objects.agreed(Consent.Scope.CONTACT, producer="producer__")
        return super().listed().filter(agreed)


class ProducerContact(Contact):
    """A channel to reach a producer."""

    producer = models.ForeignKey(
        "producers.Producer",
        on_delete=models.CASCADE,
        related_name="contacts",
        verbose_name=_("producer"),
    )

    objects = ProducerContactQuerySet.as_manager()
    history = versions()


def _international(text):
    number = phonenumbers.parse(text, COUNTRY)
    if not phonenumbers.is_possible_number(number):
        raise phonenumbers.NumberParseException(
            phonenumbers.NumberParseException.NOT_A_NUMBER, text
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
