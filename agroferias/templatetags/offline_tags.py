from django import template
from django.utils.translation import ngettext

from markets.words import long_date
from producers.clock import NOON, clock

register = template.Library()


@register.inclusion_tag("_kept.html", takes_context=True)
def kept_copy(context):
    """Say when the page was made; hidden until it is shown without signal."""
    agenda = getattr(context.get("request"), "agenda", None)
    if agenda is None:
        return {"words": ""}
    # Spanish says «a la 1» and «a las 2».
    message = ngettext(
        "Kept on {date} at {time}; there is no signal. It may have changed since.",
        "Kept on {date} at {time}; there is no signal. It may have changed since.",
        agenda.moment.hour % NOON,
    )
    date, time = long_date(agenda.moment), clock(agenda.moment)
    return {"words": message.format(date=date, time=time)}
