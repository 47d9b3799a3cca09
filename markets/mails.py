"""What the mails to subscribers say."""

import datetime as dt
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import override

from producers.clock import NBSP

from . import status, words
from .agenda import Agenda
from .alerts import is_announced, last_told
from .controls import without_controls
from .models import Delivery, MarketDay, Subscriber


def mail_of(delivery: Delivery, moment: dt.datetime) -> EmailMessage:
    """Return the mail as it is true at moment, in its subscriber's language.

    delivery: with its subscriber, and its market day with venue.
    """
    subscriber, day = delivery.subscriber, delivery.market_day
    with override(subscriber.language):
        if day:
            subject, parts = _alert(delivery, Agenda(moment))
        else:
            subject, parts = _confirmation(subscriber)
        parts.append(_foot(subscriber))
        leave = _absolute(subscriber.get_leave_url())
    return EmailMessage(
        without_controls(subject).replace(NBSP, " "),
        without_controls("\n\n".join(parts)).replace(NBSP, " ") + "\n",
        to=[subscriber.email],
        headers={
            # RFC 8058: mail programs offer it as a button.
            "List-Unsubscribe": f"<{leave}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            # RFC 3834: nobody's holiday answers it.
            "Auto-Submitted": "auto-generated",
            "Message-ID": f"<mail-{delivery.pk}-{delivery.tries}@{_host()}>",
        },
    )


def _alert(delivery, agenda):
    day = delivery.market_day
    phase = day.phase(agenda.moment)
    headline = words.headline(day, phase)
    told = [headline, words.sentence(day.shown_notice.strip())]
    if not is_announced(day) and last_told(delivery):
        told.insert(0, _("What we told you before holds no more."))
    facts = [words.where_and_when(day), words.doubt(day.venue)]
    parts = [_joined(told), _joined(facts)]
    if day.is_cancelled:
        parts.append(_joined(_instead(agenda, day)))
    parts.append(_absolute(day.get_absolute_url()))
    return headline.removesuffix("."), parts


def _instead(agenda: Agenda, day: MarketDay):
    """When the market is held again, and the shop's hours on that date."""
    back = status.return_words(agenda.next_held_after(day))
    shop = status.shop_words(agenda.shop, day.date)
    return [words.sentence(back), words.sentence(shop)]


def _confirmation(subscriber: Subscriber):
    if subscriber.confirmed_at:
        message = _("You already get the market's alerts; there is nothing to do.")
        return _("You already get the market's alerts"), [message]
    return _("Confirm that you want the market's alerts"), [
        _(
            "Somebody, you we hope, asked us to write to this address when a Sunday "
            "market is cancelled or moved. If it was you, open this page and press the "
            "button:"
        ),
        _absolute(subscriber.get_absolute_url()),
        _("If it was not, do nothing: within seven days we delete the address."),
    ]


def _foot(subscriber: Subscriber):
    message = _("Agroferias Campesinas\nNo more of these mails: {address}")
    return "-- \n" + message.format(address=_absolute(subscriber.get_leave_url()))


def _joined(sentences):
    return " ".join(one for one in sentences if one)


def _absolute(path):
    return settings.SITE_URL + path


def _host():
    return urlsplit(settings.SITE_URL).hostname
