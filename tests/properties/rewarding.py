"""What single promoters and a group earn changes, and existing deals do not."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from portal.domain import money
from portal.domain.affiliate.groups import groups
from portal.domain.affiliate.special_rewards import rewards
from portal.domain.affiliate.special_rewards.rewards import Given
from portal.domain.affiliate.special_rewards.tables import SpecialReward
from portal.domain.offers.tables import Offer
from tests.properties.model.terms import DONE, REFUSED, Special
from tests.properties.play import Play
from tests.properties.stage import percent
from tests.properties.strategies import SIDES

_EARNED = st.sampled_from([{"percent": 5}, {"percent": 1250}, {"percent": 9500}, {"fixed": 77}, {"fixed": 0}])
_WHO = st.sampled_from(["NORTH", "NORTH", "WIND", "SIDE"])


class Rewarding(Play):
    """Merchants set and remove rewards, and move promoters in and out of a group."""

    @rule(which=SIDES, who=_WHO, of_group=st.booleans(), word=st.sampled_from(["Plan", "Fixed", None]), earned=_EARNED)
    def set_a_reward(self, which, who, of_group, word, earned):
        self.tick()
        side = self.sides[which]
        promotion, offer = side.promotions[f"{side.mark}{who}"], word and side.model.offers[word]
        link = side.model.links[promotion.uid]
        currency = (offer.currencies[0] if offer else "USD") if "fixed" in earned else None
        special = Special(
            None if of_group else link.promoter, word, None if word else link.catalog, **earned, currency=currency
        )
        outcome, _ = side.outcome(lambda: _set(side, promotion, special))
        its = [one for one in side.model.offers.values() if one.catalog == link.catalog]
        is_sold = (
            offer in its or of_group if offer else currency is None or any(currency in one.currencies for one in its)
        )
        assert outcome == (DONE if is_sold else REFUSED)
        if outcome == DONE:
            side.model.specials.append(special)

    @rule(which=SIDES, pick=st.integers(0, 3))
    def remove_a_reward(self, which, pick):
        self.tick()
        side = self.sides[which]
        there = list(SpecialReward.select().where(SpecialReward.merchant == side.party.id).order_by(SpecialReward.id))
        assert len(there) == len(side.model.specials)
        if pick < len(there):
            assert side.outcome(lambda: rewards.remove(there[pick]))[0] == DONE
            del side.model.specials[pick]

    @rule(which=SIDES, who=_WHO, is_in=st.sampled_from([True, True, False]))
    def put_into_the_group(self, which, who, is_in):
        self.tick()
        side = self.sides[which]
        promoter = side.promotions[f"{side.mark}{who}"].promoter_id
        move = (
            (lambda: groups.put(side.gold, promoter)) if is_in else (lambda: groups.take_out(side.party.id, promoter))
        )
        assert side.outcome(move)[0] == DONE
        (side.model.gold.add if is_in else side.model.gold.discard)(promoter)


def _set(side, promotion, special: Special) -> SpecialReward:
    fixed = None if special.fixed is None else money.to_decimal(special.fixed, special.currency)
    given = Given(percent(special.percent), fixed, special.currency)
    offer = special.offer and Offer.get_by_id(side.offers[special.offer].id)
    if special.promoter is None:
        catalog = promotion.catalog if offer is None else offer.catalog
        return rewards.set_for_group(side.gold, catalog, offer, given)
    return rewards.set_for_promoter(promotion, offer, given)
