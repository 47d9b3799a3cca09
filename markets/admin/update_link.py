from django.contrib import admin, messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from markets import update_links
from markets.models import UpdateLink
from producers import search
from producers.admin.staff import StaffAdmin
from producers.models import Producer
from producers.pages import page_of

from .demand import demand

PRODUCERS_PER_PAGE = 50
PRODUCER_COLUMNS = ["name", "people", "slug"]
ADD, CHANGE = "markets.add_updatelink", "markets.change_updatelink"


@admin.register(UpdateLink)
class UpdateLinkAdmin(StaffAdmin):
    """Pages of our own: who has a link, and one producer's, ready to be sent."""

    has_history = False
    search_fields = [f"producer__{name}" for name in PRODUCER_COLUMNS]
    ordering = ["producer__name", "pk"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def get_urls(self):
        view = self.admin_site.admin_view(self.producer_view)
        name = "markets_updatelink_producer"
        return [path("producer/<int:pk>/", view, name=name), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        demand(self.has_view_permission(request))
        text = request.GET.get("q", "").replace("\x00", "")[:100]
        producers = update_links.producers_with_links()
        for word in search.words(text):
            producers = producers.filter(search.anywhere(word, PRODUCER_COLUMNS))
        page, _exists = page_of(
            producers,
            request.GET.get("pagina"),
            size=PRODUCERS_PER_PAGE,
            total=producers.count(),
        )
        context = {"title": _("Personal links"), "page": page, "q": text}
        return self._page(request, "admin/markets/updatelink/list.html", context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        link = self.get_object(request, object_id)
        producer = link and link.producer_id
        name = "producer" if producer else "changelist"
        args = [producer] if producer else []
        return redirect(f"admin:markets_updatelink_{name}", *args)

    def producer_view(self, request, pk):
        """Show a producer's link and its message; make another one, or revoke it."""
        demand(self.has_view_permission(request))
        producer = get_object_or_404(Producer, pk=pk)
        if request.method == "POST":
            self._press(request, producer)
            return redirect("admin:markets_updatelink_producer", pk)
        links = producer.update_links.current().with_last_use()
        context = {
            "title": _("Personal link"),
            "subtitle": producer,
            "producer": producer,
            "may_add": request.user.has_perm(ADD),
            "may_change": request.user.has_perm(CHANGE),
            **self._link(request, links.select_related("producer").first()),
        }
        return self._page(request, "admin/markets/updatelink/producer.html", context)

    def _link(self, request, link):
        if link is None:
            return {"link": None}
        today = request.agenda.moment.date()
        address = request.build_absolute_uri(link.get_absolute_url())
        message = update_links.invitation(link, address)
        return {
            "link": link,
            "works": link.works(today),
            "address": address,
            "message": message,
            "whatsapp": update_links.whatsapp_url(link.producer, message),
        }

    def _press(self, request, producer):
        """Do what the pressed button says, and tell that it was done."""
        if "renew" in request.POST:
            is_open = producer.status != Producer.Status.ARCHIVED
            demand(request.user.has_perm(ADD) and is_open)
            link = update_links.renew_link(
                producer=producer, user=request.user, moment=timezone.now()
            )
            self.log_addition(request, link, [{"added": {}}])
            done = gettext("Here is the new link. The one before works no more.")
            messages.success(request, done)
        elif "revoke" in request.POST:
            demand(request.user.has_perm(CHANGE))
            for link in producer.update_links.current():
                self.log_change(request, link, gettext("Revoked."))
            update_links.revoke_link(producer=producer, moment=timezone.now())
            messages.success(request, gettext("The link works no more."))

    def _page(self, request, template, context):
        context |= self.admin_site.each_context(request) | {"opts": self.opts}
        return TemplateResponse(request, template, context)
