import pytest
from django.contrib import admin

from markets.admin.attendance import AttendanceInline
from markets.admin.hours import SpecialHoursAdmin
from markets.admin.market_day import MarketDayAdmin
from markets.admin.proposal import ProposalAdmin
from markets.admin.update_link import UpdateLinkAdmin
from markets.models import Proposal, Subscriber, UpdateLink
from tests.desk import open_desk, page

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
# Pages that are used without JavaScript too: the venues are two or three.
PLAIN = (AttendanceInline, MarketDayAdmin, SpecialHoursAdmin)
# Made by producers, by visitors, and by a button of our own pages.
NOT_ADDED = {Proposal, Subscriber, UpdateLink}
READ_ONLY = (ProposalAdmin, UpdateLinkAdmin)
OURS = [model for model in MODELS if model._meta.app_label in {"producers", "markets"}]


@pytest.fixture
def desk(db, client, settings, tmp_path):
    return open_desk(client, settings, tmp_path)


@pytest.mark.parametrize("name", ["changelist", "add"])
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_page_opens(desk, model, name):
    response = desk.get(page(model, name))

    if name == "add" and model in NOT_ADDED:
        assert response.status_code == 403
        return
    assert response.status_code == 200
    assert "Agroferias Campesinas" in response.text


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_search_takes_any_words(desk, model):
    for words in ("café Ñandú", "'; --", "9" * 30, "x " * 40):
        response = desk.get(page(model, "changelist"), {"q": words})

        assert response.status_code == 200


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_relation_is_looked_up_while_typing(model):
    model_admin = admin.site.get_model_admin(model)
    for one in (model_admin, *model_admin.inlines):
        if one is AttendanceInline or isinstance(one, (*PLAIN, *READ_ONLY)):
            continue
        options = one.model._meta
        relations = {
            field.name
            for field in (*options.fields, *options.many_to_many)
            if field.is_relation and field.remote_field.model != model_admin.model
        }
        assert relations <= {*one.autocomplete_fields}


def test_the_desk_is_for_staff_alone(client, db, settings):
    response = client.get("/admin/")

    assert response.status_code == 302
    assert response.url.startswith("/admin/login/")


def test_pages_carry_no_inline_script_or_style(desk):
    for address in ("/admin/", "/admin/password_change/"):
        html = desk.get(address).text

        for forbidden in ("<style", " style=", " onclick=", "<script>", "javascript:"):
            assert forbidden not in html
