"""Keeps what was typed on the page of a row that somebody deleted meanwhile."""

import re

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from producers import undo

from .history import is_key

BRING_BACK = "_bring_back"
GONE = _("Somebody deleted this meanwhile: nothing of yours is stored yet.")
REPLACED = _(
    "Somebody deleted this meanwhile, and something else took its place. What you "
    "typed is still here: saving it makes a new one."
)
NO_WAY_BACK = _(
    "Somebody deleted this meanwhile, and something else took its place: nothing of "
    "yours is stored. Your browser's «Back» still has what you typed."
)


class Gone:
    """For StaffAdmin: a save of a deleted row is refused, but not forgotten.

    Its page comes as it would be if the row were back, with what was typed. Saving
    again brings the row back, with all that was deleted with it, and stores that.
    Where something else took its place, it is the page of a new row instead.
    """

    def answer(self, request, object_id, *arguments):
        version = self._deletion(request, object_id)
        if version is None:
            return super().answer(request, object_id, *arguments)
        versions = undo.deletion(version)
        may_bring_back = self.may_bring_back(request, versions)
        if may_bring_back and BRING_BACK in request.POST:
            if self.bring_back(request, versions):
                return super().answer(request, object_id, *arguments)
            return self._as_new(request)
        # As if it were back, until the page is written.
        undo.undo(versions=versions)
        if self.model.objects.filter(pk=version.id).exists():
            request.refusal = GONE
            request.gone = {"version": version, "may_bring_back": may_bring_back}
            response = super().answer(request, object_id, *arguments)
        else:
            response = self._as_new(request)
        if isinstance(response, TemplateResponse):
            response.render()
        transaction.set_rollback(True)
        return response

    def render_change_form(self, request, context, *args, **kwargs):
        context["gone"] = getattr(request, "gone", None)
        return super().render_change_form(request, context, *args, **kwargs)

    def _deletion(self, request, object_id):
        """Return the version that says that the row of a POST was deleted, if any."""
        key = unquote(object_id or "")
        if not key or not self.has_history or not self.has_change_permission(request):
            return None
        # Who deletes it at this moment is waited for.
        if self.take_turns(key):
            return None
        return self.deletions().filter(id=key if is_key(key) else None).first()

    def _as_new(self, request):
        """Return the page of a new row, with all that was typed."""
        if not self.has_add_permission(request):
            messages.error(request, NO_WAY_BACK)
            return redirect(self.address("changelist"))
        request.refusal = REPLACED
        request.POST = self._without_keys(request.POST)
        return super().answer(request, None, self.address("add"), None)

    def _without_keys(self, data):
        _own, *parts = self.history_parts()
        names = {"id", *(part.column.removesuffix("_id") for part in parts)}
        key, count = rf".+-\d+-({'|'.join(names)})", r".+-INITIAL_FORMS"
        data = data.copy()
        for name in data:
            if re.fullmatch(key, name):
                data[name] = ""
            elif re.fullmatch(count, name):
                data[name] = "0"
        return data
