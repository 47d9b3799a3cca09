"""The changes of the last week, as far as a user may see them."""

import datetime as dt
from typing import NamedTuple

from django.contrib.admin.utils import model_ngettext
from django.utils.translation import gettext as _

from producers import recent
from producers.permissions import permission

from .history import edited, pages

DAYS = 7
PAGES_SHOWN = 10
KINDS_SHOWN = 5


class ChangedPage(NamedTuple):
    """Which row was changed, by whom, when, and the address of its history."""

    kind: str
    name: str
    user: str
    moment: dt.datetime
    address: str


class ChangesOfWeek(NamedTuple):
    """Who changed how much, as (user, words, moment), and the pages changed last."""

    people: list[tuple[str, str, dt.datetime]]
    pages: list[ChangedPage]


def changes_of_week(site, request) -> ChangesOfWeek | None:
    """Return what was changed in the last seven days; None if one may see none of it.

    Two queries, and one a kind of page among the latest changed.
    """
    since = request.agenda.moment - dt.timedelta(days=DAYS)
    may = request.user.has_perm
    seen = [one for one in edited(site) if may(permission("view", one))]
    if not seen:
        return None
    people = [
        (work.user or _("The site itself"), _words(work.counts), work.moment)
        for work in recent.by_user(seen, since)
    ]
    admins = _admins(site, request)
    parts = {model: _parts(one, seen) for model, one in _by_nesting(admins)}
    touched = recent.latest(_once(parts), since, PAGES_SHOWN)
    return ChangesOfWeek(people, _pages(admins, touched))


def _words(counts):
    words = [f"{count} {model_ngettext(model, count)}" for model, count in counts]
    rest = ["…"] if len(words) > KINDS_SHOWN else []
    return ", ".join(words[:KINDS_SHOWN] + rest)


def _admins(site, request):
    """Return {model: its admin} of those with a history that a user may open."""
    return {one.model: one for one in pages(site) if one.has_view_permission(request)}


def _by_nesting(admins):
    """Return the admins, those with rows of other models on their pages first."""
    return sorted(admins.items(), key=lambda pair: -len(pair[1].inlines))


def _parts(admin, seen):
    return [part for part in admin.history_parts() if part.model in seen]


def _once(parts):
    """Return parts with each model on the first page that has it."""
    known, found = set(), {}
    for model, shown in parts.items():
        found[model] = [part for part in shown if part.model not in known]
        known |= {part.model for part in found[model]}
    return found


def _pages(admins, touched):
    names = {
        model: _names(admins[model], {one.key for one in touched if one.model is model})
        for model in {one.model for one in touched}
    }
    return [
        ChangedPage(
            str(one.model._meta.verbose_name),
            names[one.model].get(one.key, _("(no longer there)")),
            one.user,
            one.moment,
            _address(admins[one.model], one.key, names[one.model]),
        )
        for one in touched
    ]


def _names(admin, keys):
    rows = admin.label_queryset().filter(pk__in=keys)
    return {row.pk: str(admin.label(row)) for row in rows}


def _address(admin, key, known):
    return admin.address("history", key) if key in known else admin.address("deleted")
