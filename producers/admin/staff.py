"""What every admin page of the project has in common, of both apps."""

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import PermissionDenied
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from producers.forms import ChoicesArrayFormField

from .bulk import BulkActions
from .empty_list import TellsWhatIsFirst
from .gone import Gone
from .guard import Guard
from .history import HistoryPages
from .searching import SearchesWords
from .undo import UndoPage


class LabelsView(AutocompleteJsonView):
    """Answers an autocomplete with the labels of the model's own admin.

    Django's answers with str(), where «23» does not say of which venue.
    """

    def process_request(self, request):
        found = super().process_request(request)
        # Any relation may be asked for; that to an account leads to no labels.
        if not isinstance(found[1], StaffAdmin):
            raise PermissionDenied
        return found

    def get_queryset(self):
        relations = self.model_admin.label_relations or [None]
        return super().get_queryset().select_related(*relations)

    def serialize_result(self, obj, to_field_name):
        label = self.model_admin.label(obj)
        return {"id": str(getattr(obj, to_field_name)), "text": label}


class Labelled:
    """Sends an autocomplete widget to the LabelsView of the model it looks for.

    known: the chosen rows where the page has them at hand, for one that needs a value
    or takes several. The widget then asks the database for none.
    """

    known = ()

    def optgroups(self, name, value, attr=None):
        chosen = {str(one) for one in value}
        if not self.known or chosen != {str(row.pk) for row in self.known}:
            return super().optgroups(name, value, attr)
        label = self.choices.field.label_from_instance
        options = [
            self.create_option(name, row.pk, label(row), True, index)
            for index, row in enumerate(self.known)
        ]
        return [(None, options, 0)]

    def get_url(self):
        options = self.field.remote_field.model._meta
        name = f"{options.app_label}_{options.model_name}_labels"
        return reverse(f"{self.admin_site.name}:{name}")


class LabelledSelect(Labelled, AutocompleteSelect):
    """Looks up one row."""


class LabelledSelectMultiple(Labelled, AutocompleteSelectMultiple):
    """Looks up any number of rows."""


class StaffFields:
    """Autocompletes with labels, and checkboxes for arrays of choices.

    For ModelAdmins and inlines; each related model is registered with StaffAdmin.
    """

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, ArrayField) and db_field.base_field.choices:
            return ChoicesArrayFormField.for_field(db_field)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs |= self._labelled(db_field, request, LabelledSelect)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        return self._with_labels(field, db_field, request)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs |= self._labelled(db_field, request, LabelledSelectMultiple)
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        return self._with_labels(field, db_field, request)

    def _labelled(self, db_field, request, widget):
        if db_field.name not in self.get_autocomplete_fields(request):
            return {}
        target = self.admin_site.get_model_admin(db_field.remote_field.model)
        return {
            "widget": widget(db_field, self.admin_site),
            "queryset": target.label_queryset(),
        }

    def _with_labels(self, field, db_field, request):
        if db_field.name in self.get_autocomplete_fields(request):
            target = self.admin_site.get_model_admin(db_field.remote_field.model)
            field.label_from_instance = target.label
        return field


class StaffAdmin(
    TellsWhatIsFirst,
    Gone,
    Guard,
    BulkActions,
    UndoPage,
    HistoryPages,
    SearchesWords,
    StaffFields,
    admin.ModelAdmin,
):
    """A ModelAdmin that searches without accents and keeps what was typed."""

    # What label() reads besides the row itself.
    label_relations = []

    def changelist_view(self, request, extra_context=None):
        # Django's title tells people to choose a row, which is not all that they do.
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        # A form without an address takes the fragment of the page's along: who had
        # followed a link on the page would land there again, past what saving says.
        form_url = form_url or request.get_full_path()
        return super().changeform_view(request, object_id, form_url, extra_context)

    def label(self, row):
        """Return how the row is called in an autocomplete."""
        return str(row)

    def label_queryset(self):
        """Return all rows, with what label() reads."""
        rows = self.model._default_manager.order_by(*self.ordering)
        return rows.select_related(*(self.label_relations or [None]))

    def construct_change_message(self, request, form, formsets, add=False):
        message = super().construct_change_message(request, form, formsets, add)
        # Django keeps capitalised labels, and then finds no translation for them.
        for entry in message:
            for done in entry.values():
                if "fields" in done:
                    done["fields"] = [
                        one[:1].lower() + one[1:] for one in done["fields"]
                    ]
        return message

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_labels"
        view = LabelsView.as_view(admin_site=self.admin_site)
        labels = path("labels/", self.admin_site.admin_view(view), name=name)
        return [labels, *super().get_urls()]

    def get_inline_formsets(self, request, formsets, inline_instances, obj=None):
        # Called to show the page: after a POST, that means it was refused.
        if request.method == "POST":
            for formset in formsets:
                _ask_for_files_again(formset)
        return super().get_inline_formsets(request, formsets, inline_instances, obj)


def _ask_for_files_again(formset):
    for form in formset.forms:
        lost = set(form.files) & {form.add_prefix(name) for name in form.fields}
        for name in form.fields:
            if form.add_prefix(name) in lost and name not in form.errors:
                message = _("Choose the file again: browsers do not keep it.")
                form.add_error(name, message)
