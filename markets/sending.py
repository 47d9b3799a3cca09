"""Sends the mails that are due: each once, by however many workers.

A mail is claimed in a transaction of its own before anything is sent. Whoever dies
afterwards leaves it claimed, and nobody sends it again: a mail too few is better than
one that comes twice.
"""

import logging
import smtplib
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from email.errors import MessageError

from django.core import mail
from django.db import transaction
from django.utils import timezone

from . import alerts
from .mails import mail_of
from .models import Delivery
from .subscriptions import tidy

# The server has answered, and not taken the mail.
REFUSALS = (
    smtplib.SMTPDataError,
    smtplib.SMTPHeloError,
    smtplib.SMTPNotSupportedError,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPSenderRefused,
)
MAX_TRIES = 4
# Then three times as long, and again: most servers that refuse for a while mean less.
FIRST_WAIT = timedelta(minutes=10)
logger = logging.getLogger(__name__)


def send_due(is_stopped: Callable[[], bool] = bool) -> int:
    """Send what is due, and delete what is kept no longer; return how many went out.

    Ends early once is_stopped() says so. Raises OSError if the mail server cannot be
    reached: then nothing was claimed for it.
    """
    tidy(moment=timezone.now())
    count = 0
    while not is_stopped() and Delivery.objects.due(timezone.now()).exists():
        # One a mail: how many mails a server takes over one is its secret.
        connection = mail.get_connection()
        connection.open()
        try:
            delivery = claim()
            count += bool(delivery and _send(delivery, connection))
        finally:
            with suppress(OSError):
                connection.close()
        if delivery is None:
            break
    return count


@transaction.atomic
def claim() -> Delivery | None:
    """Take the next mail that is due and says something new; None if there is none.

    Mails that say nothing new are deleted. It is this caller's alone once the
    transaction ends. Who is written to at this moment by another is passed over.
    """
    while delivery := _next():
        now = timezone.now()
        if delivery.market_day and not alerts.is_news(delivery, now):
            delivery.delete()
            continue
        delivery.claimed_at = now
        if delivery.market_day:
            delivery.facts = alerts.facts_of(delivery.market_day)
        delivery.save(update_fields=["claimed_at", "facts"])
        return delivery
    return None


def _next():
    due = Delivery.objects.due(timezone.now())
    due = due.select_related("subscriber", "market_day__venue")
    # The subscriber too: two mails to one person are sent one after the other.
    return due.select_for_update(skip_locked=True, of=("self", "subscriber")).first()


def _send(delivery, connection):
    """Send a claimed mail; return whether it went out."""
    rows = Delivery.objects.filter(pk=delivery.pk)
    try:
        connection.send_messages([mail_of(delivery, timezone.now())])
    except (MessageError, ValueError) as error:
        # It could not even be written, such as its address: another try is in vain.
        logger.warning("Mail %s not written: %s", delivery.pk, type(error).__name__)
        rows.update(claimed_at=None, facts="", failed_at=timezone.now())
        return False
    except REFUSALS as error:
        # Not the error's text: it has the address in it.
        logger.warning("Mail %s refused: %s", delivery.pk, type(error).__name__)
        rows.update(**_released(delivery))
        return False
    except OSError as error:
        logger.warning("Mail %s in doubt: %s", delivery.pk, type(error).__name__)
        return False
    rows.update(sent_at=timezone.now())
    return True


def _released(delivery):
    """Return the fields of a mail that was refused: it waits, or is given up."""
    now, tries = timezone.now(), delivery.tries + 1
    fields = {"claimed_at": None, "facts": "", "tries": tries}
    if tries >= MAX_TRIES:
        return fields | {"failed_at": now}
    return fields | {"due_at": now + FIRST_WAIT * 3 ** (tries - 1)}
