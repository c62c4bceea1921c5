"""An offer that is taken from the members, with all that they have of it."""

import pytest

from portal.clock import now
from portal.domain.errors import NotFound
from portal.domain.feed.ties import pools
from portal.domain.member_offers import likes
from portal.domain.member_offers.collections import collections
from portal.domain.member_offers.counts import counts
from portal.domain.member_offers.counts.tables import OfferDay
from portal.domain.member_offers.terms import removing
from portal.domain.member_offers.terms.tables import MemberTerms
from portal.domain.member_offers.uses.tables import OfferMember, OfferUse
from portal.domain.offers.tables import Offer
from portal.domain.verify import faults
from tests.support import club_offers, feeding


def test_what_members_have_of_it_goes_with_it_and_other_offers_keep_theirs(world):
    gone, kept = (club_offers.offer(world.acme, stores=["Hut"]) for _ in range(2))
    mia = club_offers.member(world.acme)
    collection = collections.make(world.acme.id, {"title": "At the hut"})
    for one in (gone, kept):
        who = club_offers.asks(world.acme, mia.id)
        club_offers.use(world.acme, mia, one)
        likes.like(who, one.offer_id, ["standard"])
        counts.add(who, ["standard"], counts.SEEN, [counts.Looked(one.offer_id, now())])
        collections.add(collection, one.offer_id)
    assert removing.lost(gone) == removing.Lost(uses=1, likes=1, grants=0, collections=1)
    assert removing.remove(gone)
    assert Offer.get_or_none(Offer.id == gone.offer_id) is None
    assert {row.terms_id for table in (OfferUse, OfferMember, OfferDay) for row in table.select()} == {kept.id}
    assert collections.offers_of(collection) == [kept.offer_id] and faults() == []
    with pytest.raises(NotFound):
        removing.remove(gone)


def test_an_offer_that_is_or_was_in_the_feed_or_in_a_catalog_stays_there(world):
    listed, sold = club_offers.offer(world.acme), feeding.offer(world.acme)
    pools.put(listed.offer, {"leads_to": feeding.SHOP}, None)
    assert not removing.remove(listed)
    assert not removing.remove(MemberTerms.create(offer=sold, partner=world.acme.id))
    assert Offer.select().where(Offer.id.in_([listed.offer_id, sold.id])).count() == 2 and faults() == []


@pytest.mark.engine("postgresql")
def test_what_comes_while_an_offer_is_removed_waits_and_finds_it_missing(world, elsewhere, after_them):
    mia, collection = club_offers.member(world.acme), collections.make(world.acme.id, {"title": "At the hut"})
    who = club_offers.asks(world.acme, mia.id)

    def while_removed(act):
        gone = club_offers.offer(world.acme)
        for table, its in (("member_terms", gone.id), ("offer", gone.offer_id)):
            elsewhere.execute(f"DELETE FROM {table} WHERE id = %s", [its])
        return after_them(lambda: act(gone))

    for refused in (
        lambda gone: collections.add(collection, gone.offer_id),
        lambda gone: pools.put(gone.offer, {"leads_to": feeding.SHOP}, None),
    ):
        with pytest.raises(NotFound):
            while_removed(refused)
    while_removed(lambda gone: counts.add(who, ["standard"], counts.SEEN, [counts.Looked(gone.offer_id, now())]))
    assert OfferDay.select().count() == 0 and collections.offers_of(collection) == []
