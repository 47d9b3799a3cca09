from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from producers import peru_map as maps

register = template.Library()

# A region's colour from this many producers on.
SHADES = [(8, "many"), (4, "some"), (1, "few")]


@register.simple_tag
def peru_map(regions=(), highlight=None, producer=None):
    """Draw Peru, hidden from screen readers: a list beside it says the same.

    regions: Regions with producer_count, coloured and numbered by it and linked.
    highlight: a Region to colour. producer: a Producer, with_place_consent(), whose
    journey to Lima is drawn: from its coordinates with that consent, else from its
    region's label.
    """
    counts = {region.slug: region.producer_count for region in regions}
    outlines = ((_shape(shape, counts, highlight),) for shape in maps.shapes())
    return format_html(
        '<svg class="map" viewBox="{}" aria-hidden="true" focusable="false">{}{}{}'
        '<circle class="map__market" cx="{}" cy="{}" r="9"/></svg>',
        maps.view_box(),
        format_html_join("", "{}", outlines),
        _numbers(counts),
        _journey(producer) if producer else "",
        *maps.MARKET,
    )


def _numbers(counts):
    return format_html_join(
        "",
        '<text class="map__count" x="{}" y="{}">{}</text>',
        (
            (shape.x, shape.y + 7, counts[shape.slug])
            for shape in maps.shapes()
            if counts.get(shape.slug)
        ),
    )


def _shape(shape, counts, highlight):
    count = counts.get(shape.slug, 0)
    shade = next((name for least, name in SHADES if count >= least), "")
    if highlight is not None and highlight.slug == shape.slug:
        shade = "on"
    css = f"department {shade}".strip()
    if shape.outline:
        drawn = format_html('<path class="{}" d="{}"/>', css, shape.outline)
    else:
        drawn = format_html(
            '<circle class="{}" cx="{}" cy="{}" r="7"/>', css, shape.x, shape.y
        )
    if not count:
        return drawn
    address = reverse("producers:region_detail", args=[shape.slug])
    return format_html('<a href="{}" tabindex="-1">{}</a>', address, drawn)


def _journey(producer):
    if producer.has_place_consent and producer.latitude is not None:
        x, y = maps.project(producer.latitude, producer.longitude)
    else:
        slug = producer.region.slug if producer.region else ""
        label = next((s for s in maps.shapes() if s.slug == slug), None)
        if label is None:
            return ""
        x, y = label.x, label.y
    market_x, market_y = maps.MARKET
    return format_html(
        '<path class="map__route" d="M{} {}Q{} {} {} {}"/>'
        '<circle class="map__origin" cx="{}" cy="{}" r="11"/>',
        *(x, y, (x + market_x) // 2, (y + market_y) // 2 - 46, market_x, market_y),
        *(x, y),
    )
