from django.urls import path, re_path

from . import media, views

app_name = "producers"
# As producers.photos names them.
FILE = r"[a-z0-9-]+\.(?:jpg|webp)"

urlpatterns = [
    path("productos/", views.product_list, name="product_list"),
    path("productos/<slug:slug>/", views.product_detail, name="product_detail"),
    path("temporada/<slug:month_slug>/", views.season, name="season"),
    path("calendario/", views.calendar, name="calendar"),
    path("productores/", views.producer_list, name="producer_list"),
    path("productores/<slug:slug>/", views.producer_detail, name="producer_detail"),
    path("regiones/", views.region_list, name="region_list"),
    path("regiones/<slug:slug>/", views.region_detail, name="region_detail"),
    re_path(f"^media/photos/(?P<name>{FILE})$", media.photo, name="photo"),
]
