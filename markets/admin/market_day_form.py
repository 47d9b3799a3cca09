import hashlib

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from markets.models import MarketDay
from markets.schedule import periods_on

from .merging import MergingForm

# What the public sees of a market day: a change of it raises the day's sequence.
PUBLIC_FIELDS = {
    "venue",
    "date",
    "opens",
    "closes",
    "status",
    "moved_to",
    "notice",
    "notice_en",
}
ANNOUNCED = {MarketDay.Status.MOVED, MarketDay.Status.CANCELLED}
ABSENT_REST = "_absent_rest"

SHOP = _("A shop has opening hours, not market days.")
NOT_OPEN = _(
    "{venue} opens only on: {days}. For an extra day, first give it special hours "
    "with this date."
)
NEVER_OPEN = _(
    "{venue} has no weekly hours on this date. For an extra day, first give it special "
    "hours with this date."
)
NOT_MOVED = _("Give the other place or other hours: these are the usual ones.")
SAY_WHY = _("Say why: people will read it.")
READ_FIRST = _("Read below what people will see; tick the box and save again.")


class AgreeInput(forms.CheckboxInput):
    """A box that counts as ticked only for what it was ticked under."""

    def __init__(self, digest):
        super().__init__(attrs={"value": digest})
        self.digest = digest

    def value_from_datadict(self, data, files, name):
        return data.get(name) == self.digest


class MarketDayForm(MergingForm):
    """One venue on one date; what people will read is shown before it is saved.

    preview: the day as it will be, where the page asks about it, else None.
    """

    constraint_fields = {
        "markets_marketday_once_per_venue": "date",
        "markets_marketday_closes_after_opening": "closes",
        "markets_marketday_other_place_only_when_moved": "moved_to",
        "markets_marketday_change_has_reason": "notice",
    }
    preview = None

    rest_reason = forms.CharField(label=_("reason"), max_length=160, required=False)

    class Meta:
        widgets = {
            "status": forms.RadioSelect,
            "date": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "opens": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "closes": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "moved_to": forms.TextInput,
            "notice": forms.Textarea(attrs={"rows": 3}),
            "notice_en": forms.Textarea(attrs={"rows": 3}),
        }

    def clean(self):
        super().clean()
        if ABSENT_REST in self.data and not self.cleaned_data.get("rest_reason"):
            self.add_error("rest_reason", SAY_WHY)
        is_new = self.instance.pk is None
        venue = self.cleaned_data.get("venue") if is_new else self.instance.venue
        if venue is None:
            return
        if is_new and venue.kind == venue.Kind.SHOP:
            self.add_error("venue", SHOP)
            return
        self._hold_against(venue, venue.opening_hours.all(), venue.special_hours.all())

    def _hold_against(self, venue, hours, special):
        """Say what the hours of the venue do not allow."""
        data, date = self.cleaned_data, self.cleaned_data.get("date")
        if date is None:
            return
        hours, special = list(hours), list(special)
        is_new = self.instance.pk is None or "date" in self.changed_data
        if is_new and not periods_on(date, hours, special):
            self.add_error("date", _why_not_open(venue, hours))
        usual = periods_on(date, hours, []) or periods_on(date, hours, special)
        is_moved = data.get("status") == MarketDay.Status.MOVED
        if not usual or not is_moved or data.get("moved_to"):
            return
        times = usual[0].opens.time(), usual[-1].closes.time()
        if times == (data.get("opens"), data.get("closes")):
            self.add_error("moved_to", NOT_MOVED)

    def _get_validation_exclusions(self):
        # The venue of a stored day is no field, and yet it has one day a date.
        excluded = super()._get_validation_exclusions()
        return excluded - {"venue"} if self.instance.pk else excluded

    def _post_clean(self):
        super()._post_clean()
        if self.errors or not self._is_announcement():
            return
        self.preview = self.instance
        agree = AgreeInput(_digest(self.instance))
        self.fields["published"] = forms.BooleanField(
            label=_("Yes, publish this"), required=False, widget=agree
        )
        if not agree.value_from_datadict(self.data, {}, self.add_prefix("published")):
            self.add_error("published", READ_FIRST)

    def _is_announcement(self):
        """Whether the page changes what is told of a day that is moved or cancelled."""
        is_changed = bool(PUBLIC_FIELDS & {*self.changed_data})
        return is_changed and self.instance.status in ANNOUNCED


def _why_not_open(venue, hours):
    days = dict.fromkeys(sorted(row.day_of_week for row in hours))
    message = NOT_OPEN if days else NEVER_OPEN
    names = ", ".join(str(WEEKDAYS[day]) for day in days)
    return message.format(venue=venue, days=names)


def _digest(day):
    """Return a short text that is another one once people would read other words."""
    values = [str(getattr(day, name)) for name in sorted(PUBLIC_FIELDS)]
    return hashlib.sha256("\0".join(values).encode()).hexdigest()[:16]
