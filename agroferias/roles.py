"""Who on the staff may do what.

Three groups, which `migrate` makes and keeps exactly as this table has them; another
group, and who is in one, is never touched. One person may have several roles.
"""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import DEFAULT_DB_ALIAS
from django.utils.translation import gettext_lazy as _

# The names are data that people read, as those of the regions are.
EDITING = "Edición"
COORDINATION = "Coordinación"
ADMINISTRATION = "Administración"

DESCRIPTIONS = {
    EDITING: _("writes drafts of producers and products, and submits them"),
    COORDINATION: _("publishes, and runs the market days, the shop and the notices"),
    ADMINISTRATION: _("makes the accounts, gives the roles, and sees who gets alerts"),
}

ALL = "view add change delete"

# Model: what may be done. A word with «_» is a permission's whole name.
# What is public is out of reach without «publish»: see producers/admin/public_rows.py.
DRAFTS = {
    "producers.producer": ALL,
    "producers.offering": ALL,
    "producers.producerphoto": ALL,
    "producers.producercontact": ALL,
    "producers.consent": ALL,
    "producers.certification": ALL,
    "producers.product": "view add change",
    "producers.productphoto": ALL,
    "producers.variety": ALL,
    "producers.category": "view",
    "producers.region": "view",
}
ROLES = {
    EDITING: DRAFTS,
    COORDINATION: DRAFTS
    | {
        "producers.producer": f"{ALL} publish",
        "producers.product": f"{ALL} publish",
        "producers.category": ALL,
        "producers.region": "view change",
        "markets.marketday": "view add change",
        "markets.attendance": ALL,
        "markets.venue": "view add change",
        "markets.venuecontact": ALL,
        "markets.openinghours": ALL,
        "markets.specialhours": ALL,
        "markets.stall": ALL,
        "markets.participation": ALL,
        "markets.shelfitem": ALL,
        "markets.notice": ALL,
        "producers.sheetupload": "import_sheets",
        "markets.updatelink": ALL,
        "markets.proposal": "view change delete",
    },
    # Whoever leaves is deactivated: deleting an account deletes what it did from
    # every history.
    ADMINISTRATION: {
        "auth.user": "view add change",
        "markets.subscriber": "view delete",
    },
}


def permissions_of(role: str) -> set[tuple[str, str]]:
    """Return the permissions of a role, as (app label, codename)."""
    found = set()
    for name, actions in ROLES[role].items():
        app, model = name.split(".")
        for action in actions.split():
            codename = action if "_" in action else f"{action}_{model}"
            found.add((app, codename))
    return found


def make_roles(*, apps=installed, using=DEFAULT_DB_ALIAS, **kwargs):
    """Make the three groups, with the permissions that the table gives and no other.

    Runs at the end of every `migrate`; where that has not made all tables yet, the
    permissions that there are.
    """
    try:
        groups = apps.get_model("auth", "Group").objects.using(using)
    except LookupError:
        return
    # Django makes an app's permissions after its migration, in the apps' order;
    # here those of all are needed.
    for config in installed.get_app_configs():
        create_permissions(config, verbosity=0, using=using, apps=apps)
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    keys = {
        (app, codename): key
        for app, codename, key in permissions.values_list(
            "content_type__app_label", "codename", "pk"
        )
    }
    for role in ROLES:
        group, _is_new = groups.get_or_create(name=role)
        group.permissions.set(keys[one] for one in permissions_of(role) & keys.keys())
