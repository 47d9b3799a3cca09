"""The form of a producer's own update: all of it optional, nothing typed is lost."""

import io

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.utils.translation import gettext_lazy as _

from producers import photos
from producers.models import Offering
from producers.season import Level

from .controls import without_controls
from .models import MarketDay, Proposal
from .models.proposal import MESSAGE_LENGTH, REASON_LENGTH
from .proposals import Answer, level_now

LEVELS = [
    (int(Level.NONE), _("There is none")),
    (int(Level.LITTLE), _("There is little")),
    (int(Level.YES), _("There is")),
    (int(Level.PEAK), _("At its best")),
]
# What a day that is no more takes with it.
OF_THE_DAY = ("comes", "why", "reason")
COMES = [("yes", _("Yes, I come")), ("no", _("I do not come"))]
REASONS = [
    _("The rain or the road"),
    _("I have no harvest now"),
    _("Health or family"),
    _("I have another commitment"),
]

# Of a JPEG that would be refused for its weight when staff accept it.
HEAVY_QUALITY = 60

OTHER_DAY = _("Meanwhile the market changed. Look at the date and answer again.")
OTHER_MONTH = _("Meanwhile a new month began. Look at what you have and send it again.")
SAY_WHETHER = _("Say whether you come, yes or no.")
NOTHING_SAID = _("Tell us something: whether you come, what you have, a message.")
FILE_AGAIN = _("Choose the photo again: the telephone does not keep it.")


class CappedUpload(FileUploadHandler):
    """Reads past what a request brings beyond a photo's weight, and keeps none of it.

    is_full tells that it did.
    """

    def __init__(self, request):
        super().__init__(request)
        self.is_full = False
        self._size = 0

    def receive_data_chunk(self, raw_data, start):
        self._size += len(raw_data)
        if self._size > photos.MAX_BYTES:
            self.is_full = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size):
        return None


class PlainTextField(forms.CharField):
    """Takes text without the control characters that come with what is pasted."""

    def to_python(self, value):
        return super().to_python(without_controls(value) if value else value)


class UpdateForm(forms.Form):
    """Whether one producer comes to a market day, what they have, a photo, a message.

    day: the MarketDay that is asked about, or None. month: the one that levels are
    about. waiting: their Proposal that waits, or None. is_too_heavy: whether an upload
    was not even kept.
    """

    day = forms.CharField(required=False, widget=forms.HiddenInput)
    month = forms.CharField(required=False, widget=forms.HiddenInput)
    comes = forms.ChoiceField(choices=COMES, required=False, widget=forms.RadioSelect)
    why = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    reason = PlainTextField(
        label=_("Or in your own words"), max_length=REASON_LENGTH, required=False
    )
    message = PlainTextField(
        label=_("A message for us"),
        max_length=MESSAGE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    without_photo = forms.BooleanField(
        label=_("Leave out the photo that I sent"), required=False
    )
    # Not decoded before all else is valid: see clean().
    photo = forms.FileField(
        label=_("Choose a photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": photos.ACCEPT}),
    )

    def __init__(
        self, *args, day, offerings, month, waiting=None, is_too_heavy=False, **kwargs
    ):
        self.market_day: MarketDay | None = day
        self.month = month
        self.offerings: dict[str, Offering] = {
            f"level_{one.pk}": one for one in offerings
        }
        self._is_too_heavy = is_too_heavy
        self._waiting_levels = _levels(waiting, month) if waiting else {}
        said = _said(waiting, day) if waiting else {}
        kwargs["initial"] = self._known() | said
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["why"].choices = [(str(one), one) for one in REASONS]
        self.fields |= {name: _level_field(one) for name, one in self.offerings.items()}
        if not (waiting and waiting.photo):
            del self.fields["without_photo"]
        if day is None:
            for name in ("day", *OF_THE_DAY):
                del self.fields[name]

    def _known(self):
        """Return what the fields hold before anything was ever sent."""
        levels = {
            name: level_now(one, self.month) for name, one in self.offerings.items()
        }
        day = {"day": self.market_day.pk} if self.market_day else {}
        return levels | self._waiting_levels | day | {"month": self.month}

    def level_rows(self):
        """Return (bound field, what it was shown as, offering), in their order.

        The second is a hidden input: what is sent as it was shown was not said.
        """
        return [
            (self[name], self[name].as_hidden(only_initial=True), one)
            for name, one in self.offerings.items()
        ]

    def clean(self):
        super().clean()
        if self._is_too_heavy:
            self.add_error("photo", photos.TOO_HEAVY)
        if self.market_day:
            self._hold_against_the_day()
        else:
            self._keep_what_was_said_of_a_day()
        self._hold_against_the_month()
        if not self.errors and not self._says_something():
            raise ValidationError(NOTHING_SAID, code="nothing")
        if self.cleaned_data.get("photo"):
            self._look_at_the_photo()

    def _hold_against_the_day(self):
        data = self.cleaned_data
        if data.get("comes"):
            if data.get("day") != str(self.market_day.pk):
                # What follows is about the day that the page now asks about.
                self._show(day=self.market_day.pk)
                self.add_error("comes", OTHER_DAY)
        elif data.get("reason") or data.get("why"):
            self.add_error("comes", SAY_WHETHER)

    def _keep_what_was_said_of_a_day(self):
        """Ask anew what was said of a day that there is no more; the words stay."""
        _comes, why, reason = said = [self.data.get(one, "") for one in OF_THE_DAY]
        if any(said):
            words = filter(None, [self.data.get("message"), reason or why])
            self._show(message="\n".join(words))
            self.add_error(None, OTHER_DAY)

    def _hold_against_the_month(self):
        changed = self.offerings.keys() & {*self.changed_data}
        if not changed or self.cleaned_data.get("month") == str(self.month):
            return
        known = self._known()
        for name in self.offerings.keys() - changed:
            # Untouched, it is shown as it is in the month that is asked about now.
            self._show(**{name: known[name], self[name].html_initial_name: known[name]})
        self._show(month=self.month)
        self.add_error(None, OTHER_MONTH)

    def _show(self, **values):
        """Show other values than were sent when the form is asked again."""
        self.data = self.data.copy()
        self.data.update({name: str(value) for name, value in values.items()})

    def _look_at_the_photo(self):
        if self.errors:
            self.add_error("photo", FILE_AGAIN)
            return
        upload = self.cleaned_data["photo"]
        try:
            upload.prepared = photos.prepare(upload)
        except ValidationError as error:
            self.add_error("photo", error)

    def refuse_day(self):
        """Ask anew, after all was valid: meanwhile the day was deleted."""
        if self.cleaned_data.get("photo"):
            self.add_error("photo", FILE_AGAIN)
        self.add_error("comes", OTHER_DAY)

    def _says_something(self):
        data = self.cleaned_data
        names = ("comes", "message", "photo", "without_photo")
        return any(data.get(name) for name in names) or bool(self._levels())

    def _levels(self):
        """Return {name: level} of what was said; as it was shown, what waits stays."""
        changed = self.offerings.keys() & {*self.changed_data}
        said = {name: self.cleaned_data[name] for name in changed}
        levels = {**self._waiting_levels, **said}.items()
        # What waits may be of an offering that was deleted this very moment.
        return {
            name: level
            for name, level in levels
            if name in self.offerings and level is not None
        }

    def answer(self) -> Answer:
        """Return what was said; only if the form is valid."""
        data = self.cleaned_data
        comes = {"yes": True, "no": False}.get(data.get("comes"))
        why = data.get("reason") or data.get("why") or ""
        return Answer(
            market_day=self.market_day,
            comes=comes,
            reason=why if comes is False else "",
            levels={self.offerings[name]: one for name, one in self._levels().items()},
            photo=self._photo(),
            message=data["message"],
        )

    def _photo(self):
        upload = self.cleaned_data.get("photo")
        if upload:
            # Without EXIF and place from here on, though only staff will see it.
            kept = _jpeg(upload.prepared, photos.KEPT_QUALITY)
            # A tall photo full of noise weighs more than it did: see photos.prepare().
            is_light = len(kept) <= photos.MAX_BYTES
            return kept if is_light else _jpeg(upload.prepared, HEAVY_QUALITY)
        return b"" if self.cleaned_data.get("without_photo") else None


def _jpeg(image, quality):
    buffer = io.BytesIO()
    image.save(buffer, "jpeg", quality=quality)
    return buffer.getvalue()


def _level_field(offering):
    return forms.TypedChoiceField(
        label=offering.product.shown_name,
        choices=LEVELS,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        show_hidden_initial=True,
    )


def _levels(waiting: Proposal, month):
    """Return the levels that wait by their fields' names, if they are of this month."""
    if waiting.month != month:
        return {}
    return {f"level_{one.offering_id}": one.level for one in waiting.levels.all()}


def _said(waiting: Proposal, day):
    """Return what the other fields hold of a proposal that waits."""
    said = {"message": waiting.message}
    if day and waiting.market_day_id == day.pk:
        said["comes"] = "yes" if waiting.comes else "no"
        is_known = waiting.reason in {str(one) for one in REASONS}
        said["why" if is_known else "reason"] = waiting.reason
    return said
