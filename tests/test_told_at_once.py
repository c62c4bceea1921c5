"""What is missing in a form, and what breaks a rule of the domain's, are told at once, not in two rounds."""

import pytest

# What is typed, what of it is missing, and what breaks a rule.
FORMS = {
    "/catalogs/new": ({"title": "", "reward_percent": "99"}, "title", "reward_percent"),
    "/customers/new": ({"first_name": "", "mail": "nobody"}, "first_name", "mail"),
    "/rewards/details": ({"holder": "", "account": "DE89 3704 0044 0532 0130 01"}, "holder", "account"),
    "/companies/tariffs/new": ({"name": "", "templates": "-3", "kind": "paid", "currency": "EUR"}, "name", "templates"),
    "/member-offers/new": ({"name": "", "external_url": "javascript:alert(1)"}, "name", "external_url"),
}


@pytest.mark.parametrize("path", FORMS)
def test_what_is_missing_and_what_breaks_a_rule_are_told_together(world, path):
    given, missing, wrong = FORMS[path]
    answer = world.as_("acme").post(path, given)
    assert answer.status_code == 422
    assert f'id="{missing}-error"' in answer.text and f'id="{wrong}-error"' in answer.text
    told = world.as_("acme").post(path, given | {missing: "Named"}).text
    assert f'id="{missing}-error"' not in told and f'id="{wrong}-error"' in told
