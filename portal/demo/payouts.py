"""The demo's promoters say where they want their money, and each month the merchants pay what is due; some goes back, and
one payout is still to be sent."""

from decimal import Decimal

from portal.domain import money
from portal.domain.accounts.tables import Membership, Partner
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.payouts import details as payout_details
from portal.domain.affiliate.payouts import lists as payout_lists
from portal.domain.affiliate.payouts import payables, payouts, sending
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.affiliate.questions import questions
from portal.domain.affiliate.refunds import refunds
from portal.domain.events import log

DETAILS: dict[str, dict] = {
    "northwind": {
        "holder": "Northwind Media GmbH",
        "account": "DE89 3704 0044 0532 0130 00",
        "bank": "Commerzbank, Köln",
        "minimums": {"EUR": Decimal(50), "USD": Decimal(50)},
        "invoice_name": "Northwind Media GmbH",
        "invoice_address": "Hafenstraße 4\n50667 Köln\nGermany",
        "tax_number": "DE123456789",
    },
    "north": {
        "holder": "North Trails",
        "account": "AT61 1904 3002 3457 3201",
        "minimums": {"EUR": Decimal(100)},
        "invoice_name": "North Trails",
    },
    "acme": {"holder": "Acme Outdoor", "account": "acme@payments.example"},
}
ASKED = "The order was delivered two weeks ago. When will its hold be over?"
ANSWERED = "The hold begins when an order is paid, and this one was paid on delivery. It clears by itself."


def tell_details(partners: dict[str, Partner]) -> None:
    """The promoters' payout details; wind and rival have given none yet."""
    for slug, details in DETAILS.items():
        _as_owner(partners[slug])
        payout_details.keep(partners[slug].id, details)


def pay(merchants: list[Partner]) -> None:
    """A run of each merchant over everybody who can be paid."""
    for merchant in merchants:
        _as_owner(merchant)
        lines = [line for line in payables.preview(merchant.id) if line.is_chosen]
        if lines:
            payouts.run(merchant.id, [(line.promoter_id, line.currency, line.amount) for line in lines])


def send(merchants: list[Partner]) -> None:
    """What was recorded leaves each merchant's bank."""
    for merchant in merchants:
        _as_owner(merchant)
        for run in payout_lists.runs(merchant.id).rows:
            if run.unsent:
                sending.take_file(merchant.id, run.uuid)
                sending.mark_run_sent(merchant.id, run.uuid, reference=f"SEPA {run.made:%Y-%m}")


def record_one(merchant: Partner) -> None:
    """The merchant records what one promoter has due, and has not sent it yet."""
    _as_owner(merchant)
    line = next(line for line in payables.preview(merchant.id) if line.is_chosen)
    payouts.run(merchant.id, [(line.promoter_id, line.currency, line.amount)])


def ask(partners: dict[str, Partner]) -> None:
    """Northwind asks about two of its deals; one question is answered, one waits."""
    northwind, acme = partners["northwind"], partners["acme"]
    asked = (
        Deal.select()
        .join(Promotion)
        .where(Promotion.promoter == northwind, Deal.partner == acme, Deal.status == "Paid")
        .order_by(Deal.id.desc())
        .limit(2)
    )
    for deal, answer in zip(asked, (None, ANSWERED), strict=True):
        question = questions.ask(northwind.id, deal.uuid, ASKED, _as_owner(northwind))
        if answer:
            questions.answer(acme.id, question.uuid, answer, _as_owner(acme))


def give_back(partners: dict[str, Partner]) -> None:
    """Two of northwind's customers at acme sent a half back: of an order long paid out, and of one that is due."""
    acme = partners["acme"]
    _as_owner(acme)
    brought = Deal.select().join(Promotion).where(Promotion.promoter == partners["northwind"], Deal.partner == acme)
    approved = brought.where(Deal.status == "Paid", Deal.approved_at.is_null(False))
    for order in (Deal.id, Deal.id.desc()):
        deal = approved.order_by(order).first()
        half = money.to_decimal(deal.cost // 2, deal.currency)
        refunds.give_back(acme.id, deal.deal_id, half, "One of two came back")


def _as_owner(partner: Partner) -> int:
    """Act as the partner's owner; the person's id."""
    owner = Membership.get(Membership.partner == partner, Membership.role == "owner").user_id
    log.acting_as(f"user:{owner}", partner.id)
    return owner
