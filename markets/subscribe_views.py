"""The pages of the alerts: asking for them, confirming the address, leaving.

What a page answers tells nobody whether an address is among the subscribers. Links in
e-mails are opened by programs as well: a page with a button comes first, always.
"""

from collections.abc import Callable
from functools import wraps

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from .models import Subscriber
from .subscribe_form import SubscribeForm
from .subscribe_limits import is_too_often
from .subscriptions import ask, confirm, leave


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request):
    """Explain the alerts, and take an address.

    Without the cookie of Django's guard against other sites' forms: visitors have none.
    The browser says where a form is from, and all that one could do is to ask somebody.
    """
    form = SubscribeForm(request.POST if request.method == "POST" else None)
    context, status = {"form": form}, 200
    if form.is_bound and form.is_valid():
        if _is_of_another_site(request):
            context["is_of_another_site"], status = True, 403
        elif is_too_often(request):
            context["is_too_often"], status = True, 429
        else:
            _ask(form.cleaned_data["email"], request.agenda.moment)
            return redirect("markets:subscribe_sent")
    return TemplateResponse(request, "markets/subscribe.html", context, status=status)


def _is_of_another_site(request):
    ours = f"{request.scheme}://{request.get_host()}"
    is_same = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    return not is_same or request.headers.get("Origin", ours) != ours


def _ask(email, moment):
    # Of the languages that pages are in, the mails are in two.
    spoken = get_language()
    languages = Subscriber.Language
    language = spoken if spoken in languages else languages.SPANISH
    ask(email=email, language=language, moment=moment)


@require_safe
def subscribe_sent(request):
    """Say that a mail is on its way, if it is."""
    return TemplateResponse(request, "markets/subscribe_sent.html")


def personal(view: Callable) -> Callable:
    """Give a view the Subscriber of the address's token, if there is one.

    Nothing of it is kept, found or told to another site. The token is all that is
    needed, so that no cookie takes part: mail programs have none.
    """

    @csrf_exempt
    @wraps(view)
    def wrapper(request, token):
        subscriber = Subscriber.objects.by_token(token)
        response = view(request, subscriber) if subscriber else _unknown(request)
        response["Cache-Control"] = "private, no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return wrapper


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def subscription(request, subscriber):
    """Ask whether an address is one's; say that it is confirmed."""
    moment = request.agenda.moment
    if request.method == "POST" and confirm(subscriber=subscriber, moment=moment):
        return redirect(subscriber)
    is_lapsed = subscriber.is_lapsed(moment)
    context = {"subscriber": subscriber, "is_lapsed": is_lapsed}
    status = 410 if is_lapsed else 200
    return TemplateResponse(
        request, "markets/subscription.html", context, status=status
    )


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request, subscriber):
    """Ask whether to leave; on a POST, a mail program's too, delete the address."""
    is_done = request.method == "POST"
    if is_done:
        leave(subscribers=Subscriber.objects.filter(pk=subscriber.pk))
    context = {"subscriber": subscriber, "is_done": is_done}
    return TemplateResponse(request, "markets/unsubscribe.html", context)


def _unknown(request):
    return TemplateResponse(request, "markets/subscription_unknown.html", status=404)
