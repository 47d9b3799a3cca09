import hashlib

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from markets.models import MarketDay
from markets.schedule import day_times, periods_on

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
NOT_USUAL = _(
    "These are not the usual hours: choose «Moved for this day», and say why."
)
NOT_MOVED = _("Give the other place or other hours: these are the usual ones.")
SAY_WHY = _("Say why: people will read it.")
STALE_NOTICE = _(
    "This told why the day was changed. Empty it, or write what people should know now."
)
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

    rest_reason = forms.CharField(
        label=_("reason"),
        max_length=160,
        required=False,
        help_text=_("It goes to all who are left: “Lluvia en la carretera.”"),
    )

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
        self._hold_against_its_own_past()
        is_new = self.instance.pk is None
        venue = self.cleaned_data.get("venue") if is_new else self.instance.venue
        if venue is None:
            return
        if is_new and venue.kind == venue.Kind.SHOP:
            self.add_error("venue", SHOP)
            return
        self._hold_against(venue, venue.opening_hours.all(), venue.special_hours.all())

    def _hold_against_its_own_past(self):
        """Refuse the reason of a change on a day that is held as usual after all."""
        data, was = self.cleaned_data, self.initial.get("status")
        is_undone = was in ANNOUNCED and "status" in self.changed_data
        if not is_undone or data.get("status") in {None, *ANNOUNCED}:
            return
        for name in ("notice", "notice_en"):
            if data.get(name) and name not in self.changed_data:
                self.add_error(name, STALE_NOTICE)

    def _hold_against(self, venue, hours, special):
        """Say what the hours of the venue do not allow."""
        is_new = self.instance.pk is None
        date = self.cleaned_data.get("date") if is_new else self.instance.date
        if date is None:
            return
        hours, special = list(hours), list(special)
        if is_new and not periods_on(date, hours, special):
            self.add_error("date", _why_not_open(venue, hours))
        usual = periods_on(date, hours, [])
        if usual:
            self._compare_hours(day_times(usual))

    def _compare_hours(self, usual):
        """Let other hours than the usual ones be told as such, and only them."""
        data = self.cleaned_data
        if not {"opens", "closes", "status"} <= data.keys():
            return
        if data["closes"] <= data["opens"]:
            return
        is_usual = usual == (data["opens"], data["closes"])
        is_new = bool({"opens", "closes", "status"} & {*self.changed_data})
        if data["status"] == MarketDay.Status.MOVED:
            if is_usual and not data.get("moved_to"):
                self.add_error("moved_to", NOT_MOVED)
        elif not is_usual and is_new and data["status"] != MarketDay.Status.CANCELLED:
            self.add_error("status", NOT_USUAL)

    def _post_clean(self):
        super()._post_clean()
        if self.errors or not PUBLIC_FIELDS & {*self.changed_data}:
            return
        self.instance.keep_usual_hours()
        if self.instance.status not in ANNOUNCED:
            return
        self.preview = self.instance
        agree = AgreeInput(digest(self.instance))
        self.fields["published"] = forms.BooleanField(
            label=_("Yes, publish this"), required=False, widget=agree
        )
        if not agree.value_from_datadict(self.data, {}, self.add_prefix("published")):
            self.add_error("published", READ_FIRST)


def _why_not_open(venue, hours):
    days = dict.fromkeys(sorted(row.day_of_week for row in hours))
    message = NOT_OPEN if days else NEVER_OPEN
    names = ", ".join(str(WEEKDAYS[day]) for day in days)
    return message.format(venue=venue, days=names)


def digest(*days: MarketDay) -> str:
    """Return a short text that is another one once people would read other words."""
    names = sorted(PUBLIC_FIELDS)
    values = [str(getattr(day, name)) for day in days for name in names]
    return hashlib.sha256("\0".join(values).encode()).hexdigest()[:16]
