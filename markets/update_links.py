"""Making and revoking producers' personal links, and the message that brings one."""

import datetime as dt
from urllib.parse import quote

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from producers.alphabet import by_name
from producers.models import ContactKind, Producer

from .models import UpdateLink
from .words import long_date

VALID_DAYS = 60


@transaction.atomic
def renew_link(*, producer: Producer, user, moment: dt.datetime) -> UpdateLink:
    """Give a producer a new link, good for VALID_DAYS; the one before stops working.

    What was sent from that one stays, and waits if it waited.
    """
    # Two who press at once take turns: the second one's link is the one that works.
    # no_key: an answer that holds the former link still refers to the producer.
    Producer.objects.select_for_update(no_key=True).get(pk=producer.pk)
    revoke_link(producer=producer, moment=moment)
    last_date = timezone.localdate(moment) + dt.timedelta(days=VALID_DAYS)
    return UpdateLink.objects.create(
        producer=producer, created_by=user, created_at=moment, valid_through=last_date
    )


def revoke_link(*, producer: Producer, moment: dt.datetime) -> int:
    """End a producer's link; return how many that were, 0 or 1."""
    return producer.update_links.current().update(revoked_at=moment)


def producers_with_links() -> QuerySet:
    """Return the producers who may be sent a link, by name, in two queries.

    Each has current_links: its one with last_used_at, or none.
    """
    links = UpdateLink.objects.current().with_last_use()
    producers = Producer.objects.exclude(status=Producer.Status.ARCHIVED)
    return producers.order_by(*by_name(), "pk").prefetch_related(
        Prefetch("update_links", links, "current_links")
    )


def invitation(link: UpdateLink, address: str) -> str:
    """Return the message that brings a link to its producer; address is the link's."""
    message = _(
        "Hello, {producer}. This is your link to the market: tell us whether you come "
        "on Sunday and what you have now. {address}\n"
        "It is yours alone: do not pass it on. It works until {date}."
    )
    date = long_date(link.valid_through)
    return message.format(producer=link.producer, address=address, date=date)


def whatsapp_url(producer: Producer, text: str) -> str:
    """Return the address that opens a chat with a producer, text already typed.

    Any number of theirs will do, public or not: staff write to them. Empty without.
    """
    numbers = producer.contacts.filter(kind=ContactKind.WHATSAPP)
    addresses = (one.href for one in numbers.order_by("position", "pk"))
    address = next(filter(None, addresses), "")
    return address and f"{address}?text={quote(text)}"
