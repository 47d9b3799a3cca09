import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission

from agroferias.roles import ADMINISTRATION, COORDINATION, DESCRIPTIONS, EDITING
from tests.desk import (
    change_page,
    filled_in,
    form_errors,
    make_clerk,
    make_member,
    open_desk,
    page,
)
from tests.factories import make_staff

User = get_user_model()
PASSWORD = "papa-huayro-7"


@pytest.fixture
def desk(db, client, settings, tmp_path):
    """The pages as somebody in Administración has them."""
    open_desk(client, settings, tmp_path)
    client.force_login(make_member(ADMINISTRATION))
    return client


def key(role):
    return str(Group.objects.get(name=role).pk)


def new_user(**values):
    data = {"username": "rosa", "first_name": "Rosa", "last_name": "Quispe"}
    return data | {"password1": PASSWORD, "password2": PASSWORD} | values


def roles(user):
    return sorted(group.name for group in user.groups.all())


def test_an_account_is_made_with_its_roles(desk):
    data = new_user(groups=[key(EDITING), key(COORDINATION)])

    response = desk.post(page(User, "add"), data)

    rosa = User.objects.get(username="rosa")
    assert response.url == change_page(rosa)
    assert rosa.get_full_name() == "Rosa Quispe"
    assert roles(rosa) == sorted([COORDINATION, EDITING])
    assert (rosa.is_staff, rosa.is_superuser) == (True, False)
    desk.logout()
    assert desk.login(username="rosa", password=PASSWORD)
    assert desk.get("/admin/producers/producer/").status_code == 200


def test_the_form_says_what_each_role_is_for(desk):
    Group.objects.create(name="Voluntarios")

    response = desk.get(page(User, "add"))

    field = response.context["adminform"].form.fields["groups"]
    said = [f"{role}: {words}" for role, words in DESCRIPTIONS.items()]
    assert [label for _key, label in field.choices] == [*said, "Voluntarios"]


def test_a_fault_is_said_at_its_field(desk):
    response = desk.post(page(User, "add"), new_user(password2="papa", username=""))

    assert list(form_errors(response)) == ["username", "password2"]
    assert User.objects.filter(first_name="Rosa").count() == 0


def test_without_a_role_nobody_gets_in(desk):
    member = make_member(EDITING)
    data = filled_in(desk.get(change_page(member)))
    del data["groups"]

    desk.post(change_page(member), data)

    member.refresh_from_db()
    assert (roles(member), member.is_staff) == ([], False)
    desk.force_login(member)
    assert desk.get("/admin/").url.startswith("/admin/login/")


def test_a_permission_of_ones_own_is_kept_and_lets_in(desk):
    clerk = make_clerk("view_region")

    desk.post(change_page(clerk), filled_in(desk.get(change_page(clerk))))

    clerk.refresh_from_db()
    assert clerk.is_staff
    assert [one.codename for one in clerk.user_permissions.all()] == ["view_region"]


def test_nobody_in_administration_makes_a_superuser(desk):
    member = make_member(EDITING)
    data = filled_in(desk.get(change_page(member)))
    everything = [str(one.pk) for one in Permission.objects.all()]
    more = {"is_superuser": "on", "is_staff": "on", "user_permissions": everything}

    desk.post(change_page(member), data | more)
    desk.post(page(User, "add"), new_user() | more)

    for user in (User.objects.get(pk=member.pk), User.objects.get(username="rosa")):
        assert not user.is_superuser
        assert user.user_permissions.count() == 0
    assert not User.objects.get(username="rosa").is_staff


def test_a_superuser_is_out_of_their_reach(desk):
    chief = make_staff()
    before = User.objects.filter(pk=chief.pk).values().get()
    data = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}

    shown = desk.get(change_page(chief))
    answers = [
        desk.post(change_page(chief), {"username": "eva"}),
        desk.get(f"/admin/auth/user/{chief.pk}/password/"),
        desk.post(f"/admin/auth/user/{chief.pk}/password/", data),
        desk.post(page(chief, "delete", chief.pk), {"post": "yes"}),
    ]

    assert shown.status_code == 200
    assert chief.password not in shown.text
    assert [response.status_code for response in answers] == [403] * 4
    assert User.objects.filter(pk=chief.pk).values().get() == before


def test_a_colleague_gets_a_new_password(desk):
    member = make_member(EDITING)
    data = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}

    desk.post(f"/admin/auth/user/{member.pk}/password/", data)

    member.refresh_from_db()
    assert member.check_password(PASSWORD)


def test_an_account_is_deactivated_and_not_deleted(desk):
    member = make_member(EDITING)
    data = filled_in(desk.get(change_page(member)))
    del data["is_active"]

    deleted = desk.post(page(member, "delete", member.pk), {"post": "yes"})
    desk.post(change_page(member), data)

    member.refresh_from_db()
    assert (deleted.status_code, member.is_active) == (403, False)


def test_superusers_make_superusers(client, db, settings, tmp_path):
    desk = open_desk(client, settings, tmp_path)
    member = make_member(EDITING)
    data = filled_in(desk.get(change_page(member)))

    response = desk.get(page(member, "delete", member.pk))
    desk.post(change_page(member), data | {"is_superuser": "on"})

    member.refresh_from_db()
    assert response.status_code == 200
    assert (member.is_superuser, member.is_staff) == (True, True)


@pytest.mark.parametrize("row_count", [1, 30])
def test_query_count_of_the_list_is_constant(
    desk, django_assert_num_queries, row_count
):
    for _ in range(row_count):
        make_member(EDITING, COORDINATION)

    # session, user, own permissions twice, groups of the filter, count, count of
    # all, users, their roles
    with django_assert_num_queries(9):
        response = desk.get(page(User, "changelist"))

    assert len(response.context["cl"].result_list) == row_count + 2
    assert f"{COORDINATION}, {EDITING}" in response.text
