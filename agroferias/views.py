"""The pages that show producers and markets together, and those about the site."""

from django.conf import settings
from django.db.models import F, TextField, Value
from django.db.models.functions import MD5, Concat
from django.template.response import TemplateResponse
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_safe

from producers.models import Offering, Producer, Product, Region
from producers.search import typed

from .api import licence
from .api.examples import EXAMPLES
from .api.pages import MAX_ROWS, ROWS
from .bill import BILL_SIZE, at_best, load_of
from .finding import find, shelf_of
from .suggesting import suggest

MOVERS = 3
PRODUCERS_SHOWN = 3


@require_safe
def home(request):
    """Show this Sunday's market, and what is at its best now."""
    today = request.agenda.moment.date()
    month = today.month
    offerings = Offering.objects.listed()
    products = Product.objects.listed().for_cards(offerings)
    best = at_best(month)
    context = {
        "month": month,
        "bill": best[:BILL_SIZE],
        "load": load_of(best),
        "leaving": products.leaving(month, offerings)[:MOVERS],
        "arriving": products.arriving(month, offerings)[:MOVERS],
        "regions": Region.objects.by_producers(),
        "producers": _three_of_the_week(today),
    }
    return TemplateResponse(request, "home.html", context)


def _three_of_the_week(today):
    """Return three producers; others every week, each with the same chance."""
    year, week, _ = today.isocalendar()
    seed = Value(f"{year}-{week}", output_field=TextField())
    shuffled = MD5(Concat(F("slug"), seed, output_field=TextField()))
    return Producer.objects.listed().for_cards().order_by(shuffled)[:PRODUCERS_SHOWN]


@require_safe
def search(request):
    """Show what answers a search, grouped by what it is, and what else was meant."""
    text = typed(request.GET.get("q", ""))
    shelf = shelf_of(request, text)
    found = find(text, shelf) if text else None
    context = {
        "q": text,
        "month": shelf.month,
        "moment": request.agenda.moment,
        "shelf": shelf,
        "found": found,
    }
    return TemplateResponse(request, "search.html", context)


@require_safe
def suggestions(request):
    """Give what a search box offers while one types, as a piece of a page."""
    text = typed(request.GET.get("q", ""))
    context = {"q": text, "suggested": suggest(text, request.agenda.moment.date())}
    return TemplateResponse(request, "search/_suggestions.html", context)


@require_safe
def about(request):
    """Show what is publicly known of the market, each fact with its source."""
    return TemplateResponse(request, "about.html")


@require_safe
def data(request):
    """Explain the open data, with examples that can be tried."""
    context = {
        "examples": EXAMPLES,
        "root": request.build_absolute_uri("/").rstrip("/"),
        "licence": licence.ADDRESS,
        "rows": ROWS,
        "most": MAX_ROWS,
        "rate": settings.API_REQUESTS_PER_MINUTE,
    }
    return TemplateResponse(request, "data.html", context)


@requires_csrf_token
def not_found(request, exception=None):
    """Answer an address that leads nowhere, with ways on."""
    return TemplateResponse(request, "404.html", status=404)
