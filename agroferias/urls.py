from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from . import views

handler404 = "agroferias.views.not_found"

# The same addresses in every language, Spanish ones, under /en/ for English.
pages = [
    path("", views.home, name="home"),
    path("", include("producers.urls")),
    path("", include("markets.urls")),
    path("buscar/", views.search, name="search"),
    path("nosotros/", views.about, name="about"),
]

urlpatterns = [
    path("admin/", admin.site.urls),
    *i18n_patterns(*pages, prefix_default_language=False),
]
