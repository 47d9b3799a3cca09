"""Reading a stored file, and importing it, told on the way as HTML."""

from collections.abc import Iterator

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.db import IntegrityError, OperationalError, transaction
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.translation import gettext, gettext_lazy

from producers.sheets import reading

# Lines of a list that are shown open, and those that a click shows.
OPEN, FOLDED = 20, 300
READ = gettext_lazy("{done} of {total} lines read")
WRITTEN = gettext_lazy("{done} of {total} lines imported")


def dry_run(sheet, upload, context: dict) -> Iterator[str]:
    """Yield the HTML of what a file would do; nothing is written."""
    outcome = yield from _checked(sheet, upload, writing=False)
    yield _shown(outcome, context)


def import_run(sheet, pending, upload, shown: str, context: dict) -> Iterator[str]:
    """Yield the HTML of an import: all that was shown, or nothing.

    shown: the digest of the dry run that its user agreed to. pending: the stored
    files that can be imported. What differs is shown anew, and not written.
    """
    try:
        with transaction.atomic():
            ending = yield from _imported(sheet, pending, upload, shown, context)
    except (IntegrityError, OperationalError):
        # Somebody else wrote what this would, or the other way round.
        ending = [render_to_string("admin/sheets/_collided.html", context)]
    yield from ending


def _imported(sheet, pending, upload, shown, context):
    """Write what was agreed to; return the HTML that is true once it is committed."""
    # Who presses twice waits here, and finds it gone.
    if not pending.select_for_update().filter(pk=upload.pk).first():
        return [render_to_string("admin/sheets/_gone.html", context)]
    sheet.lock()
    outcome = yield from _checked(sheet, upload, writing=True)
    if outcome.refused or outcome.digest() != shown:
        return dry_run(sheet, upload, context | {"is_stale": True})
    yield from _told(sheet.write(outcome), WRITTEN, len(outcome.to_write))
    _log(sheet, upload, outcome)
    upload.delete()
    return [render_to_string("admin/sheets/_done.html", context | {"outcome": outcome})]


def _checked(sheet, upload, *, writing):
    yield render_to_string(
        "admin/sheets/_progress.html", {"words": gettext("Reading the file…")}
    )
    table = reading.read(bytes(upload.content), upload.name)
    return (
        yield from _told(sheet.check(table, writing=writing), READ, len(table.lines))
    )


def _told(steps, words, total):
    """Yield a line for each step that a generator takes; return what it returns."""
    while True:
        try:
            done = next(steps)
        except StopIteration as end:
            yield _progress(words, total, total)
            return end.value
        yield _progress(words, done, total)


def _progress(words, done, total):
    written = [number_format(number, force_grouping=True) for number in (done, total)]
    told = words.format(done=written[0], total=written[1])
    return render_to_string(
        "admin/sheets/_progress.html", {"words": told, "done": done, "total": total}
    )


def _shown(outcome, context):
    lists = [
        _listed(gettext("New lines"), "added", outcome.added),
        _listed(gettext("Changed lines"), "changed", outcome.changed),
    ]
    found = {
        "outcome": outcome,
        "refused": _listed(gettext("Refused lines"), "refused", outcome.refused),
        "lists": [one for one in lists if one["count"]],
    }
    return render_to_string("admin/sheets/_outcome.html", context | found)


def _listed(title, name, lines):
    """Return what _list.html takes: a screenful open, some folded, the rest counted."""
    return {
        "title": title,
        "name": name,
        "open": lines[:OPEN],
        "folded": lines[OPEN : OPEN + FOLDED],
        "count": len(lines),
        "rest_count": len(lines[OPEN + FOLDED :]),
    }


def _log(sheet, upload, outcome):
    """Give each row a line in the admin's history."""
    message = gettext("Imported from {name}.").format(name=upload.name)
    for action, lines in ((ADDITION, outcome.added), (CHANGE, outcome.changed)):
        rows = [line.instance for line in lines]
        LogEntry.objects.log_actions(sheet.user.pk, rows, action, message)
