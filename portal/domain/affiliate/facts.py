"""Types of events about promoters, deals and payouts: the sentence a timeline shows, and the kinds to filter by."""

from portal.domain.areas import FactKind

FACTS = {
    "landing.created": "Landing created",
    "landing.changed": "Landing changed",
    "landing.deleted": "Landing removed",
    "promotion.joined": "Promoter joined",
    "promotion.applied": "Promoter applied",
    "promotion.approved": "Promoter admitted",
    "promotion.refused": "Application refused",
    "promotion.ended": "Promoter taken out by the merchant",
    "promotion.left": "Promoter left",
    "promotion.discounted": "Standing discount changed",
    "promo_code.created": "Promo code made",
    "promo_code.ended": "Promo code ended",
    "promo_code.resumed": "Promo code works again",
    "deal.created": "Deal reported",
    "deal.paid": "Deal paid by the customer",
    "deal.approved": "Deal approved",
    "deal.canceled": "Deal canceled",
    "deal.returned": "Money returned to the customer",
    "deal.reported_again": "Deal reported again under another id",
    "deal.refunded": "A part of the money returned to the customer",
    "deal.cost_changed": "Cost changed",
    "deal.commented": "Comment changed",
    "deal.left_to_nobody": "Looked at, and left to nobody",
    "deal.asked": "The promoter asked a question",
    "deal.answered": "The question was answered",
    "import.confirmed": "Import of deals confirmed",
    "import.done": "Import of deals done",
    "import.canceled": "Import of deals canceled",
    "payout.made": "Payout made",
    "payout.taken_back": "Payout taken back",
    "payout_details.changed": "Payout details changed",
    "payout_details.account_changed": "Payout account changed",
}
KINDS = {
    "promoters": FactKind("Promoters and promo codes", ("promotion.", "promo_code.")),
    "deals": FactKind("Deals and imports", ("deal.", "import.")),
    "payouts": FactKind("Payouts", ("payout.", "payout_details.")),
}
