import json
import re
from html import unescape

import pytest
from django.utils.html import strip_tags

from agroferias.api.examples import EXAMPLES
from producers.models import Category
from tests.factories import (
    make_attendance,
    make_market_day,
    make_offering,
    make_opening_hours,
    make_producer,
    make_product,
    make_region,
    make_venue,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

EXAMPLE = re.compile(
    r"""curl '<a href="([^"]+)">http://testserver([^<]+)</a>'.*?"""
    r"""<pre class="answer"><code>(.*?)</code></pre>""",
    re.DOTALL,
)


@pytest.fixture
def market():
    """Make a market with an answer to every example."""
    fruit = Category.objects.get(slug="frutas")
    palta = make_product(name="Palta", category=fruit, reference_season=[3] * 12)
    rosa = make_producer(region=make_region("Cusco"))
    make_offering(producer=rosa, product=palta, season=[3] * 12)
    make_attendance(market_day=make_market_day(), producer=rosa)
    make_opening_hours(venue=make_venue(kind="shop"))


def shape(answer):
    """Return what an answer consists of, but for its values."""
    if isinstance(answer, dict):
        return {name: shape(value) for name, value in answer.items()}
    if isinstance(answer, list):
        return [shape(answer[0])] if answer else []
    return float if isinstance(answer, int | float) else type(answer)


def is_part(part, whole):
    """Whether a shape has nothing that the other lacks."""
    if isinstance(part, dict):
        return all(
            name in whole and is_part(value, whole[name])
            for name, value in part.items()
        )
    if isinstance(part, list):
        return bool(whole) and all(map(is_part, part, whole))
    return part == whole


def test_every_example_of_the_page_answers_as_it_says(client, market):
    html = client.get("/datos/").text
    examples = [tuple(map(unescape, found)) for found in EXAMPLE.findall(html)]

    answers = [client.get(path) for path, *_rest in examples]

    assert [path for path, *_rest in examples] == [one.path for one in EXAMPLES]
    assert [shown for _path, shown, _answer in examples] == [
        one.path for one in EXAMPLES
    ]
    assert [one.status_code for one in answers] == [200] * len(EXAMPLES)
    for (path, _shown, answer), response in zip(examples, answers, strict=True):
        if "format=csv" in path:
            header, *rows = response.text.splitlines()
            assert (answer, len(rows)) == (header, 1)
        else:
            assert is_part(shape(json.loads(answer)), shape(response.json())), path


def test_an_example_that_lies_would_be_found():
    whole = shape({"results": [{"name": "Palta", "season": [3]}], "next": None})

    assert is_part(shape({"results": [{"season": [0, 1]}]}), whole)
    assert not is_part(shape({"results": [{"seasons": [0]}]}), whole)
    assert not is_part(shape({"results": [{"season": ["0"]}]}), whole)
    assert not is_part(shape({"next": "http://"}), whole)


def test_the_page_says_what_the_settings_say(client, settings):
    settings.API_REQUESTS_PER_MINUTE = 77

    text = " ".join(strip_tags(client.get("/datos/").text).split())

    assert "50 filas por página; hasta 100 con limite" in text
    assert "77 consultas por minuto" in text
    assert "CC BY 4.0" in text
    assert client.get("/").text.count('href="/datos/"') == 1
