"""Keeps what was typed on the page of a row that somebody deleted meanwhile."""

from django.contrib.admin.utils import unquote
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from producers import undo

from .history import is_key

BRING_BACK = "_bring_back"
GONE = _("Somebody deleted this meanwhile: nothing of yours is stored yet.")


class Gone:
    """For StaffAdmin: a save of a deleted row is refused, but not forgotten.

    Its page comes as it would be if the row were back, with what was typed. Saving
    again brings the row back, with all that was deleted with it, and stores that.
    """

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        arguments = request, object_id, form_url, extra_context
        version = self._deletion(request, object_id)
        if version is None:
            return super().changeform_view(*arguments)
        versions = undo.versions_of(version.transaction, version.history_date)
        may_bring_back = self.may_bring_back(request.user, versions)
        if may_bring_back and BRING_BACK in request.POST:
            self.bring_back(request, version, versions)
            return super().changeform_view(*arguments)
        request.refusal = GONE
        request.gone = {"version": version, "may_bring_back": may_bring_back}
        with transaction.atomic():
            undo.undo(versions=versions)
            response = super().changeform_view(*arguments)
            response.render()
            transaction.set_rollback(True)
        return response

    def render_change_form(self, request, context, *args, **kwargs):
        context["gone"] = getattr(request, "gone", None)
        return super().render_change_form(request, context, *args, **kwargs)

    def _deletion(self, request, object_id):
        """Return the version that says that the row of a POST was deleted, if any."""
        key = unquote(object_id or "")
        if request.method != "POST" or not self.has_history or not is_key(key):
            return None
        if not self.has_change_permission(request):
            return None
        return self.deletions().filter(id=key).first()
