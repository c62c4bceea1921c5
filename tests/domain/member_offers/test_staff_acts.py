"""What staff do for a member: codes only where one helps, grants until a moment, uses undone for a while, previews."""

from datetime import timedelta

import pytest

from portal import clock
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.member_offers import grants, listing
from portal.domain.member_offers.authorizations import authorizations, choosing
from portal.domain.member_offers.uses import of_member, previews, uses
from portal.domain.member_offers.uses.tables import OfferMember, OfferUse
from portal.domain.member_offers.words import EXCLUSIVE, SCOPES
from portal.domain.members import bans
from portal.domain.members.tables import Member
from tests.support.club_offers import asks, member, offer, use


def steps(case, terms) -> dict[str, str]:
    return {one["check"]: one["outcome"] for one in previews.steps(case, terms)}


def test_a_code_is_made_only_where_one_helps(world):
    mia, what = member(world.acme), offer(world.acme, "Night", needs_authorization=True, member_limit=1)
    offer(world.acme, "Coffee")
    code = authorizations.make(asks(world.acme, mia.id), what.offer_id)
    assert [(one.name, one.live, one.hindrance) for one in choosing.of_member(asks(world.acme, mia.id))] == [
        ("Night", 1, None)
    ]
    use(world.acme, mia, what, code)
    with pytest.raises(Refused, match="The 1 use that a member has is made"):
        authorizations.make(asks(world.acme, mia.id), what.offer_id)
    (choice,) = choosing.of_member(asks(world.acme, mia.id))
    assert choice.live == 0 and choice.hindrance is not None
    bans.ban(mia, clock.now() + timedelta(days=1))
    fresh = offer(world.acme, needs_authorization=True)
    with pytest.raises(Refused, match="banned from offers until"):
        authorizations.make(asks(world.acme, mia.id), fresh.offer_id)


def test_a_use_is_undone_within_the_seconds_that_are_given(world):
    mia, what = member(world.acme), offer(world.acme, member_limit=2, global_limit=2)
    use(world.acme, mia, what)
    made = OfferUse.get()
    with clock.acting(600), pytest.raises(Refused, match="too long ago"):
        uses.undo(world.acme.id, made.uuid, within=600)
    assert (OfferMember.get().uses, OfferUse.get().undone_at) == (1, None)
    with clock.acting(599):
        uses.undo(world.acme.id, made.uuid, within=600)
    assert OfferMember.get().uses == 0 and OfferUse.get().undone_at is not None


def test_what_undoing_gives_back_is_told_of_the_members_own_use_alone(world):
    mia, omar = member(world.acme), member(world.acme)
    what = offer(world.acme, member_limit=3, period="DAY", period_limit=2, global_limit=9)
    use(world.acme, mia, what)
    uuid = OfferUse.get().uuid
    found = of_member.back(world.acme.id, mia.id, uuid)
    assert (found.case.row.uses, found.case.period_uses, found.is_of_period) == (1, 1, True)
    for partner_id, member_id in ((world.acme.id, omar.id), (world.rival.id, mia.id)):
        with pytest.raises(NotFound):
            of_member.back(partner_id, member_id, uuid)


def test_a_grant_ends_with_its_moment_or_with_the_offer_and_is_taken_back_of_a_hidden_one(world):
    mia, ends = member(world.acme), clock.now() + timedelta(days=2)
    what = offer(world.acme, type=EXCLUSIVE, usable_until=ends)
    who = asks(world.acme, mia.id)
    now = who.now
    assert grants.grantable(who) == [(what.offer_id, what.offer.name)]
    for moment in (now, now + 4000 * 86_400_000_000):
        with pytest.raises(Invalid):
            grants.grant_until(who, what.offer_id, list(SCOPES), moment)
    grants.grant_until(who, what.offer_id, list(SCOPES), now + 9 * 86_400_000_000)
    (kept,) = of_member.kept(world.acme.id, mia.id)
    assert kept.until == clock.to_micros(ends)
    what.is_shown = False
    what.save(only=["is_shown"])
    assert grants.grantable(who) == []
    with pytest.raises(Refused):
        grants.take_back(world.rival.id, mia.id, what.offer_id)
    grants.take_back(world.acme.id, mia.id, what.offer_id)
    assert of_member.kept(world.acme.id, mia.id) == []


def test_a_preview_asks_at_its_moment_and_tells_each_check_from_whether_the_offer_is_seen(world):
    mia = member(world.acme)
    begins = clock.now().replace(microsecond=0) + timedelta(days=30)
    what = offer(world.acme, usable_since=begins, needs_authorization=True)
    for moment, outcome in ((begins - timedelta(seconds=1), "failed"), (begins, "passed")):
        with previews.asking_at(world.acme.id, mia.id, moment) as who:
            told = steps(listing.as_it_is(who, what.offer_id), what)
        assert (told["authorization"], told["time"]) == ("passed", outcome)
    with previews.asking_at(world.acme.id, None, None) as who:
        assert steps(listing.as_it_is(who, what.offer_id), what)["signed in"] == "failed"
    bans.ban(mia, begins)
    for moment, outcome in ((None, "failed"), (begins, "passed")):
        with previews.asking_at(world.acme.id, mia.id, moment) as who:
            assert steps(listing.as_it_is(who, what.offer_id), what)["ban"] == outcome
    for wrong in (clock.now() - timedelta(minutes=2), clock.now() + timedelta(days=4000)):
        with pytest.raises(Invalid), previews.asking_at(world.acme.id, mia.id, wrong):
            pass
    assert Member.get_by_id(mia.id).banned_until == begins
