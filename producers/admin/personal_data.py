"""The page with all that is stored on one producer: to hand it over, or to erase it."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext, ngettext

from producers import personal_data

EXPORT = "_export"


class PersonalDataPage:
    """A page of the producers' admin, for whoever decides what is public."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.personal_data_view)
        name = "producers_producer_personal_data"
        address = path("<path:object_id>/personal-data/", view, name=name)
        return [address, *super().get_urls()]

    def personal_data_view(self, request, object_id):
        producer = self.get_object(request, unquote(object_id))
        if producer is None:
            raise Http404
        if not self.has_publish_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self._page(request, producer)
        if EXPORT in request.POST:
            return _download(producer)
        if not self.has_delete_permission(request, producer):
            raise PermissionDenied
        if request.POST.get("name", "").strip() != str(producer):
            wrong = gettext("Write the name exactly as it stands above.")
            return self._page(request, producer, error=wrong)
        return self._erase(request, producer)

    def _page(self, request, producer, error=""):
        data = personal_data.collect(producer)
        tables = [
            (model._meta.verbose_name_plural, len(rows)) for model, rows in data.rows()
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Personal data of {producer}").format(producer=producer),
            "opts": self.opts,
            "producer": producer,
            "tables": tables,
            "version_count": sum(rows.count() for _model, rows in data.versions()),
            "log_count": data.log.count(),
            "file_count": len(data.files),
            "may_erase": self.has_delete_permission(request, producer),
            "error": error,
        }
        template = "admin/producers/producer/personal_data.html"
        return TemplateResponse(request, template, context)

    def _erase(self, request, producer):
        count = personal_data.erase(producer=producer)
        said = ngettext(
            "Erased for good: {count} row.", "Erased for good: {count} rows.", count
        )
        messages.success(request, said.format(count=count))
        return redirect("admin:producers_producer_changelist")


def _download(producer):
    return HttpResponse(
        personal_data.export(producer),
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="{producer.slug}.zip"',
            "Cache-Control": "private, no-store",
        },
    )
