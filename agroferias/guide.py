"""The staff's guide: how each task is done on the desk, with pictures of its screens.

Its prose is Spanish in the templates: content for the staff, not words of the
interface. What it says of the roles comes from their table.
"""

from django.contrib.admin import AdminSite
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from .roles import DESCRIPTIONS, permissions_of

# What people ask about, and the permission that it takes.
TASKS = [
    (_("Write drafts of producers"), ("producers", "add_producer")),
    (_("Publish and archive producers"), ("producers", "publish_producer")),
    (_("Run the market days"), ("markets", "change_marketday")),
    (_("Change hours, notices and the shop"), ("markets", "change_specialhours")),
    (_("Import spreadsheets"), ("producers", "import_sheets")),
    (_("Make personal links"), ("markets", "add_updatelink")),
    (_("Decide on what producers send"), ("markets", "change_proposal")),
    (_("Make accounts and give roles"), ("auth", "add_user")),
]


def urls(site: AdminSite) -> list:
    """Return the address of the guide, under an admin site's own."""

    def with_site(request):
        return page(request, site)

    return [path("guia/", site.admin_view(with_site), name="guide")]


@require_safe
def page(request, site):
    """Show the guide, to everybody who may enter the desk."""
    context = site.each_context(request) | {
        "title": _("Staff guide"),
        "roles": DESCRIPTIONS.items(),
        "tasks": list(_tasks()),
    }
    return TemplateResponse(request, "admin/guide/page.html", context)


def _tasks():
    """Yield each task with, for each role in order, whether it may do it."""
    allowed = [permissions_of(role) for role in DESCRIPTIONS]
    for label, permission in TASKS:
        yield label, [permission in one for one in allowed]
