"""What the tests of payout pages start from: acme's shop, which northwind sells for a tenth, with rewards that are due."""

import csv
import io
from dataclasses import dataclass
from decimal import Decimal

from portal import clock
from portal.domain.affiliate.deals import deals
from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.payouts import details as payout_details
from portal.domain.affiliate.payouts import payables, payouts, sending
from portal.domain.affiliate.payouts.tables import Payout
from portal.domain.offers.tables import Catalog
from tests.affiliate import things

DETAILS = {"holder": "Northwind GmbH", "account": "DE89 3704 0044 0532 0130 00", "bank": "Bank", "tax_number": "T7"}


@dataclass
class Shop:
    """Acme's catalog, sold by northwind, with one offer in dollars and yen."""

    world: object
    catalog: Catalog

    def due(self, deal_id: str, cost: str = "100", currency: str = "USD", **more) -> Deal:
        """A deal whose reward, a tenth of its cost, is due."""
        more.setdefault("another_data", "myshare=NRTHWND22")
        things.deal(self.catalog, deal_id, "Paid", cost, currency, **more)
        Deal.update(due_at=clock.now()).where(Deal.deal_id == deal_id).execute()
        deal_moves.settle_due()
        return Deal.get(Deal.deal_id == deal_id)

    def cancel(self, deal_id: str) -> None:
        """The merchant cancels it."""
        deals.update(self.world.acme.id, deal_id, "Canceled")

    def pay(self) -> Payout:
        """Acme pays all that can be paid; the latest payout."""
        lines = [line for line in payables.preview(self.world.acme.id) if line.may_be_paid]
        payouts.run(self.world.acme.id, [(line.promoter_id, line.currency, line.amount) for line in lines])
        return Payout.select().order_by(Payout.id.desc()).first()

    def send(self) -> None:
        """Acme marks all that it recorded as sent, today."""
        for payout in Payout.select().where(Payout.sent_at.is_null(), Payout.reversed_at.is_null()):
            sending.mark_sent(self.world.acme.id, payout.uuid)

    def tell(self, **details) -> None:
        """Northwind says where it wants its money."""
        payout_details.keep(self.world.northwind.id, {**DETAILS, **details})

    def line(self, currency: str = "USD") -> str:
        """Northwind's line as the boxes of the list name it."""
        return f"{self.world.northwind.id}.{currency}"


def shop(world) -> Shop:
    """The shop, open."""
    catalog = things.catalog(world.acme.partner)
    prices = [things.Price(Decimal(100), code) for code in ("USD", "JPY")]
    things.terms.create(world.acme.id, {"name": "Spanish A1"}, catalog.uuid, prices)
    things.promotion(catalog, world.northwind)
    return Shop(world, catalog)


def rows_of(response) -> list[list[str]]:
    """The rows of a CSV answer, its head first."""
    assert response.mimetype == "text/csv" and "attachment" in response.headers["Content-Disposition"]
    return list(csv.reader(io.StringIO(response.get_data(as_text=True).removeprefix("\ufeff"), newline="")))
