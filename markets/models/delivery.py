import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .market_day import MarketDay

# A mail takes seconds. What was begun that long ago and not ended may have gone out.
IN_DOUBT = dt.timedelta(minutes=10)
# Mail that should have gone out that long ago tells that nothing sends it.
OVERDUE = dt.timedelta(hours=1)
# After the market day, or after it was sent if it is about none.
KEPT = dt.timedelta(days=7)


class DeliveryQuerySet(models.QuerySet):
    def waiting(self):
        """Return the mails that nobody has begun to send, and that may still go out."""
        return self.filter(claimed_at__isnull=True, failed_at__isnull=True)

    def due(self, moment: dt.datetime):
        """Return the mails to send at moment, the longest due first."""
        return self.waiting().filter(due_at__lte=moment).order_by("due_at", "pk")

    def told(self):
        """Return the mails that went out, or perhaps did, the latest first."""
        return self.filter(claimed_at__isnull=False).order_by("-claimed_at", "-pk")

    def stuck(self, moment: dt.datetime):
        """Return the mails that failed, may have failed, or that nothing sends."""
        in_doubt = Q(sent_at__isnull=True, claimed_at__lte=moment - IN_DOUBT)
        overdue = Q(claimed_at__isnull=True, due_at__lte=moment - OVERDUE)
        return self.filter(Q(failed_at__isnull=False) | in_doubt | overdue)

    def outdated(self, moment: dt.datetime):
        """Return the mails that are kept no longer."""
        of_day = Q(market_day__date__lt=(moment - KEPT).date())
        return self.filter(of_day | Q(market_day=None, created_at__lt=moment - KEPT))

    def confirmations(self):
        """Return the mails about no market day, which ask for a confirmation."""
        return self.filter(market_day__isnull=True)


class Delivery(models.Model):
    """One mail to one subscriber: to confirm the address, or about a market day.

    It waits, is claimed by whoever sends it, and is sent: each is stored before the
    next begins. One that is claimed and not sent is never sent again.
    """

    subscriber = models.ForeignKey(
        "markets.Subscriber",
        on_delete=models.CASCADE,
        related_name="deliveries",
        verbose_name=_("subscriber"),
    )
    market_day = models.ForeignKey(
        MarketDay,
        on_delete=models.CASCADE,
        related_name="deliveries",
        verbose_name=_("market day"),
        null=True,
        blank=True,
    )
    sequence = models.PositiveIntegerField(_("changes of the day"), default=0)
    # What was told: see alerts.facts_of().
    facts = models.CharField(_("what was told"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("made at"))
    due_at = models.DateTimeField(_("due at"))
    tries = models.PositiveSmallIntegerField(_("times refused"), default=0)
    claimed_at = models.DateTimeField(_("begun at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("went out at"), null=True, blank=True)
    failed_at = models.DateTimeField(_("given up at"), null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "market_day", "sequence"],
                name="markets_delivery_change_once",
            ),
            models.UniqueConstraint(
                fields=["subscriber", "market_day"],
                condition=Q(claimed_at=None, failed_at=None),
                nulls_distinct=False,
                name="markets_delivery_one_waits",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(claimed_at__isnull=False),
                name="markets_delivery_sent_was_claimed",
            ),
            models.CheckConstraint(
                condition=Q(failed_at=None) | Q(claimed_at=None),
                name="markets_delivery_failed_is_not_claimed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(claimed_at=None, failed_at=None),
                name="markets_delivery_due",
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
