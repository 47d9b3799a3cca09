"""The offerings' admin with what the shop adds to it."""

from functools import partial

from django import forms
from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from markets import actions
from markets.models import ShelfItem, Venue
from producers.admin.bulk import APPLY, Question
from producers.admin.offering import OfferingAdmin
from producers.models import Offering

SHELVE = ("markets.add_shelfitem", "markets.change_shelfitem")


class ShopForm(forms.Form):
    """The shop whose shelf is meant; it need not be asked where there is one."""

    shop = forms.ModelChoiceField(label=_("shop"), queryset=Venue.objects.shops())


# The producers' own admin knows nothing of a shop.
admin.site.unregister(Offering)


@admin.register(Offering)
class ShelvedOfferingAdmin(OfferingAdmin):
    actions = [*OfferingAdmin.actions, "put_on_shelf"]

    def has_shelve_permission(self, request):
        """Whether a user may fill the shelf; Django asks it for the action."""
        return request.user.has_perms(SHELVE)

    @admin.action(description=_("Mark as at the shop"), permissions=["shelve"])
    @transaction.atomic
    def put_on_shelf(self, request, queryset):
        shops = list(Venue.objects.shops())
        if not shops:
            said = _("There is no shop yet: add a venue of that kind first.")
            return self.message_user(request, said, "warning")
        if len(shops) == 1:
            return self._shelve(request, queryset, shops[0])
        form = ShopForm(request.POST if APPLY in request.POST else None)
        if form.is_valid():
            return self._shelve(request, queryset, form.cleaned_data["shop"])
        title, press = _("At which shop are they?"), _("Mark as at the shop")
        # The offering itself stays as it is.
        may = partial(self.has_view_permission, request)
        question = Question("put_on_shelf", title, press, form)
        return self.ask(request, queryset, question, may=may)

    def _shelve(self, request, offerings, shop):
        moment = timezone.now()
        added, known = actions.place_on_shelf(
            offerings=offerings, shop=shop, moment=moment
        )
        items = [*added, *known]
        said = ngettext(
            "{count} offering is on the shelf of {shop} now.",
            "{count} offerings are on the shelf of {shop} now.",
            len(items),
        ).format(count=len(items), shop=shop)
        if known:
            again = gettext("{count} of them had been there before.")
            said = f"{said} {again.format(count=len(known))}"
        _log(request, added, known)
        shelf = self.admin_site.get_model_admin(ShelfItem)
        shelf.tell_undoable(request, items, said)


def _log(request, added, known):
    fields = ["is_in_stock", "checked_at"]
    log = LogEntry.objects.log_actions
    log(request.user.pk, added, ADDITION, [{"added": {}}])
    log(request.user.pk, known, CHANGE, [{"changed": {"fields": fields}}])
