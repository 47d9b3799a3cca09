"""What each role may do: the whole table, and by what is really sent."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from agroferias.roles import DESCRIPTIONS, ROLES, make_roles, permissions_of
from markets.models import Proposal, Subscriber, UpdateLink
from tests.desk import make_clerk, make_member, open_desk, page

EDITING, COORDINATION, ADMINISTRATION = ROLES
ALL = ["add", "change", "delete", "view"]
# Role × model: what is allowed, and nothing else is.
EXPECTED = {
    EDITING: {
        "producers.category": ["view"],
        "producers.certification": ALL,
        "producers.consent": ALL,
        "producers.offering": ALL,
        "producers.producer": ALL,
        "producers.producercontact": ALL,
        "producers.producerphoto": ALL,
        "producers.product": ["add", "change", "view"],
        "producers.productphoto": ALL,
        "producers.region": ["view"],
        "producers.variety": ALL,
    },
    COORDINATION: {
        "markets.attendance": ALL,
        "markets.marketday": ["add", "change", "view"],
        "markets.notice": ALL,
        "markets.openinghours": ALL,
        "markets.participation": ALL,
        "markets.proposal": ["change", "delete", "view"],
        "markets.shelfitem": ALL,
        "markets.specialhours": ALL,
        "markets.stall": ALL,
        "markets.updatelink": ALL,
        "markets.venue": ["add", "change", "view"],
        "markets.venuecontact": ALL,
        "producers.category": ALL,
        "producers.certification": ALL,
        "producers.consent": ALL,
        "producers.offering": ALL,
        "producers.producer": ["add", "change", "delete", "publish", "view"],
        "producers.producercontact": ALL,
        "producers.producerphoto": ALL,
        "producers.product": ["add", "change", "delete", "publish", "view"],
        "producers.productphoto": ALL,
        "producers.region": ["change", "view"],
        "producers.sheetupload": ["import_sheets"],
        "producers.variety": ALL,
    },
    ADMINISTRATION: {
        "auth.user": ["add", "change", "view"],
        "markets.subscriber": ["delete", "view"],
    },
}
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
PAGES = {"changelist": ["view", "change"], "add": ["add"]}


@pytest.fixture
def desk(db, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


def given(role):
    """Return what a role's group has in the database, as EXPECTED is written."""
    found = {}
    permissions = Permission.objects.filter(group__name=role)
    for label, model, codename in permissions.order_by("codename").values_list(
        "content_type__app_label", "content_type__model", "codename"
    ):
        action = codename.removesuffix(f"_{model}")
        found.setdefault(f"{label}.{model}", []).append(action)
    return found


@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_do_exactly_this(db, role):
    assert given(role) == EXPECTED[role]


@pytest.mark.parametrize("role", ROLES)
def test_every_permission_of_the_table_exists(db, role):
    keys = Permission.objects.values_list("content_type__app_label", "codename")

    assert permissions_of(role) - {*keys} == set()


def test_every_role_says_what_it_is_for():
    assert [*DESCRIPTIONS] == [*ROLES]


def test_every_page_of_the_desk_is_for_some_role():
    covered = {name for table in ROLES.values() for name in table}

    assert {model._meta.label_lower for model in MODELS} - covered == set()


def test_migrating_again_mends_the_groups_and_leaves_the_others(db):
    own = Group.objects.create(name="Voluntarios")
    own.permissions.set(Permission.objects.filter(codename="view_region"))
    editing = Group.objects.get(name=EDITING)
    editing.permissions.set(Permission.objects.filter(codename="delete_user"))
    Group.objects.get(name=ADMINISTRATION).delete()
    member = make_member(EDITING)

    for _ in range(2):
        call_command("migrate", verbosity=0)

    assert sorted(group.name for group in Group.objects.all()) == sorted(
        [*ROLES, "Voluntarios"]
    )
    assert {role: given(role) for role in ROLES} == EXPECTED
    assert [one.codename for one in own.permissions.all()] == ["view_region"]
    assert [group.name for group in member.groups.all()] == [EDITING]


def test_a_migration_that_knows_of_no_groups_yet_makes_none(db):
    class Nothing:
        def get_model(self, *names):
            raise LookupError

    before = Group.objects.count()
    Group.objects.get(name=EDITING).delete()

    make_roles(apps=Nothing())

    assert Group.objects.count() == before - 1


def test_a_permission_that_is_not_there_yet_is_left_out(db, monkeypatch):
    monkeypatch.setitem(ROLES[ADMINISTRATION], "auth.visitor", "view")

    make_roles()

    assert given(ADMINISTRATION) == EXPECTED[ADMINISTRATION]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
@pytest.mark.parametrize("role", ROLES)
def test_every_page_opens_for_a_role_or_is_refused(desk, role, model, name):
    desk.force_login(make_member(role))
    actions = EXPECTED[role].get(model._meta.label_lower, [])

    response = desk.get(page(model, name))

    # What people do adds links, proposals and subscribers: they have no page for it.
    has_page = name != "add" or model not in {UpdateLink, Proposal, Subscriber}
    may_open = has_page and any(action in actions for action in PAGES[name])
    assert response.status_code == (200 if may_open else 403)


@pytest.mark.parametrize("role", ROLES)
def test_the_front_page_lists_what_a_role_may_open(desk, role):
    desk.force_login(make_member(role))

    response = desk.get("/admin/")

    shown = {
        model["model"]._meta.label_lower
        for app in response.context["app_list"]
        for model in app["models"]
    }
    registered = {model._meta.label_lower for model in MODELS}
    assert shown == registered & EXPECTED[role].keys()


def test_who_has_no_role_sees_nothing_but_whom_to_ask(desk):
    desk.force_login(make_clerk())

    response = desk.get("/admin/")

    assert response.status_code == 200
    assert response.context["app_list"] == []
    assert "ask whoever is in Administración" in response.text
    for model in MODELS:
        assert desk.get(page(model, "changelist")).status_code == 403


def test_who_has_two_roles_may_do_both(desk):
    desk.force_login(make_member(COORDINATION, ADMINISTRATION))

    for name in ("auth.User", "markets.MarketDay"):
        model = apps.get_model(name)
        assert desk.get(page(model, "add")).status_code == 200
