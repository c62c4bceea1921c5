"""A member leaves a club for good by themselves."""

import pytest

from portal.domain.cards.cards.tables import Card
from portal.domain.members.sign_ins.tables import MemberSignIn
from portal.domain.members.tables import Member
from tests.support import club, things

PLACE = "/club/acme/removal"
pytestmark = pytest.mark.engine("sqlite")


def test_what_is_lost_is_named_and_nothing_is_erased_without_a_yes(world):
    mia = club.signed_in(world, world.acme)
    card = Card.get(Card.member == things.holder_of(world.acme).id)
    assert "Leave for good" in mia.get("/club/acme/details").text
    page = mia.get(PLACE).text
    assert card.template.name in page and "This cannot be undone." in page
    for typed in ({}, {"mail": ""}, {"mail": "y"}, {"mail": "somebody@example.com"}):
        assert mia.post(PLACE, typed).status_code == 422
    assert Member.get_by_id(things.holder_of(world.acme).id).erased_at is None


def test_whoever_leaves_is_erased_and_signed_out_everywhere(world):
    mia, elsewhere = club.signed_in(world, world.acme), club.signed_in(world, world.acme)
    member = things.holder_of(world.acme)
    card = Card.get(Card.member == member.id).template.name
    goodbye = mia.post(PLACE, {"mail": f" {member.mail.upper()}"})
    assert goodbye.status_code == 200 and f"Goodbye, {member.first_name}" in goodbye.text and card in goodbye.text
    assert "This is removed:" in goodbye.text and 'href="/club/acme/"' in goodbye.text
    erased = Member.get_by_id(member.id)
    assert erased.erased_at is not None and erased.mail is None
    for browser in (mia, elsewhere):
        assert browser.get("/club/acme/details").status_code == 302
    assert not MemberSignIn.select().where(MemberSignIn.member == member.id).exists()
