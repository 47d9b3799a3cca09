from django.contrib import admin, messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from markets.models import Proposal
from markets.proposals import AlreadyDecidedError, accept, refuse
from markets.update_form import LEVELS
from producers.admin.staff import StaffAdmin
from producers.clock import dated

from .decision import ACCEPT, DECIDE, REFUSE, decision_forms
from .demand import demand

CARDS_SHOWN = 50
WAITING = "admin:markets_proposal_changelist"


@admin.register(Proposal)
class ProposalAdmin(StaffAdmin):
    """One screen to decide on what waits; a list, to read only, of the rest."""

    empty_help = _(
        "Nothing was decided yet. What producers send waits on its own page."
    )
    empty_source = "markets.proposal"
    has_history = False
    list_display = ["sent", "producer", "status", "decided_by", "decided"]
    list_select_related = ["producer", "decided_by"]
    search_fields = ["producer__name", "producer__people", "message"]
    search_help_text = _("Producer, or words of the message")
    ordering = ["-created_at", "-pk"]
    actions = None
    fields = [
        *("producer", "sent", "status", "decided_by", "decided", "note"),
        *("market_day", "comes", "reason", "took_attendance"),
        *("sent_levels", "took_photo", "message"),
    ]
    readonly_fields = ["sent", "decided", "sent_levels"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(status=Proposal.Status.PENDING)

    def get_urls(self):
        wrap = self.admin_site.admin_view
        photo = path(
            "<int:pk>/photo/", wrap(self.photo_view), name="markets_proposal_photo"
        )
        decided = path(
            "decided/", wrap(self.decided_view), name="markets_proposal_decided"
        )
        return [decided, photo, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        """Show all that waits, each with what is true now; take it or leave it."""
        demand(self.has_view_permission(request))
        sent = self._decide(request) if request.method == "POST" else None
        if request.method == "POST" and sent is None:
            return redirect(WAITING)
        waiting = Proposal.objects.waiting()
        rows = list(waiting.for_cards()[:CARDS_SHOWN])
        context = {
            "title": _("What producers sent"),
            "opts": self.opts,
            "cards": [
                sent if _same(sent, one) else one for one in self._cards(request, rows)
            ],
            "count": waiting.count(),
            "may_decide": request.user.has_perm(DECIDE),
            **self.admin_site.each_context(request),
        }
        return TemplateResponse(request, "admin/markets/proposal/waiting.html", context)

    def decided_view(self, request):
        """List what does not wait any more."""
        return super().changelist_view(request, {"title": _("Decided proposals")})

    def photo_view(self, request, pk):
        """Give out the photo of a proposal that waits."""
        demand(self.has_view_permission(request))
        proposal = get_object_or_404(Proposal, pk=pk)
        try:
            file = proposal.photo.open()
        except (ValueError, FileNotFoundError) as error:
            raise Http404 from error
        return FileResponse(file, content_type="image/jpeg")

    def _cards(self, request, proposals, data=None):
        user, moment = request.user, request.agenda.moment
        return decision_forms(proposals, user=user, moment=moment, data=data)

    def _decide(self, request):
        """Do what the pressed button says; return the card if it was refused."""
        demand(request.user.has_perm(DECIDE))
        key = request.POST.get(ACCEPT) or request.POST.get(REFUSE) or ""
        proposals = Proposal.objects.for_cards().select_related("decided_by")
        # More digits than a key has are no key.
        key = int(key) if key.isdecimal() and len(key) < len(str(2**63)) else 0
        proposal = get_object_or_404(proposals, pk=key)
        (card,) = self._cards(request, [proposal], data=request.POST)
        if proposal.status == Proposal.Status.PENDING and not card.is_valid():
            return card
        try:
            self._carry_out(request, card)
        except AlreadyDecidedError as error:
            messages.warning(request, _decided_already(error.proposal))
        return None

    def _carry_out(self, request, card):
        """Accept or refuse; tell what was done and what could not be."""
        proposal = card.proposal
        given = {"user": request.user, "moment": timezone.now()}
        if proposal.status != Proposal.Status.PENDING:
            raise AlreadyDecidedError(proposal)
        if ACCEPT in request.POST:
            said = accept(proposal=proposal.pk, parts=card.parts(), **given)
            said += card.dropped()
            done = gettext("Accepted: {producer}.")
        else:
            note = card.cleaned_data["note"]
            refuse(proposal=proposal.pk, note=note, **given)
            said, done = [], gettext("Refused: {producer}. Nothing was changed.")
        self.log_change(request, proposal, [{"changed": {"fields": ["status"]}}])
        messages.success(request, done.format(producer=proposal.producer))
        for sentence in said:
            messages.warning(request, sentence)

    @admin.display(description=_("sent at"), ordering="created_at")
    def sent(self, proposal):
        return dated(proposal.created_at)

    @admin.display(description=_("decided at"), ordering="decided_at")
    def decided(self, proposal):
        return dated(proposal.decided_at)

    @admin.display(description=_("what there was"))
    def sent_levels(self, proposal):
        names = dict(LEVELS)
        rows = (
            (one.product_name, names[one.level], "✓" if one.is_taken else "")
            for one in proposal.levels.order_by("pk")
        )
        return format_html_join("", "<p>{}: {} {}</p>", rows) or "-"


def _same(sent, card):
    return sent is not None and sent.proposal.pk == card.proposal.pk


def _decided_already(proposal):
    """Say who was quicker, the producer among them."""
    if proposal.status == Proposal.Status.REPLACED:
        message = gettext("Meanwhile {producer} sent something else, or took it back.")
        return message.format(producer=proposal.producer)
    who = proposal.decided_by or gettext("Somebody")
    message = gettext("{who} has decided on what {producer} sent already: {status}.")
    status = proposal.get_status_display()
    return message.format(who=who, producer=proposal.producer, status=status)
