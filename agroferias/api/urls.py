from django.urls import include, path, re_path
from django.views.generic import RedirectView
from rest_framework.routers import SimpleRouter

from . import entrance, views

app_name = "api"

router = SimpleRouter()
router.register("regiones", views.RegionView, "regions")
router.register("productos", views.ProductView, "products")
router.register("productores", views.ProducerView, "producers")
router.register("ofertas", views.OfferingView, "offerings")
router.register("lugares", views.VenueView, "venues")

# The one with two keys, which no router makes.
days = views.MarketDayView
version_1 = [
    path("", entrance.Entrance.as_view(), name="entrance"),
    path("openapi.json", entrance.Description.as_view(), name="openapi"),
    *router.urls,
    path(
        "ferias/", days.as_view({"get": "list"}, detail=False), name="market_days-list"
    ),
    path(
        "ferias/<slug:slug>/<date:date>/",
        days.as_view({"get": "retrieve"}, detail=True),
        name="market_day",
    ),
]

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="api:entrance")),
    path("v1/", include(version_1)),
    # With a slash at the end alone, so that one that is missing is still put there.
    re_path("^.+/$", entrance.Nothing.as_view()),
]
