"""A form outlives the sign-in under which it was opened, if it is this portal's own."""

import re

from portal.domain.accounts.tables import Membership
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.offers.tables import Catalog
from tests.affiliate.things import catalog_form
from tests.support import things
from tests.support.cast import PASSWORD

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


def test_it_is_found_again_at_its_address_once_somebody_has_signed_in(world):
    visitor, owner = world.anonymous(), world.acme.users["owner"]
    data = {**TYPED, "csrf_token": visitor.csrf_token}
    place = visitor.client.post("/catalogs/new", data=data, headers=HERE, base_url=visitor._base()).location
    assert "Your sign-in has ended" in visitor.get(place).text
    visitor.post("/sign-in", {"mail": owner.mail, "password": PASSWORD})
    page = visitor.get(place).text
    assert "Send it once more" in page and 'name="title" value="Typed &lt;b&gt;title"' in page
    assert "Typed" not in world.as_("acme").get(place).text, "It was kept for that browser."


def test_a_form_that_was_opened_for_another_partner_waits_until_one_acts_for_it_again(world):
    owner = world.as_("acme")
    Membership.create(user=world.acme.users["owner"].id, partner=world.rival.id, role="viewer")
    typed = {**catalog_form(), "acting_for": world.acme.id}
    owner.post("/acting-partner", {"partner_id": world.rival.id})
    data = {**typed, "csrf_token": owner.csrf_token}
    place = owner.client.post("/catalogs/new", data=data, headers=HERE, base_url=owner._base()).location
    page = owner.get(place)
    assert page.status_code == 409 and "You work for Rival now" in page.text
    assert f'name="next" value="{place}"' in page.text
    owner.post("/acting-partner", {"partner_id": world.acme.id})
    page = owner.get(place).text
    again = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page)
    assert owner.post("/catalogs/new", dict(again)).status_code == 303
    assert Catalog.get().partner_id == world.acme.id
