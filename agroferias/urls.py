from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.static import serve

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

if settings.SERVE_MEDIA:
    urlpatterns += [
        re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT})
    ]
