from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agroferias.sample import catalogue, markets
from producers import history
from producers.models import Producer


class Command(BaseCommand):
    help = "Loads the products, the example producers and the coming market days."

    def add_arguments(self, parser):
        parser.add_argument(
            "--beside-real",
            action="store_true",
            help="Load even where producers exist that this command did not make.",
        )

    @transaction.atomic
    def handle(self, *, beside_real, verbosity, **options):
        if not beside_real and Producer.objects.filter(is_example=False).exists():
            raise CommandError(
                _(
                    "There are producers here that are no examples. "
                    "To add the examples beside them, use --beside-real."
                )
            )
        now = timezone.now()
        catalogue.load_products()
        catalogue.load_producers(timezone.localdate(now))
        market, shop = markets.load_venues()
        markets.load_market_days(market, now)
        markets.load_shelf(shop, now)
        for model in history.tracked():
            history.begin(model)
        if verbosity:
            self.stdout.write(
                _("{count} example producers are here.").format(
                    count=Producer.objects.filter(is_example=True).count()
                )
            )
