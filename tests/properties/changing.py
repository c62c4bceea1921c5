"""What deals are made under changes, and existing ones do not."""

from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import rule

from portal.domain import money
from portal.domain.affiliate.catalogs import terms
from portal.domain.affiliate.promotions.tables import Promotion
from tests.properties import strategies as some
from tests.properties.model.terms import DONE
from tests.properties.play import Play
from tests.properties.stage import Side, percent, prices, same
from tests.properties.strategies import SIDES


class Changing(Play):
    """Merchants edit catalogs and offers, promoters come and go."""

    @rule(which=SIDES, code=st.sampled_from(["shop", "shop", "other"]), changes=some.CATALOG_CHANGES)
    def change_catalog(self, which, code, changes):
        self.tick()
        self.sides[which].change_catalog(code, changes)

    @rule(which=SIDES, change=some.OFFER_CHANGES)
    def change_offer(self, which, change):
        self.tick()
        side, (word, changes) = self.sides[which], change
        given, more = _offer_change(side, dict(changes), side.model.offers[word].currencies[0])
        assert side.outcome(lambda: terms.change(side.offers[word], given, **more))[0] == DONE
        kept = side.model.offers[word]
        rewards = {"percent": None, "fixed": None} if {"percent", "fixed"} & changes.keys() else {}
        side.model.offers[word] = replace(kept, **{**rewards, **changes})

    @rule(which=SIDES, who=st.sampled_from(["NORTH", "WIND"]), state=st.sampled_from(["approved", "approved", "ended"]))
    def a_promoter_leaves_or_returns(self, which, who, state):
        side = self.sides[which]
        uid = f"{side.mark}{who}"
        Promotion.update(state=state).where(Promotion.uid == uid).execute()
        side.model.links[uid].state = state


_OFFER = {
    "percent": ("reward_percent", percent), "active": ("is_active", same), "codes": ("is_promocode_allowed", same),
    "name": ("name", same),
}  # fmt: skip


def _offer_change(side: Side, changes: dict, currency: str) -> tuple[dict, dict]:
    more: dict = {}
    if "currencies" in changes:
        more["prices"] = prices(changes.pop("currencies"))
    if "catalog" in changes:
        more["catalog_reference"] = side.catalogs[changes.pop("catalog")].uuid
    given = {}
    if "fixed" in changes:
        given["fix_remuneration"] = money.to_decimal(changes.pop("fixed"), currency)
    return given | {_OFFER[name][0]: _OFFER[name][1](value) for name, value in changes.items()}, more
