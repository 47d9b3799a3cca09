"""The page on which staff take back what an action did to many rows."""

import datetime as dt
from typing import NamedTuple

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext

from producers import history, undo

# Whoever sees only tomorrow that it was wrong goes by each row's history.
LASTS = dt.timedelta(days=1)


class Plan(NamedTuple):
    """The versions to be taken back, with their rows and names, and others' names."""

    versions: list
    rows: list
    names: list[str]
    left: list[str]


class UndoPage:
    """For StaffAdmin: a page that takes back what one press of a button did.

    Only what an action wrote, which gave a reason, and only rows of the own model.
    """

    def get_urls(self):
        view = self.admin_site.admin_view(self.undo_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_undo"
        return [path("undo/<str:token>/", view, name=name), *super().get_urls()]

    def undo_link(self, rows):
        """Return a link to the page that takes back what was just done to rows.

        For the transaction that did it: nobody else has written to them since.
        """
        version = self.model.history.filter(id=rows[0].pk).latest("history_id")
        written = [version.transaction, version.history_date.isoformat()]
        token = signing.dumps(written, salt=self._salt)
        return format_html(
            '<a href="{}">{}</a>', self.address("undo", token), gettext("Undo")
        )

    def undo_rows(self):
        """Return all rows, with what may_undo() and label() read."""
        return self.label_queryset()

    def may_undo(self, request, row, before):
        """Whether a user may put a row back; before: its version, None if added."""
        if before is None:
            return self.has_delete_permission(request, row)
        return self.has_change_permission(request, row)

    def undo_view(self, request, token):
        """Show what an action changed, and take it back."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        versions = self._written(token)
        if request.method == "POST":
            return self._take_back(request, versions)
        plan = self._plan(request, versions)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Undo"),
            "opts": self.opts,
            "names": plan.names,
            "left": plan.left,
        }
        return TemplateResponse(request, "admin/undo.html", context)

    @transaction.atomic
    def _take_back(self, request, versions):
        keys = [version.id for version in versions]
        rows = self.model.objects.filter(pk__in=keys).select_for_update()
        # What may be put back is asked of what is stored, and stays so.
        list(rows.order_by("pk").values_list("pk"))
        plan = self._plan(request, versions)
        done = undo.undo(versions=plan.versions)
        self._follow(request, plan.rows, done)
        said = ngettext("{count} is as before.", "{count} are as before.", done.count)
        level = messages.SUCCESS if done.count else messages.INFO
        self.message_user(request, said.format(count=done.count), level)
        left = [*plan.left, *history.names(done.refused)]
        if left:
            said = gettext("These stay as they are now: {names}.")
            said = said.format(names=", ".join(left))
            self.message_user(request, said, messages.WARNING)
        return redirect(self.address("changelist"))

    def _follow(self, request, rows, done):
        """Log what was taken back, and let what depends on it follow."""
        there = self.undo_rows().filter(pk__in=[row.pk for row in rows])
        back = {
            row.pk: row for row in there if not done.has_refused(self.model, row.pk)
        }
        for was in rows:
            if was.pk in back:
                self.after_restore(request, back[was.pk], was)
        said = gettext("This is again as it was before.")
        LogEntry.objects.log_actions(request.user.pk, back.values(), CHANGE, said)

    def _written(self, token):
        """Return the versions that the action wrote; not found without any."""
        try:
            number, moment = signing.loads(token, salt=self._salt, max_age=LASTS)
        except signing.BadSignature as error:
            raise Http404 from error
        found = undo.versions_of(number, parse_datetime(moment), of=[self.model])
        versions = [one for one in found if one.history_change_reason]
        if not versions:
            raise Http404
        return versions

    def _plan(self, request, versions):
        found, since = undo.steps(versions)
        keys = [version.id for version in versions]
        rows = {row.pk: row for row in self.undo_rows().filter(pk__in=keys)}
        mine = {
            after.id: after
            for after, before in found
            if after.id in rows and self.may_undo(request, rows[after.id], before)
        }
        names = {key: str(self.label(row)) for key, row in rows.items()}
        gone = history.names([one for one in since if one.id not in rows])
        return Plan(
            [*mine.values()],
            [rows[key] for key in mine],
            [name for key, name in names.items() if key in mine],
            [name for key, name in names.items() if key not in mine] + gone,
        )

    @property
    def _salt(self):
        return f"undo {self.opts.label_lower}"
