"""A sign-in that has ended has ended for every copy of its cookie."""

import pytest

from portal.domain.accounts.people import disabling, people
from portal.domain.accounts.sign_ins import sign_ins
from portal.domain.accounts.tables import SignIn
from tests.support.cast import PASSWORD
from tests.support.visitor import Visitor

pytestmark = pytest.mark.on_both_engines

OWN = "/account/sign-ins"


def copies(world, count=2):
    """Browsers that hold copies of one cookie."""
    key = world.key_of("acme")
    return [Visitor(world.app, key) for _ in range(count)]


def is_signed_in(visitor) -> bool:
    return visitor.get(OWN).status_code == 200


def test_signing_out_ends_every_copy_of_the_cookie(world):
    here, copy = copies(world)
    assert here.post("/sign-out").location == "/sign-in"
    assert not is_signed_in(here)
    assert not is_signed_in(copy)


def test_signing_out_needs_the_forms_token(world):
    here = world.as_("acme")
    assert here.post_without_token("/sign-out").status_code == 400
    assert is_signed_in(here)


def test_a_disabled_person_is_out_at_once(world):
    here = world.as_("acme", "manager")
    disabling.disable(world.acme.users["manager"])
    assert not is_signed_in(here)
    disabling.enable(world.acme.users["manager"])
    assert not is_signed_in(here)


def test_a_new_password_ends_every_other_sign_in(world):
    here, elsewhere = world.as_("acme"), world.as_("acme")
    changed = here.post("/account/password", {"present": PASSWORD, "password": "another fine password"})
    assert changed.location == OWN
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)
    assert people.proven("owner@acme.example", "another fine password")
    assert people.proven("owner@acme.example", PASSWORD) is None


def test_the_present_password_is_asked_for(world):
    here = world.as_("acme")
    refused = here.post("/account/password", {"present": "not it", "password": "another fine password"})
    assert refused.status_code == 422
    assert "This is not your present password." in refused.text
    short = here.post("/account/password", {"present": PASSWORD, "password": "short"})
    assert "10 to 200 characters" in short.text
    assert people.proven("owner@acme.example", PASSWORD)


def test_ending_the_others_keeps_this_one(world):
    here, elsewhere, stranger = world.as_("acme"), world.as_("acme"), world.as_("rival")
    here.post("/account/sign-ins/others/ending")
    assert [is_signed_in(visitor) for visitor in (here, elsewhere, stranger)] == [True, False, True]


def test_one_ends_ones_own_sign_ins_only(world):
    here, elsewhere, stranger = world.as_("acme"), world.as_("acme"), world.as_("rival")
    acme, rival = (world.acme.users["owner"], world.rival.users["owner"])
    other = SignIn.select().where(SignIn.user == acme).order_by(SignIn.id.desc()).get()
    foreign = SignIn.get(SignIn.user == rival)
    answers = [
        here.post(f"/account/sign-ins/{number}/ending").status_code for number in (foreign.id, 999_999, 2**70, other.id)
    ]
    assert answers == [404, 404, 404, 303]
    assert [is_signed_in(visitor) for visitor in (here, elsewhere, stranger)] == [True, False, True]


def test_a_browser_that_lies_about_its_name_stays_text(world):
    key = sign_ins.begin(world.acme.users["owner"], "127.0.0.1", "<script>alert(1)</script> Firefox/1 Windows")
    page = Visitor(world.app, key).get(OWN).text
    assert "Firefox on Windows" in page
    assert "<script>alert" not in page
