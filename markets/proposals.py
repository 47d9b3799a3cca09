"""What becomes of a producer's answer: it is sent, and then accepted or refused."""

import datetime as dt
from functools import partial
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _

from producers import photos
from producers.models import Offering, ProducerPhoto

from .models import Attendance, MarketDay, Proposal, UpdateLink, Venue
from .schedule import Phase
from .words import long_date

ANSWERS_A_DAY = 20


class Answer(NamedTuple):
    """What a producer says.

    comes: None if nothing is said of market_day, which may be None then. levels:
    {offering: level}. photo: the bytes of a JPEG, None to keep the one that waits,
    empty to leave it out.
    """

    market_day: MarketDay | None
    comes: bool | None
    reason: str
    levels: dict[Offering, int]
    photo: bytes | None
    message: str

    @property
    def is_empty(self) -> bool:
        """Whether it takes back what waits, and says nothing instead."""
        said = (self.levels, self.photo, self.message)
        return self.photo == b"" and self.comes is None and not any(said)


class Parts(NamedTuple):
    """What of a proposal is accepted: levels by their keys, the photo if described."""

    attendance: bool
    levels: frozenset[int]
    photo: bool
    alt_text: str


class TooManyAnswersError(Exception):
    """A link's answers of today are used up."""


class LinkClosedError(Exception):
    """The link was revoked or ran out since its page was shown."""


class DayGoneError(Exception):
    """The market day that was asked about was deleted since its page was shown."""


class AlreadyDecidedError(Exception):
    """Somebody else was quicker; proposal is as they left it."""

    def __init__(self, proposal: Proposal):
        super().__init__(proposal.status)
        self.proposal = proposal


def send(*, link: UpdateLink, answer: Answer, moment: dt.datetime) -> Proposal | None:
    """Let an answer wait for staff, in the place of the one that waits already.

    An empty one takes that back, and none waits. Offerings that were deleted
    meanwhile are left out.
    Raises TooManyAnswersError, LinkClosedError and DayGoneError.
    """
    proposal = Proposal(created_at=moment)
    try:
        with transaction.atomic():
            _send(proposal, link, answer, moment)
    except BaseException:
        if answer.photo and proposal.photo:
            # It is written before the commit, and no row will ever name it.
            proposal.photo.delete(save=False)
        raise
    return None if answer.is_empty else proposal


def _send(proposal, link, answer, moment):
    link = _open_link(link.pk, timezone.localdate(moment))
    kept = _replace(link.producer_id)
    if answer.is_empty:
        _discard_on_commit(kept)
        return
    proposal.link, proposal.producer = link, link.producer
    proposal.comes, proposal.reason = answer.comes, answer.reason
    if answer.comes is not None:
        proposal.market_day = _held_day(answer.market_day.pk)
    proposal.message = answer.message
    _put_photo(proposal, answer.photo, kept)
    proposal.save()
    there = Offering.objects.held(one.pk for one in answer.levels)
    for offering, level in answer.levels.items():
        if offering.pk in there:
            name = offering.product.name
            proposal.levels.create(offering=offering, product_name=name, level=level)


def _open_link(key, today):
    # Answers of one producer take turns, a button pressed twice among them.
    link = UpdateLink.objects.select_for_update(of=["self"]).filter(pk=key).first()
    if link is None or not link.works(today):
        raise LinkClosedError
    if has_sent_enough(link, today):
        raise TooManyAnswersError
    return link


def _held_day(key):
    # Until the commit nobody deletes it.
    day = MarketDay.objects.select_for_update(no_key=True).filter(pk=key).first()
    if day is None:
        raise DayGoneError
    return day


def has_sent_enough(link: UpdateLink, today: dt.date) -> bool:
    """Whether a link's answers of today are used up."""
    return link.proposals.sent_on(today).count() >= ANSWERS_A_DAY


def _replace(producer):
    """Let a producer's proposal, by their key, wait no more; return its photo."""
    # The producer's former link may have sent it, so it is locked on its own.
    waiting = Proposal.objects.waiting().filter(producer=producer)
    former = waiting.select_for_update().first()
    if former is None:
        return ""
    photo, former.photo = former.photo.name, ""
    former.status = Proposal.Status.REPLACED
    former.save()
    return photo


def _put_photo(proposal, content, kept):
    """Give a proposal the new photo, or the one that its forerunner has."""
    if content is None:
        proposal.photo = kept
        return
    if content:
        proposal.photo.save("photo.jpg", ContentFile(content), save=False)
    _discard_on_commit(kept)


@transaction.atomic
def accept(*, proposal: int, parts: Parts, user, moment: dt.datetime) -> list[str]:
    """Make the parts of a proposal, by key, true; return what could not be done.

    Sentences for staff. Each row is saved on its own, as its form would save it.
    Raises AlreadyDecidedError.
    """
    row = _lock(proposal)
    said = []
    if parts.attendance and row.comes is not None:
        said += _take_attendance(row, moment)
    said += _take_levels(row, parts.levels)
    if parts.photo and row.photo:
        said += _take_photo(row, parts.alt_text)
    _close(row, Proposal.Status.ACCEPTED, user, moment)
    return said


@transaction.atomic
def refuse(*, proposal: int, note: str, user, moment: dt.datetime):
    """Leave everything as it is, and say why in a note that the producer will read.

    Raises AlreadyDecidedError.
    """
    row = _lock(proposal)
    row.note = note
    _close(row, Proposal.Status.REFUSED, user, moment)


def _lock(key):
    # No join to who decided: it would be read as it was before the wait for the lock.
    rows = Proposal.objects.select_related("producer", "market_day")
    row = rows.select_for_update(of=["self"]).get(pk=key)
    if row.status != Proposal.Status.PENDING:
        raise AlreadyDecidedError(row)
    return row


def _close(row, status, user, moment):
    _discard_on_commit(row.photo.name)
    row.photo = ""
    row.status, row.decided_by, row.decided_at = status, user, moment
    row.save()


def _take_attendance(row, moment):
    # As everybody who writes a list of this venue, the day's own screen among them.
    Venue.objects.select_for_update().get(pk=row.market_day.venue_id)
    day = MarketDay.objects.select_related("venue").get(pk=row.market_day_id)
    if obstacle := obstacle_of(day, moment):
        return [obstacle]
    attendance, said = _attendance(row, day)
    attendance.status = Attendance.Status.ABSENT
    if row.comes:
        attendance.status = Attendance.Status.CONFIRMED
    if attendance.reason != row.reason:
        attendance.reason, attendance.reason_en = row.reason, ""
    attendance.follows_rhythm = False
    attendance.save()
    row.took_attendance = True
    return said


def obstacle_of(day: MarketDay, moment: dt.datetime) -> str:
    """Say why who comes to a day is no question any more; nothing if it is one."""
    date = long_date(day.date)
    if day.is_cancelled:
        message = _("The market of {date} was cancelled: its list stays as it is.")
    elif day.phase(moment) == Phase.OVER:
        message = _("The market of {date} is over: its list stays as it is.")
    else:
        return ""
    return message.format(date=date)


def _attendance(row, day):
    """Return the producer's row on a day's list, old or new, and what to tell staff."""
    attendance = day.attendances.filter(producer=row.producer).first()
    if attendance is None:
        usual = day.venue.participations.filter(producer=row.producer).first()
        stall = usual.stall_id if usual else None
        attendance = Attendance(market_day=day, producer=row.producer, stall_id=stall)
    if not row.comes or attendance.stall_id is None:
        return attendance, []
    others = day.attendances.coming().exclude(producer=row.producer)
    holder = others.filter(stall=attendance.stall_id).first()
    if holder is None:
        return attendance, []
    message = _("Stall {stall} is {holder}'s that day: give {producer} another one.")
    names = {"stall": attendance.stall, "holder": holder.producer}
    attendance.stall = None
    return attendance, [message.format(**names, producer=row.producer)]


def _take_levels(row, keys):
    """Write the month's levels of those chosen by key; say what could not be done."""
    said = []
    for one in row.levels.filter(pk__in=keys).order_by("pk"):
        offerings = Offering.objects.select_for_update(of=["self"])
        offering = offerings.filter(pk=one.offering_id).first()
        if offering is None:
            message = _("{product} is no longer among the offerings: left out.")
            said.append(message.format(product=one.product_name))
            continue
        if not set_level(offering, row.month, one.level):
            message = _("{product} would have no month left: taken off sale instead.")
            said.append(message.format(product=one.product_name))
        offering.save()
        one.is_taken = True
        one.save()
    return said


def level_now(offering: Offering, month: int) -> int:
    """Return how much there is of an offering in a month: none of what is off sale."""
    return offering.season[month - 1] if offering.is_active else 0


def set_level(offering: Offering, month: int, level: int) -> bool:
    """Give an offering, unsaved, the level of a month; return whether it could be.

    Some of what was off sale puts it on sale again. A season without any month does
    not exist, so the last «none» takes the offering off sale and leaves the season.
    """
    season = [*offering.season]
    season[month - 1] = level
    if any(season):
        offering.season = season
        offering.is_active = offering.is_active or level > 0
        return True
    offering.is_active = False
    return False


def _take_photo(row, alt_text):
    """Give the producer the photo, after those that are there."""
    photo = ProducerPhoto(producer=row.producer, alt_text=alt_text)
    last = row.producer.photos.order_by("position").last()
    # Rows of one position stand in the order in which they were made.
    photo.position = last.position if last else 0
    try:
        with row.photo.open() as file:
            photos.store(photo, File(file))
    except FileNotFoundError:
        return [_("The photo's file is gone: it could not be published.")]
    except ValidationError as error:
        return error.messages
    photo.save()
    row.took_photo = True
    if ProducerPhoto.objects.listed().filter(pk=photo.pk).exists():
        return []
    hidden = _(
        "The photo is stored, and hidden until somebody agrees to photos of people "
        "or its page says that nobody can be recognised."
    )
    return [hidden]


def _discard_on_commit(name):
    if name:
        storage = Proposal._meta.get_field("photo").storage
        # robust: a file that cannot be removed is logged, and harms nobody.
        transaction.on_commit(partial(storage.delete, name), robust=True)


@receiver(post_delete, sender=Proposal)
def discard_photo(instance, **kwargs):
    """Remove a deleted proposal's photo when the transaction is committed.

    A signal, because proposals also go with their producer.
    """
    _discard_on_commit(instance.photo.name)
