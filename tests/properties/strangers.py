"""A stranger that tries everything on what is not its own finds nothing and changes nothing."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from portal.domain.affiliate.catalogs import terms
from portal.domain.affiliate.deals import deals
from portal.domain.affiliate.payouts import payouts
from portal.domain.offers import catalogs
from tests.properties import strategies as some
from tests.properties.model.terms import MISSING, REFUSED
from tests.properties.play import Play
from tests.properties.strategies import PICKS


class Strangers(Play):
    """Each merchant is a stranger to the other, with a shop alike and deals of the same names."""

    @rule(which=st.sampled_from([0, 1]), pick=PICKS, changes=some.MOVES | some.CHANGES)
    def a_stranger_tries_a_deal(self, which, pick, changes):
        """By our id, and by the merchant's where the stranger has no deal of that name."""
        self.tick()
        owner, stranger = self.sides[which], self.sides[1 - which]
        deal = owner.pick(pick)
        for name in {self.uuid(owner, deal.deal_id), deal.deal_id} - stranger.model.deals.keys() if deal else ():
            assert stranger.update(name, changes, deal.currency)[0] == MISSING
            assert stranger.update_by_api(name, changes, deal.currency)[0] == MISSING
            assert stranger.outcome(lambda name=name: deals.shown(stranger.party.id, name))[0] == MISSING
            assert stranger.asked("GET", f"/deal/{name}/", None)[0] == MISSING

    @rule(which=st.sampled_from([0, 1]), code=st.sampled_from(["shop", "other"]))
    def a_stranger_tries_a_catalog_and_its_offers(self, which, code):
        owner, stranger = self.sides[which], self.sides[1 - which]
        catalog = owner.catalogs[code]
        for name in (catalog.uuid, catalog.short_code):
            assert stranger.outcome(lambda name=name: catalogs.find(stranger.party.id, name))[0] == MISSING
        assert stranger.asked("PATCH", f"/catalog/{catalog.uuid}/", {"reward_percent": 50})[0] == MISSING
        for offer in owner.offers.values():
            assert stranger.outcome(lambda offer=offer: terms.find(stranger.party.id, offer.uuid))[0] == MISSING

    @rule(which=st.sampled_from([0, 1]))
    def a_stranger_tries_payouts(self, which):
        owner, stranger = self.sides[which], self.sides[1 - which]
        open_there = stranger.model.open_sums()
        chosen = [(*line, amount) for line, amount in owner.model.open_sums().items() if open_there.get(line) != amount]
        assert stranger.outcome(lambda: payouts.run(stranger.party.id, chosen))[0] == REFUSED
        for payout in owner.model.payouts:
            taken = stranger.outcome(lambda uuid=payout.name: payouts.take_back(stranger.party.id, uuid, "mine"))
            assert taken[0] == MISSING
