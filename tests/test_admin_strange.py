"""What nobody types, but may stand in an address: the desk breaks on none of it."""

import pytest
from django.contrib import admin

from markets.models import Proposal, Venue
from producers.models import Offering
from tests.desk import open_desk, page
from tests.everything import fill

NUL = "\0"
OWN = ["all", "e", "o", "p", "pagina", "_popup", "_to_field", NUL]
LISTS = [
    *(page(model, "changelist") for model in admin.site._registry),
    page(Proposal, "decided"),
]


@pytest.fixture
def desk(db, client, settings, tmp_path):
    fill(1)
    return open_desk(client, settings, tmp_path)


def parameters(context):
    """Return the names of a list's filters, and of the columns it can be asked for."""
    if "cl" not in context:
        return []
    found = context["cl"]
    filters = [name for one in found.filter_specs for name in one.expected_parameters()]
    return [*filters, *(field.name for field in found.opts.fields)]


@pytest.mark.parametrize("address", LISTS)
def test_no_list_breaks_on_nul(desk, address):
    names = [*OWN, *parameters(desk.get(address).context)]
    answers = {
        (name, value): desk.get(address, {name: value}, follow=True).status_code
        for name in names
        for value in (NUL, ("1", f"a{NUL}b"))
    }

    assert {sent: code for sent, code in answers.items() if code != 200} == {}


@pytest.mark.parametrize("address", LISTS)
def test_no_search_breaks_on_nul(desk, address):
    answers = [desk.get(address, {"q": value}) for value in (NUL, f"a{NUL}b")]

    assert [answer.status_code for answer in answers] == [200, 200]


def test_a_filter_with_nul_leads_to_the_whole_list(desk):
    address = page(Offering, "changelist")

    response = desk.get(address, {"unit": NUL}, follow=True)

    assert response.redirect_chain == [(f"{address}?e=1", 302)]
    assert len(response.context["cl"].result_list) == Offering.objects.count()


def relations():
    """Return (model, field) of every relation between models that have a list."""
    return [
        (model, field)
        for model in admin.site._registry
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.is_relation and field.remote_field.model in admin.site._registry
    ]


def asked(model, field, term):
    options = model._meta
    names = {"app_label": options.app_label, "model_name": options.model_name}
    return names | {"field_name": field.name, "term": term}


@pytest.mark.parametrize("address", ["/admin/autocomplete/", page(Venue, "labels")])
def test_no_suggestion_breaks_on_nul_or_a_relation_without_labels(desk, address):
    codes = {
        (field.name, term): desk.get(address, asked(model, field, term)).status_code
        for model, field in relations()
        for term in ("", "a", NUL, f"a{NUL}b")
    }

    assert {*codes.values()} <= {200, 403, 404}
    assert codes["producer", NUL] == codes["producer", "a"] == 200
    has_labels = address != "/admin/autocomplete/"
    assert codes["decided_by", "a"] == (403 if has_labels else 200)
