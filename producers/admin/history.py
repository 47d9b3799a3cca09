"""The pages on which staff see who changed what, and take it back."""

import copy
import datetime as dt

from django.contrib import messages
from django.contrib.admin.options import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.forms.models import _get_foreign_key
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from producers import changes, history, restore, undo
from producers.changes import Part
from producers.permissions import has_any, permission

from .public_rows import ASK, beyond_reach

DELETED_SHOWN = 100
# Longer numbers are keys of nothing.
KEY_DIGITS = 18


class HistoryPages:
    """A history page with a way back, and a list of what was deleted.

    For StaffAdmin, whose label() names rows.
    """

    # Without versions of its model, it has Django's history alone.
    has_history = True
    # What stays as it is when an earlier version comes back, in any row of the page.
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

    def parts_for(self, user, *verbs) -> list[Part]:
        """Return the row itself, and the parts of which a user may do one of verbs."""
        own, *others = self.history_parts()
        return [own, *(one for one in others if has_any(user, verbs, one.model))]

    def after_restore(self, request, row, was):
        """Let what depends on a row follow; was: the row as it was before."""

    def history_view(self, request, object_id, extra_context=None):
        if not self.has_history:
            return super().history_view(request, object_id, extra_context)
        row = self._row(request, object_id)
        parts = self.parts_for(request.user, "view", "change")
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("History of {row}").format(row=self.label(row)),
            "opts": self.opts,
            "object": row,
            "saves": changes.saves(parts, row.pk, self._names),
            "may_restore": self.has_change_permission(request, row),
            "restore_url": self.address("restore", row.pk),
        }
        return TemplateResponse(request, "admin/saves.html", context)

    @transaction.atomic
    def restore_view(self, request, object_id):
        """Write the row and its parts as they were after one save."""
        # Two who write at once take turns: who may do what is asked of what is stored.
        self.take_turns(unquote(object_id))
        row = self._row(request, object_id)
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        moment = written_moment(request.POST.get("moment", ""))
        if beyond_reach(self.admin_site, request, [self._version(row.pk, moment)]):
            messages.error(request, ASK)
        else:
            self._restore(request, row, moment)
        return redirect(self.address("change", row.pk))

    def _restore(self, request, row, moment):
        was = copy.copy(row)
        parts = self.parts_for(request.user, "change")
        done = restore.restore(
            parts=parts, key=row.pk, moment=moment, keeps=self.restore_keeps
        )
        row.refresh_from_db()
        self.after_restore(request, row, was)
        if not done.has_refused(self.model, row.pk):
            said = gettext("This is again as it was then.")
            self.log_change(request, row, said)
            messages.success(request, said)
        tell_refused(request, done)

    def deleted_view(self, request):
        """List what was deleted; bring one back, with all that went with it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._bring_back(request)
        versions = self.deletions().select_related("history_user")[:DELETED_SHOWN]
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Deleted: {model}").format(
                model=self.opts.verbose_name_plural
            ),
            "opts": self.opts,
            "deleted": self._told(request, list(versions)),
        }
        return TemplateResponse(request, "admin/deleted.html", context)

    def _told(self, request, versions):
        """Return (version, its row's name, whether the user may bring it back)."""
        beyond = beyond_reach(self.admin_site, request, versions)
        may_add = self.has_add_permission(request)
        return [
            (version, name, may_add and version not in beyond)
            for version, name in zip(
                versions, history.names(versions, self.label), strict=True
            )
        ]

    def take_turns(self, key: str) -> bool:
        """Wait for whoever writes to a row; return whether it is there then."""
        rows = self.model.objects.select_for_update()
        return is_key(key) and rows.filter(pk=key).first() is not None

    def _row(self, request, object_id):
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        return row

    def _version(self, key, moment):
        """Return the row's version at a moment; not found if it was not there then."""
        versions = self.model.history.filter(id=key, history_date__lte=moment)
        version = versions.order_by("history_id").last()
        if version is None or version.history_type == changes.REMOVED:
            raise Http404
        return version

    def deletions(self):
        """Return the versions that say that a row was deleted and did not come back."""
        removed = self.model.history.filter(history_type=changes.REMOVED)
        newest = removed.order_by("id", "-history_id").distinct("id").values("pk")
        found = self.model.history.filter(pk__in=newest)
        there = self.model.objects.values("pk")
        return found.exclude(id__in=there).order_by("-history_id")

    @transaction.atomic
    def _bring_back(self, request):
        key = request.POST.get("version", "")
        gone = self.deletions()
        version = get_object_or_404(gone, pk=key if is_key(key) else None)
        versions = undo.deletion(version)
        if not self.may_bring_back(request, versions):
            raise PermissionDenied
        row = self.bring_back(request, versions)
        if row is None:
            return redirect(self.address("deleted"))
        return redirect(self.address("change", row.pk))

    def may_bring_back(self, request, versions) -> bool:
        """Return whether a user may add rows of every kind that was deleted.

        What no page edits comes and goes with what it belongs to.
        """
        kinds = {one.instance_type for one in versions} & {*edited(self.admin_site)}
        return request.user.has_perms(
            [permission("add", kind) for kind in kinds]
        ) and not beyond_reach(self.admin_site, request, versions)

    def bring_back(self, request, versions):
        """Undo a deletion; return the row that the first version tells of, if any."""
        done = undo.undo(versions=versions)
        row = self.model.objects.filter(pk=versions[0].id).first()
        if row:
            self.after_restore(request, row, row)
            messages.success(
                request, gettext("It is back, with all that was deleted with it.")
            )
        tell_refused(request, done)
        return row

    def _names(self, model, keys):
        target = self.admin_site.get_model_admin(model)
        rows = target.label_queryset().filter(pk__in=keys)
        return {row.pk: str(target.label(row)) for row in rows}


def pages(site) -> list[HistoryPages]:
    """Return the admins of a site whose rows have such a history page."""
    admins = site._registry.values()
    return [one for one in admins if isinstance(one, HistoryPages) and one.has_history]


def edited(site) -> list[type[Model]]:
    """Return the models whose rows staff edit on one of these pages, each once."""
    parts = [part for one in pages(site) for part in one.history_parts()]
    return list(dict.fromkeys(part.model for part in parts))


def tell_refused(request, done):
    """Name what could not be written, if anything."""
    if done.refused:
        refused = gettext(
            "These stay as they are, because of what was changed elsewhere since: {}"
        )
        named = ", ".join(history.names(done.refused))
        messages.warning(request, refused.format(named))


def is_key(text: str) -> bool:
    """Return whether a text can be a row's key."""
    return text.isdecimal() and len(text) <= KEY_DIGITS


def written_moment(text: str) -> dt.datetime:
    """Read a moment as the history's pages write it; not found if it is none."""
    try:
        moment = parse_datetime(text)
    except ValueError as error:
        raise Http404 from error
    if moment is None or not is_aware(moment):
        raise Http404
    return moment
