from django.http import QueryDict

from producers.admin.page_state import OWN, merge


def test_another_order_of_the_same_values_is_no_change():
    def page(*keys):
        return {OWN: {OWN: {"varieties": {"": [*keys]}}}}

    sent = QueryDict("varieties=1&varieties=2")

    merged, differences = merge(sent, page("1", "2"), page("2", "1"), set())

    assert differences == []
    assert sorted(merged.getlist("varieties")) == ["1", "2"]
