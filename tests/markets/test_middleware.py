import pytest
from django.http import HttpResponse

from markets.middleware import agenda
from tests.factories import make_market_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


def test_a_page_that_does_not_ask_makes_no_query(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = agenda(lambda request: HttpResponse("palta"))(rf.get("/"))

    assert response.content == b"palta"


def test_a_page_that_asks_often_makes_one_query(rf, django_assert_num_queries):
    day = make_market_day()

    def page(request):
        return HttpResponse(f"{request.next_market_day} {request.next_market_day.pk}")

    with django_assert_num_queries(1):
        response = agenda(page)(rf.get("/"))

    assert response.text == f"{day} {day.pk}"


def test_without_a_market_day_there_is_none(rf):
    def page(request):
        return HttpResponse(str(bool(request.next_market_day)))

    response = agenda(page)(rf.get("/"))

    assert response.text == "False"


def test_every_page_knows_its_moment(rf, november):
    def page(request):
        return HttpResponse(f"{request.agenda.moment:%d %H:%M %Z}")

    response = agenda(page)(rf.get("/"))

    assert response.text == "23 12:00 -05"


def test_the_login_of_the_staff_makes_no_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/admin/login/")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/", "no-cache"),
        ("/ferias/", "no-cache"),
        ("/ferias/novedades.atom", "no-cache"),
        ("/nada/", "no-cache"),
        ("/ferias/agenda.ics", "no-cache"),
    ],
)
def test_no_kept_page_says_that_there_is_a_market(client, path, said):
    assert client.get(path)["Cache-Control"] == said
