import datetime as dt

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from markets.models import Subscriber
from markets.subscriptions import leave
from producers.admin.staff import StaffAdmin
from producers.admin.tasks import Check, Urgency

STUCK = ngettext_lazy(
    "{count} subscriber whose e-mail perhaps did not go out",
    "{count} subscribers whose e-mails perhaps did not go out",
    "count",
)


class MailFilter(admin.SimpleListFilter):
    """The subscribers to whom something did not go out, or perhaps did not."""

    title = _("e-mail")
    parameter_name = "mail"

    def lookups(self, request, model_admin):
        return [("stuck", _("Perhaps did not go out"))]

    def queryset(self, request, queryset):
        if self.value() != "stuck":
            return queryset
        return queryset.troubled(request.agenda.moment)


class ConfirmedFilter(admin.SimpleListFilter):
    """Who gets the alerts, and who has still to confirm."""

    title = _("confirmed")
    parameter_name = "confirmed"

    def lookups(self, request, model_admin):
        return [("yes", _("Yes")), ("no", _("Not yet"))]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        return queryset.filter(confirmed_at__isnull=self.value() == "no")


@admin.register(Subscriber)
class SubscriberAdmin(StaffAdmin):
    """Who is told: to look at, and to delete whoever asks for it."""

    empty_help = _("Nobody has subscribed yet. People do so themselves, at /avisos/.")
    empty_source = "markets.subscriber"
    has_history = False
    list_display = ["email", "language", "confirmed_at", "created_at"]
    list_filter = [ConfirmedFilter, MailFilter]
    search_fields = ["email"]
    search_help_text = _("E-mail, or part of it")
    ordering = ["-created_at", "-pk"]
    fields = ["email", "language", "created_at", "asked_at", "confirmed_at"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def delete_model(self, request, obj):
        leave(subscribers=Subscriber.objects.filter(pk=obj.pk))

    def delete_queryset(self, request, queryset):
        keys = queryset.order_by().values("pk")
        leave(subscribers=Subscriber.objects.filter(pk__in=keys))


def of_alerts(moment: dt.datetime) -> list[Check]:
    """Return the check of the e-mails that went wrong, or that nothing sends."""
    address = f"{reverse('admin:markets_subscriber_changelist')}?mail=stuck"
    needs = ("markets.view_subscriber",)
    rows = Subscriber.objects.troubled(moment)
    return [Check("alerts", Urgency.SOON, needs, rows, STUCK, address)]
