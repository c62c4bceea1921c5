"""A form outlives the sign-in under which it was opened, if it is this portal's own."""

import re

from portal.domain.affiliate.deals.tables import Deal
from tests.support import things

HERE = {"Sec-Fetch-Site": "same-origin"}
TYPED = {"title": "Typed <b>title", "catalog_code": "typed"}


def test_what_was_typed_is_kept_when_the_sign_in_has_ended(world):
    answer = world.anonymous().post("/catalogs/new", TYPED, headers=HERE)
    assert answer.status_code == 401
    assert "Your sign-in has ended" in answer.text
    assert 'name="title" value="Typed &lt;b&gt;title"' in answer.text and 'action="/catalogs/new"' in answer.text


def test_it_is_sent_with_the_new_token_after_signing_in_again(world):
    owner, uuid = world.as_("acme"), things.of(world.acme).names["deals", "uuid"]
    place = f"/deals/{uuid}/comment"
    answer = owner.post(place, {"comment": "Typed before", "csrf_token": "of another session"}, headers=HERE)
    assert "Send it once more" in answer.text and Deal.get(Deal.uuid == uuid).comment is None
    token = re.search(r'name="csrf_token" value="([^"]+)"', answer.text)[1]
    owner.post(place, {"comment": "Typed before", "csrf_token": token})
    assert Deal.get(Deal.uuid == uuid).comment == "Typed before"


def test_a_form_from_elsewhere_is_not_laid_before_anybody(world):
    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        answer = world.as_("acme").post("/catalogs/new", {**TYPED, "csrf_token": "x"}, headers=headers)
        assert answer.status_code == 400 and "Typed" not in answer.text


def test_passwords_are_not_kept(world):
    typed = {"present": "x", "password": "my secret password"}
    answer = world.anonymous().post("/account/password", typed, headers=HERE)
    assert answer.status_code == 302 and "my secret" not in answer.text
