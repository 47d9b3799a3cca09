"""What a list's actions have in common: a question first, a count, an undo."""

from functools import partial
from typing import NamedTuple

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import CHANGE, LogEntry
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.translation import ngettext

# The button of the page between an action and what it does.
APPLY = "_apply"


class Question(NamedTuple):
    """What an action asks before it does anything, and the words on its button."""

    action: str
    title: str
    press: str
    form: forms.Form


class BulkActions:
    """For StaffAdmin: what actions show and say.

    An action writes through producers.history with a reason, and says what it did in
    the same transaction, so that the link beside the count takes back just that.
    """

    def get_actions(self, request):
        actions = super().get_actions(request)
        if "delete_selected" in actions:
            # What is not the everyday stands last.
            actions["delete_selected"] = actions.pop("delete_selected")
        return actions

    def ask(self, request, queryset, question: Question, *, may=None):
        """Return the page that names the chosen rows and asks what an action needs.

        may(row): whether the action may touch a row; who may change it, if not given.
        """
        may = may or partial(self.has_change_permission, request)
        relations = self.label_relations or [None]
        keys, names, held = [], [], []
        for row in queryset.select_related(*relations):
            keys.append(row.pk)
            (names if may(row) else held).append(self.label(row))
        context = {
            **self.admin_site.each_context(request),
            **question._asdict(),
            "opts": self.opts,
            "checkbox": ACTION_CHECKBOX_NAME,
            "keys": keys,
            "names": names,
            "held": held,
            "apply": APPLY,
            "back_url": request.get_full_path(),
        }
        return TemplateResponse(request, "admin/bulk.html", context)

    def tell_done(self, request, rows, said, fields):
        """Say how many rows an action changed, how to undo it, and log each.

        said: a sentence with {count}.
        """
        said = said.format(count=len(rows))
        if not rows:
            return self.message_user(request, said, messages.INFO)
        change = [{"changed": {"fields": fields}}]
        LogEntry.objects.log_actions(request.user.pk, rows, CHANGE, change)
        return self.tell_undoable(request, rows, said)

    def tell_undoable(self, request, rows, said):
        """Say what an action did to rows, with the link that takes it back."""
        said = format_html("{} {}", said, self.undo_link(rows))
        self.message_user(request, said, messages.SUCCESS)

    def tell_left(self, request, *, held_count=0, same_count=0):
        """Say how many of the chosen rows stay as they are, and why."""
        held = ngettext(
            "{count} stays as it is, since it is public: ask Coordinación.",
            "{count} stay as they are, since they are public: ask Coordinación.",
            held_count,
        )
        same = ngettext(
            "{count} was like this already.",
            "{count} were like this already.",
            same_count,
        )
        if held_count:
            message = held.format(count=held_count)
            self.message_user(request, message, messages.WARNING)
        if same_count:
            message = same.format(count=same_count)
            self.message_user(request, message, messages.INFO)
