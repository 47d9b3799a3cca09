from functools import cached_property

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from markets import desk
from markets.models import Attendance
from producers import history
from producers.admin.rows import RowsFormSet, message_of, same
from producers.admin.staff import StaffFields
from producers.alphabet import by_name
from producers.models import Producer

from .market_day_form import SAY_WHY
from .merging import MergingForm

# Short, for three of them stand side by side on a phone.
LABELS = {
    Attendance.Status.EXPECTED: _("Awaited"),
    Attendance.Status.CONFIRMED: Attendance.Status.CONFIRMED.label,
    Attendance.Status.ABSENT: Attendance.Status.ABSENT.label,
}

NO_STALL = _("There is no stall {number} at {venue}.")
WHOSE_STALL = _("On that day stall {number} is {producer}'s.")
ON_THE_LIST = message_of(Attendance, "markets_attendance_once_per_market_day")
NEW_ROWS = 3


class StallNumberField(forms.IntegerField):
    """Takes the number of a stall of one venue, and gives the Stall."""

    venue = None
    # By number.
    stalls = {}

    def clean(self, value):
        number = super().clean(value)
        if number is not None and number not in self.stalls:
            raise ValidationError(NO_STALL.format(number=number, venue=self.venue))
        return self.stalls.get(number)


class RowField(forms.ModelChoiceField):
    """Takes the key of a row, and gives the row that the list has read already."""

    # By key.
    rows = {}

    def to_python(self, value):
        if value in self.empty_values or str(value) in self.rows:
            return self.rows.get(str(value))
        message = self.error_messages["invalid_choice"]
        raise ValidationError(message, "invalid_choice", {"value": value})


class AttendanceForm(MergingForm):
    """One producer at a market day; who it is, is chosen once."""

    constraint_fields = {"markets_attendance_once_per_market_day": "producer"}

    producer = forms.TypedChoiceField(
        label=_("producer"),
        empty_value=None,
        help_text=_("Public producers who are not on the list yet."),
        error_messages={"invalid_choice": ON_THE_LIST},
    )
    stall = StallNumberField(
        label=_("stall"),
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 1}),
        help_text=_("The number, or nothing if there is none: 23."),
    )

    status = forms.ChoiceField(
        label=_("status"),
        choices=list(LABELS.items()),
        widget=forms.RadioSelect,
        initial=Attendance.Status.EXPECTED,
        help_text=_("“Awaited” until you know for sure."),
    )

    def __init__(self, *args, rows, **kwargs):
        row = kwargs.get("instance")
        if row:
            number = row.stall.number if row.stall else None
            kwargs["initial"] = {"stall": number}
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # Said once above the list, not in each of its rows.
            field.help_text = ""
        self.fields["stall"].venue = rows.instance.venue
        self.fields["stall"].stalls = rows.stalls
        if row:
            del self.fields["producer"]
            return
        self.fields["producer"].choices = [("", "—"), *rows.producers.items()]
        self.fields["producer"].coerce = rows.producer

    @property
    def is_placed_anew(self):
        """Whether the page changed what holds a stall."""
        return self.instance.pk is None or {"stall", "status"} & {*self.changed_data}

    def clean(self):
        super().clean()
        data = self.cleaned_data
        is_said = bool({"status", "reason"} & {*self.changed_data})
        is_absent = data.get("status") == Attendance.Status.ABSENT
        # A reason that is too long is not there, and has its own fault.
        if is_said and is_absent and data.get("reason") == "":
            self.add_error("reason", SAY_WHY)

    def _get_validation_exclusions(self):
        # AttendanceRows compares the rows with one another; the constraint's own
        # check would see the stalls that other rows of the page leave.
        return super()._get_validation_exclusions() | {"stall"}

    def save(self, commit=True):
        self.instance.follows_rhythm = False
        return super().save(commit=commit)


SAVED = ["stall", "status", "reason", "reason_en", "follows_rhythm"]


class AttendanceRows(RowsFormSet):
    """Who comes to one market day; a producer once, a stall for one of them."""

    @cached_property
    def stalls(self):
        """The stalls of the venue by number."""
        return {stall.number: stall for stall in self.instance.venue.stalls.all()}

    @cached_property
    def producers(self):
        """The names, by key, of the public producers who are not on the list."""
        known = {row.producer_id for row in self.get_queryset()}
        listed = Producer.objects.listed().order_by(*by_name())
        self._by_key = {str(one.pk): one for one in listed if one.pk not in known}
        return {key: str(one) for key, one in self._by_key.items()}

    def producer(self, key):
        """Return one of the producers; raise ValueError if it is none of them."""
        if key not in self._by_key:
            raise ValueError(key)
        return self._by_key[key]

    def get_form_kwargs(self, index):
        return super().get_form_kwargs(index) | {"rows": self}

    def add_fields(self, form, index):
        super().add_fields(form, index)
        # Django's own would ask the database for each row.
        key = RowField(None, required=False, widget=forms.HiddenInput)
        key.initial, key.rows = form.instance.pk, self.by_key
        form.fields["id"] = key

    @cached_property
    def by_key(self):
        """The stored rows by their keys, as a page sends them."""
        return {str(row.pk): row for row in self.get_queryset()}

    def clashes(self, row, earlier):
        if same(row, earlier, "producer"):
            yield "producer", ON_THE_LIST

    def clean(self):
        super().clean()
        holders = {row.stall_id: row.producer for row in self._others()}
        for form in sorted(self._holding(), key=lambda form: bool(form.is_placed_anew)):
            stall = form.cleaned_data["stall"]
            if stall.pk in holders:
                whose = holders[stall.pk]
                message = WHOSE_STALL.format(number=stall.number, producer=whose)
                form.add_error("stall", message)
            else:
                new = form.cleaned_data.get("producer")
                holders[stall.pk] = new or form.instance.producer

    def _others(self):
        """Return the rows that somebody else added since the page was shown."""
        shown = {form.instance.pk for form in self.forms}
        rows = [row for row in self.get_queryset() if row.pk not in shown]
        return [row for row in rows if row.is_coming and row.stall_id]

    def _holding(self):
        """Return the forms of those who will have a stall."""
        return [
            form
            for form in self.forms
            if form.cleaned_data.get("stall")
            and form.cleaned_data.get("status") != Attendance.Status.ABSENT
            and (form.instance.pk or form.cleaned_data.get("producer"))
            and not self._should_delete_form(form)
        ]

    def save(self, commit=True):
        changed = [
            form.instance.pk for form in self.initial_forms if form.has_changed()
        ]
        desk.leave_stalls(attendances=changed)
        rows = super().save(commit=False)
        for row in self.deleted_objects:
            row.delete()
        history.update_all([row for row, _fields in self.changed_objects], SAVED)
        history.create_all(self.new_objects)
        return rows


class AttendanceInline(StaffFields, admin.TabularInline):
    model = Attendance
    form = AttendanceForm
    formset = AttendanceRows
    template = "admin/markets/marketday/_attendances.html"
    extra = NEW_ROWS
    fields = ["producer", "stall", "status", "reason", "reason_en"]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        rows = rows.select_related("producer", "stall", "market_day__venue")
        by_stall = F("stall__number").asc(nulls_last=True)
        return rows.order_by(by_stall, *by_name("producer__name"), "pk")
