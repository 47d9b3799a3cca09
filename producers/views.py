from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from .alphabet import by_name
from .filters import ProducerFilter, product_filter
from .models import Offering, Producer, Product, Region
from .months import MONTH_SLUGS, month_from_slug
from .pages import page_of

PRODUCTS_PER_PAGE = 24
PRODUCERS_PER_PAGE = 24
NEIGHBOURS = 3


@require_safe
def product_list(request):
    """Show the products that fit the search form, grouped by how they are now."""
    return _products(request, _this_month(request))


@require_safe
def season(request, month_slug):
    """Show the products of one month, whatever the date is."""
    month = month_from_slug(month_slug)
    if month is None:
        raise Http404
    if month_slug != MONTH_SLUGS[month]:
        address = reverse("producers:season", args=[MONTH_SLUGS[month]])
        return _moved(request, address)
    return _products(request, month, fixed_month=month)


def _moved(request, address):
    query = request.GET.urlencode()
    return redirect(f"{address}?{query}" if query else address, permanent=True)


def _products(request, month, *, fixed_month=None):
    filterset = _product_filter(request, month, fixed_month)
    year = filterset.year()
    page, exists = page_of(
        filterset.rows(),
        request.GET.get("pagina"),
        size=PRODUCTS_PER_PAGE,
        total=year.total,
    )
    context = {
        "filterset": filterset,
        "month": filterset.month,
        "month_slug": MONTH_SLUGS[filterset.month],
        "fixed_month": fixed_month,
        "year": year,
        "page": page,
        "page_exists": exists,
    }
    status = 200 if exists and filterset.form.is_valid() else 404
    return TemplateResponse(
        request, "producers/product_list.html", context, status=status
    )


def _product_filter(request, month, fixed_month):
    data = request.GET.copy()
    if fixed_month:
        data.pop("mes", None)
    day = request.next_market_day
    return product_filter(data, day=day, month=month, is_fixed=bool(fixed_month))


@require_safe
def product_detail(request, slug):
    """Show one product: its year, who offers it, how to choose and keep it."""
    offerings = Offering.objects.listed()
    products = Product.objects.listed().select_related("category")
    product = products.with_season(offerings).filter(slug=slug).first()
    if product is None:
        renamed = get_object_or_404(Product.objects.listed().formerly_at(slug))
        return _moved(request, renamed.get_absolute_url())
    month = _this_month(request)
    context = {
        "product": product,
        "month": month,
        "level": product.season[month - 1],
        "offerings": offerings.filter(product=product).for_product(month),
        "varieties": product.varieties.order_by(*by_name()),
        "regions": Region.objects.with_producers_of(offerings, product),
        "photo": product.photos.listed().first(),
        "goes_with": product.goes_with.listed()
        .for_cards(offerings)
        .order_by(*by_name())[:4],
    }
    return TemplateResponse(request, "producers/product_detail.html", context)


@require_safe
def calendar(request):
    """Show the year of every product, a hill each, by category and month of peak."""
    products = (
        Product.objects.listed()
        .with_season(Offering.objects.listed())
        .select_related("category")
        .order_by("category__position", "category_id", *by_name())
    )
    context = {"products": products, "month": _this_month(request)}
    return TemplateResponse(request, "producers/calendar.html", context)


@require_safe
def producer_list(request):
    """Show the producers that fit the search form, a page at a time."""
    day = request.next_market_day
    coming = day.coming_producers() if day else Producer.objects.none()
    filterset = ProducerFilter(request.GET, coming=coming)
    page, exists = page_of(
        filterset.qs.for_cards(),
        request.GET.get("pagina"),
        size=PRODUCERS_PER_PAGE,
        total=filterset.count("total", ""),
    )
    context = {"filterset": filterset, "page": page, "page_exists": exists}
    status = 200 if exists and filterset.form.is_valid() else 404
    return TemplateResponse(
        request, "producers/producer_list.html", context, status=status
    )


@require_safe
def producer_detail(request, slug):
    """Show one producer; drafts too, to staff who may see producers."""
    sees_drafts = request.user.has_perm("producers.view_producer")
    producers = Producer.objects
    producers = producers.listed_or_draft() if sees_drafts else producers.listed()
    placed = producers.select_related("region").with_place_consent()
    producer = placed.filter(slug=slug).first()
    if producer is None:
        return _moved_or_gone(request, slug)
    neighbours = Producer.objects.listed().filter(region=producer.region)
    today = request.agenda.moment.date()
    context = {
        "producer": producer,
        "month": today.month,
        "offerings": producer.offerings.active().for_producer(),
        "photos": producer.photos.listed(),
        "contacts": producer.contacts.listed(),
        "certifications": producer.certifications.valid_on(today),
        "neighbours": neighbours.exclude(pk=producer.pk).for_cards()[:NEIGHBOURS],
    }
    response = TemplateResponse(request, "producers/producer_detail.html", context)
    if producer.is_draft:
        add_never_cache_headers(response)
    return response


def _moved_or_gone(request, slug):
    """Answer at an address where no page is any more, or never was."""
    producers = Producer.objects.select_related("region").with_profile_consent()
    producer = producers.once_at(slug).first()
    if producer is None or producer.is_draft:
        raise Http404
    if producer.is_listed:
        return _moved(request, producer.get_absolute_url())
    listed = Producer.objects.listed().for_cards()
    context = {
        # Who left may have taken the consent back: then the name is theirs again.
        "name": producer.name if producer.is_example or producer.has_consent else "",
        "region": producer.region,
        "neighbours": listed.nearest_first(producer.region)[:NEIGHBOURS],
    }
    return TemplateResponse(
        request, "producers/producer_gone.html", context, status=410
    )


@require_safe
def region_list(request):
    """Show the map of Peru, and every region with how many producers come from it."""
    regions = Region.objects.with_producer_count().order_by(
        "-producer_count", *by_name()
    )
    return TemplateResponse(request, "producers/region_list.html", {"regions": regions})


@require_safe
def region_detail(request, slug):
    """Show one region: its producers and what they bring."""
    region = get_object_or_404(Region, slug=slug)
    offerings = Offering.objects.listed().filter(producer__region=region)
    products = Product.objects.listed().offered(offerings)
    producers = Producer.objects.listed().filter(region=region)
    page, exists = page_of(
        producers.for_cards(),
        request.GET.get("pagina"),
        size=PRODUCERS_PER_PAGE,
        total=producers.count(),
    )
    month = _this_month(request)
    context = {
        "region": region,
        "month": month,
        "page": page,
        "page_exists": exists,
        "products": products.with_level(month, offerings)
        .for_cards(offerings)
        .order_by("-level", *by_name())[:PRODUCTS_PER_PAGE],
    }
    return TemplateResponse(
        request, "producers/region_detail.html", context, status=200 if exists else 404
    )


def _this_month(request):
    return request.agenda.moment.month
