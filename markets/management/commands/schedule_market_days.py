from django.core.management.base import BaseCommand, CommandError
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from markets.actions import WEEKS_AHEAD, schedule_market_days
from markets.models import MarketDay
from producers.models import SheetUpload

MAX_WEEKS = 104


class Command(BaseCommand):
    help = (
        "Makes the market days ahead from the weekly hours, and removes spreadsheets "
        "that nobody imported; run it every day."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--weeks",
            type=int,
            default=WEEKS_AHEAD,
            help=f"How far ahead, today included: 1 to {MAX_WEEKS}.",
        )

    def handle(self, *, weeks, verbosity, **options):
        if not 1 <= weeks <= MAX_WEEKS:
            message = _("Weeks go from 1 to {last}.").format(last=MAX_WEEKS)
            raise CommandError(message)
        done = schedule_market_days(first_date=timezone.localdate(), weeks=weeks)
        # Whatever else is due every day.
        SheetUpload.objects.expired(timezone.now()).delete()
        if verbosity:
            self.stdout.write("\n".join(sentences(done.made, done.changed)))


def sentences(made: int, changed: int) -> list[str]:
    """Return what was done, and until when there are market days."""
    said = [
        ngettext("{count} market day made.", "{count} market days made.", made).format(
            count=made
        ),
        ngettext(
            "{count} day followed a change of the hours.",
            "{count} days followed a change of the hours.",
            changed,
        ).format(count=changed),
    ]
    if last := MarketDay.objects.aggregate(last=Max("date"))["last"]:
        until = date_format(last, "DATE_FORMAT")
        said.append(_("There are market days until {date}.").format(date=until))
    return said
