"""What the pages of the market days show of the rows that their views read."""

import datetime as dt
from urllib.parse import quote

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from markets import status, words
from markets.models import MarketDay
from markets.schedule import Phase
from producers.clock import clock
from producers.season import Level, level_label

register = template.Library()

NAMED = 6
WHATSAPP = "https://wa.me/"


@register.inclusion_tag("markets/_day_panel.html", takes_context=True)
def day_panel(context, day, phase):
    """Say on the painted panel whether there is a market, when and where."""
    request = context["request"]
    agenda, is_over = request.agenda, phase == Phase.OVER
    panel = {
        "day": day,
        "phase": phase,
        "paint": status.paint(day),
        "share_url": _share_url(request, day, phase),
        "next_day": agenda.next_day if is_over else None,
        "sunday": agenda.sunday_after if day == agenda.next_day else None,
    }
    if day.is_cancelled and not is_over:
        panel |= _instead(agenda, day)
    return panel


@register.simple_tag
def announcement(day, phase):
    """Return all there is to say of a market day in a few sentences."""
    return words.announcement(day, phase)


@register.simple_tag
def list_freshness(day, phase):
    """Say when somebody looked at the list of a market day the last time."""
    if day.checked_at is None:
        return _("Nobody has checked this list yet.")
    message = _("List checked on {date}, {time}. It may change.")
    if phase == Phase.OVER:
        message = _("List checked on {date}, {time}.")
    checked = timezone.localtime(day.checked_at)
    said = message.format(date=words.long_date(checked), time=clock(checked))
    # A time ends with a point, as «6 p. m.», and so may the sentence.
    return said.replace("..", ".")


@register.inclusion_tag("markets/_found.html", takes_context=True)
def day_found(context, roster):
    """Show what will be found, by category, and at which stalls."""
    request = context["request"]
    sought = request.GET.get("producto")
    stamps = {level: _stamp(level) for level in Level}
    groups = [
        _found_group(category, products, sought)
        | {"rows": [_found_row(roster, one, stamps) for one in products]}
        for category, products in roster.found
    ]
    is_next = not roster.is_over and roster.day == request.agenda.next_day
    count = sum(len(group["rows"]) for group in groups)
    return {"roster": roster, "groups": groups, "count": count, "is_next": is_next}


@register.inclusion_tag("markets/_plan.html", takes_context=True)
def day_plan(context, roster):
    """Draw the stalls as links into the list, as they stand."""
    sides = [
        [[place and roster.spot_of(place) for place in row] for row in side]
        for side in roster.plan.sides
    ]
    return {"roster": roster, "sides": sides, "answers": _answers(context, roster)}


@register.inclusion_tag("markets/_roster.html", takes_context=True)
def day_roster(context, roster):
    """List who comes, by zone, and who does not."""
    zones = [
        {"zone": zone, "rows": [roster.row_of(one) for one in zone.attendances]}
        for zone in roster.plan.zones
        if zone.attendances
    ]
    return {
        "roster": roster,
        "zones": zones,
        "absent": [roster.row_of(one) for one in roster.plan.absent],
        # They stand above the plan, if there is one.
        "answers": [] if roster.has_plan else _answers(context, roster),
    }


@register.filter
def absolute(path, request):
    """Return the whole address of a path of the site."""
    return request.build_absolute_uri(path)


@register.filter
def phase_at(day: MarketDay, moment: dt.datetime) -> Phase:
    """Return where in its course a market day is at moment."""
    return day.phase(moment)


@register.simple_tag
def row_chip(day, phase):
    """Return a day's state as a status.Chip without the date, which is beside it."""
    return status.short_chip(day, phase)


@register.simple_tag
def coming_words(day, phase):
    """Say how many come, are expected or came; day is from with_coming_count()."""
    if day.is_cancelled:
        return ""
    if not day.coming_count:
        is_over = phase == Phase.OVER
        return _("No list of who came") if is_over else _("No list of who comes yet")
    counts = {"coming": day.coming_count, "confirmed": day.confirmed_count}
    return words.who_comes(day, phase, **counts)


def _share_url(request, day, phase):
    address = absolute(day.get_absolute_url(), request)
    text = f"{words.announcement(day, phase)} {address}"
    return f"{WHATSAPP}?text={quote(text, safe='')}"


def _instead(agenda, day):
    """When the market is held again, and the shop's hours on a cancelled day's date."""
    next_held = agenda.next_held_after(day)
    return {
        "next_held": next_held,
        "back": status.return_words(next_held),
        "shop": agenda.shop,
        "shop_words": status.shop_words(agenda.shop, day.date),
    }


def _stamp(level):
    context = {"level": level, "label": level_label(level)}
    return render_to_string("producers/_stamp.html", context)


def _answers(context, roster):
    """Answer ?producto= and ?productor=."""
    query, answers = context["request"].GET, []
    if "producto" in query:
        answers.append(roster.product_answer(query["producto"]))
    if "productor" in query:
        answers.append(roster.producer_answer(query["productor"]))
    return answers


def _found_row(roster, one, stamps):
    links = [roster.link_to(bringer) for bringer in one.bringers]
    return {"product": one.product, "stamp": stamps[one.level], "links": links}


def _found_group(category, products, sought):
    best = [one for one in products if one.level == Level.PEAK]
    named = (best or products)[:NAMED]
    return {
        "category": category,
        "names": ", ".join(str(one.product.shown_name) for one in named),
        "has_best": bool(best),
        "more": len(products) - len(named),
        "is_sought": any(one.product.slug == sought for one in products),
    }
