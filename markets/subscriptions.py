"""Asking for the alerts, confirming the address, and leaving."""

import datetime as dt

from django.contrib.auth.base_user import BaseUserManager
from django.db import transaction

from .alerts import queue_known_changes
from .models import Delivery, Subscriber

# Nobody is to be pestered by whoever types their address.
PAUSE = dt.timedelta(minutes=10)
MAILS_A_DAY = 3
DAY = dt.timedelta(days=1)


def normalised(email: str) -> str:
    """Return an address as it is stored: without spaces, its domain in lower case."""
    return BaseUserManager.normalize_email(email.strip())


@transaction.atomic
def ask(*, email: str, language: str, moment: dt.datetime):
    """Let a mail wait that asks whether an address is one's, unless one went just now.

    What is known of the address changes nothing that anybody could see.
    """
    new = Subscriber(
        email=normalised(email), language=language, created_at=moment, asked_at=moment
    )
    Subscriber.objects.bulk_create([new], ignore_conflicts=True)
    subscriber = Subscriber.objects.at(new.email).held().first()
    # None: who was there is leaving at this very moment.
    if subscriber is None or _was_asked(subscriber, moment):
        return
    subscriber.asked_at = moment
    if subscriber.confirmed_at is None:
        subscriber.language = language
    subscriber.save(update_fields=["asked_at", "language"])
    subscriber.deliveries.create(created_at=moment, due_at=moment)


def _was_asked(subscriber, moment):
    mails = subscriber.deliveries.confirmations()
    if mails.waiting().exists() or mails.filter(created_at__gt=moment - PAUSE).exists():
        return True
    return mails.filter(created_at__gt=moment - DAY).count() >= MAILS_A_DAY


@transaction.atomic
def confirm(*, subscriber: Subscriber, moment: dt.datetime) -> bool:
    """Note that an address is its owner's; return whether they get the alerts now."""
    held = Subscriber.objects.filter(pk=subscriber.pk).held().first()
    if held is None or held.is_lapsed(moment):
        return False
    if held.confirmed_at is None:
        held.confirmed_at = moment
        held.save(update_fields=["confirmed_at"])
        queue_known_changes(subscriber=held, moment=moment)
    return True


@transaction.atomic
def leave(*, subscribers) -> int:
    """Delete a queryset of Subscriber, and their mails; return how many they were."""
    # Held: what queues mails for them would come between.
    keys = list(subscribers.held().values_list("pk", flat=True))
    Subscriber.objects.filter(pk__in=keys).delete()
    return len(keys)


def tidy(*, moment: dt.datetime):
    """Delete who did not confirm in time, and mails that are kept no longer."""
    leave(subscribers=Subscriber.objects.lapsed(moment))
    Delivery.objects.outdated(moment).delete()
