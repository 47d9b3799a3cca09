"""One region for many producers at once."""

from functools import partial

from django import forms
from django.contrib import admin
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from producers import actions
from producers.alphabet import by_name
from producers.models import Region

from .bulk import APPLY, Question


class RegionForm(forms.Form):
    """The region that many producers get."""

    region = forms.ModelChoiceField(
        label=_("region"), queryset=Region.objects.order_by(*by_name())
    )


class SetsRegion:
    """The action of the producers' list that sets a region, once it is chosen."""

    @admin.action(
        description=_("Set the region of the chosen producers"), permissions=["change"]
    )
    @transaction.atomic
    def set_region(self, request, queryset):
        form = RegionForm(request.POST if APPLY in request.POST else None)
        if not form.is_valid():
            title, press = _("Which region do they come from?"), _("Set the region")
            question = Question("set_region", title, press, form)
            return self.ask(request, queryset, question)
        done, held, same_count = actions.set_region(
            producers=queryset,
            region=form.cleaned_data["region"],
            may=partial(self.has_change_permission, request),
        )
        said = ngettext(
            "{count} producer has the region now.",
            "{count} producers have the region now.",
            len(done),
        )
        self.tell_done(request, done, said, ["region"])
        self.tell_left(request, held_count=len(held), same_count=same_count)
        return None
