"""Types of events about templates of cards, and what their settings are called."""

from portal.domain.areas import FactKind
from portal.domain.sentences import say

FACTS = {
    "card_template.created": say("Card template created"),
    "card_template.changed": say("Card template changed"),
    "card_template.archived": say("Card template archived"),
    "card_template.restored": say("Card template restored from the archive"),
}
KINDS = {"card_templates": FactKind(say("Card templates"), ("card_template.",))}
FIELDS = {
    "mechanics": say("What counts"),
    "stamps_total": say("Stamps for a reward"),
    "step": say("Each so much"),
    "step_gives": say("What it gives"),
    "visit_gives": say("Points of a visit"),
    "percent": say("Cashback"),
    "first_visit_percent": say("Off the first purchase"),
    "least_purchase": say("Least purchase"),
    "most_a_day": say("Most a day"),
    "most_at_once": say("Most at once"),
    "earns_on_points": say("Earning on what was paid with points"),
    "card_days": say("How long a card is good for"),
    "lot_days": say("How long what was earned is good for"),
    "deal_gives": say("What a deal gives"),
    "catalogs": say("Catalogs"),
    "referrer_gets": say("Who recommends gets"),
    "friend_gets": say("The friend gets"),
    "background": say("Colour of the card"),
    "foreground": say("Colour of what is written"),
    "label_colour": say("Colour of labels"),
    "stamp_icon": say("Stamp"),
    "texts": say("Texts"),
    "card_fields": say("Fields"),
    "reward_tiers": say("Reward tiers"),
    "membership_tiers": say("Membership tiers"),
    "levels": say("Levels"),
    "in_club": say("Offered in the club"),
}
