from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from producers import personal_data

from ._producer import by_slug


class Command(BaseCommand):
    help = "Writes all that is stored on one producer to a ZIP file."

    def add_arguments(self, parser):
        parser.add_argument("slug", help="The last part of the page's address.")
        parser.add_argument("file", type=Path, help="The ZIP file to write.")

    def handle(self, *, slug, file, **options):
        file.write_bytes(personal_data.export(by_slug(slug)))
        self.stdout.write(_("Written to {file}.").format(file=file))
