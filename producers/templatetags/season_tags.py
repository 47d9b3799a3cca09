from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from producers import season as seasons
from producers import terrace as terraces
from producers.months import MONTHS

register = template.Library()

TERRACE_HEIGHT = 36


@register.simple_tag
def anden(season, month, variant="", *, letters=False):
    """Draw a season as a terrace with month marked; the year in words for the ear.

    variant: "", "large" or "art"; letters adds the initials of the months.
    """
    return format_html(
        '<span class="anden {}" role="img" aria-label="{}">{}{}</span>',
        f"anden--{variant}" if variant else "",
        _("Season: {year}").format(year=seasons.season_sentence(season)),
        terraces.terrace(tuple(season), month, TERRACE_HEIGHT),
        _letters(month) if letters else "",
    )


@register.simple_tag
def hill(season, month):
    """Draw a season as one hill of the calendar."""
    return terraces.hill(tuple(season), month)


@register.simple_tag
def hill_cells(season, month, lang=""):
    """Return the twelve cells of a calendar row: the hill in the first, then words.

    lang: the lang attribute of the words, if they need one.
    """
    labels = [seasons.level_label(level) for level in range(4)]
    return format_html_join(
        "",
        '<td{}>{}<span class="visually-hidden"{}>{}</span></td>',
        (
            (
                format_html(' class="{}"', "now") if number == month else "",
                terraces.hill(tuple(season), month) if number == 1 else "",
                lang,
                labels[level],
            )
            for number, level in enumerate(season, start=1)
        ),
    )


@register.inclusion_tag("producers/_stamp.html")
def stamp(level):
    """Say a level in words, with its little terrace."""
    return {"level": level, "label": seasons.level_label(level)}


@register.filter
def season_sentence(season):
    """Return the year in words."""
    return seasons.season_sentence(season)


@register.filter
def month_name(month):
    """Return the name of a month, 1 to 12."""
    return MONTHS[month]


@register.filter
def level_label(level):
    """Say a level in words."""
    return seasons.level_label(level)


@register.filter
def level_in(season, month):
    """Return the level of a season in a month, 1 to 12."""
    return season[month - 1]


@register.simple_tag
def how_long(season, month):
    """Say how long the level of month lasts, or when the product comes back.

    «Until July», «All year», «Only in May»; out of season «Back in November».
    """
    level = season[month - 1]
    if not level:
        back = seasons.next_month_with_any(season, month)
        return _("Back in {month}").format(month=MONTHS[back])
    last = seasons.last_month_at(season, month, level)
    if last is None:
        return _("All year")
    if last == month:
        return _("Only in {month}").format(month=MONTHS[month])
    return _("Until {month}").format(month=MONTHS[last])


def _letters(month):
    return format_html(
        '<span class="anden__months" aria-hidden="true">{}</span>',
        format_html_join(
            "",
            "<{0}>{1}</{0}>",
            (
                ("b" if number == month else "i", str(name)[:1].upper())
                for number, name in MONTHS.items()
            ),
        ),
    )


@register.simple_tag
def change_words(product, month):
    """Say what changes from month to the next: «From December», «Little left…».

    product: with level and next_level, from ProductQuerySet.changing().
    """
    names = {"month": MONTHS[month], "next": MONTHS[month % 12 + 1]}
    if product.next_level > product.level:
        if not product.level:
            message = _("From {next}")
        elif product.next_level == seasons.Level.PEAK:
            message = _("At its best from {next}")
        else:
            message = _("More from {next}")
    elif not product.next_level:
        message = _("Until the end of {month}")
    elif product.next_level == seasons.Level.LITTLE:
        message = _("Little left after {month}")
    else:
        message = _("Past its best after {month}")
    return message.format(**names)
