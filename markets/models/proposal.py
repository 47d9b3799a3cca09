import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from markets.private_storage import PrivateStorage
from producers.fields import LEVELS
from producers.models import Offering, Producer

from .attendance import Attendance
from .market_day import MarketDay
from .update_link import UpdateLink

REASON_LENGTH = Attendance._meta.get_field("reason").max_length
MESSAGE_LENGTH = 1000


def photo_name(proposal, name):
    """Return a name that says nothing, whatever the sender's file is called."""
    return f"proposals/{get_random_string(24)}.jpg"


class ProposalQuerySet(models.QuerySet):
    def waiting(self):
        """Return the proposals that staff have not decided on, the oldest first."""
        return self.filter(status=Proposal.Status.PENDING).order_by("created_at", "pk")

    def decided(self):
        """Return the proposals that staff accepted or refused, the latest first."""
        done = [Proposal.Status.ACCEPTED, Proposal.Status.REFUSED]
        return self.filter(status__in=done).order_by("-decided_at", "-pk")

    def sent_on(self, date: dt.date):
        """Return the proposals sent on a date in Lima."""
        start = timezone.make_aware(dt.datetime.combine(date, dt.time.min))
        return self.filter(created_at__range=(start, start + dt.timedelta(days=1)))

    def for_cards(self):
        """Return proposals with their producer, day and levels, in two queries."""
        rows = self.select_related("producer", "market_day__venue")
        levels = ProposalLevel.objects.select_related("offering").order_by("pk")
        return rows.prefetch_related(Prefetch("levels", levels))


class Proposal(models.Model):
    """What a producer sent from their link; staff decide what of it becomes true.

    Nobody else reads it. A further one takes the place of the one that waits, which
    stays, said to be replaced.
    """

    class Status(models.TextChoices):
        PENDING = "pending", _("Waiting")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")
        REPLACED = "replaced", _("Replaced by a later one")

    producer = models.ForeignKey(
        Producer,
        on_delete=models.CASCADE,
        related_name="proposals",
        verbose_name=_("producer"),
    )
    link = models.ForeignKey(
        UpdateLink,
        on_delete=models.RESTRICT,
        related_name="proposals",
        verbose_name=_("personal link"),
    )
    market_day = models.ForeignKey(
        MarketDay,
        on_delete=models.PROTECT,
        related_name="proposals",
        verbose_name=_("market day"),
        null=True,
        blank=True,
    )
    comes = models.BooleanField(_("comes"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=REASON_LENGTH, blank=True)
    message = models.TextField(_("message"), max_length=MESSAGE_LENGTH, blank=True)
    photo = models.FileField(
        _("photo"), upload_to=photo_name, storage=PrivateStorage(), blank=True
    )
    created_at = models.DateTimeField(_("sent at"))
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.PENDING
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("decided by"),
        null=True,
        blank=True,
    )
    note = models.CharField(_("note"), max_length=280, blank=True)
    took_attendance = models.BooleanField(_("attendance accepted"), default=False)
    took_photo = models.BooleanField(_("photo accepted"), default=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.UniqueConstraint(
                fields=["producer"],
                condition=Q(status="pending"),
                name="markets_proposal_one_waiting_a_producer",
            ),
            models.CheckConstraint(
                condition=Q(market_day__isnull=True, comes__isnull=True)
                | Q(market_day__isnull=False, comes__isnull=False),
                name="markets_proposal_comes_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(reason="") | Q(comes=False, comes__isnull=False),
                name="markets_proposal_reason_of_absence",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["pending", "replaced"], decided_at__isnull=True)
                | Q(status__in=["accepted", "refused"], decided_at__isnull=False),
                name="markets_proposal_decided_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(photo="") | Q(status="pending"),
                name="markets_proposal_photo_only_while_waiting",
            ),
        ]

    def __str__(self):
        sent = timezone.localtime(self.created_at)
        return f"{self.producer}, {sent:%d/%m/%Y}"

    @property
    def month(self) -> int:
        """The month that its levels are about: that in which it was sent, in Lima."""
        return timezone.localtime(self.created_at).month


class ProposalLevel(models.Model):
    """How much of an offering there is, as a producer sent it."""

    proposal = models.ForeignKey(
        Proposal,
        on_delete=models.CASCADE,
        related_name="levels",
        verbose_name=_("proposal"),
    )
    offering = models.ForeignKey(
        Offering,
        on_delete=models.SET_NULL,
        related_name="proposed_levels",
        verbose_name=_("offering"),
        null=True,
        blank=True,
    )
    # Says what it was once the offering is gone.
    product_name = models.CharField(_("product"), max_length=60)
    level = models.PositiveSmallIntegerField(_("level"))
    is_taken = models.BooleanField(_("accepted"), default=False)

    class Meta:
        verbose_name = _("proposed level")
        verbose_name_plural = _("proposed levels")
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "offering"],
                name="markets_proposallevel_once_per_offering",
            ),
            models.CheckConstraint(
                condition=Q(level__in=LEVELS),
                name="markets_proposallevel_range",
            ),
        ]

    def __str__(self):
        return self.product_name
