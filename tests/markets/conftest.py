import pytest
from django.template import Context, Template

from markets.models import MarketDay


@pytest.fixture
def ask(db, rf, november):
    """Return a function that renders a tag on the Monday before SUNDAY."""

    def render(tag, **context):
        request = rf.get("/")
        request.next_market_day = MarketDay.objects.next_after(november)
        library = "{% load market_tags %}"
        return Template(library + tag).render(Context({"request": request, **context}))

    return render
