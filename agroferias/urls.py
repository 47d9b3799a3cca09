from django.contrib import admin
from django.urls import include, path

from . import views

handler404 = "agroferias.views.not_found"

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("producers.urls")),
    path("", include("markets.urls")),
    path("buscar/", views.search, name="search"),
    path("nosotros/", views.about, name="about"),
    path("admin/", admin.site.urls),
]
