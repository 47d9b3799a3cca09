"""The lines with which a page offers its calendar and its feed."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from producers.returns import awaited
from producers.season import Level

register = template.Library()


@register.inclusion_tag("markets/_follow.html")
def follow_product(product):
    """Offer to be told when a product is back; it comes with its season."""
    if not awaited(product.season):
        said = _("Follow it:")
    elif awaited(product.season) == {Level.PEAK}:
        said = _("Tell me when it is at its best:")
    else:
        said = _("Tell me when it is back:")
    return {"said": said, **_addresses("product", product)}


@register.inclusion_tag("markets/_follow.html")
def follow_region(region):
    """Offer to be told when producers of a region come."""
    return {"said": _("Tell me when they come:"), **_addresses("region", region)}


@register.inclusion_tag("markets/_follow_links.html")
def follow_product_links(product):
    """Name a product's calendar and feed to programs."""
    return {"name": product.shown_name, **_addresses("product", product)}


@register.inclusion_tag("markets/_follow_links.html")
def follow_region_links(region):
    """Name a region's calendar and feed to programs."""
    return {"name": region.name, **_addresses("region", region)}


def _addresses(kind, row):
    return {
        "calendar": reverse(f"markets:{kind}_calendar", args=[row.slug]),
        "news": reverse(f"markets:{kind}_news", args=[row.slug]),
    }
