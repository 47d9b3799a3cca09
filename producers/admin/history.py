"""The pages on which staff see who changed what, and take it back."""

import copy

from django.contrib import messages
from django.contrib.admin.options import unquote
from django.core.exceptions import PermissionDenied
from django.forms.models import _get_foreign_key
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from producers import changes, restore, undo
from producers.changes import Part

DELETED_SHOWN = 100
# Longer numbers are keys of nothing.
KEY_DIGITS = 18


class HistoryPages:
    """A history page with a way back, and a list of what was deleted.

    For StaffAdmin, whose label() names rows.
    """

    # Without versions of its model, it has Django's history alone.
    has_history = True
    # What stays as it is when an earlier version comes back.
    restore_keeps = ()

    def get_urls(self):
        if not self.has_history:
            return super().get_urls()
        wrap = self.admin_site.admin_view
        name = f"{self.opts.app_label}_{self.opts.model_name}_{{}}"
        pages = [
            ("deleted/", self.deleted_view, "deleted"),
            (
                "<path:object_id>/history/restore/",
                require_POST(self.restore_view),
                "restore",
            ),
        ]
        ours = [
            path(route, wrap(view), name=name.format(end)) for route, view, end in pages
        ]
        return [*ours, *super().get_urls()]

    def address(self, name, *args):
        """Return the address of one of the model's pages."""
        options = self.opts
        return reverse(
            f"{self.admin_site.name}:{options.app_label}_{options.model_name}_{name}",
            args=args,
        )

    def history_parts(self) -> list[Part]:
        """Return what the row's page edits: itself, then the rows of its inlines."""
        parts = [Part(self.model, "id")]
        for inline in self.inlines:
            key = _get_foreign_key(self.model, inline.model, fk_name=inline.fk_name)
            parts.append(Part(inline.model, key.attname))
        return parts

    def after_restore(self, request, row, was):
        """Let what depends on a row follow; was: the row as it was before."""

    def history_view(self, request, object_id, extra_context=None):
        if not self.has_history:
            return super().history_view(request, object_id, extra_context)
        row = self._row(request, object_id)
        saves = changes.saves(self.history_parts(), row.pk, self._names)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("History of {row}").format(row=self.label(row)),
            "opts": self.opts,
            "object": row,
            "saves": saves,
            "may_restore": self.has_change_permission(request, row),
            "restore_url": self.address("restore", row.pk),
        }
        return TemplateResponse(request, "admin/saves.html", context)

    def restore_view(self, request, object_id):
        """Write the row and its parts as they were after one save."""
        row = self._row(request, object_id)
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        parts = self.history_parts()
        moment = _moment(parts, row.pk, request.POST.get("transaction", ""))
        was = copy.copy(row)
        done = restore.restore(
            parts=parts, key=row.pk, moment=moment, keeps=self.restore_keeps
        )
        row.refresh_from_db()
        self.after_restore(request, row, was)
        said = gettext("This is again as it was then.")
        self.log_change(request, row, said)
        self.tell(request, said, done)
        return redirect(self.address("change", row.pk))

    def deleted_view(self, request):
        """List what was deleted; bring one back, with all that went with it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._bring_back(request)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Deleted: {model}").format(
                model=self.opts.verbose_name_plural
            ),
            "opts": self.opts,
            "deleted": self.deletions().select_related("history_user")[:DELETED_SHOWN],
            "may_restore": self.has_add_permission(request),
        }
        return TemplateResponse(request, "admin/deleted.html", context)

    def _row(self, request, object_id):
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        return row

    def deletions(self):
        """Return the versions that say that a row was deleted and did not come back."""
        removed = self.model.history.filter(history_type=changes.REMOVED)
        newest = removed.order_by("id", "-history_id").distinct("id").values("pk")
        found = self.model.history.filter(pk__in=newest)
        there = self.model.objects.values("pk")
        return found.exclude(id__in=there).order_by("-history_id")

    def _bring_back(self, request):
        key = request.POST.get("version", "")
        gone = self.deletions()
        version = get_object_or_404(gone, pk=key if is_key(key) else None)
        versions = undo.versions_of(version.transaction, version.history_date)
        if not self.may_bring_back(request.user, versions):
            raise PermissionDenied
        row = self.bring_back(request, version, versions)
        if row is None:
            return redirect(self.address("deleted"))
        return redirect(self.address("change", row.pk))

    def may_bring_back(self, user, versions) -> bool:
        """Return whether a user may add rows of every kind that was deleted."""
        models = {one.instance_type._meta for one in versions}
        needed = [f"{one.app_label}.add_{one.model_name}" for one in models]
        return user.has_perms(needed)

    def bring_back(self, request, version, versions):
        """Undo the deletion that versions tell of; return the row, or None."""
        done = undo.undo(versions=versions)
        back = gettext("It is back, with all that was deleted with it.")
        self.tell(request, back, done)
        row = self.model.objects.filter(pk=version.id).first()
        if row:
            self.after_restore(request, row, row)
        return row

    def _names(self, model, keys):
        target = self.admin_site.get_model_admin(model)
        rows = target.label_queryset().filter(pk__in=keys)
        return {row.pk: str(target.label(row)) for row in rows}

    def tell(self, request, said, done):
        """Say what came back, and name what could not."""
        messages.success(request, said)
        if done.refused:
            refused = gettext("Not restored, because something else took its place: {}")
            messages.warning(request, refused.format(", ".join(done.refused)))


def is_key(text: str) -> bool:
    """Return whether a text can be a row's key."""
    return text.isdecimal() and len(text) <= KEY_DIGITS


def _moment(parts, key, number):
    """Return when a transaction wrote to a row or its parts the last time."""
    moments = [
        version.history_date
        for part in parts
        for version in part.versions(key).filter(
            transaction=int(number) if is_key(number) else None
        )
    ]
    if not moments:
        raise Http404
    return max(moments)
