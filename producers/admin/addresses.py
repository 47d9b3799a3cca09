"""What happens to an address that staff change."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

OLD_ONE_STAYS = _("If you change it, the old address keeps leading here for good.")


def tell_of_old_address(form):
    """Say at the address of a public row that another one loses nobody."""
    if form.instance.is_listed and "slug" in form.fields:
        field = form.fields["slug"]
        field.help_text = format_lazy("{} {}", field.help_text, OLD_ONE_STAYS)


class KeepsAddresses:
    """Keeps the former addresses of a ModelAdmin's rows.

    former_slugs is the model that has them.
    """

    former_slugs = None

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "slug" in form.changed_data:
            self.former_slugs.objects.keep(obj, form.initial.get("slug"))

    def after_restore(self, request, row, was):
        super().after_restore(request, row, was)
        self.former_slugs.objects.keep(row, was.slug)
