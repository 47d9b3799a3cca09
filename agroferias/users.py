"""The staff's accounts, as those who give the roles see them."""

from django import forms
from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import Group, User
from django.utils.translation import gettext_lazy as _

from producers.admin.empty_list import TellsWhatIsFirst
from producers.admin.searching import SearchesWords
from producers.clock import dated

from .roles import DESCRIPTIONS


class RolesField(forms.ModelMultipleChoiceField):
    """The roles to tick, each with what it is for."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, group):
        words = DESCRIPTIONS.get(group.name)
        return f"{group.name}: {words}" if words else group.name


# Django's own are about permissions and symbols; these are about people.
HELP = {
    "username": _("To log in, without spaces: rosa.quispe."),
    "first_name": _("Example: Rosa."),
    "last_name": _("Example: Quispe."),
    "email": _("Only the staff see it: rosa@ejemplo.pe."),
    "is_active": _(
        "Untick it for whoever leaves; what they did stays under their name."
    ),
    "is_superuser": _("May do everything, whatever the roles: for one or two people."),
    "user_permissions": _("Past the roles, and hardly ever needed."),
}

# What a role may do stands in agroferias/roles.py, not in a form.
admin.site.unregister(Group)
admin.site.unregister(User)


@admin.register(User)
class UserAdmin(TellsWhatIsFirst, SearchesWords, auth_admin.UserAdmin):
    add_form = UserCreationForm
    add_form_template = None
    list_display = ["username", "full_name", "roles", "is_active", "logged_in"]
    list_filter = ["groups", "is_active"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email"]}),
        (_("On the desk"), {"fields": ["groups", "is_active"]}),
    ]
    # Only superusers make superusers, or give a permission past the roles.
    superuser_fieldsets = [
        (_("Beyond the roles"), {"fields": ["is_superuser", "user_permissions"]})
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "first_name", "last_name", "groups"]}),
        (_("Password"), {"fields": ["password1", "password2"]}),
    ]
    filter_horizontal = ["user_permissions"]
    empty_help = _(
        "Nobody has an account yet. Make one for each person, and tick their roles."
    )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj and request.user.is_superuser:
            return [*fieldsets, *self.superuser_fieldsets]
        return fieldsets

    def has_change_permission(self, request, obj=None):
        # The page of a password asks this, too.
        allowed = super().has_change_permission(request, obj)
        return allowed and self._is_within_reach(request, obj)

    def has_delete_permission(self, request, obj=None):
        allowed = super().has_delete_permission(request, obj)
        return allowed and self._is_within_reach(request, obj)

    def _is_within_reach(self, request, user):
        return user is None or request.user.is_superuser or not user.is_superuser

    def get_form(self, request, obj=None, **kwargs):
        return super().get_form(request, obj, help_texts=HELP, **kwargs)

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name != "groups":
            return super().formfield_for_manytomany(db_field, request, **kwargs)
        return RolesField(
            queryset=Group.objects.order_by("pk"),
            required=False,
            label=_("Roles"),
            help_text=_("Without a role, nobody gets into the desk."),
        )

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        user = form.instance
        has_something = user.groups.exists() or user.user_permissions.exists()
        user.is_staff = user.is_superuser or has_something
        user.save(update_fields=["is_staff"])

    @admin.display(description=_("name"), ordering="first_name")
    def full_name(self, user):
        return user.get_full_name()

    @admin.display(description=_("last login"), ordering="last_login")
    def logged_in(self, user):
        return dated(user.last_login)

    @admin.display(description=_("roles"))
    def roles(self, user):
        return ", ".join(sorted(group.name for group in user.groups.all()))
