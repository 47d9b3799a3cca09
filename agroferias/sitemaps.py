"""Every page that is to be found, with the day of its last change, for search engines.

Source: sitemaps.org's protocol; Google's on languages (hreflang).
"""

from django.conf import settings
from django.contrib import sitemaps
from django.contrib.sitemaps import views
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe

from markets.models import MarketDay
from producers.models import Producer, Product, Region
from producers.months import MONTH_SLUGS
from producers.told import with_told_at

from .languages import COMPLETE

PAGES = [
    *("home", "producers:product_list", "producers:calendar"),
    *("producers:producer_list", "producers:region_list", "markets:day_list"),
    *("markets:shop", "markets:subscribe", "markets:embeds", "about", "data"),
]


class Sitemap(sitemaps.Sitemap):
    """Addresses in each of the site's languages, with the others beside."""

    alternates = x_default = True
    languages = COMPLETE

    @property
    def i18n(self):
        """Whether there is more than one language; read anew each time."""
        return len(settings.LANGUAGES) > 1


class Pages(Sitemap):
    """The pages there is one of, and the twelve months; no row tells their change."""

    def items(self):
        months = [("producers:season", [slug]) for slug in MONTH_SLUGS.values()]
        return [*((name, []) for name in PAGES), *months]

    def location(self, item):
        name, args = item
        return reverse(name, args=args)


class Rows(Sitemap):
    """The pages of rows that the public may see, all read in one query."""

    def __init__(self, rows):
        self.rows = rows

    def items(self):
        return list(self.rows())

    def lastmod(self, row):
        return row.told_at


SITEMAPS = {
    "pages": Pages(),
    "days": Rows(MarketDay.objects.with_venue),
    "products": Rows(lambda: with_told_at(Product.objects.listed())),
    "producers": Rows(lambda: with_told_at(Producer.objects.listed())),
    "regions": Rows(lambda: with_told_at(Region.objects.all())),
}


@require_safe
@conditional_page
def sitemap(request):
    """Give the addresses of all public pages."""
    return views.sitemap(request, SITEMAPS)
