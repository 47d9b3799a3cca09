"""What each role sees of one row: its page, its history and what was deleted."""

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch

from agroferias.roles import EDITING, ROLES, permissions_of
from markets.models import Proposal, UpdateLink
from tests.desk import change_page, make_member, open_desk, page
from tests.everything import fill

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)


@pytest.fixture
def desk(db, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


def may_see(role, model):
    options = model._meta
    return (options.app_label, f"view_{options.model_name}") in permissions_of(role)


def pages_of(row):
    found = {"change": change_page(row), "history": page(row, "history", row.pk)}
    if hasattr(type(row), "history"):
        found["deleted"] = page(row, "deleted")
    return found


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_row_opens_for_a_role_or_is_refused(desk, role):
    fill(1)
    rows = [model._default_manager.order_by("pk").first() for model in MODELS]
    desk.force_login(make_member(role))

    for row in rows:
        for name, address in pages_of(row).items():
            expected = 200 if may_see(role, type(row)) else 403
            if (type(row), name) == (UpdateLink, "change"):
                # Its page is its producer's, which asks for itself.
                expected = 302

            assert desk.get(address).status_code == expected, (name, row)


def test_what_has_no_versions_still_tells_who_changed_it(desk):
    member = make_member(EDITING)
    data = {"username": member.username, "first_name": "Rosa", "is_active": "on"}
    desk.post(change_page(member), data)

    html = desk.get(page(member, "history", member.pk)).text

    assert "First name" in html
    assert "Nobody has changed it yet" not in html


@pytest.mark.parametrize("model", [Proposal, UpdateLink])
def test_what_has_no_versions_has_no_list_of_what_was_deleted(model):
    with pytest.raises(NoReverseMatch):
        page(model, "deleted")
