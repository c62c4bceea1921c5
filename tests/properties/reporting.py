"""What merchants report and correct, once or again."""

from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.properties import strategies as some
from tests.properties.model.deal import Deal
from tests.properties.model.terms import DAY, DONE, Said
from tests.properties.play import Play
from tests.properties.strategies import PICKS, SIDES


def has_deals(play) -> bool:
    return any(side.model.deals for side in play.sides)


class Reporting(Play):
    """Merchants by the domain's verbs and by the API."""

    @rule(which=SIDES, said=some.new_reports(), pick=st.integers(0, 5), road=some.ROADS)
    def report_a_new_deal(self, which, said, pick, road):
        """Of something that the merchant sells."""
        side = self.sides[which]
        offer = side.model.offers[said.offer]
        said = replace(
            said, deal_id=f"order-{len(side.model.deals) + 1}", offer=offer.name, catalog=offer.catalog,
            currency=offer.currencies[pick % len(offer.currencies)],
        )  # fmt: skip
        self.call(side, "report", (self.marked(side, said),), road)

    @rule(which=SIDES, said=some.reports(), road=some.ROADS)
    def report_anything(self, which, said, road):
        side = self.sides[which]
        self.call(side, "report", (self.marked(side, said),), road)

    @precondition(has_deals)
    @rule(which=SIDES, pick=PICKS, status=some.STATUSES, returned=st.booleans(), but=some.BUT, road=some.ROADS)
    def report_again(self, which, pick, status, returned, but, road):
        """The same parameters with a status; now and then one of them differs."""
        side = self.sides[which]
        deal = side.pick(pick)
        if deal:
            same = _repeated(deal, status, returned)
            self.call(side, "report", (self.marked(side, replace(same, **but)),), road)

    @precondition(has_deals)
    @rule(which=SIDES, pick=PICKS, by_uuid=st.booleans(), changes=some.MOVES | some.CHANGES, road=some.ROADS)
    def update(self, which, pick, by_uuid, changes, road):
        side = self.sides[which]
        deal = side.pick(pick)
        deal_id = deal.deal_id if deal else "order-0"
        reference = self.uuid(side, deal_id) if deal and by_uuid else deal_id
        self.call(side, "update", (reference, deal_id, changes), road)

    @precondition(lambda self: self.last)
    @rule()
    def retry(self):
        """The last call once more, to the letter: when nothing happened since, nothing happens."""
        side, verb, arguments, road, key, first, at, found = self.last
        self.tick()
        if key and first[0] == DONE and side.now - at < DAY:
            outcome, reply = self.send(side, verb, arguments, road, key)
            assert (outcome, reply.body, reply.headers["Idempotent-Replayed"]) == (first[0], first[1].body, "true")
        else:
            is_in_time = not self.due()  # At the moment that it comes.
            self.call(side, verb, arguments, road, tick=False)
            if not is_in_time:
                return
            assert found != self.found or self.last[5][0] == first[0]
        if found == self.found:
            assert self.now_there() == found


def _repeated(deal: Deal, status: str, returned: bool) -> Said:
    return Said(
        deal.deal_id, status, deal.offer_name, deal.catalog, deal.first_cost, deal.currency, returned, deal.promo_code,
        deal.another_data,
    )  # fmt: skip
