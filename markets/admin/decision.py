"""A proposal as a card: what is true now, what would be, and what of it to take."""

import datetime as dt
from typing import NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from markets.models import Attendance, Proposal
from markets.proposals import Parts, level_now, obstacle_of
from markets.update_form import LEVELS
from producers.models import ProducerPhoto

ACCEPT, REFUSE = "accept", "refuse"
DECIDE = "markets.change_proposal"
# What one must be allowed to, for each part of a proposal.
PERMISSIONS = {
    "attendance": ["markets.change_attendance"],
    "level": ["producers.change_offering"],
    "photo": ["producers.add_producerphoto"],
}
DESCRIBE = _("Say what can be seen: it is read out to those who cannot see it.")


class Change(NamedTuple):
    """A part: its name, what is true now and what would be, the box to take it.

    hint says why the box is closed, if it is.
    """

    name: str
    now: str
    then: str
    field: forms.BoundField
    hint: str


class DecisionForm(forms.Form):
    """What of one proposal is taken: everything, unless boxes are emptied.

    A part that the user may not write, or that cannot be written any more, is closed.
    """

    alt_text = forms.CharField(
        label=_("what can be seen"),
        max_length=ProducerPhoto._meta.get_field("alt_text").max_length,
        required=False,
    )
    note = forms.CharField(
        label=_("If you refuse: why"),
        help_text=_("The producer will read it."),
        max_length=Proposal._meta.get_field("note").max_length,
        required=False,
        # Enter starts a line here; in a single one it would accept.
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, proposal, attendance, user, moment, **kwargs):
        super().__init__(*args, prefix=f"p{proposal.pk}", label_suffix="", **kwargs)
        self.proposal, self._attendance = proposal, attendance
        self._user = user
        levels = [one for one in proposal.levels.all() if one.offering]
        self._now = {one: level_now(one.offering, proposal.month) for one in levels}
        self._changed = [one for one in levels if self._now[one] != one.level]
        self.obstacle = ""
        if proposal.comes is not None:
            self.obstacle = obstacle_of(proposal.market_day, moment)
            self._add("attendance", "attendance", self.obstacle)
        for one in self._changed:
            self._add(f"level_{one.pk}", "level")
        if proposal.photo:
            self._add("photo", "photo")
        else:
            del self.fields["alt_text"]

    def _add(self, name, part, obstacle=""):
        may = self._user.has_perms(PERMISSIONS[part])
        is_open = may and not obstacle
        self.fields[name] = forms.BooleanField(
            required=False, initial=is_open, disabled=not is_open
        )

    def clean(self):
        super().clean()
        data = self.cleaned_data
        is_taken = ACCEPT in self.data and data.get("photo")
        if is_taken and "alt_text" in data and not data["alt_text"]:
            self.add_error("alt_text", DESCRIBE)

    def parts(self) -> Parts:
        """Return what is taken; only if the form is valid."""
        data = self.cleaned_data
        taken = (one.pk for one in self._changed if data[f"level_{one.pk}"])
        return Parts(
            attendance=data.get("attendance", False),
            levels=frozenset(taken),
            photo=data.get("photo", False),
            alt_text=data.get("alt_text", ""),
        )

    def dropped(self) -> list[str]:
        """Say why boxes that were ticked when they were shown are closed now."""
        ticked = (
            self._hint(name)
            for name, field in self.fields.items()
            if field.disabled and self.add_prefix(name) in self.data
        )
        return [*dict.fromkeys(ticked)]

    @property
    def attendance_change(self) -> Change | None:
        """Whether they come, now and then; None if nothing was said of it."""
        if "attendance" not in self.fields:
            return None
        row, sent = self._attendance, self.proposal
        now = _("Not on the list")
        if row:
            now = _with_reason(row.get_status_display(), row.reason)
        then = Attendance.Status.CONFIRMED if sent.comes else Attendance.Status.ABSENT
        return self._change(
            "attendance", "", now, _with_reason(then.label, sent.reason)
        )

    @property
    def level_changes(self) -> list[Change]:
        """The levels that are not what they are now."""
        names = dict(LEVELS)
        return [
            self._change(
                f"level_{one.pk}",
                one.product_name,
                names[self._now[one]],
                names[one.level],
            )
            for one in self._changed
        ]

    @property
    def unchanged(self) -> list[str]:
        """The names of what there is as much of as before."""
        return [one.product_name for one in self._now if one not in self._changed]

    @property
    def gone(self) -> list[str]:
        """The names of what is no offering any more."""
        levels = self.proposal.levels.all()
        return [one.product_name for one in levels if one.offering is None]

    @property
    def photo_hint(self) -> str:
        """Why the photo cannot be taken, if it cannot."""
        return self._hint("photo")

    def _change(self, field, name, now, then):
        return Change(name, now, then, self[field], self._hint(field))

    def _hint(self, field):
        if not self.fields[field].disabled:
            return ""
        is_day = field == "attendance" and self.obstacle
        return self.obstacle if is_day else _("You may not change this.")


def decision_forms(
    proposals, *, user, moment: dt.datetime, data=None
) -> list[DecisionForm]:
    """Return the cards of some proposals, in one query for all of them.

    proposals: a list, as from ProposalQuerySet.for_cards(). data: what was sent.
    """
    days = {one.market_day_id for one in proposals} - {None}
    producers = {one.producer_id for one in proposals}
    rows = Attendance.objects.filter(market_day__in=days, producer__in=producers)
    known = {(row.market_day_id, row.producer_id): row for row in rows}
    return [
        DecisionForm(
            data,
            proposal=one,
            attendance=known.get((one.market_day_id, one.producer_id)),
            user=user,
            moment=moment,
        )
        for one in proposals
    ]


def _with_reason(words, reason):
    return f"{words}: {reason}" if reason else words
