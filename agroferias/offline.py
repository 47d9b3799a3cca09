"""What a phone without signal still has: a manifest, a worker, a last page.

The worker itself is static/js/worker.js; what it must know of the site is written here.
"""

import json

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .templatetags.language_tags import page_locale

NAME = "Agroferias Campesinas"
AJI = "#FFD60A"
PAPER = "#FFFEFA"
# As wide as high, in pixels.
ICON_SIZES = (192, 512)
# What the page of last resort is made of.
ASSETS = [
    *("css/base.css", "css/cards.css", "css/catalogue.css", "css/offline.css"),
    *("fonts/figtree-var.woff2", "fonts/sansita-swashed-900.woff2"),
    *("img/mark.svg", "img/icons.svg", "js/offline.js"),
]
# How long a page that is kept waits for the network's.
PATIENCE_MS = 4000


@require_safe
def manifest(request):
    """Describe the site as an application that a phone can install."""
    icons = [{"src": static("img/mark.svg"), "sizes": "any", "type": "image/svg+xml"}]
    icons += [
        _icon(name, size, purpose)
        for name, purpose in (("app", "any"), ("app-maskable", "maskable"))
        for size in ICON_SIZES
    ]
    description = {
        "id": "/",
        "name": NAME,
        "short_name": "Agroferias",
        "description": _("The market of every Sunday on Avenida Brasil, Lima."),
        "lang": page_locale(),
        "start_url": reverse("home"),
        "scope": "/",
        "display": "minimal-ui",
        "theme_color": AJI,
        "background_color": PAPER,
        "icons": icons,
        "shortcuts": [
            {"name": _("This Sunday"), "url": reverse("markets:this_sunday")},
            {"name": _("Season"), "url": reverse("producers:product_list")},
            {"name": "Agro-Shop", "url": reverse("markets:shop")},
        ],
    }
    return JsonResponse(description, content_type="application/manifest+json")


@require_safe
def worker(request):
    """Give the worker of the whole site; its bytes change with the static files."""
    version = getattr(staticfiles_storage, "manifest_hash", "")
    told = {
        "assets": [static(name) for name in ASSETS],
        "languages": _languages(),
        "patience": PATIENCE_MS,
        "private": _private(),
        "static": settings.STATIC_URL,
        "version": version,
    }
    script = static("js/worker.js")
    source = f"self.told = {json.dumps(told)};\nimportScripts({json.dumps(script)});\n"
    return HttpResponse(source, content_type="text/javascript; charset=utf-8")


@require_safe
def offline(request):
    """Show what is left where a page was neither fetched nor kept.

    It is kept for long: it says nothing of the market.
    """
    return TemplateResponse(request, "offline.html")


def _icon(name, size, purpose):
    return {
        "src": static(f"img/app/{name}-{size}.png"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }


def _languages():
    """Return the addresses of what is kept, a language a dict, the longest first."""
    languages = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            home = reverse("home")
            languages[home] = {
                "home": home,
                "sunday": reverse("markets:this_sunday"),
                "days": reverse("markets:day_list"),
                "calendar": reverse("producers:calendar"),
                "shop": reverse("markets:shop"),
                "offline": reverse("offline"),
            }
    return sorted(languages.values(), key=lambda one: -len(one["home"]))


def _private():
    """Return the beginnings of the addresses that the worker leaves alone."""
    links = reverse("markets:update", args=["0"]).removesuffix("0/")
    alerts = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            alerts.append(reverse("markets:subscribe"))
    return [reverse("admin:index"), settings.MEDIA_URL, links, *alerts]
