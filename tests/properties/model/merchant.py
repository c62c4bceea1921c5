"""A merchant's programme: whose deal it is, and what each report and change does."""

from collections import Counter
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl

from tests.properties.model.deal import Deal
from tests.properties.model.terms import DAY, SECOND, Catalog, Link, Offer, Payout, Refusal, Said, Special


@dataclass
class Merchant:
    """One merchant's side; `links` and `clicks` are the whole installation's."""

    name: str
    links: dict
    clicks: dict
    catalogs: dict = field(default_factory=dict)
    offers: dict = field(default_factory=dict)
    codes: dict = field(default_factory=dict)
    specials: list = field(default_factory=list)
    gold: set = field(default_factory=set)
    deals: dict = field(default_factory=dict)
    payouts: list = field(default_factory=list)

    def report(self, said: Said, now: int) -> Deal:
        known = self.deals.get(said.deal_id)
        if known is None:
            self.deals[said.deal_id] = known = self._new(said, now)
        else:
            known = self._in_time(said.deal_id, now)
            self._refuse_other_parameters(known, said)
            known.move(said.status, said.is_returned, now)
            self.deals[said.deal_id] = known
        return known

    def update(self, deal_id: str, changes: dict, now: int) -> Deal | None:
        if deal_id not in self.deals:
            return None
        deal = self._in_time(deal_id, now)
        if changes.get("cost") is not None:
            deal.correct(changes["cost"], now)
        if "comment" in changes:
            deal.remark(changes["comment"], now)
        status = changes.get("status") or deal.status
        if (deal.status, status) == ("Paid", "Created"):
            raise Refusal
        deal.move(status, bool(changes.get("is_returned")), now)
        self.deals[deal_id] = deal
        return deal

    def give_back(self, deal_id: str, amount: int, now: int) -> Deal | None:
        if deal_id not in self.deals:
            return None
        deal = self._in_time(deal_id, now)
        deal.refund(amount, now)
        self.deals[deal_id] = deal
        return deal

    def due(self, now: int) -> list[Deal]:
        return [deal for deal in self.deals.values() if deal.due_at is not None and deal.due_at <= now]

    def _in_time(self, deal_id: str, now: int) -> Deal:
        """The deal as its moment has decided it, to be changed; what is refused leaves the one that is kept as it is."""
        deal = _copied(self.deals[deal_id])
        if deal.due_at is not None and deal.due_at <= now:
            self.settle(deal, now)
        return deal

    def settle(self, deal: Deal, now: int) -> None:
        deal.approve(now) if deal.status == "Paid" else deal.cancel(now, returned=False, at=deal.due_at)

    def open_items(self) -> dict[str, int]:
        """What is due for each deal and in no payout yet; below zero what was paid for a deal canceled since."""
        sums = {deal.deal_id: deal.payment_sum if deal.approved_at else 0 for deal in self.deals.values()}
        for payout in self.payouts:
            for deal_id, amount in payout.items.items() if not payout.taken_back else ():
                sums[deal_id] -= amount
        return {deal_id: amount for deal_id, amount in sums.items() if amount}

    def open_sums(self) -> dict[tuple[int, str], int]:
        """The same by promoter and currency."""
        sums: Counter = Counter()
        for deal_id, amount in self.open_items().items():
            sums[self.promoter_of(deal_id), self.deals[deal_id].currency] += amount
        return dict(sums)

    def promoter_of(self, deal_id: str) -> int:
        return self.links[self.deals[deal_id].uid].promoter

    def pay(self, chosen: list[tuple[int, str, int]], now: int) -> list[Payout]:
        """Each that is chosen gets all that is open for it, if that is over zero and what was seen."""
        made, sums, items = [], self.open_sums(), self.open_items()
        for promoter, currency, seen in chosen:
            if sums.get((promoter, currency)) == seen > 0:
                mine = {
                    deal_id: amount
                    for deal_id, amount in items.items()
                    if (self.promoter_of(deal_id), self.deals[deal_id].currency) == (promoter, currency)
                }
                made.append(Payout(promoter, currency, seen, mine, now))
        if not made:
            raise Refusal
        self.payouts += made
        return made

    def named(self, name: str, catalog: str) -> tuple[str, Offer] | None:
        """The offer with this name in this catalog, and the word that stays with it when it is renamed."""
        found = [item for item in self.offers.items() if (item[1].name, item[1].catalog) == (name, catalog)]
        return found[0] if found else None

    def _new(self, said: Said, now: int) -> Deal:
        found = self.named(said.offer, said.catalog)
        if said.status == "Canceled" or found is None or said.currency not in found[1].currencies:
            raise Refusal
        word, offer = found
        catalog = self.catalogs[said.catalog]
        data, code = said.another_data or None, said.promo_code or None
        uid, used, click = self._whose(catalog, offer, data, code, now)
        percent, fixed = self._earned(said, word, offer, uid)
        deal = Deal(
            said.deal_id, word, said.offer, said.catalog, said.cost, said.cost, said.currency, code, data, uid, used,
            click, percent, fixed, catalog.hold, catalog.wait, now, now, now + catalog.wait * SECOND,
        )  # fmt: skip
        if said.status == "Paid":
            deal.pay(now)
        return deal

    def _earned(self, said: Said, word: str, offer: Offer, uid: str | None) -> tuple:
        """(percent, fixed): the most specific reward, of two alike the later; the promoter's before the group's."""
        promoter = self.links[uid].promoter if uid else None

        def counts(one: Special) -> bool:
            its = one.promoter == promoter or (one.promoter is None and promoter in self.gold)
            return its and (one.offer == word or one.catalog == said.catalog) and one.currency in (None, said.currency)

        fitting = [one for one in self.specials if counts(one)] if promoter else []
        if fitting:  # max takes the first of equals
            one = max(reversed(fitting), key=lambda one: (one.promoter is not None, one.offer is not None))
            return one.percent, one.fixed
        usual = self.catalogs[said.catalog].percent if offer.percent is None and offer.fixed is None else offer.percent
        return usual, offer.fixed

    def _whose(self, catalog: Catalog, offer: Offer, data: str | None, code: str | None, now: int) -> tuple:
        """(uid, the code used, the click): the link before the code, and nothing that cannot have the deal."""
        pairs = dict(parse_qsl(data or "", keep_blank_values=True))
        named = (pairs.get(name, "").upper() for name in ("myshare", "uid", "ref"))
        uid = next((uid for uid in named if uid in self.links), None)
        click = pairs.get("click") if self.clicks.get(pairs.get("click"), ("",))[0] == uid else None
        in_time = click is None or now - self.clicks[click][1] <= catalog.cookie_days * DAY
        if self._usable(uid, catalog, offer) and in_time:
            return uid, None, click
        used = self.codes.get((code or "").upper())
        if (
            used
            and not used.ended
            and self._has_uses_left(code.upper(), used.limit)
            and catalog.codes
            and offer.codes
            and self._usable(used.uid, catalog, offer)
        ):
            return used.uid, code.upper(), None
        return None, None, None

    def _has_uses_left(self, code: str, limit: int | None) -> bool:
        """A use is a deal that the code brought and that is not canceled."""
        used = sum(deal.used_code == code and deal.status != "Canceled" for deal in self.deals.values())
        return limit is None or used < limit

    def _usable(self, uid: str | None, catalog: Catalog, offer: Offer) -> bool:
        link = self.links.get(uid) or Link("", "", 0)
        is_its = (link.merchant, link.catalog, link.state) == (self.name, catalog.code, "approved")
        return is_its and catalog.published and offer.active

    def _refuse_other_parameters(self, deal: Deal, said: Said) -> None:
        same = (
            said.offer in (deal.offer_name, self.offers[deal.offer].name)
            and (said.catalog, said.currency) == (deal.catalog, deal.currency)
            and said.cost in (deal.cost, deal.first_cost)
            and (said.promo_code or "").upper() == (deal.promo_code or "").upper()
            and (said.another_data or None) == deal.another_data
        )
        if not same:
            raise Refusal


def _copied(deal: Deal) -> Deal:
    return replace(deal, postings=[*deal.postings], facts=[*deal.facts], refunds=[*deal.refunds])
