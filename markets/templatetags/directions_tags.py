from django import template

from markets import directions

register = template.Library()

# Where blocks begin across the drawing, when there are three.
BLOCK_WIDTH = 106


@register.inclusion_tag("markets/_maps.html")
def map_links(row):
    """Lead to a venue or market day on the phone's own map, and on others."""
    return {"maps": directions.maps(row)}


@register.inclusion_tag("markets/_locator.html")
def locator(words, reference="", district=""):
    """Draw a place from the words of its address, without a scale."""
    found = directions.locate(words, reference)
    if found is None:
        return {"place": None}
    blocks = [
        {
            "number": number,
            "x": 21 + index * BLOCK_WIDTH,
            "is_it": number == found.block,
        }
        for index, number in enumerate(found.blocks)
    ]
    it = next((one for one in blocks if one["is_it"]), {"x": 127})
    return {
        "place": found,
        "blocks": blocks,
        "pin_x": it["x"] + 53,
        "district": district,
    }
