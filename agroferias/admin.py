from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class AgroferiasAdminSite(admin.AdminSite):
    """The staff's desk, under the market's own name."""

    site_title = _("Agroferias Campesinas")
    site_header = _("Agroferias Campesinas")
    index_title = _("The market's desk")

    def index(self, request, extra_context=None):
        # Models are not loaded yet when the site is made.
        from .front import front  # noqa: PLC0415

        context = front(self, request)
        return super().index(request, context | (extra_context or {}))

    def get_urls(self):
        # For the same reason. Before those of the models, which take any address.
        from . import bulletin, guide  # noqa: PLC0415

        return [*bulletin.urls(self), *guide.urls(self), *super().get_urls()]
