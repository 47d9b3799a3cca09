import datetime as dt

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import Max, Q
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from producers.models import Producer

NONCE_LENGTH = 10
SALT = "markets.updatelink"


def make_nonce() -> str:
    """Return a random text of letters and digits."""
    return get_random_string(NONCE_LENGTH)


def _signer():
    # The database alone, as in a backup, gives no link away.
    return signing.Signer(salt=SALT, sep=".")


class UpdateLinkQuerySet(models.QuerySet):
    def current(self):
        """Return the links that were not revoked; a producer has one at most."""
        return self.filter(revoked_at__isnull=True)

    def with_last_use(self):
        """Add last_used_at: when the link was last answered from, None if never."""
        return self.annotate(last_used_at=Max("proposals__created_at"))

    def by_token(self, token: str):
        """Return the link of a token, with its producer; None for any other text."""
        try:
            nonce = _signer().unsign(token)
        except signing.BadSignature:
            return None
        return self.select_related("producer").filter(nonce=nonce).first()


class UpdateLink(models.Model):
    """The address where one producer says what is new, without an account.

    Whoever has it may propose, and nothing more: see Proposal.
    """

    producer = models.ForeignKey(
        Producer,
        on_delete=models.CASCADE,
        related_name="update_links",
        verbose_name=_("producer"),
    )
    nonce = models.CharField(
        max_length=NONCE_LENGTH, unique=True, default=make_nonce, editable=False
    )
    valid_through = models.DateField(_("works through"))
    created_at = models.DateTimeField(_("made at"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("made by"),
        null=True,
        blank=True,
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    objects = UpdateLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("personal link")
        verbose_name_plural = _("personal links")
        constraints = [
            models.UniqueConstraint(
                fields=["producer"],
                condition=Q(revoked_at__isnull=True),
                name="markets_updatelink_one_a_producer",
                violation_error_message=_("The producer has a link already."),
            ),
        ]

    def __str__(self):
        return str(self.producer)

    def get_absolute_url(self):
        return reverse("markets:update", args=[self.token])

    @property
    def token(self) -> str:
        """The last part of its address: the nonce and its signature."""
        return _signer().sign(self.nonce)

    def is_expired(self, today: dt.date) -> bool:
        """Whether its last day is over."""
        return today > self.valid_through

    def works(self, today: dt.date) -> bool:
        """Whether the producer may answer from it."""
        is_withdrawn = (
            self.revoked_at is not None
            or self.producer.status == Producer.Status.ARCHIVED
        )
        return not is_withdrawn and not self.is_expired(today)
