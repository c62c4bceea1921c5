"""Types of events about member offers: the sentence a timeline shows, and the kinds to filter by."""

from portal.domain.areas import FactKind
from portal.domain.sentences import say

FACTS = {
    "offer.shown_to_members": say("Offer shown to members"),
    "offer.taken_from_members": say("Offer taken from members"),
    "offer_use.made": say("Offer used by a member"),
    "offer_use.undone": say("Use of an offer undone"),
    "offer_use.authorized": say("Code for a use of an offer made"),
    "offer_grant.given": say("Offer granted to a member"),
    "offer_grant.ended": say("Offer granted no more"),
    "collection.created": say("Collection of offers made"),
    "collection.changed": say("Collection of offers changed"),
    "collection.arranged": say("Offers of a collection put in order"),
    "collection.removed": say("Collection of offers removed"),
    "club.changed": say("Settings of the club changed"),
}
KINDS = {
    "member_offers": FactKind(
        say("Member offers and their uses"), ("offer_use.", "offer_grant.", "collection.", "club.")
    )
}
FIELDS = {
    "scope": say("Scope"),
    "type": say("Type"),
    "is_shown": say("Whether members see it"),
    "audience": say("Whom it is for"),
    "external_url": say("Link"),
    "usable_since": say("First moment"),
    "usable_until": say("End"),
    "active_seconds": say("How long a use is active"),
    "needs_authorization": say("Whether it needs a code of the counter"),
    "member_limit": say("Uses of one member"),
    "period": say("Period"),
    "period_limit": say("Uses within a period"),
    "global_limit": say("Uses of all members"),
    "stores": say("Stores"),
    "tags": say("Tags"),
    "read_more": say("More to read"),
    "activation_texts": say("Texts of the use"),
    "extras": say("More fields"),
    "files": say("Files"),
}
