"""The lists and rows of the open data, read only."""

from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import conditional_page
from rest_framework import status
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.renderers import JSONRenderer
from rest_framework.viewsets import GenericViewSet

from markets.models import MarketDay, Venue
from producers.filters import ProducerFilter, ProductFilter, product_filter
from producers.models import Offering, Producer, Product, Region

from . import rows
from .filters import MarketDayFilter, OfferingFilter, VenueFilter
from .market_serializers import MarketDaySerializer, VenueSerializer
from .parameters import known_parameters, refuse_unknown
from .renderers import PageRenderer, PlacesRenderer, TableRenderer
from .serializers import (
    OfferingSerializer,
    ProducerSerializer,
    ProductSerializer,
    RegionSerializer,
)

MAX_AGE_S = 60
PLACES = [JSONRenderer, PlacesRenderer, TableRenderer, PageRenderer]


class Reading:
    """An answer that may be kept for a minute; strict with its parameters."""

    filterset_class = None
    detail = True

    @method_decorator(conditional_page)
    def dispatch(self, request, *args, **kwargs):
        return super().dispatch(request, *args, **kwargs)

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        refuse_unknown(request.query_params, known_parameters(self))

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        if response.status_code == status.HTTP_200_OK:
            response.headers["Cache-Control"] = f"public, max-age={MAX_AGE_S}"
        return response


class Rows(Reading, ListModelMixin, GenericViewSet):
    """A list of rows, a page at a time."""

    ordering = ("slug",)
    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]+"

    @property
    def today(self):
        """The date in Lima."""
        return self.request.agenda.moment.date()

    def filterset(self, query):
        """Return the filter set for a query string."""
        return self.filterset_class(query, queryset=self.queryset.all())


class RegionView(RetrieveModelMixin, Rows):
    title = _("Regions")
    about = _("The 24 departments and Callao, and how many producers come from each.")
    queryset = Region.objects.all()
    serializer_class = RegionSerializer
    renderer_classes = PLACES

    def get_queryset(self):
        return rows.regions()


class ProductView(RetrieveModelMixin, Rows):
    title = _("Products")
    about = _(
        "What is sold, with its season: twelve levels from January to December, 0 for "
        "none, 1 a little, 2 yes, 3 at its best. With no producer, the usual season."
    )
    queryset = Product.objects.all()
    serializer_class = ProductSerializer
    filterset_class = ProductFilter

    def get_queryset(self):
        return rows.products()

    def filterset(self, query):
        return product_filter(
            query, day=self.request.next_market_day, month=self.today.month
        )


class ProducerView(RetrieveModelMixin, Rows):
    title = _("Producers")
    about = _(
        "Who grows or makes it. The exact place only with their consent; otherwise a "
        "point in their region, which says that it is not exact."
    )
    queryset = Producer.objects.all()
    serializer_class = ProducerSerializer
    filterset_class = ProducerFilter
    renderer_classes = PLACES

    def get_queryset(self):
        return rows.producers(self.today)

    def filterset(self, query):
        day = self.request.next_market_day
        coming = day.coming_producers() if day else Producer.objects.none()
        return self.filterset_class(query, coming=coming)


class OfferingView(Rows):
    title = _("Offerings")
    about = _("What each producer brings, its season, and the last price seen.")
    queryset = Offering.objects.all()
    serializer_class = OfferingSerializer
    filterset_class = OfferingFilter
    ordering = ("id",)

    def get_queryset(self):
        return rows.offerings()

    def filterset(self, query):
        day = self.request.next_market_day
        coming = day.offerings() if day else Offering.objects.none()
        return self.filterset_class(query, coming=coming)


class VenueView(RetrieveModelMixin, Rows):
    title = _("Places of sale")
    about = _("The markets and the shop, with the hours in force today or later.")
    queryset = Venue.objects.all()
    serializer_class = VenueSerializer
    filterset_class = VenueFilter
    renderer_classes = PLACES

    def get_queryset(self):
        return rows.venues(self.today)


class MarketDayView(RetrieveModelMixin, Rows):
    title = _("Market days")
    about = _("Each market on its date, whether it is held, and who comes.")
    queryset = MarketDay.objects.all()
    serializer_class = MarketDaySerializer
    filterset_class = MarketDayFilter
    ordering = ("date", "id")

    def get_queryset(self):
        return rows.market_days()

    def get_object(self):
        days = self.get_queryset().at(self.kwargs["slug"])
        return get_object_or_404(days, date=self.kwargs["date"])
