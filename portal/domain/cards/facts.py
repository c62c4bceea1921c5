"""Types of events about loyalty cards: the sentence a timeline shows, and the kinds to filter by."""

from portal.domain.areas import FactKind
from portal.domain.sentences import say

FACTS = {
    "card.issued": say("Card issued"),
    "card.installed": say("Card installed"),
    "card.muted": say("Pushes to a card switched off by its holder"),
    "card.unmuted": say("Pushes to a card switched on by its holder"),
    "card.changed": say("Details of a card changed"),
    "card.expiration_set": say("End of a card set"),
    "card.tier_set": say("Level of a membership set"),
    "card.deleted": say("Card deleted"),
    "card.moved": say("Card moved to a new one"),
    "card.credited": say("Card credited"),
    "card.debited": say("Taken from a card"),
    "card.reward_received": say("Reward handed out"),
    "card.coupon_redeemed": say("Coupon redeemed"),
    "card.operation_reversed": say("Operation of a card undone"),
    "card.points_expired": say("Points of a card expired"),
    "card.period_began": say("A new period of a membership began"),
    "counter.pin_set": say("PIN for the counter set"),
    "counter.pin_removed": say("PIN for the counter removed"),
    "customer_import.confirmed": say("Import of customers confirmed"),
    "customer_import.done": say("Import of customers done"),
    "customer_import.undo_asked": say("Undoing of an import of customers begun"),
    "customer_import.undone": say("Import of customers undone"),
    "customer_import.canceled": say("Import of customers canceled"),
}
KINDS = {"cards": FactKind(say("Cards and their operations"), ("card.", "counter.", "customer_import."))}
