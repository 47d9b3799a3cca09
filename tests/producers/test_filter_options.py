import pytest
from django.http import QueryDict

from producers.filters import CatalogueFilter, ProducerFilter, ProductFilter
from producers.models import Offering, Producer

FACETS = {
    "product": ["categoria", "region", "practica", "viene", "nativo"],
    "producer": ["categoria", "region", "practica", "viene", "producto"],
}
BASES = {
    "product": [
        "",
        "q=pa",
        "mes=junio",
        "mes=junio&estado=punto",
        "estado=hay",
        "estado=punto",
        "categoria=frutas",
        "categoria=frutas&categoria=lacteos-y-huevos&estado=hay",
        "region=cusco",
        "region=cusco&estado=hay",
        "region=piura&estado=punto",
        "practica=compost",
        "practica=compost&mes=junio&estado=punto",
        "viene=1",
        "viene=1&estado=hay",
        "nativo=1",
        "nativo=1&region=cusco&practica=terraces&viene=1&mes=mayo&estado=punto",
        "q=zzz",
    ],
    "producer": [
        "",
        "q=pa",
        "mes=junio",
        "mes=noviembre",
        "categoria=frutas",
        "categoria=frutas&mes=noviembre",
        "categoria=frutas&categoria=lacteos-y-huevos&mes=enero",
        "region=cusco",
        "practica=compost",
        "practica=compost&producto=papa",
        "viene=1",
        "viene=1&producto=palta",
        "producto=palta",
        "producto=palta&mes=noviembre",
        "producto=papa&mes=junio&region=cusco&practica=terraces&viene=1",
        "q=zzz",
    ],
}
CASES = [(kind, query) for kind in BASES for query in BASES[kind]]


def filtered(kind, query, day=None):
    """Return the filter as on a day, or with no market at all."""
    data = QueryDict(query)
    if kind == "product":
        coming = day.offerings() if day else Offering.objects.none()
        return ProductFilter(data, coming=coming, month=11)
    coming = day.coming_producers() if day else Producer.objects.none()
    return ProducerFilter(data, coming=coming)


@pytest.mark.parametrize(("kind", "query"), CASES)
def test_counts_are_what_choosing_the_option_shows(catalogue, kind, query):
    filterset = filtered(kind, query, catalogue.day)
    rows = {"product": "products", "producer": "producers"}[kind]

    for name in FACETS[kind]:
        values = [value for value, _label in filterset.filters[name].extra["choices"]]
        counted = {value: filterset.count(name, value) for value in values}
        shown = {}
        for value in values:
            one = [value] if name == "categoria" else value
            shown[value] = getattr(filterset, rows)(
                filterset.chosen | {name: one}
            ).count()
        assert (name, counted) == (name, shown)


@pytest.mark.parametrize(("kind", "query"), CASES)
def test_totals_are_how_many_rows_are_found(catalogue, kind, query):
    filterset = filtered(kind, query, catalogue.day)

    total = {
        "product": lambda: filterset.year().total,
        "producer": lambda: filterset.count("total", ""),
    }[kind]()
    assert total == filterset.qs.count()


@pytest.mark.parametrize("kind", ["product", "producer"])
def test_without_a_market_nobody_comes(catalogue, kind):
    assert filtered(kind, "viene=1").qs.count() == 0
    assert filtered(kind, "").options("viene") == []
    assert filtered(kind, "").options("region") != []


def test_options_that_show_nothing_are_left_out(catalogue):
    filterset = filtered("product", "", catalogue.day)

    found = [(option.value, option.count) for option in filterset.options("region")]

    assert found == [("cusco", 2), ("piura", 1), ("puno", 2)]


def test_a_chosen_option_stays_though_it_shows_nothing(catalogue):
    query = "region=tumbes&categoria=frutas"
    filterset = filtered("product", query, catalogue.day)

    chosen = [option for option in filterset.options("region") if option.is_chosen]

    assert [(option.value, option.label, option.count) for option in chosen] == [
        ("tumbes", "Tumbes", 0)
    ]


def test_options_of_several_values_are_chosen_each(catalogue):
    query = "categoria=frutas&categoria=lacteos-y-huevos"
    filterset = filtered("product", query, catalogue.day)

    chosen = {
        option.value: option.is_chosen for option in filterset.options("categoria")
    }

    assert chosen == {
        "frutas": True,
        "lacteos-y-huevos": True,
        "tuberculos-y-raices": False,
    }


def test_an_option_is_not_chosen_by_a_part_of_the_value(catalogue):
    filterset = filtered("product", "region=huancavelica")

    chosen = [
        option.value for option in filterset.options("region") if option.is_chosen
    ]

    assert chosen == ["huancavelica"]


@pytest.mark.parametrize(
    ("query", "chips"),
    [
        ("", []),
        ("orden=nombre", []),
        ("pagina=2&region=cusco", [("Cusco", "")]),
        (
            "region=cusco&orden=nombre&pagina=2",
            [("Cusco", "orden=nombre")],
        ),
        (
            "q=papa&categoria=frutas&categoria=lacteos-y-huevos",
            [
                ("«papa»", "categoria=frutas&categoria=lacteos-y-huevos"),
                ("Frutas", "q=papa&categoria=lacteos-y-huevos"),
                ("Lácteos y huevos", "q=papa&categoria=frutas"),
            ],
        ),
        (
            "mes=junio&viene=1",
            [("Junio", "viene=1"), ("Viene a la próxima feria", "mes=junio")],
        ),
        ("fbclid=1&region=cusco", [("Cusco", "")]),
    ],
    ids=str,
)
def test_chips_lead_to_the_page_without_them(catalogue, query, chips):
    filterset = filtered("product", query, catalogue.day)

    assert [(str(chip.label), chip.query) for chip in filterset.chips] == chips


@pytest.mark.parametrize(
    ("query", "chips"),
    [
        (
            "q=palta+&region=cusco",
            [("«palta»", "region=cusco"), ("Cusco", "q=palta")],
        ),
        (
            "region=puno&region=cusco&q=palta",
            [("«palta»", "region=cusco"), ("Cusco", "q=palta")],
        ),
        ("region=zzz&q=palta", [("«palta»", "")]),
    ],
    ids=["space after a word", "twice in the address", "beside an unknown value"],
)
def test_chips_take_away_what_is_written_oddly(catalogue, query, chips):
    filterset = filtered("product", query, catalogue.day)

    assert [(str(chip.label), chip.query) for chip in filterset.chips] == chips


def test_a_facet_without_counts_is_not_a_list_of_its_own():
    with pytest.raises(NotImplementedError):
        CatalogueFilter.counts(None)
