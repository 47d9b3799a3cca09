"""What a producer's own pages say."""

from django import template
from django.utils.translation import gettext as _

from markets import status, words
from markets.update_form import LEVELS

register = template.Library()

register.filter("sentence", words.sentence)


@register.simple_tag
def do_you_come(day, phase, near):
    """Ask whether a producer comes to a day: «¿Vienes este domingo?»."""
    name = status.when(day, phase, near=bool(near))
    return _("Do you come {when}?").format(when=name)


@register.filter
def taken(proposal):
    """Return the names of the parts that staff took, for who sent them."""
    names = [one.product_name for one in proposal.levels.all() if one.is_taken]
    if proposal.took_attendance:
        names = [_("whether you come"), *names]
    return [*names, _("the photo")] if proposal.took_photo else names


@register.filter
def level_choice(level):
    """Return what a level is called on a producer's own page."""
    return dict(LEVELS)[level]
