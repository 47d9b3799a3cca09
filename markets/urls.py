from django.urls import path, register_converter

from . import embeds, feeds, subscribe_views, topic_views, update_views, views
from .converters import DateConverter

register_converter(DateConverter, "date")

app_name = "markets"

urlpatterns = [
    path("este-domingo/", views.this_sunday, name="this_sunday"),
    path("este-domingo.txt", views.this_sunday_text, name="this_sunday_text"),
    path("agro-shop/", views.shop, name="shop"),
    path("ferias/", views.day_list, name="day_list"),
    path("ferias/agenda.ics", views.calendar_file, name="calendar"),
    path("ferias/novedades.atom", feeds.News(), name="news"),
    path("ferias/<date:date>/", views.day_detail, name="day"),
    path("ferias/<date:date>/agenda.ics", views.day_calendar, name="day_calendar"),
    path("ferias/<slug:venue>/<date:date>/", views.day_detail, name="day"),
    path(
        "ferias/<slug:venue>/<date:date>/agenda.ics",
        views.day_calendar,
        name="day_calendar",
    ),
    path(
        "productos/<slug:slug>/temporada.ics",
        topic_views.product_calendar,
        name="product_calendar",
    ),
    path(
        "productos/<slug:slug>/novedades.atom",
        topic_views.product_news,
        name="product_news",
    ),
    path(
        "regiones/<slug:slug>/agenda.ics",
        topic_views.region_calendar,
        name="region_calendar",
    ),
    path(
        "regiones/<slug:slug>/novedades.atom",
        topic_views.region_news,
        name="region_news",
    ),
    path("avisos/", subscribe_views.subscribe, name="subscribe"),
    path("avisos/enviado/", subscribe_views.subscribe_sent, name="subscribe_sent"),
    path("avisos/<token>/", subscribe_views.subscription, name="subscription"),
    path("avisos/<token>/baja/", subscribe_views.unsubscribe, name="unsubscribe"),
    path("insertar/", embeds.instructions, name="embeds"),
    path("insertar/este-domingo/", embeds.sunday, name="embed_sunday"),
    path("insertar/agro-shop/", embeds.shop, name="embed_shop"),
    path("mi-feria/<token>/", update_views.update, name="update"),
    path("mi-feria/<token>/gracias/", update_views.update_sent, name="update_sent"),
]
