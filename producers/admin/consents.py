"""The consents of a producer, and what goes out of sight when one is withdrawn."""

from collections import Counter

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext

from producers.completeness import blockers
from producers.models import Consent, Producer

from .rows import PlacedErrorsForm, RowsFormSet
from .staff import StaffFields


class ConsentForm(PlacedErrorsForm):
    """Who agreed to what; withdrawn after it was given."""

    constraint_fields = {
        "producers_consent_covers_something": "covers",
        "producers_consent_withdrawn_after_given": "withdrawn_date",
    }


class ConsentRows(RowsFormSet):
    """The consents of one producer; a public one has its profile covered.

    Where the page of a public producer takes that consent away, the producer is a
    draft again: nothing may stay public until somebody thinks of it.
    """

    def clean(self):
        super().clean()
        producer = self.instance
        producer.has_consent = any(
            Consent.Scope.PROFILE in row.get("covers", [])
            and not row.get("withdrawn_date")
            for row in (form.cleaned_data for form in self.kept())
        )
        if not producer.is_listed:
            return
        for blocker in blockers(producer):
            # One public without consent since before it was asked for stays as it is.
            if blocker.part == "consent" and blocker not in producer.lacked:
                if not (producer.was_listed and producer.had_consent):
                    raise ValidationError(blocker.sentence)
                producer.status = Producer.Status.DRAFT


class ConsentInline(StaffFields, admin.StackedInline):
    model = Consent
    form = ConsentForm
    formset = ConsentRows
    extra = 0
    fields = ["given_by", ("given_date", "withdrawn_date"), "covers", "note"]
    ordering = ["given_date", "pk"]


class TellsWhatIsHidden:
    """A ModelAdmin of producers that says what a withdrawn consent hides."""

    def save_related(self, request, form, formsets, change):
        key = form.instance.pk
        before = _in_sight(key, is_public=form.instance.was_listed)
        super().save_related(request, form, formsets, change)
        is_about_consent = any(
            isinstance(one, ConsentRows) and one.has_changed() for one in formsets
        )
        gone = before - _in_sight(key, is_public=form.instance.is_listed)
        if is_about_consent and gone:
            parts = ", ".join(_words(gone))
            hidden = gettext("Hidden from everybody now: {parts}.").format(parts=parts)
            messages.warning(request, hidden)


def _in_sight(key, *, is_public):
    """Return how many of each part of a producer's page the public sees."""
    producer = Producer.objects.with_place_consent().get(pk=key)
    has_place = producer.has_place_consent and producer.latitude is not None
    return Counter(
        page=int(is_public),
        photos=producer.photos.listed().count(),
        channels=producer.contacts.listed().count(),
        place=int(has_place),
    )


def _words(gone):
    if gone["page"]:
        yield gettext("the whole page, which is a draft again")
    if count := gone["photos"]:
        yield ngettext("{count} photo", "{count} photos", count).format(count=count)
    if count := gone["channels"]:
        channels = ngettext("{count} channel", "{count} channels", count)
        yield channels.format(count=count)
    if gone["place"]:
        yield gettext("the exact place")
