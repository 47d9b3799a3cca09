"""Refuses a save that is based on an older state of a row, and keeps what was typed."""

import copy
from typing import NamedTuple

from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from producers.changes import NOTHING, written

from .page_state import OWN, Difference, State, by_buttons, merge, state

SHOWN = "_shown"
SALT = "shown"
STALE = _("Somebody else saved this meanwhile: nothing of yours is stored yet.")
CLASH = _("Somebody else saved something meanwhile that excludes this. Save again.")


class Line(NamedTuple):
    """One line of the comparison; mine is empty where nothing was typed."""

    label: str
    theirs: str
    mine: str


class Conflict(NamedTuple):
    """What is stored now, the unbound forms that show it, and what differs."""

    now: State
    forms: dict
    differences: list[Difference]


class Guard:
    """For StaffAdmin: two people who edit one row don't overwrite each other.

    The page carries what it showed. If that is not what is stored any more, the save
    is refused: both versions stand side by side, what was typed is still in its
    field, and a second save stores it.
    """

    # A page that takes only what was changed on it needs no guard.
    is_guarded = True

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        arguments = request, object_id, form_url, extra_context
        if request.method != "POST":
            return super().changeform_view(*arguments)
        try:
            with transaction.atomic():
                return self.answer(*arguments)
        except IntegrityError:
            # Somebody saved a row that excludes this one since the forms looked.
            # They look again, and say it at the field.
            request.refusal = CLASH
            with transaction.atomic():
                return self.answer(*arguments)

    def answer(self, request, object_id, form_url, extra_context):
        """Answer a POST of the page, in a transaction."""
        if self.is_guarded and object_id:
            self._compare(request, unquote(object_id))
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        refusal = getattr(request, "refusal", None)
        if refusal is None:
            return form

        class RefusedForm(form):
            def clean(self):
                super().clean()
                raise ValidationError(refusal, code="refused")

        return RefusedForm

    def render_change_form(self, request, context, *args, **kwargs):
        if kwargs.get("change") and self.is_guarded:
            form = context["adminform"].form
            formsets = [one.formset for one in context["inline_admin_formsets"]]
            conflict = getattr(request, "conflict", None)
            if conflict:
                context["conflict"] = self._lines(conflict, form, formsets)
                context["conflict_by"] = self._last_version(kwargs["obj"])
                shown = _signed(conflict.now)
            elif form.is_bound:
                shown = request.POST.get(SHOWN, "")
            else:
                shown = _signed(state(form, formsets))
            context["shown"] = shown
        return super().render_change_form(request, context, *args, **kwargs)

    def _compare(self, request, key):
        """Let the request be refused if its page did not show what is stored."""
        # Two who save at once take turns.
        if not self.take_turns(key):
            return
        row = self.get_object(request, key)
        if row is None or not self.has_change_permission(request, row):
            return
        form, formsets = self._unbound(request, row)
        now, shown = state(form, formsets), _shown(request)
        if now == shown:
            return
        merged, differences = merge(request.POST, shown, now, by_buttons(form))
        if differences:
            request.POST = merged
            request.refusal = getattr(request, "refusal", STALE)
            forms = _by_place(form, formsets)
            request.conflict = Conflict(now, forms, differences)

    def _unbound(self, request, row):
        """Return the page's form and formsets as somebody would see them now."""
        fresh = copy.copy(request)
        fresh.method = "GET"
        row = self.get_object(fresh, str(row.pk))
        fields = flatten_fieldsets(self.get_fieldsets(fresh, row))
        form = self.get_form(fresh, row, change=True, fields=fields)(instance=row)
        formsets, _inlines = self._create_formsets(fresh, row, change=True)
        return form, formsets

    def _lines(self, conflict, form, formsets):
        typed = _by_place(form, formsets)
        return [_line(one, conflict.forms, typed) for one in conflict.differences]

    def _last_version(self, row):
        versions = [part.versions(row.pk).first() for part in self.history_parts()]
        found = [one for one in versions if one]
        return max(found, key=lambda one: one.history_date, default=None)


def _signed(shown):
    return signing.dumps(shown, salt=SALT, compress=True)


def _shown(request) -> State:
    """Return what the page showed; nothing if it does not say so itself."""
    try:
        return signing.loads(request.POST.get(SHOWN, ""), salt=SALT)
    except signing.BadSignature:
        return {}


def _by_place(form, formsets):
    """Return the forms of stored rows by (prefix, key), the page's own first."""
    rows = {
        (formset.prefix, str(row.instance.pk)): row
        for formset in formsets
        for row in formset.initial_forms
    }
    return {(OWN, OWN): form} | rows


def _line(difference, stored, typed):
    place = difference.prefix, difference.row
    form = stored.get(place)
    if form is None:
        return Line(gettext("A row of this page"), gettext("Removed"), "")
    if not difference.field:
        return Line(_name(form), gettext("Added"), "")
    label = _label(form, difference.field)
    if difference.prefix != OWN:
        label = f"{_name(form)} · {label}"
    theirs = _words(form, difference.field, form.initial.get(difference.field))
    mine = _typed_words(typed[place], difference.field) if difference.is_mine else ""
    return Line(label, theirs, mine)


def _label(form, name):
    # A field that only buttons send has no label.
    label = form.fields[name].label
    return capfirst(label or form.instance._meta.get_field(name).verbose_name)


def _name(form):
    return f"{capfirst(form.instance._meta.verbose_name)}: {form.instance}"


def _typed_words(form, field):
    if field in form.errors:
        return form.data.get(form.add_prefix(field)) or NOTHING
    return _words(form, field, form.cleaned_data.get(field))


def _words(form, name, value):
    """Write what a field holds; rows that it points to are named, not numbered."""
    field = form.fields[name]
    if hasattr(field, "queryset"):
        keys = value if isinstance(value, list | QuerySet) else [value]
        rows = [field.prepare_value(one) for one in keys if one]
        found = field.queryset.filter(pk__in=rows)
        names = [str(field.label_from_instance(one)) for one in found]
        return ", ".join(names) or NOTHING
    return written(form.instance._meta.get_field(name), value)
