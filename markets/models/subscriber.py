import datetime as dt

from django.core import signing
from django.db import models
from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .delivery import Delivery
from .update_link import NONCE_LENGTH, make_nonce

# As long works the link with which an address is confirmed.
VALID = dt.timedelta(days=7)
SALT = "markets.subscriber"


def _signer():
    # The database alone, as in a backup, gives no link away.
    return signing.Signer(salt=SALT, sep=".")


class SubscriberQuerySet(models.QuerySet):
    def confirmed(self):
        """Return those whose address is theirs: they get the alerts."""
        return self.filter(confirmed_at__isnull=False)

    def lapsed(self, moment: dt.datetime):
        """Return those who did not confirm in time."""
        return self.filter(confirmed_at__isnull=True, asked_at__lte=moment - VALID)

    def at(self, email: str):
        """Return the subscriber of an address, however it is capitalised."""
        return self.alias(key=Lower("email")).filter(key=Lower(Value(email)))

    def by_token(self, token: str):
        """Return the subscriber of a token, or None for any other text."""
        try:
            nonce = _signer().unsign(token)
        except signing.BadSignature:
            return None
        return self.filter(nonce=nonce).first()

    def troubled(self, moment: dt.datetime):
        """Return those to whom a mail did not go out, or perhaps did not."""
        stuck = Delivery.objects.stuck(moment).filter(subscriber=OuterRef("pk"))
        return self.filter(Exists(stuck))

    def held(self):
        """Return the rows by key, kept from all who would change or delete them.

        Until the transaction ends: what refers to them can be written meanwhile.
        """
        return self.select_for_update(no_key=True, of=("self",)).order_by("pk")


class Subscriber(models.Model):
    """An e-mail address that is told when a market is cancelled or moved.

    It is all that is held of a person; leaving deletes it.
    """

    class Language(models.TextChoices):
        SPANISH = "es", _("Spanish")
        ENGLISH = "en", _("English")

    email = models.EmailField(_("e-mail"), max_length=254)
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.SPANISH
    )
    nonce = models.CharField(
        max_length=NONCE_LENGTH, unique=True, default=make_nonce, editable=False
    )
    created_at = models.DateTimeField(_("since"))
    asked_at = models.DateTimeField(_("asked for last at"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="markets_subscriber_email_once"
            ),
        ]

    def __str__(self):
        # Not the address: it would stay in the log of who deleted what.
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self):
        return reverse("markets:subscription", args=[self.token])

    def get_leave_url(self):
        """Return the address at which the subscription ends."""
        return reverse("markets:unsubscribe", args=[self.token])

    @property
    def token(self) -> str:
        """What its links carry: the nonce and its signature."""
        return _signer().sign(self.nonce)

    def is_lapsed(self, moment: dt.datetime) -> bool:
        """Whether it is too late to confirm."""
        return self.confirmed_at is None and self.asked_at <= moment - VALID
