import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from producers.fields import SEASON_EMPTY_MESSAGE
from producers.forms import ChoicesArrayFormField, SeasonFormField
from producers.models import Consent, Producer
from tests.desk import season_values

SEASON = [0, 0, 1, 3, 3, 2, 1, 0, 0, 0, 0, 0]


class SeasonForm(forms.Form):
    season = SeasonFormField()


class OptionalForm(forms.Form):
    season = SeasonFormField(required=False)


def test_twelve_selects_clean_to_twelve_levels():
    form = SeasonForm(season_values("season", SEASON))

    assert form.is_valid()
    assert form.cleaned_data == {"season": SEASON}


def test_a_season_without_any_month_is_refused_with_a_sentence():
    form = SeasonForm(season_values("season", [0] * 12))

    assert form.errors == {"season": [str(SEASON_EMPTY_MESSAGE)]}


def test_a_season_that_may_be_missing_cleans_to_none():
    form = OptionalForm(season_values("season", [0] * 12))

    assert form.is_valid()
    assert form.cleaned_data == {"season": None}


@pytest.mark.parametrize("level", ["4", "-1", "many", ""])
def test_other_levels_are_refused(level):
    data = season_values("season", SEASON) | {"season_3": level}

    assert list(SeasonForm(data).errors) == ["season"]


@pytest.mark.parametrize(
    ("initial", "sent", "is_changed"),
    [
        (None, [0] * 12, False),
        (None, SEASON, True),
        (SEASON, SEASON, False),
        (SEASON, [3] * 12, True),
    ],
    ids=["left alone", "new", "same", "other"],
)
def test_a_change_is_one_of_a_level(initial, sent, is_changed):
    field = SeasonFormField()

    assert field.has_changed(initial, [str(level) for level in sent]) is is_changed


def test_each_month_has_a_label_and_a_select_without_any_script():
    with translation.override("es"):
        html = SeasonForm(initial={"season": SEASON}).as_p()

    assert html.count("<select") == 12
    assert 'for="id_season_0">Enero</label>' in html
    assert 'for="id_season_11">Diciembre</label>' in html
    assert html.count('<option value="3" selected>') == 2
    assert "<script" not in html
    assert "style=" not in html


def test_the_season_is_a_named_group():
    html = SeasonForm().as_div()

    assert "<fieldset>" in html
    assert "<legend>Season:</legend>" in html


def test_what_was_sent_stays_when_refused():
    data = season_values("season", SEASON) | {"season_3": "9"}

    html = str(SeasonForm(data)["season"])

    assert html.count('<option value="2" selected>') == 1
    assert html.count('<option value="1" selected>') == 2


def test_choices_of_an_array_are_checkboxes_cleaned_in_their_order():
    field = ChoicesArrayFormField.for_field(Producer._meta.get_field("practices"))

    assert isinstance(field.widget, forms.CheckboxSelectMultiple)
    assert field.clean(["terraces", "compost"]) == ["compost", "terraces"]
    assert field.clean([]) == []


def test_an_array_that_may_not_be_empty_is_required():
    field = ChoicesArrayFormField.for_field(Consent._meta.get_field("covers"))

    for value in ([], ["everything"]):
        with pytest.raises(ValidationError):
            field.clean(value)
