from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from . import offline, robots, views
from .cards.views import card
from .sitemaps import sitemap

handler404 = "agroferias.views.not_found"

# The same addresses in every language, Spanish ones, under /en/ for English.
pages = [
    path("", views.home, name="home"),
    path("", include("producers.urls")),
    path("", include("markets.urls")),
    path("buscar/", views.search, name="search"),
    path("buscar/sugerencias/", views.suggestions, name="search_suggestions"),
    path("nosotros/", views.about, name="about"),
    path("datos/", views.data, name="data"),
    path("offline/", offline.offline, name="offline"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    re_path(
        r"^tarjetas/(?P<kind>[a-z]+)/(?P<key>[\w-]+)-(?P<digest>[0-9a-f]{12})\.jpg$",
        card,
        name="card",
    ),
]

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", include("agroferias.api.urls")),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sw.js", offline.worker, name="worker"),
    *i18n_patterns(*pages, prefix_default_language=False),
]
