"""The pages on which staff download a kind of sheet, and bring one back."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from producers.models import SheetUpload
from producers.permissions import permission
from producers.sheets import delimited, reading, workbooks

from .live_page import live_page
from .sheet_runs import dry_run, import_run

IMPORT = "producers.import_sheets"
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
HELP_HEADERS = ["columna", "qué va", "ejemplo"]


class UploadForm(forms.Form):
    """A file that can be read, and whose columns are those of the sheet."""

    file = forms.FileField(
        label=_("spreadsheet"),
        help_text=_("An .xlsx or a .csv, of 10 MB and 20,000 lines at most."),
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"empty": _("The file is empty.")},
    )

    def __init__(self, *args, sheet, **kwargs):
        """Take the resource that the file must fit."""
        super().__init__(*args, **kwargs)
        self.sheet = sheet

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            if file.size > reading.MAX_BYTES:
                raise reading.SheetError(gettext("The file is larger than 10 MB."))
            self.content = file.read()
            self.sheet.arranged(reading.read(self.content, file.name))
        except reading.SheetError as error:
            raise forms.ValidationError(str(error)) from error
        return file


class SheetDesk:
    """The pages of one kind of sheet, below those of a model's admin.

    make_sheet(request, **kwargs) gives the resource, from the words in the route;
    back(**kwargs) the address of the page from which staff come.
    """

    def __init__(self, model_admin, make_sheet, *, route="sheets/", back=None):
        """Take the admin that lends its site, and where its pages are."""
        self.admin = model_admin
        self.make_sheet = make_sheet
        self.route = route
        self.back = back or self._changelist

    def urls(self) -> list:
        """Return the routes, for get_urls()."""
        wrap = self.admin.admin_site.admin_view
        views = {
            "": ("sheets", self.page),
            "presente.<str:kind>": ("sheet_download", self.download),
            "<int:pk>/": ("sheet_upload", self.upload),
        }
        return [
            path(self.route + end, wrap(view), name=self._name(name))
            for end, (name, view) in views.items()
        ]

    def url(self, name="sheets", **kwargs) -> str:
        """Return the address of one of the pages."""
        return reverse(f"admin:{self._name(name)}", kwargs=kwargs)

    def _name(self, name):
        options = self.admin.opts
        return f"{options.app_label}_{options.model_name}_{name}"

    def _changelist(self):
        return reverse(f"admin:{self._name('changelist')}")

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def page(self, request, **kwargs):
        """Show what can be downloaded and take a file."""
        sheet = self._sheet(request, kwargs)
        form = UploadForm(sheet=sheet)
        if request.method == "POST":
            self._demand_import(request, sheet)
            form = UploadForm(request.POST, request.FILES, sheet=sheet)
        if form.is_valid():
            upload = self._keep(request, sheet, form)
            return redirect(self.url("sheet_upload", **kwargs, pk=upload.pk))
        context = self._context(request, sheet, kwargs) | {
            "form": form,
            "may_import": may_import(request.user, sheet),
            "xlsx_url": self.url("sheet_download", **kwargs, kind="xlsx"),
            "csv_url": self.url("sheet_download", **kwargs, kind="csv"),
        }
        return TemplateResponse(request, "admin/sheets/page.html", context)

    def _keep(self, request, sheet, form):
        """Store the file in place of the user's last one of this kind."""
        file = form.cleaned_data["file"]
        pending = SheetUpload.objects.filter(user=request.user, kind=sheet.kind)
        pending.delete()
        SheetUpload.objects.expired(sheet.moment).delete()
        return SheetUpload.objects.create(
            user=request.user, kind=sheet.kind, name=file.name, content=form.content
        )

    @method_decorator(require_GET)
    def download(self, request, kind, **kwargs):
        """Send the present data, which is the template too."""
        if kind not in TYPES:
            raise Http404
        sheet = self._sheet(request, kwargs)
        response = HttpResponse(_file(sheet, kind), content_type=TYPES[kind])
        today = timezone.localdate(sheet.moment)
        name = f"{sheet.title.lower()}-{today}.{kind}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    @method_decorator(require_http_methods(["GET", "POST"]))
    def upload(self, request, pk, **kwargs):
        """Show what a stored file would do, or do it."""
        sheet = self._sheet(request, kwargs)
        self._demand_import(request, sheet)
        pending = SheetUpload.objects.pending(
            user=request.user, kind=sheet.kind, moment=sheet.moment
        )
        upload = pending.filter(pk=pk).first()
        if upload is None:
            gone = gettext("That file was imported already, or is no longer kept.")
            messages.warning(request, gone)
            return redirect(self.url(**kwargs))
        context = self._context(request, sheet, kwargs) | {
            "upload": upload,
            "token": get_token(request),
        }
        if request.method == "POST":
            shown = request.POST.get("shown", "")
            run = import_run(sheet, pending, upload, shown, context)
        else:
            run = dry_run(sheet, upload, context)
        return live_page(request, "admin/sheets/live.html", context, run)

    def _sheet(self, request, kwargs):
        """Return the resource; refuse whoever may not see what it is about."""
        sheet = self.make_sheet(request, **kwargs)
        if not request.user.has_perm(permission("view", sheet.model)):
            raise PermissionDenied
        return sheet

    def _demand_import(self, request, sheet):
        if not may_import(request.user, sheet):
            raise PermissionDenied

    def _context(self, request, sheet, kwargs):
        return {
            **self.admin.admin_site.each_context(request),
            "title": gettext("Spreadsheets"),
            "subtitle": sheet.heading,
            "opts": self.admin.opts,
            "sheet": sheet,
            "sheets_url": self.url(**kwargs),
            "back_url": self.back(**kwargs),
        }


class WithSheets:
    """Gives a model's admin the pages of its sheet, linked from its list."""

    sheet_class = None

    @property
    def sheet_desk(self) -> SheetDesk:
        """The pages of the sheet."""
        return SheetDesk(self, self.make_sheet)

    def make_sheet(self, request):
        """Return the resource for whoever asks."""
        return self.sheet_class(user=request.user, moment=timezone.now())

    def get_urls(self):
        return [*self.sheet_desk.urls(), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        links = {"sheets_url": self.sheet_desk.url()}
        return super().changelist_view(request, links | (extra_context or {}))


def _file(sheet, kind):
    """Return the present data as a file; a workbook explains its columns too."""
    rows = list(sheet.rows())
    if kind == "csv":
        return delimited.written(sheet.headers, rows)
    data = workbooks.Sheet(sheet.title, sheet.headers, rows)
    explained = workbooks.Sheet("Ayuda", HELP_HEADERS, sheet.help_rows())
    return workbooks.written(data, explained)


def may_import(user, sheet) -> bool:
    """Whether a user may do with a file what they may do by hand."""
    verbs = [permission(verb, sheet.model) for verb in ("add", "change")]
    return user.has_perms([IMPORT, *verbs, *sheet.needs])
