"""A season drawn as farm terraces: twelve steps, each as high as its level."""

from collections.abc import Sequence
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString

from .season import Level

STEP = 10
WIDTH = 12 * STEP


@lru_cache(maxsize=4096)
def terrace(season: tuple[int, ...], month: int, height: int) -> SafeString:
    """Return the SVG of a season, month marked; 120 wide and height units high.

    Hidden from screen readers: put season_sentence() beside it. It is stretched
    to its box, and its colours come from .anden__… in static/css/cards.css.
    """
    base = height - 2
    unit = (height - 4) / Level.PEAK
    tops = [base - level * unit for level in season]
    left, top = (month - 1) * STEP, round(tops[month - 1])
    outline = _outline(tops, base)
    return format_html(
        '<svg viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true"'
        ' focusable="false"><path class="anden__band" d="M{} 0h{}v{}h-{}z"/>'
        '<path class="anden__mass" d="{}z"/>'
        '<path class="anden__now" d="M{} {}V{}h{}V{}z"/>'
        '<path class="anden__line" d="{}"/></svg>',
        *(WIDTH, height),
        *(left, STEP, height, STEP),
        outline,
        *(left, base, top, STEP, base),
        outline,
    )


@lru_cache(maxsize=4096)
def hill(season: tuple[int, ...], month: int) -> SafeString:
    """Return the SVG of a season as one hill of the calendar's range, 120 by 30."""
    tops = [30 - level * STEP for level in season]
    outline = _outline(tops, 30)
    left, top = (month - 1) * STEP, tops[month - 1]
    return format_html(
        '<svg class="hill" viewBox="0 0 {} 30" preserveAspectRatio="none"'
        ' aria-hidden="true" focusable="false"><path class="hill__mass" d="{}z"/>'
        '<path class="hill__now" d="M{} 30V{}h{}V30z"/>'
        '<path class="hill__line" d="{}"/></svg>',
        *(WIDTH, outline, left, top, STEP, outline),
    )


def _outline(tops: Sequence[float], base: int) -> str:
    steps = "".join(
        f"V{top:.0f}H{(index + 1) * STEP}" for index, top in enumerate(tops)
    )
    return f"M0 {base}{steps}V{base}"
