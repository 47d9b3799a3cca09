"""What waits for a person, and the lists that mend it: one line a task."""

import datetime as dt
from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import CharField, Count, QuerySet, Value
from django.urls import reverse
from django.utils.translation import ngettext_lazy

from producers.models import Offering, Producer

from .publishing import ProducerPublishing

GAPS = {
    "consent": ngettext_lazy(
        "{count} public profile without consent to it",
        "{count} public profiles without consent to them",
        "count",
    ),
    "season": ngettext_lazy(
        "{count} public profile without a product and its season",
        "{count} public profiles without a product and its season",
        "count",
    ),
    "photo": ngettext_lazy(
        "{count} public profile without a photo",
        "{count} public profiles without a photo",
        "count",
    ),
    "story": ngettext_lazy(
        "{count} public profile without a story",
        "{count} public profiles without a story",
        "count",
    ),
}
TO_PUBLISH = ngettext_lazy(
    "{count} draft to be published", "{count} drafts to be published", "count"
)
TO_RENEW = ngettext_lazy(
    "{count} producer whose seal has expired, or will within 60 days",
    "{count} producers whose seal has expired, or will within 60 days",
    "count",
)
OLD_PRICES = ngettext_lazy(
    "{count} price seen more than 30 days ago",
    "{count} prices seen more than 30 days ago",
    "count",
)


class Urgency(IntEnum):
    """Until when a task wants to be done; the front page has the soonest first."""

    NOW = 1
    SOON = 2
    SOMETIME = 3


class Check(NamedTuple):
    """What may have to be done: rows to mend, and the address of their list.

    needs: the permissions that mending them takes. words: a sentence to be formatted
    with the count of the rows.
    """

    name: str
    urgency: Urgency
    needs: tuple[str, ...]
    rows: QuerySet
    words: str
    address: str


class Task(NamedTuple):
    """What has to be done, in words, and where; urgency is the name of an Urgency."""

    name: str
    urgency: str
    words: str
    address: str


def to_do(user, checks: Iterable[Check]) -> list[Task] | None:
    """Return what a user has to do, the most urgent first; None if it is not theirs.

    One query for all checks.
    """
    theirs = [one for one in checks if user.has_perms(one.needs)]
    if not theirs:
        return None
    counts = _counts(theirs)
    return [
        Task(
            one.name,
            one.urgency.name.lower(),
            one.words.format(count=counts[one.name]),
            one.address,
        )
        for one in sorted(theirs, key=lambda one: one.urgency)
        if counts.get(one.name)
    ]


def _counts(checks):
    """Return {name of a check: count of its rows}; none may be left out."""
    counted = [
        one.rows.order_by()
        .values(check_name=Value(one.name, output_field=CharField()))
        .annotate(count=Count("pk"))
        for one in checks
    ]
    rows = counted[0].union(*counted[1:], all=True)
    return {row["check_name"]: row["count"] for row in rows}


def of_producers(today: dt.date) -> list[Check]:
    """Return the checks of producers and what they offer."""
    return [*_of_profiles(today), _of_prices(today)]


def _of_profiles(today):
    needs = ("producers.change_producer", *ProducerPublishing.publishing)
    producers, listed = Producer.objects, Producer.objects.listed()
    soon, sometime = Urgency.SOON, Urgency.SOMETIME
    found = {
        "waiting": (soon, producers.submitted(), TO_PUBLISH, {"waiting": "1"}),
        "consent": (soon, *_gap(listed, "consent")),
        "seal": (
            sometime,
            *(listed.with_seal_to_renew(today), TO_RENEW),
            {"status__exact": "published", "seal": "to_renew"},
        ),
    }
    for part in ("season", "photo", "story"):
        found[part] = (sometime, *_gap(listed, part))
    return [
        Check(name, urgency, needs, rows, words, _list("producer", query))
        for name, (urgency, rows, words, query) in found.items()
    ]


def _gap(listed, part):
    query = {"status__exact": "published", "lacks": part}
    return listed.lacking(part), GAPS[part], query


def _of_prices(today):
    needs = ("producers.change_offering", "producers.publish_producer")
    rows = Offering.objects.listed().with_old_price(today)
    address = _list("offering", {"price": "old"})
    return Check("price", Urgency.SOMETIME, needs, rows, OLD_PRICES, address)


def _list(model, query):
    return f"{reverse(f'admin:producers_{model}_changelist')}?{urlencode(query)}"
