"""Two people, or two tabs, edit the same thing: the second is told before anything of the first is lost."""

import re

import pytest

from portal.domain.offers import catalogs
from portal.domain.offers.tables import Catalog
from tests.support import things

pytestmark = pytest.mark.on_both_engines


def test_the_second_of_two_edits_is_told_and_may_then_overwrite(world):
    owner, code = world.as_("acme"), things.of(world.acme).names["short_code"]
    catalog = catalogs.find(world.acme.id, code)
    seen = re.search(r'name="seen" value="(\d+)"', owner.get(f"/catalogs/{code}/edit").text)[1]
    catalogs.change(catalog, {"description": "of the first tab"})
    base = {
        "title": "Things",
        "catalog_code": "things",
        "reward_type": "RevShare",
        "reward_percent": "5",
        "moderation_type": "FREE_ENTRY",
        "devices": "All",
        "cookies_storage_days": "30",
        "hold_duration_days": "30",
        "hold_duration_hours": "0",
        "canceled_duration_days": "14",
        "canceled_duration_hours": "0",
        "description": "of the second tab",
    }
    answer = owner.post(f"/catalogs/{code}/edit", {**base, "seen": seen})
    assert answer.status_code == 422 and "Somebody changed this while your form was open" in answer.text
    assert "of the second tab" in answer.text and Catalog.get_by_id(catalog.id).description == "of the first tab"
    again = re.search(r'name="seen" value="(\d+)"', answer.text)[1]
    answer = owner.post(f"/catalogs/{code}/edit", {**base, "seen": again})
    assert answer.status_code == 303, re.findall(r'class="field-error[^>]*>.*?<', answer.text)[:5]
    assert Catalog.get_by_id(catalog.id).description == "of the second tab"
