from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from producers import personal_data

from ._producer import by_slug


class Command(BaseCommand):
    help = "Erases a producer for good, with all versions, photos and log lines."

    def add_arguments(self, parser):
        parser.add_argument("slug", help="The last part of the page's address.")
        parser.add_argument(
            "--yes", action="store_true", help="Needed: nothing brings it back."
        )

    def handle(self, *, slug, yes, **options):
        producer = by_slug(slug)
        if not yes:
            raise CommandError(
                _("Nothing brings {producer} back. To erase, add --yes.").format(
                    producer=producer
                )
            )
        count = personal_data.erase(producer=producer)
        self.stdout.write(_("Erased: {count} rows.").format(count=count))
