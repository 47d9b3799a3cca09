"""What tests of the admin need: its pages, and what their forms would send."""

import re

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from tests.factories import make_staff

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


def open_desk(client, settings, folder):
    """Log a superuser in; uploads go to folder, static files need no collecting.

    Sentences are in English, as the code has them, whatever the catalogue says.
    """
    settings.LANGUAGE_CODE = "en"
    settings.STORAGES = STORAGES
    settings.MEDIA_ROOT = folder
    client.force_login(make_staff())
    return client


def make_clerk(*permissions):
    """Return one of the staff who may do only this, such as «view_marketday»."""
    clerk = make_staff()
    get_user_model().objects.filter(pk=clerk.pk).update(is_superuser=False)
    clerk.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return get_user_model().objects.get(pk=clerk.pk)


def make_member(*roles):
    """Return one of the staff with these roles, whose password is «secret»."""
    member = make_clerk()
    member.groups.set(Group.objects.filter(name__in=roles))
    return member


def page(row_or_model, name, *args):
    """Return the address of one of a model's admin pages; changelist, add, …"""
    options = row_or_model._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_{name}", args=args)


def change_page(row):
    return page(row, "change", row.pk)


def filled_in(response) -> dict:
    """Return what the form of an add or change page would send as it is."""
    context = response.context
    data = {"_shown": context["shown"]} if "shown" in context else {}
    data |= _values(context["adminform"].form)
    for inline in context["inline_admin_formsets"]:
        data |= _values(inline.formset.management_form)
        for form in inline.formset.forms:
            data |= _values(form)
    return data


def add_row(data: dict, prefix: str, **values):
    """Put a row into an inline of data, as «Add another» does; return its prefix."""
    total = int(data[f"{prefix}-TOTAL_FORMS"])
    data[f"{prefix}-TOTAL_FORMS"] = str(total + 1)
    row = f"{prefix}-{total}"
    values = {
        name: value if hasattr(value, "read") else sent(value)
        for name, value in values.items()
    }
    data.update({f"{row}-{name}": value for name, value in values.items()})
    return row


def season_values(name: str, season) -> dict:
    """Return the twelve selects of a season."""
    return {f"{name}_{index}": str(level) for index, level in enumerate(season)}


def agreed(response) -> dict:
    """Return what a page that asks about market days sends once somebody agrees."""
    data = {}
    for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', response.text):
        data.setdefault(name, []).append(value)
    return data


def sent(value):
    """Return a value as a browser sends it."""
    return [str(one) for one in value] if isinstance(value, list) else str(value)


def row_errors(response, prefix: str) -> list[dict]:
    """Return the errors of each row of an inline, as {field: [sentence]}."""
    formsets = [one.formset for one in response.context["inline_admin_formsets"]]
    (formset,) = (one for one in formsets if one.prefix == prefix)
    return formset.errors


def form_errors(response) -> dict:
    """Return the errors of the page's own form."""
    return response.context["adminform"].form.errors


def _values(form):
    data = {}
    for bound in form:
        data |= _widget_values(bound.field.widget, bound.html_name, bound.value())
    return {
        name: sent(value) for name, value in data.items() if value not in (None, "", [])
    }


def _widget_values(widget, name, value):
    widget = getattr(widget, "widget", widget)
    if getattr(widget, "needs_multipart_form", False) or getattr(
        widget, "is_sent_by_buttons", False
    ):
        return {}
    if hasattr(widget, "widgets"):
        values = value if isinstance(value, list) else widget.decompress(value)
        names = widget.widgets_names
        return {name + end: one for end, one in zip(names, values, strict=True)}
    if value is True:
        return {name: "on"}
    if value is False:
        return {}
    if isinstance(value, list) and not hasattr(widget, "choices"):
        return {name: widget.format_value(value)}
    return {name: value}


def front_tasks(desk) -> dict[str, str]:
    """Return the sentences of the front page's tasks by name, as they stand there."""
    tasks = desk.get("/admin/").context["tasks"]
    return {task.name: task.words for task in tasks or []}


def rows_to_mend(desk, name) -> set:
    """Return the rows of the list that a task of the front page leads to."""
    tasks = desk.get("/admin/").context["tasks"]
    (address,) = (task.address for task in tasks if task.name == name)
    return {*desk.get(address).context["cl"].result_list}
