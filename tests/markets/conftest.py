import pytest
from django.template import Context, Template

from markets.agenda import Agenda


@pytest.fixture(autouse=True)
def _private_folder(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path / "private"


@pytest.fixture
def ask(db, rf, november):
    """Return a function that renders a tag on the Monday before SUNDAY."""

    def render(tag, **context):
        request = rf.get("/")
        request.agenda = Agenda(november)
        request.next_market_day = request.agenda.next_day
        library = "{% load market_tags %}"
        return Template(library + tag).render(Context({"request": request, **context}))

    return render
