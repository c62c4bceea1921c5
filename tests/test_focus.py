"""Where a form that was sent wrong puts the focus, without scripts too: browsers follow the first `autofocus`."""

import re

import pytest

pytestmark = pytest.mark.engine("sqlite")
FIRST = re.compile(r"<[^>]* autofocus[^>]*>")


@pytest.mark.parametrize(
    "place, focused",
    [("/catalogs/new", "error-summary"), ("/deals/imports", 'id="file"'), ("/pictures", 'id="picture"')],
)
def test_the_summary_of_what_is_wrong_gets_it_else_what_is_wrong(world, place, focused):
    refused = world.as_("acme").post(place, {})
    assert refused.status_code == 422
    assert focused in FIRST.search(refused.text.partition("<main")[2])[0]
