"""From a draft to a public page: who may press what, and what is still missing."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.options import IS_POPUP_VAR
from django.db import transaction
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from producers import actions
from producers.completeness import (
    LABELS,
    NEEDED,
    blockers,
    completeness,
    needs,
    with_parts,
)
from producers.models import Producer
from producers.sheets.producer import ProducerSheet

from .public_rows import PublicRows, without

PREVIEW = "_preview"
SUBMIT = "_submit"
RETURN = "_return"
SAID = {
    Producer.Status.PUBLISHED: _("Published: everybody sees the page now."),
    Producer.Status.DRAFT: _("It is a draft again: the public does not see it."),
    Producer.Status.ARCHIVED: _("Archived: its address says so, and who comes nearby."),
    SUBMIT: _("Submitted. Whoever publishes finds it among those to be published."),
    RETURN: _("Returned: it is no longer among those to be published."),
}
# Where the page has what is missing.
ANCHORS = {
    "name": "id_name",
    "region": "id_region",
    "consent": "consents-group",
    "photo": "photos-group",
    "texts": "photos-group",
    "story": "id_story",
    "place": "id_province",
    "altitude": "id_altitude_m",
    "offering": "offerings-group",
    "practices": "id_practices",
}


class Unseen(forms.HiddenInput):
    """Draws nothing: the buttons of the save bar send the value."""

    is_sent_by_buttons = True

    def render(self, name, value, attrs=None, renderer=None):
        return ""


class StatusField(forms.ChoiceField):
    """A status that only the pressed button sends; without one it stays as it is."""

    widget = Unseen

    def has_changed(self, initial, data):
        return bool(data) and super().has_changed(initial, data)


class WaitingFilter(admin.SimpleListFilter):
    """The drafts that wait to be published."""

    title = _("publication")
    parameter_name = "waiting"

    def lookups(self, request, model_admin):
        return [("1", _("Submitted"))]

    def queryset(self, request, queryset):
        return queryset.submitted() if self.value() else queryset


def checklist(producer) -> dict:
    """Return what publishing a producer needs, and what its page should have.

    {"needed": rows, "advised": rows}, each row (label, whether it is there, anchor).
    """
    found = needs(producer)
    missing = completeness(producer).missing
    return {
        "needed": [
            (NEEDED[part][0], is_there, ANCHORS[part])
            for part, is_there in found.items()
        ],
        "advised": [
            (label, str(label) not in missing, ANCHORS[part])
            for part, label in LABELS.items()
            if part not in NEEDED
        ],
    }


class ProducerPublishing(PublicRows):
    """The part of the producers' admin that decides what is public."""

    publishing = ProducerSheet.publishing

    def is_public(self, row):
        return not row.is_draft

    def has_delete_permission(self, request, obj=None):
        was_public = obj is not None and obj.published_at is not None
        allowed = super().has_delete_permission(request, obj)
        return allowed and (not was_public or self.has_publish_permission(request))

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if self.has_publish_permission(request):
            return fieldsets
        return without(fieldsets, "status")

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "status":
            return StatusField(choices=db_field.choices, required=False)
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def get_object(self, request, object_id, from_field=None):
        found = super().get_object(request, object_id, from_field)
        if found is None or request.method != "POST":
            return found
        # Two who save at once take turns: a draft must not overwrite what another
        # has just published.
        with transaction.atomic():
            Producer.objects.select_for_update().filter(pk=found.pk).first()
        return super().get_object(request, object_id, from_field)

    def save_model(self, request, obj, form, change):
        # One published before this was noted is no news when it is edited.
        if "status" in form.changed_data:
            obj.note_first_publication(timezone.now())
        obj.submitted_at = self._submitted_at(request, obj)
        super().save_model(request, obj, form, change)

    def _submitted_at(self, request, producer):
        is_returned = RETURN in request.POST and self.has_publish_permission(request)
        if is_returned or not producer.is_draft:
            return None
        if SUBMIT in request.POST:
            return producer.submitted_at or timezone.now()
        return producer.submitted_at

    def response_add(self, request, obj, post_url_continue=None):
        if "_save" in request.POST:
            # The page says what a new one lacks; in the list it is one of many.
            request.POST = request.POST.copy()
            request.POST["_continue"] = request.POST.pop("_save")[0]
        return self._pressed(request, obj) or super().response_add(
            request, obj, post_url_continue
        )

    def response_change(self, request, obj):
        return self._pressed(request, obj) or super().response_change(request, obj)

    def _pressed(self, request, producer):
        """Answer one of our own buttons; return None where it was one of Django's."""
        if PREVIEW in request.POST:
            return redirect(producer.get_absolute_url())
        said = self._said(request, producer)
        if said is None or IS_POPUP_VAR in request.POST:
            return None
        messages.success(request, said)
        return redirect("admin:producers_producer_change", producer.pk)

    def _said(self, request, producer):
        may_publish = self.has_publish_permission(request)
        if may_publish and request.POST.get("status"):
            return SAID[producer.status]
        if SUBMIT in request.POST and producer.is_draft:
            return self._noted(request, producer, SAID[SUBMIT])
        if RETURN in request.POST and may_publish:
            return self._noted(request, producer, SAID[RETURN])
        return None

    def _noted(self, request, producer, said):
        LogEntry.objects.log_actions(request.user.pk, [producer], CHANGE, str(said))
        return said

    def render_change_form(self, request, context, **kwargs):
        producer = kwargs.get("obj")
        context["may_publish"] = self.has_publish_permission(request)
        context["status"] = context["adminform"].form.stored_status
        if producer:
            context |= checklist(producer)
        if not context["is_popup"]:
            # The save bar has it.
            context["show_save"] = False
        return super().render_change_form(request, context, **kwargs)

    @admin.display(description=_("status"), ordering="status")
    def state(self, producer):
        status = producer.get_status_display()
        if producer.submitted_at is None:
            return status
        mark = _("to be published")
        return format_html(
            '{} <span class="mark mark--waiting">{}</span>', status, mark
        )

    def undo_rows(self):
        return with_parts(super().undo_rows())

    def may_undo(self, request, row, before):
        is_allowed = super().may_undo(request, row, before)
        if not is_allowed or before is None or before.status == row.status:
            return is_allowed
        # Whoever withdrew consent meanwhile does not become public by going back.
        is_ready = before.status != Producer.Status.PUBLISHED or not blockers(row)
        return is_ready and self.has_publish_permission(request)

    @admin.action(
        description=_("Publish the chosen producers"), permissions=["publish"]
    )
    @transaction.atomic
    def publish(self, request, queryset):
        count = queryset.count()
        done, blocked = actions.publish(producers=queryset, moment=timezone.now())
        said = ngettext(
            "{count} producer published.", "{count} producers published.", len(done)
        )
        self.tell_done(request, done, said, ["status"])
        for producer, found in blocked:
            missing = ", ".join(blocker.label for blocker in found)
            message = _("{producer} stays as it is. Missing: {parts}.")
            message = message.format(producer=producer, parts=missing)
            self.message_user(request, message, messages.WARNING)
        self.tell_left(request, same_count=count - len(done) - len(blocked))

    @admin.action(
        description=_("Archive the chosen producers"), permissions=["publish"]
    )
    @transaction.atomic
    def archive(self, request, queryset):
        count = queryset.count()
        done = actions.archive(producers=queryset)
        said = ngettext(
            "{count} producer archived.", "{count} producers archived.", len(done)
        )
        self.tell_done(request, done, said, ["status"])
        self.tell_left(request, same_count=count - len(done))
