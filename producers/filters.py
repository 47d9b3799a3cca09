"""The search forms of the catalogue: from the address bar to a queryset and back.

Parameters are Spanish, as people share them; values are slugs.
"""

from collections import Counter
from functools import cached_property
from urllib.parse import urlencode

import django_filters as filters
from django.db.models import F, Value
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from .alphabet import by_name
from .facets import (
    Chip,
    Option,
    Year,
    choices_of,
    each_element,
    facet,
    text_column,
    text_value,
)
from .models import Category, Offering, Practice, Producer, Product, Region
from .months import MONTH_SLUGS, MONTHS, month_from_slug
from .season import Level

YES = [("1", _("Yes"))]
MONTH_CHOICES = [(slug, capfirst(MONTHS[month])) for month, slug in MONTH_SLUGS.items()]
# What «only what there is» and «only at its best» ask of a level.
LEAST_LEVEL = {"hay": Level.LITTLE, "punto": Level.PEAK}


class CatalogueFilter(filters.FilterSet):
    """What the lists of products and of producers have in common.

    coming: what comes to the next market day, as a queryset of the offerings for
    products, of the producers for producers.
    Choices and counts cost two queries, whatever is chosen; a search one more.
    """

    q = filters.CharFilter(label=_("Search"), max_length=100)
    mes = filters.ChoiceFilter(label=_("Month"), choices=MONTH_CHOICES)
    categoria = filters.MultipleChoiceFilter(label=_("What you look for"))
    region = filters.ChoiceFilter(label=_("Where from"))
    practica = filters.ChoiceFilter(label=_("How they work"), choices=Practice.choices)
    viene = filters.ChoiceFilter(label=_("Comes to the next market"), choices=YES)

    def __init__(self, data, *, coming):
        super().__init__(data, queryset=self.Meta.model.objects.listed())
        self.coming = coming
        for name, choices in choices_of(self.choice_rows()).items():
            self.filters[name].extra["choices"] = choices

    def choice_rows(self) -> dict:
        """Return the rows whose slugs each parameter takes, as querysets."""
        return {
            "categoria": Category.objects.annotate(place=F("position")),
            "region": Region.objects.annotate(place=Value(0)),
        }

    @cached_property
    def chosen(self) -> dict:
        """The valid values by parameter; what is left empty or wrong is not in it."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    def without(self, name: str) -> dict:
        """Return what is chosen but for one parameter."""
        return {key: value for key, value in self.chosen.items() if key != name}

    @cached_property
    def found(self) -> list[int]:
        """The keys of the rows in which the words searched for are: one more query.

        Read once, because every facet asks for them.
        """
        found = self.Meta.model.objects.search(self.chosen["q"])
        return list(found.values_list("pk", flat=True))

    def offerings(self, chosen: dict):
        """Return the public offerings whose producer fits all that is chosen."""
        offerings = Offering.objects.listed()
        if "region" in chosen:
            offerings = offerings.filter(producer__region__slug=chosen["region"])
        if "practica" in chosen:
            practices = [chosen["practica"]]
            offerings = offerings.filter(producer__practices__contains=practices)
        if "viene" in chosen:
            offerings &= self.coming
        return offerings

    def counts(self):
        """Return the counts of every facet, as querysets to be united."""
        raise NotImplementedError

    @cached_property
    def _counts(self):
        first, *others = self.counts()
        rows = first.union(*others, all=True)
        return {(name, value): count for name, value, count in rows}

    def count(self, name: str, value: str) -> int:
        """Return how many rows choosing a value would show."""
        return self._counts.get((name, value), 0)

    def options(self, name: str) -> list[Option]:
        """Return the values of a facet that would show something, or are chosen."""
        chosen = _as_list(self.chosen.get(name, []))
        options = [
            Option(
                value,
                self._label(name, value),
                self.count(name, value),
                value in chosen,
            )
            for value, _label in self.filters[name].extra["choices"]
        ]
        return [option for option in options if option.count or option.is_chosen]

    @property
    def chips(self) -> list[Chip]:
        """The chosen values in the order of the form, each with its way out."""
        pairs = [
            (name, value)
            for name, values in self.chosen.items()
            for value in _as_list(values)
        ]
        return [
            Chip(self._label(*pair), urlencode([one for one in pairs if one != pair]))
            for pair in pairs
            if pair[0] != "orden"
        ]

    def _label(self, name, value):
        filter_ = self.filters[name]
        choices = filter_.extra.get("choices")
        if choices is None:
            return f"«{value}»"
        return filter_.label if choices == YES else dict(choices)[value]


def _as_list(value):
    return value if isinstance(value, list) else [value]


class ProductFilter(CatalogueFilter):
    """What /productos/ and /temporada/<mes>/ understand.

    Region, practice and «comes this Sunday» must hold for one and the same
    producer of the product, and the season shown is that of those producers.
    """

    estado = filters.ChoiceFilter(
        label=_("How it is"),
        choices=[("hay", _("Only what there is")), ("punto", _("Only at its best"))],
    )
    nativo = filters.ChoiceFilter(label=_("Native to the Andes or Amazon"), choices=YES)
    orden = filters.ChoiceFilter(
        label=_("Order"),
        choices=[("nombre", _("By name"))],
    )

    class Meta:
        model = Product
        fields = []

    def __init__(self, data, *, coming, month, coming_month=None):
        super().__init__(data, coming=coming)
        asked = month_from_slug(self.chosen.get("mes", ""))
        self.month = asked or month
        # In which those who come are shown, who may be of a Sunday of the next month.
        self.coming_month = asked or coming_month or month

    def kinds(self, chosen: dict):
        """Return the public products that fit by themselves, whoever offers them."""
        products = Product.objects.listed()
        if "categoria" in chosen:
            products = products.filter(category__slug__in=chosen["categoria"])
        if "nativo" in chosen:
            products = products.filter(is_native=True)
        if "q" in chosen:
            products = products.filter(pk__in=self.found)
        return products

    def products(self, chosen: dict):
        """Return the public products that fit all that is chosen."""
        offerings = self.offerings(chosen)
        products = self.kinds(chosen)
        if chosen.keys() & {"region", "practica", "viene"}:
            products = products.offered(offerings)
        if "estado" in chosen:
            products = products.with_level(self.month, offerings).filter(
                level__gte=LEAST_LEVEL[chosen["estado"]]
            )
        return products

    def filter_queryset(self, queryset):
        return self.products(self.chosen)

    def rows(self):
        """Return the products for cards, in groups, in the order that was chosen."""
        order = [] if "orden" in self.chosen else ["-producer_count"]
        offerings = self.offerings(self.chosen)
        cards = self.qs.for_cards(offerings).with_level(self.month, offerings)
        return cards.with_group().order_by("group", *order, *by_name())

    def year(self) -> "Year":
        """Return what the months and the groups hold, in one query."""
        chosen = self.without("estado")
        seasons = list(
            self.products(chosen)
            .with_season(self.offerings(chosen))
            .values_list("season", flat=True)
        )
        return Year(
            at_best=[
                sum(season[month - 1] == Level.PEAK for season in seasons)
                for month in MONTH_SLUGS
            ],
            levels=Counter(season[self.month - 1] for season in seasons),
            least_level=LEAST_LEVEL.get(self.chosen.get("estado"), Level.NONE),
        )

    def counts(self):
        for name in ("region", "practica", "viene"):
            chosen = self.without(name)
            # An offering that fits makes its product fit: no need to ask again.
            offerings = self.offerings(chosen).filter(product__in=self.kinds(chosen))
            month = self.month
            if name == "viene":
                offerings &= self.coming
                month = self.coming_month
            if "estado" in chosen:
                least = LEAST_LEVEL[chosen["estado"]]
                offerings = offerings.in_month(month, at_least=least)
            value = {
                "region": text_column("producer__region__slug"),
                "practica": each_element("producer__practices"),
                "viene": text_value("1"),
            }[name]
            yield facet(offerings, name, value, counted="product")
        categories = self.products(self.without("categoria"))
        yield facet(categories, "categoria", text_column("category__slug"))
        native = self.products(self.without("nativo")).filter(is_native=True)
        yield facet(native, "nativo", text_value("1"))


def product_filter(data, *, day, month: int, is_fixed: bool = False) -> ProductFilter:
    """Return the filter of products for month, or for that of day, if they ask for it.

    day: the next market day, or None. is_fixed: the month is, whatever is asked for.
    """
    coming = day.offerings() if day else Offering.objects.none()
    coming_month = day.date.month if day and not is_fixed else month
    if data.get("viene") == "1":
        month = coming_month
    return ProductFilter(data, coming=coming, month=month, coming_month=coming_month)


class ProducerFilter(CatalogueFilter):
    """What /productores/ understands.

    Product, category and month must hold for one and the same offering.
    """

    producto = filters.ChoiceFilter(label=_("What they bring"))

    class Meta:
        model = Producer
        fields = []

    def choice_rows(self) -> dict:
        products = Product.objects.listed().annotate(place=Value(0))
        return super().choice_rows() | {"producto": products}

    def growers(self, chosen: dict):
        """Return the public producers that fit by themselves, whatever they bring."""
        producers = Producer.objects.listed()
        if "region" in chosen:
            producers = producers.filter(region__slug=chosen["region"])
        if "practica" in chosen:
            producers = producers.filter(practices__contains=[chosen["practica"]])
        if "viene" in chosen:
            producers = producers.filter(pk__in=self.coming.values("pk"))
        if "q" in chosen:
            producers = producers.filter(pk__in=self.found)
        return producers

    def producers(self, chosen: dict):
        """Return the public producers that fit all that is chosen."""
        producers = self.growers(chosen)
        if chosen.keys() & {"producto", "categoria", "mes"}:
            producers = producers.offering(self.brought(chosen))
        return producers

    def brought(self, chosen: dict):
        """Return the public offerings that fit product, category and month."""
        offerings = Offering.objects.listed()
        if "producto" in chosen:
            offerings = offerings.filter(product__slug=chosen["producto"])
        if "categoria" in chosen:
            offerings = offerings.filter(
                product__category__slug__in=chosen["categoria"]
            )
        if "mes" in chosen:
            offerings = offerings.in_month(month_from_slug(chosen["mes"]))
        return offerings

    def filter_queryset(self, queryset):
        return self.producers(self.chosen)

    def counts(self):
        for name, value in (
            ("region", text_column("region__slug")),
            ("practica", each_element("practices")),
        ):
            yield facet(self.producers(self.without(name)), name, value)
        coming = self.producers(self.without("viene") | {"viene": "1"})
        yield facet(coming, "viene", text_value("1"))
        for name, value in (
            ("categoria", text_column("product__category__slug")),
            ("producto", text_column("product__slug")),
        ):
            chosen = self.without(name)
            # As above: an offering that fits makes its producer fit.
            offerings = self.brought(chosen).filter(producer__in=self.growers(chosen))
            yield facet(offerings, name, value, counted="producer")
        yield facet(self.producers(self.chosen), "total", text_value(""))
