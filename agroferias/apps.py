from django.apps import AppConfig
from django.contrib.admin import apps


class AgroferiasConfig(AppConfig):
    name = "agroferias"
    default = True


class AdminConfig(apps.AdminConfig):
    default = False
    default_site = "agroferias.admin.AgroferiasAdminSite"
