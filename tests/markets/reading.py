"""Pages as people read them."""

import re
from html import unescape

from django.utils.html import strip_tags


def words(html, start="<article>", end="</article>"):
    """Return what a piece of a page says, in one line."""
    piece = html.partition(start)[2].partition(end)[0]
    said = unescape(strip_tags(re.sub(r"<(?=[a-z/])", " <", piece)))
    return re.sub(r"\s+([,:])|\s+", r"\1 ", said).replace("  ", " ").strip()


def section(html, anchor):
    """Return what a section of a market day's page says, or nothing without one."""
    rest = html.partition(f'<section class="band day-section" id="{anchor}"')[2]
    rest = (
        rest
        or html.partition(
            f'<section class="band band--lilac day-section" id="{anchor}"'
        )[2]
    )
    own = rest.partition('<section class="band')[0].partition('<p class="wrap day__')[0]
    return words(own, ">", "<!-- none -->")
