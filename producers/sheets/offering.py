"""Offerings as a sheet: a line a producer's product, a column a month."""

import re
from collections import defaultdict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from producers.alphabet import by_name
from producers.forms import EMPTY_SEASON
from producers.models import Offering, Producer, Product, Unit, Variety
from producers.months import MONTH_SLUGS

from .cells import fold
from .lookups import Lookup
from .resource import Column, SheetResource
from .values import (
    Choice,
    Date,
    DecimalNumber,
    Named,
    SeasonLevel,
    Text,
    Value,
    YesNo,
)

MONTHS_HELP = gettext_lazy("0 nada, 1 poco, 2 hay, 3 mejor; empty is 0.")
MONTH_NAMES = {name: number for number, name in MONTH_SLUGS.items()}
MONTH_NAMES |= {"sep": 9, "septiembre": 9}
NO_PRODUCER = gettext_lazy("There is no producer with this address or name.")
NO_PRODUCT = gettext_lazy("There is no product with this address or name.")


def find_producers() -> Lookup:
    """Return all producers, to be found by address or name."""
    producers = Lookup(NO_PRODUCER)
    for producer in Producer.objects.all():
        producers.add(producer, producer.slug, [producer.name])
    return producers


class MonthColumn(Column):
    """One month of a season, by its number."""

    def __init__(self, number):
        """Name it after the month, with three letters."""
        super().__init__(
            MONTH_SLUGS[number][:3],
            "season",
            SeasonLevel(),
            help_text=MONTHS_HELP,
            example=str(EXAMPLE_SEASON[number - 1]),
        )
        self.index = number - 1
        self.aliases = [name for name, month in MONTH_NAMES.items() if month == number]

    def get_value(self, instance):
        return instance.season[self.index]

    def put(self, instance, value):
        season = [*instance.season]
        season[self.index] = value
        instance.season = season


class Varieties(Value):
    """Varieties of the line's product, with commas between."""

    def parse(self, text, *, resource, row_instance, **kwargs):
        known = resource.varieties[row_instance.product_id]
        whole = known.get(fold(text))
        if whole:
            return [whole]
        names = [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]
        strange = [name for name in names if fold(name) not in known]
        if strange:
            message = _("{variety} is no variety of {product}.")
            product = row_instance.product
            raise ValueError(message.format(variety=strange[0], product=product))
        chosen = {known[fold(name)].pk: known[fold(name)] for name in names}
        return sorted(chosen.values(), key=_by_key)

    def render(self, value, **kwargs):
        return ", ".join(variety.name for variety in value)


class VarietiesColumn(Column):
    """The varieties of an offering, which are set once it is saved."""

    def get_value(self, instance):
        if hasattr(instance, "sheet_varieties"):
            return instance.sheet_varieties
        stored = instance.varieties.all() if instance.pk else []
        return sorted(stored, key=_by_key)

    def put(self, instance, value):
        instance.sheet_varieties = value


def _by_key(variety):
    return variety.pk


# Of the example in the help: mango of the coast.
EXAMPLE_SEASON = [3, 3, 1, 0, 0, 0, 0, 0, 0, 0, 1, 3]


class OfferingSheet(SheetResource):
    """What each producer offers, on sale or not."""

    kind = "offerings"
    model = Offering
    title = "Ofertas"
    key = ("producer", "product")
    required = ("productor", "producto")
    publishing = ("producers.publish_producer",)
    constraint_columns = {
        "producers_offering_price_has_date": "fecha del precio",
        "producers_offering_price_not_negative": "precio",
    }

    producer = Column(
        "productor",
        "producer",
        Named("producers"),
        help_text=gettext_lazy("Its address, or its name if only one has it."),
        example="familia-quispe",
    )
    product = Column(
        "producto",
        "product",
        Named("products"),
        help_text=gettext_lazy("Its address, or any of its names."),
        example="mango",
    )
    month_01 = MonthColumn(1)
    month_02 = MonthColumn(2)
    month_03 = MonthColumn(3)
    month_04 = MonthColumn(4)
    month_05 = MonthColumn(5)
    month_06 = MonthColumn(6)
    month_07 = MonthColumn(7)
    month_08 = MonthColumn(8)
    month_09 = MonthColumn(9)
    month_10 = MonthColumn(10)
    month_11 = MonthColumn(11)
    month_12 = MonthColumn(12)
    unit = Column(
        "unidad",
        "unit",
        Choice(Unit),
        saves_null_values=False,
        help_text=gettext_lazy("What the price is for. New and empty: kilo."),
        example="kilo",
    )
    price = Column(
        "precio",
        "price",
        DecimalNumber(),
        help_text=gettext_lazy("In soles, for one unit."),
        example="8.50",
    )
    price_date = Column(
        "fecha del precio",
        "price_date",
        Date(),
        help_text=gettext_lazy("When the price was true; needed with a price."),
        example="29/11/2026",
    )
    note = Column(
        "nota",
        "note",
        Text(),
        help_text=gettext_lazy("160 letters at most."),
        example="",
    )
    note_en = Column(
        "nota en inglés",
        "note_en",
        Text(),
        help_text=gettext_lazy("160 letters at most."),
        example="",
    )
    is_active = Column(
        "a la venta",
        "is_active",
        YesNo(),
        saves_null_values=False,
        help_text=gettext_lazy("sí or no. New and empty: sí."),
        example="sí",
    )
    varieties_of_it = VarietiesColumn(
        "variedades",
        "varieties",
        Varieties(),
        help_text=gettext_lazy("Of this product, with commas between."),
        example="Kent, Edward",
    )

    def queryset(self):
        rows = Offering.objects.select_related("producer", "product")
        return rows.prefetch_related("varieties").order_by(
            *by_name("producer__name"), *by_name("product__name")
        )

    def is_public(self, row):
        return not row.producer.is_draft

    def load(self, lines):
        products = Lookup(NO_PRODUCT)
        for one in Product.objects.all():
            others = [one.name_en, one.name_qu, *one.other_names]
            products.add(one, one.slug, [one.name], others)
        self.lookups = {"producers": find_producers(), "products": products}
        self.varieties = defaultdict(dict)
        for variety in Variety.objects.order_by("-pk"):
            self.varieties[variety.product_id][fold(variety.name)] = variety

    def new(self, **key):
        return Offering(**key, season=EMPTY_SEASON)

    def write_line(self, line):
        super().write_line(line)
        if hasattr(line.instance, "sheet_varieties"):
            line.instance.varieties.set(line.instance.sheet_varieties)
