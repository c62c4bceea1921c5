"""A shop of acme's that northwind sells, reached through the domain's own verbs."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from portal import clock
from portal.domain.affiliate.catalogs import terms
from portal.domain.affiliate.deals import deals
from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.deals.rows import LockedDeal
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.ledger.tables import Entry, Transfer
from portal.domain.affiliate.payouts import payouts, sending
from portal.domain.affiliate.payouts.tables import Payout
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.offers import catalogs, offers
from portal.domain.offers.tables import Catalog
from tests.contract.promoters import promoted


@dataclass
class Market:
    """The shop, its promoter, and its books."""

    world: object
    catalog: Catalog
    promotion: Promotion

    def report(self, status: str = "Created", cost: str = "100", deal_id: str = "d", **more) -> LockedDeal:
        """The merchant reports a deal that northwind's link brought."""
        more.setdefault("another_data", "myshare=BDGSYEHVX")
        said = deals.Report(
            status, more.pop("offer", "Plan"), Decimal(cost), more.pop("currency", "USD"), deal_id, "shop", **more
        )
        return deals.report(self.world.acme.id, said)

    def update(self, status: str | None = None, deal_id: str = "d", **more) -> LockedDeal:
        """The merchant moves or corrects it."""
        return deals.update(self.world.acme.id, deal_id, status, **more)

    def approved(self, deal_id: str = "d", cost: str = "100", currency: str = "USD", **more) -> Deal:
        """A paid deal whose hold has passed: a fifth of its cost is due."""
        self.report("Paid", cost, deal_id, currency=currency, **more)
        Deal.update(due_at=clock.now()).where(Deal.deal_id == deal_id).execute()
        deal_moves.settle_due()
        return self.deal(deal_id)

    def pay_out(self, *sums: int, currency: str = "USD") -> list[Payout]:
        """Acme pays northwind, a run for each sum."""
        runs = [payouts.run(self.world.acme.id, [(self.world.northwind.id, currency, amount)])[0] for amount in sums]
        return [run.payouts.get() for run in runs]

    def send(self) -> None:
        """Acme marks all that it recorded as sent, today."""
        for payout in Payout.select().where(Payout.sent_at.is_null(), Payout.reversed_at.is_null()):
            sending.mark_sent(self.world.acme.id, payout.uuid)

    def deal(self, deal_id: str = "d") -> Deal:
        """Its row."""
        return Deal.get(Deal.deal_id == deal_id)

    def books(self, currency: str = "") -> dict:
        """What every account holds, of one currency or of all, zero left out: {"acme owed": -2000, "northwind held": 2000}."""
        names = {party.id: name for name, party in (("acme", self.world.acme), ("northwind", self.world.northwind))}
        sums: dict = {}
        for entry in Entry.select().where(Entry.currency.startswith(currency)):
            account = f"{names[entry.partner_id]} {entry.account}"
            sums[account] = sums.get(account, 0) + entry.amount
        return {account: total for account, total in sums.items() if total}

    def reasons(self) -> list[str]:
        """Why money moved, in order; every transfer must balance."""
        for transfer in Transfer.select():
            assert sum(entry.amount for entry in transfer.entries) == 0
            assert len(transfer.entries) == 2
        return [transfer.reason for transfer in Transfer.select().order_by(Transfer.id)]


@pytest.fixture
def begin(request):
    return _sold if "market" in request.fixturenames else None


@pytest.fixture
def market(world) -> Market:
    return Market(world, *world.begun)


def _sold(world) -> tuple[Catalog, Promotion]:
    catalog = catalogs.create(world.acme.id, {"title": "Shop", "catalog_code": "shop"})
    prices = [offers.Price(Decimal(100), code) for code in ("USD", "JPY", "KWD")]
    terms.create(world.acme.id, {"name": "Plan", "reward_percent": Decimal(20)}, catalog.uuid, prices)
    return catalog, promoted(catalog.uuid, world.northwind)
