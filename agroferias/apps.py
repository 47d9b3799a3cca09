from importlib import import_module

from django.apps import AppConfig
from django.apps import apps as installed
from django.contrib.admin import apps
from django.db.models.signals import post_migrate

from .roles import make_roles


class AgroferiasConfig(AppConfig):
    name = "agroferias"
    default = True

    def ready(self):
        # Sent once a migration; our own app has no models, and so no signal.
        post_migrate.connect(make_roles, sender=installed.get_app_config("auth"))
        # Needs the models, which are not there when this module is read.
        import_module("agroferias.cards.forgetting").connect()


class AdminConfig(apps.AdminConfig):
    default = False
    default_site = "agroferias.admin.AgroferiasAdminSite"

    def ready(self):
        super().ready()
        # In place of Django's own, which are registered by now.
        import_module("agroferias.users")
