"""What is public is changed by those who may publish; others write drafts."""

from django.core.exceptions import ValidationError

from producers.sheets.resource import ASK


class PublicRows:
    """Permissions of a ModelAdmin whose rows are public at some time.

    is_public(row) is the subclass's: whether the public sees a row, or may have seen
    it. publishing names the permissions that it takes to change such a row; whoever
    has not all of them may add and change the others alone.
    """

    publishing = ()

    def has_publish_permission(self, request):
        """Whether a user may decide what is public; Django asks it for actions, too."""
        return request.user.has_perms(self.publishing)

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and self._is_within_reach(request, obj)

    def has_delete_permission(self, request, obj=None):
        allowed = super().has_delete_permission(request, obj)
        return allowed and self._is_within_reach(request, obj)

    def _is_within_reach(self, request, row):
        if row is None or self.has_publish_permission(request):
            return True
        return not self.is_public(row)

    def beyond_reach(self, request, versions) -> list:
        """Return those of versions whose rows are on pages that a user may not change.

        Such a row would become public by being written. One query at the most.
        """
        _own, *parts = self.history_parts()
        columns = {part.model: part.column for part in parts}
        owners = {
            one: getattr(one, columns[one.instance_type])
            for one in versions
            if one.instance_type in columns
        }
        if not owners or self.has_publish_permission(request):
            return []
        rows = self.model.objects.filter(pk__in={*owners.values()})
        public = {row.pk for row in rows if self.is_public(row)}
        return [one for one, owner in owners.items() if owner in public]

    def render_change_form(self, request, context, **kwargs):
        row = kwargs.get("obj")
        if row and not self._is_within_reach(request, row):
            context["why_not"] = ASK
        return super().render_change_form(request, context, **kwargs)


class RowsOfPublicRows(PublicRows):
    """The same for rows that belong to such a row, chosen in the field parent."""

    parent = ""

    def is_public(self, row):
        parent = getattr(row, self.parent)
        parent_admin = self.admin_site.get_model_admin(type(parent))
        return parent_admin.is_public(parent)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == self.parent and not self.has_publish_permission(request):
            parent_admin = self.admin_site.get_model_admin(field.queryset.model)
            field.validators = [*field.validators, refuse(parent_admin.is_public)]
        return field


def beyond_reach(site, request, versions) -> list:
    """Return the same for the pages of all models of a site."""
    admins = [one for one in site._registry.values() if isinstance(one, PublicRows)]
    return [row for one in admins for row in one.beyond_reach(request, versions)]


def refuse(is_public):
    """Return a validator that refuses a row that is public."""

    def validate(row):
        if is_public(row):
            raise ValidationError(ASK)

    return validate


def without(fieldsets, name: str):
    """Return fieldsets of an admin without one of their fields."""
    return [
        (title, {**options, "fields": _without(options["fields"], name)})
        for title, options in fieldsets
    ]


def _without(fields, name):
    rest = (
        tuple(one for one in row if one != name) if isinstance(row, tuple) else row
        for row in fields
    )
    return [row for row in rest if row != name]
