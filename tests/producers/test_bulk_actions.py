"""Many producers and offerings at once: what was done, what was left, who may."""

import pytest
from django.contrib.admin.models import LogEntry

from agroferias.roles import ADMINISTRATION, COORDINATION, EDITING
from producers.models import Offering, Producer
from tests.bulk import act, said, stored
from tests.desk import make_member, open_desk, page
from tests.factories import (
    make_offering,
    make_producer,
    make_product,
    make_region,
    make_variety,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
SUMMER = [3, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 3]


@pytest.fixture
def desk(client, settings, tmp_path):
    """The pages as somebody in Coordinación has them."""
    open_desk(client, settings, tmp_path)
    client.force_login(make_member(COORDINATION))
    return client


def make_draft(**fields):
    return make_producer(status="draft", **fields)


def apply_region(desk, name, *producers):
    data = {"_apply": "1", "region": make_region(name).pk}
    return act(desk, "set_region", *producers, **data)


def test_the_actions_stand_in_the_order_of_every_day(desk):
    make_offering()
    choices = {
        model: [
            name
            for name, _words in desk.get(page(model, "changelist"))
            .context["action_form"]
            .fields["action"]
            .choices
            if name
        ]
        for model in (Producer, Offering)
    }

    assert choices == {
        Producer: ["publish", "archive", "set_region", "delete_selected"],
        Offering: ["set_usual_season", "put_on_shelf", "delete_selected"],
    }


def test_a_region_is_asked_for_before_anything_is_done(desk):
    rosa = make_producer(name="Rosa", region=make_region("Cusco"))

    response = act(desk, "set_region", rosa)

    assert response.context["names"] == ["Rosa"]
    assert response.context["form"].errors == {}
    assert f'name="_selected_action" value="{rosa.pk}"' in response.text
    assert stored(rosa, fields=["region"]) == [(make_region("Cusco"),)]


def test_a_region_is_set_and_counted(desk):
    rosa = make_producer(region=make_region("Cusco"))
    julian = make_producer(region=None, status="draft")
    known = make_producer(region=make_region("Puno"))

    response = apply_region(desk, "Puno", rosa, julian, known)

    assert said(response) == [
        "2 producers have the region now. Undo",
        "1 was like this already.",
    ]
    assert (
        stored(rosa, julian, known, fields=["region"]) == [(make_region("Puno"),)] * 3
    )
    assert rosa.history.latest().history_change_reason == "Region set from the list"
    assert rosa.history.latest().history_user.groups.get().name == COORDINATION
    assert {entry.object_id for entry in LogEntry.objects.all()} == {
        str(rosa.pk),
        str(julian.pk),
    }


@pytest.mark.parametrize("typed", ["", "0", "x", "9" * 30])
def test_a_region_that_is_none_is_asked_for_again(desk, typed):
    rosa = make_producer()

    response = act(desk, "set_region", rosa, _apply="1", region=typed)

    assert list(response.context["form"].errors) == ["region"]
    assert response.context["keys"] == [rosa.pk]


def test_editors_set_the_region_of_drafts_alone(desk):
    draft, public = make_draft(name="Ana"), make_producer(name="Rosa")
    gone = make_producer(name="Zoila", status="archived")
    desk.force_login(make_member(EDITING))

    asked = act(desk, "set_region", draft, public, gone)
    response = apply_region(desk, "Puno", draft, public, gone)

    assert asked.context["names"] == ["Ana"]
    assert asked.context["held"] == ["Rosa", "Zoila"]
    assert said(response) == [
        "1 producer has the region now. Undo",
        "2 stay as they are, since they are public: ask Coordinación.",
    ]
    regions = stored(draft, public, gone, fields=["region"])
    cusco = (make_region("Cusco"),)
    assert regions == [(make_region("Puno"),), cusco, cusco]


def test_the_usual_season_is_set_where_it_differs(desk):
    palta = make_product(reference_season=SUMMER)
    offering = make_offering(product=palta)
    same = make_offering(product=palta, season=SUMMER)

    response = act(desk, "set_usual_season", offering, same)

    assert said(response) == [
        "1 offering has the usual season of its product now. Undo",
        "1 was like this already.",
    ]
    assert stored(offering, same, fields=["season"]) == [(SUMMER,), (SUMMER,)]
    assert same.history.count() == 1


def test_a_version_written_with_many_keeps_the_varieties(desk):
    offering = make_offering(product=make_product(reference_season=SUMMER))
    offering.varieties.set([make_variety(product=offering.product)])

    act(desk, "set_usual_season", offering)

    version = offering.history.latest()
    assert [one.variety for one in version.varieties.all()] == [
        *offering.varieties.all()
    ]


def test_editors_set_the_season_of_drafts_offerings_alone(desk):
    palta = make_product(reference_season=SUMMER)
    mine = make_offering(producer=make_draft(), product=palta)
    public = make_offering(product=palta)
    desk.force_login(make_member(EDITING))

    response = act(desk, "set_usual_season", mine, public)

    assert said(response) == [
        "1 offering has the usual season of its product now. Undo",
        "1 stays as it is, since it is public: ask Coordinación.",
    ]
    assert stored(mine, public, fields=["season"]) == [(SUMMER,), ([2] * 12,)]


def test_nothing_chosen_is_said_by_django(desk):
    make_producer()
    data = {"action": "set_region", "index": "0"}

    response = desk.post(page(Producer, "changelist"), data, follow=True)

    assert said(response)[0].startswith("Items must be selected")


@pytest.mark.parametrize(
    ("role", "action"),
    [
        (EDITING, "publish"),
        (EDITING, "archive"),
        (ADMINISTRATION, "publish"),
        (ADMINISTRATION, "archive"),
        (ADMINISTRATION, "set_region"),
        (ADMINISTRATION, "set_usual_season"),
    ],
)
def test_no_action_past_a_role(desk, role, action):
    draft = make_draft(is_example=True)
    offering = make_offering(producer=draft)
    row = offering if action == "set_usual_season" else draft
    desk.force_login(make_member(role))

    act(desk, action, row, _apply="1", region=make_region("Puno").pk)

    assert (draft.history.count(), offering.history.count()) == (1, 1)
    assert stored(draft, fields=["status"]) == [("draft",)]


def test_query_count_of_the_question_is_constant(desk, django_assert_num_queries):
    producers = [make_producer() for _number in range(30)]
    act(desk, "set_region", producers[0])

    for chosen in (producers[:1], producers):
        # session, user, permissions twice, the list's regions twice and counts twice,
        # the chosen between two ends of a transaction, the regions to choose
        with django_assert_num_queries(12):
            act(desk, "set_region", *chosen)


def test_query_count_of_the_writes_is_constant(desk, django_assert_max_num_queries):
    palta = make_product(reference_season=SUMMER)
    offerings = [make_offering(product=palta) for _number in range(30)]
    rest = {"action": "set_usual_season", "index": "0"}

    with django_assert_max_num_queries(25):
        chosen = [one.pk for one in offerings]
        desk.post(page(Offering, "changelist"), rest | {"_selected_action": chosen})

    assert {tuple(one.season) for one in Offering.objects.all()} == {tuple(SUMMER)}
