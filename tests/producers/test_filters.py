import pytest
from django.http import QueryDict

from producers.filters import ProducerFilter, ProductFilter
from tests.factories import make_offering

NOVEMBER = 11
CASES = {
    "product": [
        ("q=aguacate", ["palta"]),
        ("q=%20Papa%20", ["papa"]),
        ("mes=enero", ["mango", "palta", "papa", "queso"]),
        ("categoria=frutas", ["mango", "palta"]),
        ("categoria=frutas&categoria=lacteos-y-huevos", ["mango", "palta", "queso"]),
        ("region=cusco", ["palta", "papa"]),
        ("region=tumbes", []),
        ("practica=terraces", ["palta", "papa"]),
        ("practica=compost", ["palta", "papa", "queso"]),
        # Rosa comes, but her palta ended in September.
        ("viene=1", ["papa", "queso"]),
        ("estado=hay", ["mango", "palta", "papa", "queso"]),
        ("estado=punto", ["palta"]),
        ("nativo=1", ["palta", "papa"]),
        ("orden=nombre", ["mango", "palta", "papa", "queso"]),
    ],
    "producer": [
        ("q=hass", ["rosa"]),
        ("mes=junio", ["julian", "rosa"]),
        ("mes=noviembre", ["elena", "julian", "rosa"]),
        ("categoria=frutas", ["elena", "rosa"]),
        ("categoria=frutas&categoria=lacteos-y-huevos", ["elena", "julian", "rosa"]),
        ("region=puno", ["julian"]),
        ("region=tumbes", []),
        ("practica=compost", ["julian", "rosa"]),
        ("viene=1", ["julian", "rosa"]),
        ("producto=palta", ["elena", "rosa"]),
        ("producto=mango", []),
    ],
}
# What no single parameter finds: all must hold for one and the same offering.
COMBINED = {
    "product": [
        # Rosa has no papa at its best in November, nobody from Puno has palta.
        ("region=puno&categoria=frutas", []),
        ("region=cusco&mes=junio&estado=punto", ["palta", "papa"]),
        # Elena's palta is at its best in November, Rosa's is not there at all.
        ("region=cusco&estado=hay", ["papa"]),
        ("region=piura&estado=punto", ["palta"]),
        ("region=cusco&estado=punto", []),
        ("region=piura&practica=compost", []),
        # Elena does not come.
        ("region=piura&viene=1", []),
        ("estado=punto&viene=1", []),
        ("nativo=1&categoria=tuberculos-y-raices&viene=1", ["papa"]),
        ("q=palta&region=puno", []),
    ],
    "producer": [
        # Rosa's palta ends in September; she has papa in November.
        ("producto=palta&mes=noviembre", ["elena"]),
        ("producto=palta&mes=junio", ["rosa"]),
        ("categoria=frutas&mes=noviembre", ["elena"]),
        ("producto=palta&categoria=lacteos-y-huevos", []),
        ("producto=papa&mes=mayo&practica=terraces", ["rosa"]),
        ("producto=palta&viene=1", ["rosa"]),
        ("region=puno&producto=queso&mes=enero&viene=1", ["julian"]),
    ],
}


def filtered(kind, query, day):
    data = QueryDict(query)
    if kind == "product":
        return ProductFilter(data, coming=day.offerings(), month=NOVEMBER)
    return ProducerFilter(data, coming=day.coming_producers())


def slugs(filterset):
    return sorted(filterset.qs.values_list("slug", flat=True))


def rows(cases):
    return [(kind, *row) for kind in cases for row in cases[kind]]


@pytest.mark.parametrize(
    ("kind", "filterset"), [("product", ProductFilter), ("producer", ProducerFilter)]
)
def test_every_filter_has_a_test(kind, filterset):
    tested = {query.partition("=")[0] for query, _found in CASES[kind]}

    assert tested == set(filterset.base_filters)


@pytest.mark.parametrize(("kind", "query", "found"), rows(CASES))
def test_each_filter_finds_what_fits(catalogue, kind, query, found):
    filterset = filtered(kind, query, catalogue.day)

    assert filterset.form.is_valid()
    assert slugs(filterset) == found


@pytest.mark.parametrize(("kind", "query", "found"), rows(COMBINED))
def test_combined_filters_hold_for_the_same_offering(catalogue, kind, query, found):
    assert slugs(filtered(kind, query, catalogue.day)) == found


@pytest.mark.parametrize("kind", ["product", "producer"])
def test_without_filters_all_that_is_public_is_found(catalogue, kind):
    found = {
        "product": ["mango", "palta", "papa", "queso"],
        "producer": ["elena", "julian", "rosa"],
    }

    assert slugs(filtered(kind, "", catalogue.day)) == found[kind]


@pytest.mark.parametrize(
    "query",
    [
        "mes=septiembre",
        "mes=99",
        "categoria=zzz",
        "categoria=frutas&categoria=zzz",
        "region=Cusco",
        "practica=zzz",
        "viene=si",
        "q=a%00b",
        f"q={'a' * 101}",
    ],
)
@pytest.mark.parametrize("kind", ["product", "producer"])
def test_unknown_values_are_errors_and_filter_nothing(catalogue, kind, query):
    filterset = filtered(kind, query, catalogue.day)

    name = query.partition("=")[0]
    assert [*filterset.form.errors] == [name]
    assert filterset.chosen == {}
    assert filterset.chips == []


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        ("product", "estado=todo"),
        ("product", "nativo=0"),
        ("product", "orden=precio"),
        ("producer", "producto=oculto"),
    ],
)
def test_unknown_values_of_one_list_are_errors_too(catalogue, kind, query):
    filterset = filtered(kind, query, catalogue.day)

    assert [*filterset.form.errors] == [query.partition("=")[0]]


def test_parameters_that_nobody_knows_are_passed_over(catalogue):
    filterset = filtered("product", "fbclid=1&precio=3", catalogue.day)

    assert filterset.form.is_valid()
    assert filterset.chosen == {}


def test_the_month_of_the_address_decides_the_levels(catalogue):
    filterset = filtered("product", "mes=junio&estado=punto", catalogue.day)

    assert filterset.month == 6
    assert slugs(filterset) == ["palta", "papa"]


def test_the_year_counts_the_peaks_and_the_levels_of_the_month(catalogue):
    year = filtered("product", "estado=hay", catalogue.day).year()

    # January to December; palta, papa, mango.
    assert year.at_best == [1, 1, 0, 0, 1, 2, 1, 0, 0, 0, 1, 1]
    assert year.levels == {3: 1, 2: 1, 1: 2}
    assert year.groups == [1, 3, 0]
    assert year.total == 4
    assert year.at_least(3) == 1


def test_the_year_follows_the_filters_but_for_the_state(catalogue):
    year = filtered("product", "region=cusco&estado=hay", catalogue.day).year()

    assert year.levels == {0: 1, 1: 1}
    assert year.total == 1


def test_rows_are_grouped_and_most_offered_first(catalogue):
    filterset = filtered("product", "", catalogue.day)

    found = [(row.group, row.slug, row.level) for row in filterset.rows()]

    assert found == [
        (0, "palta", 3),
        (1, "papa", 1),
        (1, "queso", 2),
        (1, "mango", 1),
    ]


def test_rows_are_grouped_and_by_name_if_so_chosen(catalogue):
    filterset = filtered("product", "orden=nombre&mes=junio", catalogue.day)

    found = [(row.group, row.slug) for row in filterset.rows()]

    assert found == [(0, "palta"), (0, "papa"), (1, "queso"), (2, "mango")]


def test_rows_show_the_season_of_the_producers_that_fit(catalogue):
    (palta,) = filtered("product", "region=piura", catalogue.day).rows()

    assert palta.season == [1, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 2]
    assert palta.producer_count == 1


def test_a_product_that_several_offer_is_found_once(catalogue):
    make_offering(product=catalogue.palta)

    assert slugs(filtered("product", "region=cusco", catalogue.day)) == [
        "palta",
        "papa",
    ]
