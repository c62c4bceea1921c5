"""Types of events about loyalty cards: the sentence a timeline shows, and the kinds to filter by."""

from portal.domain.areas import FactKind
from portal.domain.sentences import say

FACTS = {
    "card.issued": say("Card issued"),
    "card.installed": say("Card installed"),
    "card.changed": say("Details of a card changed"),
    "card.expiration_set": say("End of a card set"),
    "card.tier_set": say("Level of a membership set"),
    "card.deleted": say("Card deleted"),
    "card.moved": say("Card moved to a new one"),
}
KINDS = {"cards": FactKind(say("Cards and their operations"), ("card.",))}
