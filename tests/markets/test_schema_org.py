import pytest

from tests.markets.schema_org import SCHEMA, faults


@pytest.mark.parametrize(
    ("node", "fault"),
    [
        ({"@type": "Shop"}, "Shop has no name"),
        ({"@type": "Organization"}, "no url"),
        ({"@type": "Organization", "color": "red"}, "Organization has no color"),
        ({"@type": "Organization", "url": "/here"}, "url: '/here' does not match"),
        ({"@type": "Event", "isAccessibleForFree": 1}, "1 is no bool"),
        ({"@type": "Event", "location": "Lima"}, "'Lima' is none of {'Place'}"),
        ({"@type": "Event", "location": {"@type": "Place"}}, "location: no address"),
        ({"@type": "GroceryStore", "telephone": []}, "telephone is empty"),
        ({"@type": "Event", "eventStatus": f"{SCHEMA}/Moved"}, "does not match"),
        ({"@type": "OpeningHoursSpecification", "opens": "24:00"}, "does not match"),
    ],
)
def test_the_validator_finds_what_is_wrong(node, fault):
    found = list(faults({"name": "A"} | node))

    assert [one for one in found if fault in one] != []
