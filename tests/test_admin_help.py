"""Every field that staff fill in says what goes there, typed ones with an example."""

import re

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.utils.translation import override

from tests.desk import open_desk, page
from tests.factories import (
    make_attendance,
    make_contact,
    make_market_day,
    make_producer,
    make_staff,
)

pytestmark = pytest.mark.django_db

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
LONGEST = 110
# After a colon or within quotes: «Ejemplo: 2350», «hasta quitarlo: 29/11/2026».
EXAMPLE = re.compile(r": ?\S")
# Typed, and better without one.
WITHOUT_EXAMPLE = {
    "password1": "an example would be somebody's password",
    "password2": "the same",
}
# Django's list of rules, and what it says of choosing several.
LONG = {"password1", "user_permissions"}
TYPED = (
    forms.CharField,
    forms.IntegerField,
    forms.DecimalField,
    forms.DateField,
    forms.TimeField,
    forms.SplitDateTimeField,
)
NOT_TYPED = (forms.CheckboxSelectMultiple, forms.Select)


@pytest.fixture
def request_of_staff(rf):
    request = rf.get("/admin/")
    request.user = make_staff()
    return request


def fields_of(model, request):
    """Yield (form, name, field) for all that is filled in on a model's pages."""
    model_admin = admin.site.get_model_admin(model)
    if not model_admin.has_add_permission(request):
        return
    for row in (None, model()):
        names = flatten_fieldsets(model_admin.get_fieldsets(request, row))
        form = model_admin.get_form(request, row, change=row is not None)
        yield from _filled_in(form, names)
    for inline in model_admin.inlines:
        one = inline(model, admin.site)
        formset = one.get_formset(request)
        owner = {formset.fk.name}
        yield from _filled_in(formset.form, {*formset.form.base_fields} - owner)


def _filled_in(form, names):
    for name, field in form.base_fields.items():
        is_own = name in names or name in form.declared_fields
        if is_own and not field.widget.is_hidden:
            yield form, name, field


def is_typed(field):
    widget = getattr(field.widget, "widget", field.widget)
    return isinstance(field, TYPED) and not isinstance(widget, NOT_TYPED)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_has_a_help_with_an_example(request_of_staff, model, language):
    wrong = []
    with override(language):
        for _form, name, field in fields_of(model, request_of_staff):
            said = str(field.help_text)
            is_short = len(said) <= LONGEST or name in LONG
            is_news = said.rstrip(".").casefold() != str(field.label).casefold()
            has_example = (
                not is_typed(field) or name in WITHOUT_EXAMPLE or EXAMPLE.search(said)
            )
            if not (said and is_short and is_news and has_example):
                wrong.append((name, str(field.label), said))

    assert wrong == []


def test_the_fields_looked_at_are_those_of_the_pages(request_of_staff):
    found = {
        f"{form._meta.model._meta.label}.{name}"
        for model in MODELS
        for form, name, _field in fields_of(model, request_of_staff)
    }

    assert {
        "auth.User.email",
        "markets.Attendance.reason",
        "markets.MarketDay.rest_reason",
        "markets.OpeningHours.valid_from",
        "producers.Consent.covers",
        "producers.Offering.season",
        "producers.ProducerContact.position",
        "producers.ProducerPhoto.alt_text",
    } <= found


@pytest.fixture
def desk(client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


def test_a_row_of_an_inline_says_its_help_under_the_heading_and_at_its_field(desk):
    producer = make_producer()
    make_contact(producer=producer)

    html = desk.get(page(producer, "change", producer.pk)).text

    help_text = "Lower numbers come first: 1, 2, 3."
    assert f'<small class="column-help">{help_text}</small>' in html
    assert 'aria-describedby="id_contacts-0-position_helptext"' in html
    assert html.count('id="id_contacts-0-position_helptext"') == 1
    assert "help-tooltip" not in html


@pytest.mark.parametrize("row_count", [1, 3])
def test_the_list_of_a_day_says_its_help_once(desk, row_count):
    day = make_market_day()
    for _number in range(row_count):
        make_attendance(market_day=day)

    html = desk.get(page(day, "change", day.pk)).text

    for help_text in (
        "The number, or nothing if there is none: 23.",
        "People read it: “Lluvia en la carretera.”",
    ):
        assert html.count(help_text) == 1
    described = {*re.findall(r'aria-describedby="([^" ]+)', html)}
    assert described - {*re.findall(r' id="([^"]+)"', html)} == set()
