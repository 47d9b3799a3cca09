from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class AgroferiasAdminSite(admin.AdminSite):
    """The staff's desk, under the market's own name."""

    site_title = _("Agroferias Campesinas")
    site_header = _("Agroferias Campesinas")
    index_title = _("The market's desk")
